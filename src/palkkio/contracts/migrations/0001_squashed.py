import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import pgtrigger.compiler
from django.db import migrations, models

import palkkio.organisations.fields
from palkkio.audit.triggers import triggers_of


class Migration(migrations.Migration):
    replaces = [
        ("contracts", "0001_initial"),
        ("contracts", "0002_terms_of_every_form_of_care"),
        ("contracts", "0003_an_undecided_pay_group_is_said"),
    ]

    initial = True

    dependencies = [
        ("organisations", "0001_squashed"),
        ("people", "0001_squashed"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="Contract",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("informal_care", "informal_care"),
                            ("family_care", "family_care"),
                            ("substitute_care", "substitute_care"),
                            ("other_commission", "other_commission"),
                            ("personal_assistance", "personal_assistance"),
                        ],
                        max_length=30,
                    ),
                ),
                ("valid", palkkio.organisations.fields.DaysField()),
                ("signed_on", models.DateField(blank=True, null=True)),
                ("pays_trips", models.BooleanField(default=False)),
                ("is_self_insured", models.BooleanField(default=False)),
                ("tasks", models.TextField(blank=True)),
                (
                    "carer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "employer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.municipality"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.unit"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organisation", "carer"], name="contracts_by_carer")],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "number"), name="a_contract_number_is_used_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("recipient__isnull", True),
                            models.Q(("recipient", models.F("carer")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_cares_for_themself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("employer__isnull", True),
                            models.Q(
                                ("kind", "personal_assistance"),
                                models.Q(("employer", models.F("carer")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="only_an_assistant_has_an_employer_who_is_another",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "contracts_contractevent" ("carer_id", "employer_id", "id", "is_self_insured", "kind", "municipality_id", "number", "organisation_id", "pays_trips", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipient_id", "signed_on", "tasks", "unit_id", "valid") VALUES (NEW."carer_id", NEW."employer_id", NEW."id", NEW."is_self_insured", NEW."kind", NEW."municipality_id", NEW."number", NEW."organisation_id", NEW."pays_trips", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recipient_id", NEW."signed_on", NEW."tasks", NEW."unit_id", NEW."valid"); RETURN NULL;',
                            hash="8b75e1525ca7a148095ed15594d327e6aaf76f56",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_5fe2a",
                            table="contracts_contract",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "contracts_contractevent" ("carer_id", "employer_id", "id", "is_self_insured", "kind", "municipality_id", "number", "organisation_id", "pays_trips", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipient_id", "signed_on", "tasks", "unit_id", "valid") VALUES (NEW."carer_id", NEW."employer_id", NEW."id", NEW."is_self_insured", NEW."kind", NEW."municipality_id", NEW."number", NEW."organisation_id", NEW."pays_trips", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recipient_id", NEW."signed_on", NEW."tasks", NEW."unit_id", NEW."valid"); RETURN NULL;',
                            hash="6418eab33afa106bcadb78929e73e6763838d797",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_3acc9",
                            table="contracts_contract",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContractEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("number", models.CharField(max_length=20)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("informal_care", "informal_care"),
                            ("family_care", "family_care"),
                            ("substitute_care", "substitute_care"),
                            ("other_commission", "other_commission"),
                            ("personal_assistance", "personal_assistance"),
                        ],
                        max_length=30,
                    ),
                ),
                ("valid", palkkio.organisations.fields.DaysField()),
                ("signed_on", models.DateField(blank=True, null=True)),
                ("pays_trips", models.BooleanField(default=False)),
                ("is_self_insured", models.BooleanField(default=False)),
                ("tasks", models.TextField(blank=True)),
                (
                    "carer",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "employer",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organisations.municipality",
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
                        to="contracts.contract",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organisations.unit",
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
                            hash="6cccaf328a0534143cb2761d5f164e2247f189df",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_1465d",
                            table="contracts_contractevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Terms",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid", palkkio.organisations.fields.DaysField()),
                ("fee_class", models.CharField(blank=True, max_length=10)),
                ("source", models.CharField(blank=True, max_length=200)),
                ("otherwise", models.CharField(blank=True, max_length=3)),
                (
                    "carer_income",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), blank=True, default=list, size=None
                    ),
                ),
                ("interval_care_days", models.DecimalField(decimal_places=4, default=0, max_digits=12)),
                ("other_services_hours", models.DecimalField(decimal_places=4, default=0, max_digits=12)),
                ("is_binding", models.BooleanField(default=False)),
                (
                    "absence_other",
                    models.CharField(
                        blank=True, choices=[("paid", "Paid"), ("stops", "Stops"), ("days", "Days")], max_length=10
                    ),
                ),
                ("absence_other_days", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "paid_by",
                    models.CharField(choices=[("month", "Month"), ("day", "Day")], default="month", max_length=10),
                ),
                ("clients", models.PositiveSmallIntegerField(default=1)),
                ("notice_months", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("cap_visits", models.DecimalField(blank=True, decimal_places=4, max_digits=12, null=True)),
                ("cap_hours", models.DecimalField(blank=True, decimal_places=4, max_digits=12, null=True)),
                ("cap_euros", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="terms", to="contracts.contract"
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
                "verbose_name_plural": "terms",
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
                            (models.F("valid"), "&&"),
                        ],
                        name="terms_of_a_contract_do_not_overlap",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("absence_other_days__isnull", True), ("absence_other", "days"), _connector="XOR"
                        ),
                        name="paid_days_of_an_absence_are_said_where_they_are_counted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("clients__gte", 1)), name="terms_are_for_at_least_one_client"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("otherwise__in", ("", "I", "II"))),
                        name="a_refused_class_is_paid_as_the_first_or_second",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("interval_care_days__gte", 0),
                            ("interval_care_days__lte", 31),
                            ("other_services_hours__gte", 0),
                        ),
                        name="a_plan_has_no_more_days_than_a_month",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cap_visits__isnull", True), ("cap_visits__gte", 0), _connector="OR"),
                            models.Q(("cap_hours__isnull", True), ("cap_hours__gte", 0), _connector="OR"),
                            models.Q(("cap_euros__isnull", True), ("cap_euros__gte", 0), _connector="OR"),
                        ),
                        name="a_cap_is_not_negative",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "contracts_termsevent" ("absence_other", "absence_other_days", "cap_euros", "cap_hours", "cap_visits", "carer_income", "clients", "contract_id", "fee_class", "id", "interval_care_days", "is_binding", "notice_months", "organisation_id", "other_services_hours", "otherwise", "paid_by", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "valid") VALUES (NEW."absence_other", NEW."absence_other_days", NEW."cap_euros", NEW."cap_hours", NEW."cap_visits", NEW."carer_income", NEW."clients", NEW."contract_id", NEW."fee_class", NEW."id", NEW."interval_care_days", NEW."is_binding", NEW."notice_months", NEW."organisation_id", NEW."other_services_hours", NEW."otherwise", NEW."paid_by", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source", NEW."valid"); RETURN NULL;',
                            hash="f7a96692daffccd5f34b1ebf193c0adda5a416d9",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b876c",
                            table="contracts_terms",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "contracts_termsevent" ("absence_other", "absence_other_days", "cap_euros", "cap_hours", "cap_visits", "carer_income", "clients", "contract_id", "fee_class", "id", "interval_care_days", "is_binding", "notice_months", "organisation_id", "other_services_hours", "otherwise", "paid_by", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "valid") VALUES (NEW."absence_other", NEW."absence_other_days", NEW."cap_euros", NEW."cap_hours", NEW."cap_visits", NEW."carer_income", NEW."clients", NEW."contract_id", NEW."fee_class", NEW."id", NEW."interval_care_days", NEW."is_binding", NEW."notice_months", NEW."organisation_id", NEW."other_services_hours", NEW."otherwise", NEW."paid_by", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source", NEW."valid"); RETURN NULL;',
                            hash="3f3085ba70fd857a30388e6d74e498d51ea3bf7e",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_0f515",
                            table="contracts_terms",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgreedRate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=30)),
                ("amount", models.DecimalField(decimal_places=4, max_digits=12)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "terms",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="agreed_rates", to="contracts.terms"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("terms", "code"), name="a_rate_is_agreed_once_in_terms"),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0)), name="an_agreed_rate_is_not_negative"
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "contracts_agreedrateevent" ("amount", "code", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "terms_id") VALUES (NEW."amount", NEW."code", NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."terms_id"); RETURN NULL;',
                            hash="f42e65290d6f64b63cc4cb2fa031d4e22f975444",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_35aab",
                            table="contracts_agreedrate",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "contracts_agreedrateevent" ("amount", "code", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "terms_id") VALUES (NEW."amount", NEW."code", NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."terms_id"); RETURN NULL;',
                            hash="44c88ed095345fb949cbe3dfaaeb4eb8b1be7337",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_94319",
                            table="contracts_agreedrate",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EmploymentTerms",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pay_group", models.CharField(max_length=2)),
                ("is_pay_group_decided", models.BooleanField(default=True)),
                ("area", models.CharField(max_length=10)),
                ("agreement", models.CharField(default="by_date", max_length=10)),
                ("experience_months", models.PositiveSmallIntegerField(default=0)),
                ("weekly_hours", models.DecimalField(blank=True, decimal_places=4, max_digits=12, null=True)),
                ("working_days_per_week", models.DecimalField(decimal_places=4, default=5, max_digits=12)),
                ("employed_since", models.DateField(blank=True, null=True)),
                ("leave_rule", models.CharField(default="none", max_length=10)),
                ("working_time", models.CharField(default="normal", max_length=20)),
                ("period_starts", models.DateField(blank=True, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "terms",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="employment", to="contracts.terms"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "employment terms",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("working_days_per_week__gt", 0), ("working_days_per_week__lte", 7)),
                        name="a_week_has_up_to_seven_working_days",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("weekly_hours__isnull", True),
                            models.Q(("weekly_hours__gt", 0), ("weekly_hours__lte", 168)),
                            _connector="OR",
                        ),
                        name="a_week_has_up_to_168_hours",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "contracts_employmenttermsevent" ("agreement", "area", "employed_since", "experience_months", "id", "is_pay_group_decided", "leave_rule", "organisation_id", "pay_group", "period_starts", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "terms_id", "weekly_hours", "working_days_per_week", "working_time") VALUES (NEW."agreement", NEW."area", NEW."employed_since", NEW."experience_months", NEW."id", NEW."is_pay_group_decided", NEW."leave_rule", NEW."organisation_id", NEW."pay_group", NEW."period_starts", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."terms_id", NEW."weekly_hours", NEW."working_days_per_week", NEW."working_time"); RETURN NULL;',
                            hash="82e644d06fc988259b07fa017563ebaa24d5a138",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b63fb",
                            table="contracts_employmentterms",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "contracts_employmenttermsevent" ("agreement", "area", "employed_since", "experience_months", "id", "is_pay_group_decided", "leave_rule", "organisation_id", "pay_group", "period_starts", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "terms_id", "weekly_hours", "working_days_per_week", "working_time") VALUES (NEW."agreement", NEW."area", NEW."employed_since", NEW."experience_months", NEW."id", NEW."is_pay_group_decided", NEW."leave_rule", NEW."organisation_id", NEW."pay_group", NEW."period_starts", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."terms_id", NEW."weekly_hours", NEW."working_days_per_week", NEW."working_time"); RETURN NULL;',
                            hash="9def22dcf91c73b9bf1a357f426e75d4f5bdc191",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_6e444",
                            table="contracts_employmentterms",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EmploymentTermsEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("pay_group", models.CharField(max_length=2)),
                ("is_pay_group_decided", models.BooleanField(default=True)),
                ("area", models.CharField(max_length=10)),
                ("agreement", models.CharField(default="by_date", max_length=10)),
                ("experience_months", models.PositiveSmallIntegerField(default=0)),
                ("weekly_hours", models.DecimalField(blank=True, decimal_places=4, max_digits=12, null=True)),
                ("working_days_per_week", models.DecimalField(decimal_places=4, default=5, max_digits=12)),
                ("employed_since", models.DateField(blank=True, null=True)),
                ("leave_rule", models.CharField(default="none", max_length=10)),
                ("working_time", models.CharField(default="normal", max_length=20)),
                ("period_starts", models.DateField(blank=True, null=True)),
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
                        to="contracts.employmentterms",
                    ),
                ),
                (
                    "terms",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="contracts.terms",
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
                            hash="ae86eb65df1974e261856641fbec478bf7e1703f",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_2d649",
                            table="contracts_employmenttermsevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AgreedRateEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("code", models.CharField(max_length=30)),
                ("amount", models.DecimalField(decimal_places=4, max_digits=12)),
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
                        to="contracts.agreedrate",
                    ),
                ),
                (
                    "terms",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="contracts.terms",
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
                            hash="15bbe034d6102f32e27b79e0b47d264674a979bf",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_95e42",
                            table="contracts_agreedrateevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TermsEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("valid", palkkio.organisations.fields.DaysField()),
                ("fee_class", models.CharField(blank=True, max_length=10)),
                ("source", models.CharField(blank=True, max_length=200)),
                ("otherwise", models.CharField(blank=True, max_length=3)),
                (
                    "carer_income",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), blank=True, default=list, size=None
                    ),
                ),
                ("interval_care_days", models.DecimalField(decimal_places=4, default=0, max_digits=12)),
                ("other_services_hours", models.DecimalField(decimal_places=4, default=0, max_digits=12)),
                ("is_binding", models.BooleanField(default=False)),
                (
                    "absence_other",
                    models.CharField(
                        blank=True, choices=[("paid", "Paid"), ("stops", "Stops"), ("days", "Days")], max_length=10
                    ),
                ),
                ("absence_other_days", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "paid_by",
                    models.CharField(choices=[("month", "Month"), ("day", "Day")], default="month", max_length=10),
                ),
                ("clients", models.PositiveSmallIntegerField(default=1)),
                ("notice_months", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("cap_visits", models.DecimalField(blank=True, decimal_places=4, max_digits=12, null=True)),
                ("cap_hours", models.DecimalField(blank=True, decimal_places=4, max_digits=12, null=True)),
                ("cap_euros", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
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
                        to="contracts.terms",
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
                            hash="973f8ed6f840151ed74a8e9dd22a0315c1a02442",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_6bc05",
                            table="contracts_termsevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.RunPython(triggers_of("contracts"), migrations.RunPython.noop),
    ]
