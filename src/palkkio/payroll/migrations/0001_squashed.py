import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import palkkio.organisations.fields
from palkkio.audit.triggers import triggers_of


class Migration(migrations.Migration):
    replaces = [
        ("payroll", "0001_initial"),
        ("payroll", "0002_claims_on_pay"),
        ("payroll", "0003_late_months"),
        ("payroll", "0004_recoveries_of_overpayments"),
        ("payroll", "0005_runs_in_parts"),
        ("payroll", "0006_proposals_pay_late_months"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed"),
        ("contracts", "0001_squashed"),
        ("documents", "0001_squashed"),
        ("entries", "0001_squashed"),
        ("organisations", "0001_squashed"),
        ("people", "0001_squashed"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="DistraintOrder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("office", models.CharField(max_length=100)),
                ("reference", models.CharField(max_length=60)),
                ("iban", models.CharField(max_length=34)),
                ("payment_reference", models.CharField(max_length=35)),
                ("dependants", models.PositiveSmallIntegerField(default=0)),
                ("is_half_month", models.BooleanField(default=False)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("instructions", models.TextField(blank=True)),
                ("valid", palkkio.organisations.fields.DaysField()),
                ("received_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    models.F("person"),
                                    models.F("person"),
                                    models.Value("[]"),
                                    function="int8range",
                                    output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                                ),
                                "&&",
                            ),
                            (models.F("valid"), "&&"),
                        ],
                        name="one_distraint_order_binds_a_person_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__isnull", True), ("amount__gte", 0), _connector="OR"),
                        name="what_is_distrained_is_not_negative",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "payroll_distraintorderevent" ("amount", "dependants", "iban", "id", "instructions", "is_half_month", "office", "organisation_id", "payment_reference", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_on", "recorded_at", "recorded_by_id", "reference", "valid") VALUES (NEW."amount", NEW."dependants", NEW."iban", NEW."id", NEW."instructions", NEW."is_half_month", NEW."office", NEW."organisation_id", NEW."payment_reference", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."received_on", NEW."recorded_at", NEW."recorded_by_id", NEW."reference", NEW."valid"); RETURN NULL;',
                            hash="f18820ddbfd10a70d198e8ddcac370adecf115c6",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_25aba",
                            table="payroll_distraintorder",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "payroll_distraintorderevent" ("amount", "dependants", "iban", "id", "instructions", "is_half_month", "office", "organisation_id", "payment_reference", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_on", "recorded_at", "recorded_by_id", "reference", "valid") VALUES (NEW."amount", NEW."dependants", NEW."iban", NEW."id", NEW."instructions", NEW."is_half_month", NEW."office", NEW."organisation_id", NEW."payment_reference", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."received_on", NEW."recorded_at", NEW."recorded_by_id", NEW."reference", NEW."valid"); RETURN NULL;',
                            hash="37ff09a6adc49e943d2925518ce40b5d6bc03c76",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_098d8",
                            table="payroll_distraintorder",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DistraintOrderEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("office", models.CharField(max_length=100)),
                ("reference", models.CharField(max_length=60)),
                ("iban", models.CharField(max_length=34)),
                ("payment_reference", models.CharField(max_length=35)),
                ("dependants", models.PositiveSmallIntegerField(default=0)),
                ("is_half_month", models.BooleanField(default=False)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("instructions", models.TextField(blank=True)),
                ("valid", palkkio.organisations.fields.DaysField()),
                ("received_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
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
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
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
                        to="payroll.distraintorder",
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
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="c7f9bda3a444724851dde14de4b3a42cac06a85f",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_94d78",
                            table="payroll_distraintorderevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DuesAuthorisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("union", "Union"), ("fund", "Fund")], max_length=10)),
                ("receiver", models.CharField(max_length=100)),
                ("iban", models.CharField(max_length=34)),
                ("reference", models.CharField(blank=True, max_length=35)),
                ("percent", models.DecimalField(decimal_places=4, max_digits=12, null=True)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("valid", palkkio.organisations.fields.DaysField()),
                ("delivered_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("kind", "union")),
                        expressions=[
                            (
                                models.Func(
                                    models.F("person"),
                                    models.F("person"),
                                    models.Value("[]"),
                                    function="int8range",
                                    output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                                ),
                                "&&",
                            ),
                            (models.F("valid"), "&&"),
                        ],
                        name="union_dues_are_authorised_once_at_a_time",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("kind", "fund")),
                        expressions=[
                            (
                                models.Func(
                                    models.F("person"),
                                    models.F("person"),
                                    models.Value("[]"),
                                    function="int8range",
                                    output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                                ),
                                "&&",
                            ),
                            (models.F("valid"), "&&"),
                        ],
                        name="a_fund_fee_is_authorised_once_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount__isnull", True), ("percent__gt", 0)),
                            models.Q(("amount__gt", 0), ("percent__isnull", True)),
                            _connector="OR",
                        ),
                        name="dues_are_a_percentage_or_an_amount",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "payroll_duesauthorisationevent" ("amount", "delivered_on", "iban", "id", "kind", "organisation_id", "percent", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "receiver", "recorded_at", "recorded_by_id", "reference", "valid") VALUES (NEW."amount", NEW."delivered_on", NEW."iban", NEW."id", NEW."kind", NEW."organisation_id", NEW."percent", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."receiver", NEW."recorded_at", NEW."recorded_by_id", NEW."reference", NEW."valid"); RETURN NULL;',
                            hash="f8db924d4fac458872e7945d118a7ab54154e6fc",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f7eb4",
                            table="payroll_duesauthorisation",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "payroll_duesauthorisationevent" ("amount", "delivered_on", "iban", "id", "kind", "organisation_id", "percent", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "receiver", "recorded_at", "recorded_by_id", "reference", "valid") VALUES (NEW."amount", NEW."delivered_on", NEW."iban", NEW."id", NEW."kind", NEW."organisation_id", NEW."percent", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."receiver", NEW."recorded_at", NEW."recorded_by_id", NEW."reference", NEW."valid"); RETURN NULL;',
                            hash="72bf43e6eefffa295e9041c624fe7524151f39f5",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_166d8",
                            table="payroll_duesauthorisation",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DuesAuthorisationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("kind", models.CharField(choices=[("union", "Union"), ("fund", "Fund")], max_length=10)),
                ("receiver", models.CharField(max_length=100)),
                ("iban", models.CharField(max_length=34)),
                ("reference", models.CharField(blank=True, max_length=35)),
                ("percent", models.DecimalField(decimal_places=4, max_digits=12, null=True)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("valid", palkkio.organisations.fields.DaysField()),
                ("delivered_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
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
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
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
                        to="payroll.duesauthorisation",
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
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="832610ded016ac89d6d152aefe7100eca6d96307",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_3e104",
                            table="payroll_duesauthorisationevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField()),
                ("held_at", models.DateTimeField()),
                ("released_at", models.DateTimeField(null=True)),
                (
                    "held_by",
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("released_at__isnull", True)),
                        fields=("person",),
                        name="a_person_is_held_once_at_a_time",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "payroll_holdevent" ("held_at", "held_by_id", "id", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "released_at", "released_by_id") VALUES (NEW."held_at", NEW."held_by_id", NEW."id", NEW."organisation_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."released_at", NEW."released_by_id"); RETURN NULL;',
                            hash="9da98ae36e35a310a3d5dfd4087edcf237ceca29",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_0f634",
                            table="payroll_hold",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "payroll_holdevent" ("held_at", "held_by_id", "id", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "released_at", "released_by_id") VALUES (NEW."held_at", NEW."held_by_id", NEW."id", NEW."organisation_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."released_at", NEW."released_by_id"); RETURN NULL;',
                            hash="9342c6cb25d41f8026ce24481f904ba58e04499d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b97bc",
                            table="payroll_hold",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HoldEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("reason", models.TextField()),
                ("held_at", models.DateTimeField()),
                ("released_at", models.DateTimeField(null=True)),
                (
                    "held_by",
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
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
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
                        to="payroll.hold",
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                            hash="8c892dba347dbaaf305b11e13d1c78fe0dac9122",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_96ec9",
                            table="payroll_holdevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LateMonth",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("period", palkkio.organisations.fields.DaysField()),
                ("causes", models.JSONField()),
                ("difference", models.DecimalField(decimal_places=2, max_digits=12)),
                ("found_at", models.DateTimeField()),
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
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="entries.sheetrevision"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organisation", "contract"], name="late_months_by_contract")],
            },
        ),
        migrations.CreateModel(
            name="OneOffLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("period", palkkio.organisations.fields.DaysField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                ("reason", models.CharField(max_length=200)),
                ("is_taxable", models.BooleanField(default=True)),
                ("is_pensionable", models.BooleanField(default=True)),
                ("proposed_at", models.DateTimeField()),
                ("approved_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "approved_by",
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
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="a_one_off_line_is_approved_by_a_second_person",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "payroll_oneofflineevent" ("amount", "approved_at", "approved_by_id", "contract_id", "id", "is_pensionable", "is_taxable", "organisation_id", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "reason", "withdrawn_at") VALUES (NEW."amount", NEW."approved_at", NEW."approved_by_id", NEW."contract_id", NEW."id", NEW."is_pensionable", NEW."is_taxable", NEW."organisation_id", NEW."period", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proposed_at", NEW."proposed_by_id", NEW."reason", NEW."withdrawn_at"); RETURN NULL;',
                            hash="62e5bec0f33257aafb3bbb1620685a24732b5950",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d55d1",
                            table="payroll_oneoffline",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "payroll_oneofflineevent" ("amount", "approved_at", "approved_by_id", "contract_id", "id", "is_pensionable", "is_taxable", "organisation_id", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "reason", "withdrawn_at") VALUES (NEW."amount", NEW."approved_at", NEW."approved_by_id", NEW."contract_id", NEW."id", NEW."is_pensionable", NEW."is_taxable", NEW."organisation_id", NEW."period", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proposed_at", NEW."proposed_by_id", NEW."reason", NEW."withdrawn_at"); RETURN NULL;',
                            hash="12ad812a0d94c7d67cb25638f25390b1db28e3ff",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_2eaa0",
                            table="payroll_oneoffline",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OneOffLineEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("period", palkkio.organisations.fields.DaysField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                ("reason", models.CharField(max_length=200)),
                ("is_taxable", models.BooleanField(default=True)),
                ("is_pensionable", models.BooleanField(default=True)),
                ("proposed_at", models.DateTimeField()),
                ("approved_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "approved_by",
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
                        to="payroll.oneoffline",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                            hash="60d5e4a767310bdff6268f7e9d2291fb6e44e547",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_afa4b",
                            table="payroll_oneofflineevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Recovery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("hearing", "Hearing"),
                            ("decided", "Decided"),
                            ("recovering", "Recovering"),
                            ("closed", "Closed"),
                        ],
                        default="hearing",
                        max_length=12,
                    ),
                ),
                ("reference", models.CharField(max_length=20)),
                ("explanation", models.TextField()),
                ("opened_on", models.DateField()),
                ("answer_by", models.DateField()),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("", "None"), ("consents", "Consents"), ("objects", "Objects")],
                        default="",
                        max_length=10,
                    ),
                ),
                ("answer_text", models.TextField(blank=True)),
                (
                    "answer_channel",
                    models.CharField(
                        blank=True,
                        choices=[("portal", "Portal"), ("paper", "Paper"), ("phone", "Phone")],
                        max_length=10,
                    ),
                ),
                ("answered_on", models.DateField(null=True)),
                ("consented_on", models.DateField(null=True)),
                ("decision", models.TextField(blank=True)),
                ("decided_on", models.DateField(null=True)),
                ("posted_on", models.DateField(null=True)),
                ("is_appealed", models.BooleanField(default=False)),
                ("final_from", models.DateField(null=True)),
                ("closed_on", models.DateField(null=True)),
                ("closed_reason", models.TextField(blank=True)),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contracts.contract"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opened_by",
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organisation", "person"], name="recoveries_by_person")],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "number"), name="a_recovery_number_is_used_once"),
                    models.UniqueConstraint(
                        fields=("organisation", "reference"), name="a_recovery_reference_is_used_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "recovering"), _negated=True),
                            ("consented_on__isnull", False),
                            ("final_from__isnull", False),
                            _connector="OR",
                        ),
                        name="nothing_is_recovered_before_consent_or_a_final_decision",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_on__isnull", False), ("state", "closed")),
                            models.Q(models.Q(("state", "closed"), _negated=True), ("closed_on__isnull", True)),
                            _connector="OR",
                        ),
                        name="a_closed_recovery_has_its_day",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "payroll_recoveryevent" ("answer", "answer_by", "answer_channel", "answer_text", "answered_on", "closed_on", "closed_reason", "consented_on", "contract_id", "decided_by_id", "decided_on", "decision", "explanation", "final_from", "id", "is_appealed", "number", "opened_by_id", "opened_on", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posted_on", "reference", "state") VALUES (NEW."answer", NEW."answer_by", NEW."answer_channel", NEW."answer_text", NEW."answered_on", NEW."closed_on", NEW."closed_reason", NEW."consented_on", NEW."contract_id", NEW."decided_by_id", NEW."decided_on", NEW."decision", NEW."explanation", NEW."final_from", NEW."id", NEW."is_appealed", NEW."number", NEW."opened_by_id", NEW."opened_on", NEW."organisation_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."posted_on", NEW."reference", NEW."state"); RETURN NULL;',
                            hash="47dc27bf44edc89c75ccfaf175e3f4a01f74c766",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a54ba",
                            table="payroll_recovery",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "payroll_recoveryevent" ("answer", "answer_by", "answer_channel", "answer_text", "answered_on", "closed_on", "closed_reason", "consented_on", "contract_id", "decided_by_id", "decided_on", "decision", "explanation", "final_from", "id", "is_appealed", "number", "opened_by_id", "opened_on", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posted_on", "reference", "state") VALUES (NEW."answer", NEW."answer_by", NEW."answer_channel", NEW."answer_text", NEW."answered_on", NEW."closed_on", NEW."closed_reason", NEW."consented_on", NEW."contract_id", NEW."decided_by_id", NEW."decided_on", NEW."decision", NEW."explanation", NEW."final_from", NEW."id", NEW."is_appealed", NEW."number", NEW."opened_by_id", NEW."opened_on", NEW."organisation_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."posted_on", NEW."reference", NEW."state"); RETURN NULL;',
                            hash="0c6a5c61d4e3b8bce84d9a1b9d98a8d36e4b86e9",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c6f46",
                            table="payroll_recovery",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecoveryEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("number", models.CharField(max_length=20)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("hearing", "Hearing"),
                            ("decided", "Decided"),
                            ("recovering", "Recovering"),
                            ("closed", "Closed"),
                        ],
                        default="hearing",
                        max_length=12,
                    ),
                ),
                ("reference", models.CharField(max_length=20)),
                ("explanation", models.TextField()),
                ("opened_on", models.DateField()),
                ("answer_by", models.DateField()),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("", "None"), ("consents", "Consents"), ("objects", "Objects")],
                        default="",
                        max_length=10,
                    ),
                ),
                ("answer_text", models.TextField(blank=True)),
                (
                    "answer_channel",
                    models.CharField(
                        blank=True,
                        choices=[("portal", "Portal"), ("paper", "Paper"), ("phone", "Phone")],
                        max_length=10,
                    ),
                ),
                ("answered_on", models.DateField(null=True)),
                ("consented_on", models.DateField(null=True)),
                ("decision", models.TextField(blank=True)),
                ("decided_on", models.DateField(null=True)),
                ("posted_on", models.DateField(null=True)),
                ("is_appealed", models.BooleanField(default=False)),
                ("final_from", models.DateField(null=True)),
                ("closed_on", models.DateField(null=True)),
                ("closed_reason", models.TextField(blank=True)),
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
                    "decided_by",
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
                    "opened_by",
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
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
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
                        to="payroll.recovery",
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
                            hash="576cfa9f77411147943e5cc7de736f7bb1ce929f",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_df9e9",
                            table="payroll_recoveryevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RecoveryPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_payday", models.DateField()),
                ("instalment", models.DecimalField(decimal_places=2, max_digits=12)),
                ("leaves", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                ("made_on", models.DateField()),
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
                (
                    "recovery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="plans", to="payroll.recovery"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("instalment__gte", 0), ("leaves__gte", 0)), name="a_plan_is_not_negative"
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "payroll_recoveryplanevent" ("first_payday", "id", "instalment", "leaves", "made_by_id", "made_on", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recovery_id") VALUES (NEW."first_payday", NEW."id", NEW."instalment", NEW."leaves", NEW."made_by_id", NEW."made_on", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recovery_id"); RETURN NULL;',
                            hash="576beeeb36c43a9ebd209dd7a640c0c99bf3db1c",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_6d96b",
                            table="payroll_recoveryplan",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "payroll_recoveryplanevent" ("first_payday", "id", "instalment", "leaves", "made_by_id", "made_on", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recovery_id") VALUES (NEW."first_payday", NEW."id", NEW."instalment", NEW."leaves", NEW."made_by_id", NEW."made_on", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recovery_id"); RETURN NULL;',
                            hash="e0ab9f0dba046e50c85f6b6cf18f42adbe5da60e",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_1a4c8",
                            table="payroll_recoveryplan",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecoveryPlanEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("first_payday", models.DateField()),
                ("instalment", models.DecimalField(decimal_places=2, max_digits=12)),
                ("leaves", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                ("made_on", models.DateField()),
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
                        to="payroll.recoveryplan",
                    ),
                ),
                (
                    "recovery",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="payroll.recovery",
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
                            hash="ca91bb750202755d9ec50c47914df6f291df5d71",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_d9027",
                            table="payroll_recoveryplanevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RecoveryTransfer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                ("withheld", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                ("paid_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("taken_back_at", models.DateTimeField(null=True)),
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
                    "recovery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="transfers", to="payroll.recovery"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0), ("withheld__gte", 0)), name="a_transfer_is_positive"
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "payroll_recoverytransferevent" ("amount", "id", "organisation_id", "paid_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "recovery_id", "taken_back_at", "withheld") VALUES (NEW."amount", NEW."id", NEW."organisation_id", NEW."paid_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."recovery_id", NEW."taken_back_at", NEW."withheld"); RETURN NULL;',
                            hash="58878d2c88562638b7f9adf84d3b52ca7e51bd6e",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_70dec",
                            table="payroll_recoverytransfer",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "payroll_recoverytransferevent" ("amount", "id", "organisation_id", "paid_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "recovery_id", "taken_back_at", "withheld") VALUES (NEW."amount", NEW."id", NEW."organisation_id", NEW."paid_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."recovery_id", NEW."taken_back_at", NEW."withheld"); RETURN NULL;',
                            hash="331691ce87c632fcced38189e7ce56e2a4ac3b79",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_4e9ec",
                            table="payroll_recoverytransfer",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecoveryTransferEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                ("withheld", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                ("paid_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("taken_back_at", models.DateTimeField(null=True)),
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
                        to="payroll.recoverytransfer",
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
                    "recovery",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="payroll.recovery",
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
                            hash="fd182722bf7a9615f5d603fb2a64e11014cb3e66",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_d24ad",
                            table="payroll_recoverytransferevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RecoveryWaiver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                ("reason", models.TextField()),
                ("proposed_at", models.DateTimeField()),
                ("approved_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "approved_by",
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
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "recovery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="waivers", to="payroll.recovery"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="a_waiver_is_positive"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="a_waiver_is_approved_by_a_second_person",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "payroll_recoverywaiverevent" ("amount", "approved_at", "approved_by_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "reason", "recovery_id", "withdrawn_at") VALUES (NEW."amount", NEW."approved_at", NEW."approved_by_id", NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proposed_at", NEW."proposed_by_id", NEW."reason", NEW."recovery_id", NEW."withdrawn_at"); RETURN NULL;',
                            hash="36321ed56784de67a00c643703d2590ea486c7a4",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_5d038",
                            table="payroll_recoverywaiver",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "payroll_recoverywaiverevent" ("amount", "approved_at", "approved_by_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "reason", "recovery_id", "withdrawn_at") VALUES (NEW."amount", NEW."approved_at", NEW."approved_by_id", NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proposed_at", NEW."proposed_by_id", NEW."reason", NEW."recovery_id", NEW."withdrawn_at"); RETURN NULL;',
                            hash="6730e1881724698a4b73c1b254d786a852c1e750",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_bc276",
                            table="payroll_recoverywaiver",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecoveryWaiverEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                ("reason", models.TextField()),
                ("proposed_at", models.DateTimeField()),
                ("approved_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "approved_by",
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
                        to="payroll.recoverywaiver",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recovery",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="payroll.recovery",
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
                            hash="f1464e8e1a25b43ea2665f8dbab9a7cccf1509f0",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_3f516",
                            table="payroll_recoverywaiverevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("payday", models.DateField()),
                ("is_extra", models.BooleanField(default=False)),
                ("contract_kinds", models.JSONField(default=list)),
                ("only_contracts", models.JSONField(default=list)),
                ("care_months_until", models.DateField()),
                ("until_by_kind", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("calculating", "Calculating"),
                            ("proposed", "Proposed"),
                            ("approved", "Approved"),
                            ("produced", "Produced"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="calculating",
                        max_length=12,
                    ),
                ),
                ("proposal", models.PositiveIntegerField(default=1)),
                ("proposed_at", models.DateTimeField()),
                ("calculated_at", models.DateTimeField(null=True)),
                ("progress_done", models.PositiveIntegerField(default=0)),
                ("progress_of", models.PositiveIntegerField(default=0)),
                ("trouble", models.TextField(blank=True)),
                ("returned_reason", models.TextField(blank=True)),
                ("approved_at", models.DateTimeField(null=True)),
                ("payslips_made_at", models.DateTimeField(null=True)),
                ("produced_at", models.DateTimeField(null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("cancelled_reason", models.TextField(blank=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "approved_by_person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "cancelled_by",
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
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "proposed_by_person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "number"), name="a_run_number_is_used_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("is_extra", False), models.Q(("state", "cancelled"), _negated=True)),
                        fields=("organisation", "payday"),
                        name="one_scheduled_run_per_payday",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="a_run_is_approved_by_a_second_person",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "payroll_runevent" ("approved_at", "approved_by_id", "approved_by_person_id", "calculated_at", "cancelled_at", "cancelled_by_id", "cancelled_reason", "care_months_until", "contract_kinds", "id", "is_extra", "number", "only_contracts", "organisation_id", "payday", "payslips_made_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "produced_at", "progress_done", "progress_of", "proposal", "proposed_at", "proposed_by_id", "proposed_by_person_id", "returned_reason", "state", "trouble", "until_by_kind") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."approved_by_person_id", NEW."calculated_at", NEW."cancelled_at", NEW."cancelled_by_id", NEW."cancelled_reason", NEW."care_months_until", NEW."contract_kinds", NEW."id", NEW."is_extra", NEW."number", NEW."only_contracts", NEW."organisation_id", NEW."payday", NEW."payslips_made_at", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."produced_at", NEW."progress_done", NEW."progress_of", NEW."proposal", NEW."proposed_at", NEW."proposed_by_id", NEW."proposed_by_person_id", NEW."returned_reason", NEW."state", NEW."trouble", NEW."until_by_kind"); RETURN NULL;',
                            hash="e6e0275b92951525d4b704f8a802199de45e943e",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_21409",
                            table="payroll_run",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "payroll_runevent" ("approved_at", "approved_by_id", "approved_by_person_id", "calculated_at", "cancelled_at", "cancelled_by_id", "cancelled_reason", "care_months_until", "contract_kinds", "id", "is_extra", "number", "only_contracts", "organisation_id", "payday", "payslips_made_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "produced_at", "progress_done", "progress_of", "proposal", "proposed_at", "proposed_by_id", "proposed_by_person_id", "returned_reason", "state", "trouble", "until_by_kind") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."approved_by_person_id", NEW."calculated_at", NEW."cancelled_at", NEW."cancelled_by_id", NEW."cancelled_reason", NEW."care_months_until", NEW."contract_kinds", NEW."id", NEW."is_extra", NEW."number", NEW."only_contracts", NEW."organisation_id", NEW."payday", NEW."payslips_made_at", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."produced_at", NEW."progress_done", NEW."progress_of", NEW."proposal", NEW."proposed_at", NEW."proposed_by_id", NEW."proposed_by_person_id", NEW."returned_reason", NEW."state", NEW."trouble", NEW."until_by_kind"); RETURN NULL;',
                            hash="8b306f9f3779646e56a377d37c2b1beabdff0209",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b38b0",
                            table="payroll_run",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Receivable",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("period", palkkio.organisations.fields.DaysField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                ("lines", models.JSONField()),
                ("created_at", models.DateTimeField()),
                ("is_cancelled", models.BooleanField(default=False)),
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="entries.sheetrevision",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="receivables", to="payroll.run"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="a_receivable_is_positive"),
                    models.UniqueConstraint(
                        fields=("run", "contract", "period"), name="one_receivable_per_contract_and_period_of_a_run"
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "payroll_receivableevent" ("amount", "contract_id", "created_at", "id", "is_cancelled", "lines", "organisation_id", "period", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision_id", "run_id") VALUES (NEW."amount", NEW."contract_id", NEW."created_at", NEW."id", NEW."is_cancelled", NEW."lines", NEW."organisation_id", NEW."period", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."revision_id", NEW."run_id"); RETURN NULL;',
                            hash="557795e42d14b5f2295aefa73bb73f1aee087e3e",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_e8fee",
                            table="payroll_receivable",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "payroll_receivableevent" ("amount", "contract_id", "created_at", "id", "is_cancelled", "lines", "organisation_id", "period", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision_id", "run_id") VALUES (NEW."amount", NEW."contract_id", NEW."created_at", NEW."id", NEW."is_cancelled", NEW."lines", NEW."organisation_id", NEW."period", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."revision_id", NEW."run_id"); RETURN NULL;',
                            hash="599c8b7a1672457d63dd6263a960a36c0ae1f084",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_0d236",
                            table="payroll_receivable",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecoveryPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "receivable",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="payroll.receivable"
                    ),
                ),
                (
                    "recovery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="payroll.recovery"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("receivable",), name="a_receivable_is_recovered_once")],
            },
        ),
        migrations.CreateModel(
            name="ReceivableEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("period", palkkio.organisations.fields.DaysField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                ("lines", models.JSONField()),
                ("created_at", models.DateTimeField()),
                ("is_cancelled", models.BooleanField(default=False)),
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
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
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
                        to="payroll.receivable",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="entries.sheetrevision",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="payroll.run",
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
                            hash="f147a5732ca039b560be55e8461a4a4c08ee2a1c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_b5c3f",
                            table="payroll_receivableevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RunEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("number", models.PositiveIntegerField()),
                ("payday", models.DateField()),
                ("is_extra", models.BooleanField(default=False)),
                ("contract_kinds", models.JSONField(default=list)),
                ("only_contracts", models.JSONField(default=list)),
                ("care_months_until", models.DateField()),
                ("until_by_kind", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("calculating", "Calculating"),
                            ("proposed", "Proposed"),
                            ("approved", "Approved"),
                            ("produced", "Produced"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="calculating",
                        max_length=12,
                    ),
                ),
                ("proposal", models.PositiveIntegerField(default=1)),
                ("proposed_at", models.DateTimeField()),
                ("calculated_at", models.DateTimeField(null=True)),
                ("progress_done", models.PositiveIntegerField(default=0)),
                ("progress_of", models.PositiveIntegerField(default=0)),
                ("trouble", models.TextField(blank=True)),
                ("returned_reason", models.TextField(blank=True)),
                ("approved_at", models.DateTimeField(null=True)),
                ("payslips_made_at", models.DateTimeField(null=True)),
                ("produced_at", models.DateTimeField(null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("cancelled_reason", models.TextField(blank=True)),
                (
                    "approved_by",
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
                    "approved_by_person",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "cancelled_by",
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
                        to="payroll.run",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposed_by_person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
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
                            hash="4afdb05da25e2a7485cc92df7a392921ae54744c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_2562f",
                            table="payroll_runevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RunPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.CharField(max_length=20)),
                ("proposal", models.PositiveIntegerField()),
                ("number", models.PositiveIntegerField()),
                (
                    "ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("first", models.PositiveBigIntegerField(default=0)),
                ("found", models.PositiveIntegerField(default=0)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="payroll.run"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("run", "step", "proposal", "number"), name="a_part_of_a_run_is_done_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SetAside",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40)),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
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
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="set_asides", to="payroll.run"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("run", "contract", "code"), name="a_problem_is_set_aside_once_per_run"
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "payroll_setasideevent" ("at", "by_id", "code", "contract_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "run_id") VALUES (NEW."at", NEW."by_id", NEW."code", NEW."contract_id", NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."run_id"); RETURN NULL;',
                            hash="da1eae6f7cbeab26f1b506bb8f3f661d1c7fdf3a",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d2697",
                            table="payroll_setaside",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "payroll_setasideevent" ("at", "by_id", "code", "contract_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "run_id") VALUES (NEW."at", NEW."by_id", NEW."code", NEW."contract_id", NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."run_id"); RETURN NULL;',
                            hash="956ccd717b0ffe48564415186adbc6a1cd4558a3",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_62ef6",
                            table="payroll_setaside",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SetAsideEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("code", models.CharField(max_length=40)),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        db_constraint=False,
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
                        to="payroll.setaside",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="payroll.run",
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
                            hash="fa679fbca504f8513758eca46effd086c494be3b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_618ed",
                            table="payroll_setasideevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TaxCard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("informal_care", "informal_care"),
                            ("family_care", "family_care"),
                            ("work_compensation", "work_compensation"),
                            ("wage", "wage"),
                        ],
                        max_length=30,
                    ),
                ),
                ("valid", palkkio.organisations.fields.DaysField()),
                ("base_percent", models.DecimalField(decimal_places=4, max_digits=12)),
                ("ceiling", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("additional_percent", models.DecimalField(decimal_places=4, max_digits=12)),
                ("accumulates_from", models.DateField()),
                ("accumulated_before", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                (
                    "source",
                    models.CharField(
                        choices=[("tax_administration", "Tax Administration"), ("paper", "Paper")], max_length=30
                    ),
                ),
                ("fetched_at", models.DateTimeField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organisation", "person", "kind"], name="tax_cards_by_person")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "payroll_taxcardevent" ("accumulated_before", "accumulates_from", "additional_percent", "base_percent", "ceiling", "fetched_at", "id", "kind", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "valid") VALUES (NEW."accumulated_before", NEW."accumulates_from", NEW."additional_percent", NEW."base_percent", NEW."ceiling", NEW."fetched_at", NEW."id", NEW."kind", NEW."organisation_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source", NEW."valid"); RETURN NULL;',
                            hash="27da989bbfa4826bd22851d1738adcf95a854abb",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_7a97a",
                            table="payroll_taxcard",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "payroll_taxcardevent" ("accumulated_before", "accumulates_from", "additional_percent", "base_percent", "ceiling", "fetched_at", "id", "kind", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "valid") VALUES (NEW."accumulated_before", NEW."accumulates_from", NEW."additional_percent", NEW."base_percent", NEW."ceiling", NEW."fetched_at", NEW."id", NEW."kind", NEW."organisation_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source", NEW."valid"); RETURN NULL;',
                            hash="6b018f4c8f3f2102374ef5427c9b79e915abdb5a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_961b7",
                            table="payroll_taxcard",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Payslip",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=30)),
                ("payday", models.DateField()),
                ("period", palkkio.organisations.fields.DaysField()),
                ("payee_name", models.CharField(max_length=250)),
                ("recipient_name", models.CharField(blank=True, max_length=250)),
                ("card_kind", models.CharField(max_length=30)),
                ("iban", models.CharField(max_length=34)),
                ("gross", models.DecimalField(decimal_places=2, max_digits=12)),
                ("taxable", models.DecimalField(decimal_places=2, max_digits=12)),
                ("pensionable", models.DecimalField(decimal_places=2, max_digits=12)),
                ("withholding", models.DecimalField(decimal_places=2, max_digits=12)),
                ("pension", models.DecimalField(decimal_places=2, max_digits=12)),
                ("other_deductions", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                ("net", models.DecimalField(decimal_places=2, max_digits=12)),
                ("facts", models.JSONField()),
                ("result", models.JSONField()),
                ("made_at", models.DateTimeField()),
                ("is_cancelled", models.BooleanField(default=False)),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contracts.contract"
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="payslips", to="payroll.run"
                    ),
                ),
                (
                    "tax_card",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="payroll.taxcard"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organisation", "person", "payday"], name="payslips_by_person")],
                "constraints": [
                    models.UniqueConstraint(fields=("run", "contract"), name="one_payslip_per_contract_and_run"),
                    models.UniqueConstraint(fields=("organisation", "number"), name="a_payslip_number_is_used_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "net",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("gross"), "-", models.F("withholding")
                                        ),
                                        "-",
                                        models.F("pension"),
                                    ),
                                    "-",
                                    models.F("other_deductions"),
                                ),
                            )
                        ),
                        name="net_is_gross_less_deductions",
                    ),
                    models.CheckConstraint(condition=models.Q(("net__gte", 0)), name="net_is_not_negative"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PayslipLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("code", models.CharField(max_length=40)),
                ("period", palkkio.organisations.fields.DaysField()),
                ("quantity", models.DecimalField(decimal_places=4, max_digits=12)),
                ("of", models.DecimalField(decimal_places=4, max_digits=12)),
                ("percent", models.DecimalField(decimal_places=4, max_digits=12, null=True)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                ("is_taxable", models.BooleanField()),
                ("is_pensionable", models.BooleanField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "payslip",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="payroll.payslip"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("payslip", "position"), name="lines_stand_in_order")],
            },
        ),
        migrations.CreateModel(
            name="PaidRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_cancelled", models.BooleanField(default=False)),
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
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="entries.sheetrevision"
                    ),
                ),
                (
                    "payslip",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paid_revisions",
                        to="payroll.payslip",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="paid_revisions", to="payroll.run"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_cancelled", False)),
                        fields=("revision",),
                        name="a_revision_is_paid_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PaidOneOff",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_cancelled", models.BooleanField(default=False)),
                (
                    "one_off",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="payroll.oneoffline"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "payslip",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paid_one_offs",
                        to="payroll.payslip",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="paid_one_offs", to="payroll.run"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_cancelled", False)),
                        fields=("one_off",),
                        name="a_one_off_line_is_paid_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PaidLateMonth",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_cancelled", models.BooleanField(default=False)),
                (
                    "late_month",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="settled", to="payroll.latemonth"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "payslip",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="payroll.payslip"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="paid_late_months", to="payroll.run"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_cancelled", False)),
                        fields=("late_month",),
                        name="a_late_month_is_settled_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField()),
                ("period", palkkio.organisations.fields.DaysField()),
                ("revision_ids", models.JSONField(default=list)),
                ("sheets", models.JSONField(default=dict)),
                ("one_off_ids", models.JSONField(default=list)),
                ("late_month_ids", models.JSONField(default=list)),
                ("card_kind", models.CharField(max_length=30)),
                ("iban", models.CharField(blank=True, max_length=34)),
                ("facts", models.JSONField()),
                ("result", models.JSONField()),
                ("digest", models.CharField(blank=True, max_length=32)),
                ("line_count", models.PositiveSmallIntegerField(default=0)),
                ("has_overpaid", models.BooleanField(default=False)),
                ("gross", models.DecimalField(decimal_places=2, max_digits=12)),
                ("taxable", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                ("pensionable", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                ("reimbursements", models.DecimalField(decimal_places=2, max_digits=12)),
                ("withholding", models.DecimalField(decimal_places=2, max_digits=12)),
                ("pension", models.DecimalField(decimal_places=2, max_digits=12)),
                ("other_deductions", models.DecimalField(decimal_places=2, max_digits=12)),
                ("net", models.DecimalField(decimal_places=2, max_digits=12)),
                ("receivable", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                ("gross_before", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("days", models.DecimalField(decimal_places=4, default=0, max_digits=12)),
                ("days_before", models.DecimalField(decimal_places=4, default=0, max_digits=12)),
                ("causes", models.JSONField(default=dict)),
                ("correction", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                ("problems", models.JSONField(default=list)),
                ("problem_codes", models.JSONField(default=list)),
                ("is_blocked", models.BooleanField(default=False)),
                ("is_left_out", models.BooleanField(default=False)),
                ("is_held", models.BooleanField(default=False)),
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="proposals", to="payroll.run"
                    ),
                ),
                (
                    "tax_card",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="payroll.taxcard"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["run", "position"], name="proposals_in_order")],
                "constraints": [
                    models.UniqueConstraint(fields=("run", "contract"), name="one_proposal_per_contract_and_run"),
                    models.CheckConstraint(
                        condition=models.Q(("is_blocked", True), ("is_left_out", True), _negated=True),
                        name="what_is_left_out_blocks_nothing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TaxCardEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("informal_care", "informal_care"),
                            ("family_care", "family_care"),
                            ("work_compensation", "work_compensation"),
                            ("wage", "wage"),
                        ],
                        max_length=30,
                    ),
                ),
                ("valid", palkkio.organisations.fields.DaysField()),
                ("base_percent", models.DecimalField(decimal_places=4, max_digits=12)),
                ("ceiling", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("additional_percent", models.DecimalField(decimal_places=4, max_digits=12)),
                ("accumulates_from", models.DateField()),
                ("accumulated_before", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                (
                    "source",
                    models.CharField(
                        choices=[("tax_administration", "Tax Administration"), ("paper", "Paper")], max_length=30
                    ),
                ),
                ("fetched_at", models.DateTimeField()),
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
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
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
                        to="payroll.taxcard",
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
                            hash="93edad60f75f51134726f20e54c3f0bae9cc9976",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_349d4",
                            table="payroll_taxcardevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.RunPython(triggers_of("payroll"), migrations.RunPython.noop),
    ]
