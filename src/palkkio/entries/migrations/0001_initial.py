import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import palkkio.organisations.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("contracts", "0001_initial"),
        ("documents", "0001_initial"),
        ("organisations", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
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
                        choices=[("electronic", "Electronic"), ("staff", "Staff"), ("paper", "Paper")],
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
                "indexes": [models.Index(fields=["organisation", "state"], name="sheets_by_state")],
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
                        ],
                        max_length=30,
                    ),
                ),
                ("count", models.DecimalField(decimal_places=4, default=1, max_digits=12)),
                (
                    "channel",
                    models.CharField(
                        choices=[("electronic", "Electronic"), ("staff", "Staff"), ("paper", "Paper")],
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
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
                        choices=[("electronic", "Electronic"), ("staff", "Staff"), ("paper", "Paper")],
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
                        ],
                        max_length=30,
                    ),
                ),
                ("count", models.DecimalField(decimal_places=4, default=1, max_digits=12)),
                (
                    "channel",
                    models.CharField(
                        choices=[("electronic", "Electronic"), ("staff", "Staff"), ("paper", "Paper")],
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
                        choices=[("electronic", "Electronic"), ("staff", "Staff"), ("paper", "Paper")],
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
                        choices=[("electronic", "Electronic"), ("staff", "Staff"), ("paper", "Paper")],
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
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sheet",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sheet",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dayentryevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="7897b3b67100f4f73e231e6d05967d5883293d2b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_a8d61",
                    table="entries_dayentryevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dayentry",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dayentry",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dayentry",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sheetevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="2a4ea886a0320dd0c9e522aa264babd79d25bd37",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_91014",
                    table="entries_sheetevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tripentry",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tripentry",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tripentry",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tripentryevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="fd3295363eb3e4cf2ad3f42bbf72223cb93c3fce",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_c2eea",
                    table="entries_tripentryevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
