import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import palkkio.organisations.fields
from palkkio.audit.triggers import triggers_of


class Migration(migrations.Migration):
    replaces = [
        ("entries", "0001_initial"),
        ("entries", "0002_a_day_may_be_a_locums"),
        ("entries", "0003_events_shifts_and_reported_changes"),
        ("entries", "0004_a_day_may_be_leave"),
        ("entries", "0005_leave_adjustments"),
        ("entries", "0006_a_shift_has_a_note"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed"),
        ("contracts", "0001_squashed"),
        ("documents", "0001_squashed"),
        ("organisations", "0001_squashed"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="ChangeReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("own_illness", "Own Illness"),
                            ("hospital", "Hospital"),
                            ("away", "Away"),
                            ("return", "Return"),
                            ("move", "Move"),
                            ("services", "Services"),
                            ("income", "Income"),
                        ],
                        max_length=20,
                    ),
                ),
                ("first", models.DateField()),
                ("last", models.DateField(null=True)),
                ("values", models.JSONField(default=dict)),
                ("text", models.TextField(blank=True)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("electronic", "Electronic"),
                            ("staff", "Staff"),
                            ("paper", "Paper"),
                            ("contract", "Contract"),
                        ],
                        default="electronic",
                        max_length=12,
                    ),
                ),
                ("reported_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("sent", "Sent"),
                            ("accepted", "Accepted"),
                            ("returned", "Returned"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="sent",
                        max_length=12,
                    ),
                ),
                ("accepted", models.JSONField(default=dict)),
                ("reason", models.TextField(blank=True)),
                ("handled_at", models.DateTimeField(null=True)),
                (
                    "attachment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contracts.contract"
                    ),
                ),
                (
                    "handled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "terms",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contracts.terms"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organisation", "state"], name="change_reports_by_state")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last__isnull", True), ("last__gte", models.F("first")), _connector="OR"),
                        name="a_reported_change_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("handled_at__isnull", True), ("state__in", ("sent", "withdrawn"))),
                            models.Q(
                                ("handled_at__isnull", False),
                                ("handled_by__isnull", False),
                                ("state__in", ("accepted", "returned")),
                            ),
                            _connector="OR",
                        ),
                        name="a_handled_report_says_who_and_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "returned"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_returned_report_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CareEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("carer_ill", "Carer Ill"),
                            ("recipient_away", "Recipient Away"),
                            ("recipient_moves_out", "Recipient Moves Out"),
                            ("notice", "Notice"),
                            ("terminated", "Terminated"),
                            ("days_off", "Days Off"),
                            ("start_up", "Start Up"),
                            ("sick", "Sick"),
                            ("heta_member", "Heta Member"),
                            ("child_ill", "Child Ill"),
                        ],
                        max_length=30,
                    ),
                ),
                ("valid", palkkio.organisations.fields.DaysField()),
                ("reason", models.CharField(blank=True, max_length=10)),
                ("given_by", models.CharField(blank=True, max_length=10)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("has_certificate", models.BooleanField(default=False)),
                ("hours", models.DecimalField(decimal_places=4, max_digits=12, null=True)),
                ("stood_in", models.CharField(blank=True, max_length=30)),
                ("is_free", models.BooleanField(default=False)),
                ("source", models.CharField(blank=True, max_length=200)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("electronic", "Electronic"),
                            ("staff", "Staff"),
                            ("paper", "Paper"),
                            ("contract", "Contract"),
                        ],
                        default="staff",
                        max_length=12,
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_reason", models.TextField(blank=True)),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contracts.contract"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="entries.changereport",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["contract"], name="events_by_contract")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "recipient_away"), ("reason__in", ("health", "other"))),
                            models.Q(models.Q(("kind", "recipient_away"), _negated=True), ("reason", "")),
                            _connector="OR",
                        ),
                        name="an_absence_of_the_recipient_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("given_by__in", ("county", "carer")), ("kind", "notice")),
                            models.Q(models.Q(("kind", "notice"), _negated=True), ("given_by", "")),
                            _connector="OR",
                        ),
                        name="a_notice_says_who_gives_it",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount__gt", 0), ("kind", "start_up")),
                            models.Q(models.Q(("kind", "start_up"), _negated=True), ("amount__isnull", True)),
                            _connector="OR",
                        ),
                        name="a_start_up_has_an_amount",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("hours__isnull", True),
                            models.Q(("hours__gt", 0), ("hours__lte", 24), ("kind", "days_off")),
                            _connector="OR",
                        ),
                        name="a_day_off_has_up_to_24_hours",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                            models.Q(
                                ("withdrawn_at__isnull", False),
                                ("withdrawn_by__isnull", False),
                                models.Q(("withdrawn_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_withdrawn_event_says_who_and_why",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "entries_careeventevent" ("amount", "channel", "contract_id", "given_by", "has_certificate", "hours", "id", "is_free", "kind", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "recorded_at", "recorded_by_id", "report_id", "source", "stood_in", "valid", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason") VALUES (NEW."amount", NEW."channel", NEW."contract_id", NEW."given_by", NEW."has_certificate", NEW."hours", NEW."id", NEW."is_free", NEW."kind", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."recorded_at", NEW."recorded_by_id", NEW."report_id", NEW."source", NEW."stood_in", NEW."valid", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_reason"); RETURN NULL;',
                            hash="ce68e24b9480323cdc9d9a70a2155d39ba8b79ff",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_01b51",
                            table="entries_careevent",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "entries_careeventevent" ("amount", "channel", "contract_id", "given_by", "has_certificate", "hours", "id", "is_free", "kind", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "recorded_at", "recorded_by_id", "report_id", "source", "stood_in", "valid", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason") VALUES (NEW."amount", NEW."channel", NEW."contract_id", NEW."given_by", NEW."has_certificate", NEW."hours", NEW."id", NEW."is_free", NEW."kind", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."recorded_at", NEW."recorded_by_id", NEW."report_id", NEW."source", NEW."stood_in", NEW."valid", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_reason"); RETURN NULL;',
                            hash="408c5ceeb23f4b2214d48dc2e0fff35ca9ae1f86",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_288f7",
                            table="entries_careevent",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CareEventEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("carer_ill", "Carer Ill"),
                            ("recipient_away", "Recipient Away"),
                            ("recipient_moves_out", "Recipient Moves Out"),
                            ("notice", "Notice"),
                            ("terminated", "Terminated"),
                            ("days_off", "Days Off"),
                            ("start_up", "Start Up"),
                            ("sick", "Sick"),
                            ("heta_member", "Heta Member"),
                            ("child_ill", "Child Ill"),
                        ],
                        max_length=30,
                    ),
                ),
                ("valid", palkkio.organisations.fields.DaysField()),
                ("reason", models.CharField(blank=True, max_length=10)),
                ("given_by", models.CharField(blank=True, max_length=10)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("has_certificate", models.BooleanField(default=False)),
                ("hours", models.DecimalField(decimal_places=4, max_digits=12, null=True)),
                ("stood_in", models.CharField(blank=True, max_length=30)),
                ("is_free", models.BooleanField(default=False)),
                ("source", models.CharField(blank=True, max_length=200)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("electronic", "Electronic"),
                            ("staff", "Staff"),
                            ("paper", "Paper"),
                            ("contract", "Contract"),
                        ],
                        default="staff",
                        max_length=12,
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_reason", models.TextField(blank=True)),
                (
                    "contract",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="contracts.contract",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="entries.careevent",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="entries.changereport",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="0bd5f420691cf472b9258eff45fe369d77104638",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_5bb0a",
                            table="entries_careeventevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LeaveAdjustment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.DateField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("opening", "opening"), ("correction", "correction"), ("expired", "expired")],
                        max_length=10,
                    ),
                ),
                ("days", models.SmallIntegerField()),
                ("taken", models.PositiveSmallIntegerField(default=0)),
                ("pay", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                ("days_worked", models.DecimalField(decimal_places=4, default=0, max_digits=12)),
                ("reason", models.TextField()),
                ("made_at", models.DateTimeField()),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contracts.contract"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["contract"], name="leave_adjustments_by_contract")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("year__day", 1), ("year__month", 4)), name="a_leave_year_begins_on_1_april"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="a_leave_adjustment_has_a_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind", "correction"), ("days__gte", 0), _connector="OR"),
                        name="only_a_correction_takes_leave_off",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "opening"), models.Q(("days_worked", 0), ("pay", 0), ("taken", 0)), _connector="OR"
                        ),
                        name="only_an_opening_tells_of_pay_before",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "opening")),
                        fields=("contract", "year"),
                        name="a_leave_year_has_one_opening",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "entries_leaveadjustmentevent" ("contract_id", "days", "days_worked", "id", "kind", "made_at", "made_by_id", "organisation_id", "pay", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "taken", "year") VALUES (NEW."contract_id", NEW."days", NEW."days_worked", NEW."id", NEW."kind", NEW."made_at", NEW."made_by_id", NEW."organisation_id", NEW."pay", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."taken", NEW."year"); RETURN NULL;',
                            hash="840e717b668146df78158969c65c06daa16d7984",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_860ea",
                            table="entries_leaveadjustment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "entries_leaveadjustmentevent" ("contract_id", "days", "days_worked", "id", "kind", "made_at", "made_by_id", "organisation_id", "pay", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "taken", "year") VALUES (NEW."contract_id", NEW."days", NEW."days_worked", NEW."id", NEW."kind", NEW."made_at", NEW."made_by_id", NEW."organisation_id", NEW."pay", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."taken", NEW."year"); RETURN NULL;',
                            hash="ada3b558935053e844d463d0d8c36784d1cb954e",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_bbdb1",
                            table="entries_leaveadjustment",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LeaveAdjustmentEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("year", models.DateField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("opening", "opening"), ("correction", "correction"), ("expired", "expired")],
                        max_length=10,
                    ),
                ),
                ("days", models.SmallIntegerField()),
                ("taken", models.PositiveSmallIntegerField(default=0)),
                ("pay", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                ("days_worked", models.DecimalField(decimal_places=4, default=0, max_digits=12)),
                ("reason", models.TextField()),
                ("made_at", models.DateTimeField()),
                (
                    "contract",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="contracts.contract",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="entries.leaveadjustment",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="7e46b54a1d2e595892d766a61ce010bc6fa9a2cd",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_86114",
                            table="entries_leaveadjustmentevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Sheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("period", palkkio.organisations.fields.DaysField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("confirmed", "Confirmed"), ("reviewed", "Reviewed")],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("note", models.TextField(blank=True)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("electronic", "Electronic"),
                            ("staff", "Staff"),
                            ("paper", "Paper"),
                            ("contract", "Contract"),
                        ],
                        default="electronic",
                        max_length=12,
                    ),
                ),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("is_confirmed_on_behalf", models.BooleanField(default=False)),
                ("returned_reason", models.TextField(blank=True)),
                ("returned_at", models.DateTimeField(null=True)),
                ("reviewed_at", models.DateTimeField(null=True)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contracts.contract"
                    ),
                ),
                (
                    "keyed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "scan",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organisation", "state"], name="sheets_by_state")],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    models.F("contract"),
                                    models.F("contract"),
                                    models.Value("[]"),
                                    function="int8range",
                                    output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                                ),
                                "&&",
                            ),
                            (models.F("period"), "&&"),
                        ],
                        name="sheets_of_a_contract_do_not_overlap",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "reviewed"), _negated=True),
                            ("reviewed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="a_reviewed_sheet_says_when",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "entries_sheetevent" ("channel", "confirmed_at", "confirmed_by_id", "contract_id", "id", "is_confirmed_on_behalf", "keyed_by_id", "note", "organisation_id", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "returned_at", "returned_reason", "reviewed_at", "reviewed_by_id", "scan_id", "state", "version") VALUES (NEW."channel", NEW."confirmed_at", NEW."confirmed_by_id", NEW."contract_id", NEW."id", NEW."is_confirmed_on_behalf", NEW."keyed_by_id", NEW."note", NEW."organisation_id", NEW."period", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."returned_at", NEW."returned_reason", NEW."reviewed_at", NEW."reviewed_by_id", NEW."scan_id", NEW."state", NEW."version"); RETURN NULL;',
                            hash="b239519d44316a57af5fb90aafde62009c32cf59",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_7a143",
                            table="entries_sheet",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "entries_sheetevent" ("channel", "confirmed_at", "confirmed_by_id", "contract_id", "id", "is_confirmed_on_behalf", "keyed_by_id", "note", "organisation_id", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "returned_at", "returned_reason", "reviewed_at", "reviewed_by_id", "scan_id", "state", "version") VALUES (NEW."channel", NEW."confirmed_at", NEW."confirmed_by_id", NEW."contract_id", NEW."id", NEW."is_confirmed_on_behalf", NEW."keyed_by_id", NEW."note", NEW."organisation_id", NEW."period", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."returned_at", NEW."returned_reason", NEW."reviewed_at", NEW."reviewed_by_id", NEW."scan_id", NEW."state", NEW."version"); RETURN NULL;',
                            hash="52ae3d2ace8641fffde0828bb77d6ece6454b0ca",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_0f320",
                            table="entries_sheet",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DayEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                (
                    "day_type",
                    models.CharField(
                        choices=[
                            ("care", "care"),
                            ("training", "training"),
                            ("notice", "notice"),
                            ("cancelled", "cancelled"),
                            ("cancelled_unpaid", "cancelled_unpaid"),
                            ("visit", "visit"),
                            ("hours", "hours"),
                            ("locum", "locum"),
                            ("leave", "leave"),
                        ],
                        max_length=30,
                    ),
                ),
                ("count", models.DecimalField(decimal_places=4, default=1, max_digits=12)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("electronic", "Electronic"),
                            ("staff", "Staff"),
                            ("paper", "Paper"),
                            ("contract", "Contract"),
                        ],
                        default="electronic",
                        max_length=12,
                    ),
                ),
                ("entered_at", models.DateTimeField()),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="entries.sheet"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "day entries",
                "constraints": [
                    models.UniqueConstraint(fields=("sheet", "day"), name="a_day_has_one_type"),
                    models.CheckConstraint(condition=models.Q(("count__gt", 0)), name="a_count_is_positive"),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "entries_dayentryevent" ("channel", "count", "day", "day_type", "entered_at", "entered_by_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sheet_id") VALUES (NEW."channel", NEW."count", NEW."day", NEW."day_type", NEW."entered_at", NEW."entered_by_id", NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."sheet_id"); RETURN NULL;',
                            hash="39403e8f5756802432cdd2d815b7bffeb790383b",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_5b858",
                            table="entries_dayentry",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "entries_dayentryevent" ("channel", "count", "day", "day_type", "entered_at", "entered_by_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sheet_id") VALUES (NEW."channel", NEW."count", NEW."day", NEW."day_type", NEW."entered_at", NEW."entered_by_id", NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."sheet_id"); RETURN NULL;',
                            hash="b3c8e7611b7a67df4fe009c5938cb677ff274edc",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_9822c",
                            table="entries_dayentry",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "entries_dayentryevent" ("channel", "count", "day", "day_type", "entered_at", "entered_by_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sheet_id") VALUES (OLD."channel", OLD."count", OLD."day", OLD."day_type", OLD."entered_at", OLD."entered_by_id", OLD."id", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."sheet_id"); RETURN NULL;',
                            hash="a381f6061041b3adae8364ec9c240276b7213462",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_431db",
                            table="entries_dayentry",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DayEntryEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("day", models.DateField()),
                (
                    "day_type",
                    models.CharField(
                        choices=[
                            ("care", "care"),
                            ("training", "training"),
                            ("notice", "notice"),
                            ("cancelled", "cancelled"),
                            ("cancelled_unpaid", "cancelled_unpaid"),
                            ("visit", "visit"),
                            ("hours", "hours"),
                            ("locum", "locum"),
                            ("leave", "leave"),
                        ],
                        max_length=30,
                    ),
                ),
                ("count", models.DecimalField(decimal_places=4, default=1, max_digits=12)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("electronic", "Electronic"),
                            ("staff", "Staff"),
                            ("paper", "Paper"),
                            ("contract", "Contract"),
                        ],
                        default="electronic",
                        max_length=12,
                    ),
                ),
                ("entered_at", models.DateTimeField()),
                (
                    "entered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="entries.dayentry",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="entries.sheet",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="7897b3b67100f4f73e231e6d05967d5883293d2b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_a8d61",
                            table="entries_dayentryevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SheetChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField()),
                ("action", models.CharField(max_length=40)),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
                ("reason", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("is_staff", models.BooleanField(default=False)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="entries.sheet"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("sheet", "version"), name="one_change_per_version")],
            },
        ),
        migrations.CreateModel(
            name="SheetEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("period", palkkio.organisations.fields.DaysField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("confirmed", "Confirmed"), ("reviewed", "Reviewed")],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("note", models.TextField(blank=True)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("electronic", "Electronic"),
                            ("staff", "Staff"),
                            ("paper", "Paper"),
                            ("contract", "Contract"),
                        ],
                        default="electronic",
                        max_length=12,
                    ),
                ),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("is_confirmed_on_behalf", models.BooleanField(default=False)),
                ("returned_reason", models.TextField(blank=True)),
                ("returned_at", models.DateTimeField(null=True)),
                ("reviewed_at", models.DateTimeField(null=True)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="contracts.contract",
                    ),
                ),
                (
                    "keyed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="entries.sheet",
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "scan",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="documents.document",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="2a4ea886a0320dd0c9e522aa264babd79d25bd37",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_91014",
                            table="entries_sheetevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SheetRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("period", palkkio.organisations.fields.DaysField()),
                ("facts", models.JSONField()),
                ("reviewed_at", models.DateTimeField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="revisions", to="entries.sheet"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("sheet", "number"), name="a_revision_number_is_used_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Shift",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("start_at", models.DateTimeField()),
                ("end_at", models.DateTimeField()),
                ("decision", models.CharField(blank=True, max_length=10)),
                ("is_scheduled", models.BooleanField(default=False)),
                ("note", models.CharField(blank=True, max_length=200)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("electronic", "Electronic"),
                            ("staff", "Staff"),
                            ("paper", "Paper"),
                            ("contract", "Contract"),
                        ],
                        default="electronic",
                        max_length=12,
                    ),
                ),
                ("entered_at", models.DateTimeField()),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="shifts", to="entries.sheet"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("end_at__gt", models.F("start_at"))), name="a_shift_ends_after_it_begins"
                    ),
                    models.UniqueConstraint(fields=("sheet", "start_at", "end_at"), name="a_shift_is_entered_once"),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "entries_shiftevent" ("channel", "decision", "end_at", "entered_at", "entered_by_id", "id", "is_scheduled", "note", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sheet_id", "start_at") VALUES (NEW."channel", NEW."decision", NEW."end_at", NEW."entered_at", NEW."entered_by_id", NEW."id", NEW."is_scheduled", NEW."note", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."sheet_id", NEW."start_at"); RETURN NULL;',
                            hash="514bf966f225167d0b8f7dd8e27164d604aca0a7",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_39d98",
                            table="entries_shift",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "entries_shiftevent" ("channel", "decision", "end_at", "entered_at", "entered_by_id", "id", "is_scheduled", "note", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sheet_id", "start_at") VALUES (NEW."channel", NEW."decision", NEW."end_at", NEW."entered_at", NEW."entered_by_id", NEW."id", NEW."is_scheduled", NEW."note", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."sheet_id", NEW."start_at"); RETURN NULL;',
                            hash="9e6a8706e31005285d4e96631d9cc395d6770ae4",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c05fc",
                            table="entries_shift",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "entries_shiftevent" ("channel", "decision", "end_at", "entered_at", "entered_by_id", "id", "is_scheduled", "note", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sheet_id", "start_at") VALUES (OLD."channel", OLD."decision", OLD."end_at", OLD."entered_at", OLD."entered_by_id", OLD."id", OLD."is_scheduled", OLD."note", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."sheet_id", OLD."start_at"); RETURN NULL;',
                            hash="e0f5f0acee3e4bd5866eb7415285bfe1a33ef848",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_7b225",
                            table="entries_shift",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ShiftEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("start_at", models.DateTimeField()),
                ("end_at", models.DateTimeField()),
                ("decision", models.CharField(blank=True, max_length=10)),
                ("is_scheduled", models.BooleanField(default=False)),
                ("note", models.CharField(blank=True, max_length=200)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("electronic", "Electronic"),
                            ("staff", "Staff"),
                            ("paper", "Paper"),
                            ("contract", "Contract"),
                        ],
                        default="electronic",
                        max_length=12,
                    ),
                ),
                ("entered_at", models.DateTimeField()),
                (
                    "entered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="entries.shift",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="entries.sheet",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="0e68f88ec0b04aac2b71a1c1fbb34b08a7deb20e",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_c7951",
                            table="entries_shiftevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TripEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("kilometres", models.DecimalField(decimal_places=4, default=0, max_digits=12)),
                ("origin", models.CharField(blank=True, max_length=120)),
                ("destination", models.CharField(blank=True, max_length=120)),
                ("purpose", models.CharField(max_length=200)),
                ("expense", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("electronic", "Electronic"),
                            ("staff", "Staff"),
                            ("paper", "Paper"),
                            ("contract", "Contract"),
                        ],
                        default="electronic",
                        max_length=12,
                    ),
                ),
                ("entered_at", models.DateTimeField()),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "receipt",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="trips", to="entries.sheet"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "trip entries",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kilometres__gt", 0), ("expense__gt", 0), _connector="OR"),
                        name="a_trip_has_length_or_cost",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expense", 0), ("receipt__isnull", False), _connector="OR"),
                        name="an_expense_has_a_receipt",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "entries_tripentryevent" ("channel", "day", "destination", "entered_at", "entered_by_id", "expense", "id", "kilometres", "organisation_id", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "receipt_id", "sheet_id") VALUES (NEW."channel", NEW."day", NEW."destination", NEW."entered_at", NEW."entered_by_id", NEW."expense", NEW."id", NEW."kilometres", NEW."organisation_id", NEW."origin", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."purpose", NEW."receipt_id", NEW."sheet_id"); RETURN NULL;',
                            hash="e31eb0328829cc8f1ff0cda151611261969e97fc",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b0e3f",
                            table="entries_tripentry",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "entries_tripentryevent" ("channel", "day", "destination", "entered_at", "entered_by_id", "expense", "id", "kilometres", "organisation_id", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "receipt_id", "sheet_id") VALUES (NEW."channel", NEW."day", NEW."destination", NEW."entered_at", NEW."entered_by_id", NEW."expense", NEW."id", NEW."kilometres", NEW."organisation_id", NEW."origin", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."purpose", NEW."receipt_id", NEW."sheet_id"); RETURN NULL;',
                            hash="134fa17f1743f9934f85a052d84058de1ec215cc",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_0b4de",
                            table="entries_tripentry",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "entries_tripentryevent" ("channel", "day", "destination", "entered_at", "entered_by_id", "expense", "id", "kilometres", "organisation_id", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "receipt_id", "sheet_id") VALUES (OLD."channel", OLD."day", OLD."destination", OLD."entered_at", OLD."entered_by_id", OLD."expense", OLD."id", OLD."kilometres", OLD."organisation_id", OLD."origin", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."purpose", OLD."receipt_id", OLD."sheet_id"); RETURN NULL;',
                            hash="007710f4d60dd72867d37874a414b27e5a6dbee5",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_08126",
                            table="entries_tripentry",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TripEntryEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("day", models.DateField()),
                ("kilometres", models.DecimalField(decimal_places=4, default=0, max_digits=12)),
                ("origin", models.CharField(blank=True, max_length=120)),
                ("destination", models.CharField(blank=True, max_length=120)),
                ("purpose", models.CharField(max_length=200)),
                ("expense", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("electronic", "Electronic"),
                            ("staff", "Staff"),
                            ("paper", "Paper"),
                            ("contract", "Contract"),
                        ],
                        default="electronic",
                        max_length=12,
                    ),
                ),
                ("entered_at", models.DateTimeField()),
                (
                    "entered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="entries.tripentry",
                    ),
                ),
                (
                    "receipt",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="documents.document",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="entries.sheet",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="fd3295363eb3e4cf2ad3f42bbf72223cb93c3fce",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_c2eea",
                            table="entries_tripentryevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.RunPython(triggers_of("entries"), migrations.RunPython.noop),
    ]
