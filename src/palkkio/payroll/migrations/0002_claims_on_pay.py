import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import palkkio.organisations.fields


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0001_initial"),
        ("payroll", "0001_initial"),
        ("people", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
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
            },
        ),
        migrations.AddConstraint(
            model_name="distraintorder",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="distraintorder",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__isnull", True), ("amount__gte", 0), _connector="OR"),
                name="what_is_distrained_is_not_negative",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="distraintorder",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="distraintorder",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="distraintorderevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="c7f9bda3a444724851dde14de4b3a42cac06a85f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_94d78",
                    table="payroll_distraintorderevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="duesauthorisation",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="duesauthorisation",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="duesauthorisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("amount__isnull", True), ("percent__gt", 0)),
                    models.Q(("amount__gt", 0), ("percent__isnull", True)),
                    _connector="OR",
                ),
                name="dues_are_a_percentage_or_an_amount",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="duesauthorisation",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="duesauthorisation",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="duesauthorisationevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="832610ded016ac89d6d152aefe7100eca6d96307",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_3e104",
                    table="payroll_duesauthorisationevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
