import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import pgtrigger.compiler
from django.db import migrations, models

import palkkio.organisations.fields
from palkkio.audit.triggers import triggers_of


class Migration(migrations.Migration):
    replaces = [("households", "0001_initial"), ("households", "0002_contributions_by_policy")]

    initial = True

    dependencies = [
        ("organisations", "0001_squashed"),
        ("people", "0001_squashed"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="Household",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("power_of_attorney_on", models.DateField(null=True)),
                (
                    "power_of_attorney_by",
                    models.CharField(blank=True, choices=[("paper", "Paper"), ("online", "Online")], max_length=10),
                ),
                ("power_of_attorney_paper_id", models.BigIntegerField(null=True)),
                ("city_insures", models.BooleanField(default=False)),
                ("registered_on", models.DateField(null=True)),
                ("made_at", models.DateTimeField()),
                (
                    "employer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="household", to="people.person"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("power_of_attorney_by", ""), ("power_of_attorney_on__isnull", True)),
                            models.Q(
                                ("power_of_attorney_on__isnull", False),
                                models.Q(("power_of_attorney_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_power_of_attorney_has_a_day_and_a_channel",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("power_of_attorney_by", "paper"), _negated=True),
                            ("power_of_attorney_paper_id__isnull", False),
                            _connector="OR",
                        ),
                        name="a_power_of_attorney_on_paper_has_its_scan",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "households_householdevent" ("city_insures", "employer_id", "id", "made_at", "made_by_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "power_of_attorney_by", "power_of_attorney_on", "power_of_attorney_paper_id", "registered_on", "signed_by_id") VALUES (NEW."city_insures", NEW."employer_id", NEW."id", NEW."made_at", NEW."made_by_id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."power_of_attorney_by", NEW."power_of_attorney_on", NEW."power_of_attorney_paper_id", NEW."registered_on", NEW."signed_by_id"); RETURN NULL;',
                            hash="79e0312c84746a7ee7b77aad061653d0a2f66e1f",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_eae56",
                            table="households_household",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "households_householdevent" ("city_insures", "employer_id", "id", "made_at", "made_by_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "power_of_attorney_by", "power_of_attorney_on", "power_of_attorney_paper_id", "registered_on", "signed_by_id") VALUES (NEW."city_insures", NEW."employer_id", NEW."id", NEW."made_at", NEW."made_by_id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."power_of_attorney_by", NEW."power_of_attorney_on", NEW."power_of_attorney_paper_id", NEW."registered_on", NEW."signed_by_id"); RETURN NULL;',
                            hash="d8ccf79335e6214bfe67a38324c743ff60afea8c",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d279e",
                            table="households_household",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HouseholdEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("power_of_attorney_on", models.DateField(null=True)),
                (
                    "power_of_attorney_by",
                    models.CharField(blank=True, choices=[("paper", "Paper"), ("online", "Online")], max_length=10),
                ),
                ("power_of_attorney_paper_id", models.BigIntegerField(null=True)),
                ("city_insures", models.BooleanField(default=False)),
                ("registered_on", models.DateField(null=True)),
                ("made_at", models.DateTimeField()),
                (
                    "employer",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
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
                        to="households.household",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
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
                            hash="f2e63016e1343f17670938299bd1e9d861fc9fb0",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_dd870",
                            table="households_householdevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Insurance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("pension", "Pension"), ("accident", "Accident")], max_length=10)),
                ("insurer", models.CharField(max_length=120)),
                ("policy_number", models.CharField(max_length=40)),
                ("first", models.DateField()),
                (
                    "pension_policy",
                    models.CharField(
                        blank=True, choices=[("contract", "contract"), ("temporary", "temporary")], max_length=10
                    ),
                ),
                ("entered_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="insurances",
                        to="households.household",
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
                "constraints": [
                    models.UniqueConstraint(
                        fields=("household", "kind"), name="a_household_has_one_insurance_of_a_kind"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by__isnull", True),
                            models.Q(("confirmed_by", models.F("entered_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="an_insurance_is_confirmed_by_a_second_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("pension_policy", ""), ("kind", "pension"), _connector="OR"),
                        name="only_a_pension_insurance_has_a_pension_policy",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "households_insuranceevent" ("confirmed_at", "confirmed_by_id", "entered_at", "entered_by_id", "first", "household_id", "id", "insurer", "kind", "organisation_id", "pension_policy", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_number") VALUES (NEW."confirmed_at", NEW."confirmed_by_id", NEW."entered_at", NEW."entered_by_id", NEW."first", NEW."household_id", NEW."id", NEW."insurer", NEW."kind", NEW."organisation_id", NEW."pension_policy", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."policy_number"); RETURN NULL;',
                            hash="78103f24c8cf6d9946675e176019692d342ba745",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_15d48",
                            table="households_insurance",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "households_insuranceevent" ("confirmed_at", "confirmed_by_id", "entered_at", "entered_by_id", "first", "household_id", "id", "insurer", "kind", "organisation_id", "pension_policy", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_number") VALUES (NEW."confirmed_at", NEW."confirmed_by_id", NEW."entered_at", NEW."entered_by_id", NEW."first", NEW."household_id", NEW."id", NEW."insurer", NEW."kind", NEW."organisation_id", NEW."pension_policy", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."policy_number"); RETURN NULL;',
                            hash="c5b02f5dab64404f4b3699b93fc1ae4fa4d055e8",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_57145",
                            table="households_insurance",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InsuranceEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("kind", models.CharField(choices=[("pension", "Pension"), ("accident", "Accident")], max_length=10)),
                ("insurer", models.CharField(max_length=120)),
                ("policy_number", models.CharField(max_length=40)),
                ("first", models.DateField()),
                (
                    "pension_policy",
                    models.CharField(
                        blank=True, choices=[("contract", "contract"), ("temporary", "temporary")], max_length=10
                    ),
                ),
                ("entered_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                (
                    "confirmed_by",
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
                    "entered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="households.household",
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
                        to="households.insurance",
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
                            hash="eddb35fd95d3a5c6a2114f56f6147a173dbdcd55",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_8aaf1",
                            table="households_insuranceevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PolicyRate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        choices=[("pension", "Pension"), ("accident", "Accident"), ("group_life", "Group Life")],
                        max_length=10,
                    ),
                ),
                ("valid", palkkio.organisations.fields.DaysField()),
                ("percent", models.DecimalField(decimal_places=4, max_digits=12)),
                ("source", models.CharField(max_length=200)),
                ("recorded_at", models.DateTimeField()),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="policy_rates",
                        to="households.household",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("percent__gte", 0), ("percent__lte", 100)),
                        name="a_policy_rate_is_a_percentage",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True), name="a_policy_rate_has_a_source"
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("key", "pension")),
                        expressions=[
                            (
                                models.Func(
                                    models.F("household"),
                                    models.F("household"),
                                    models.Value("[]"),
                                    function="int8range",
                                    output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                                ),
                                "&&",
                            ),
                            (models.F("valid"), "&&"),
                        ],
                        name="pension_rates_of_a_household_do_not_overlap",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("key", "accident")),
                        expressions=[
                            (
                                models.Func(
                                    models.F("household"),
                                    models.F("household"),
                                    models.Value("[]"),
                                    function="int8range",
                                    output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                                ),
                                "&&",
                            ),
                            (models.F("valid"), "&&"),
                        ],
                        name="accident_rates_of_a_household_do_not_overlap",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("key", "group_life")),
                        expressions=[
                            (
                                models.Func(
                                    models.F("household"),
                                    models.F("household"),
                                    models.Value("[]"),
                                    function="int8range",
                                    output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                                ),
                                "&&",
                            ),
                            (models.F("valid"), "&&"),
                        ],
                        name="group_life_rates_of_a_household_do_not_overlap",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "households_policyrateevent" ("household_id", "id", "key", "organisation_id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "source", "valid") VALUES (NEW."household_id", NEW."id", NEW."key", NEW."organisation_id", NEW."percent", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."source", NEW."valid"); RETURN NULL;',
                            hash="4ecd4069203e6295edbbe3637e8901908af5564b",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_adb36",
                            table="households_policyrate",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "households_policyrateevent" ("household_id", "id", "key", "organisation_id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "source", "valid") VALUES (NEW."household_id", NEW."id", NEW."key", NEW."organisation_id", NEW."percent", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."source", NEW."valid"); RETURN NULL;',
                            hash="3b986df8f572e16741f31f247d297fcc32048d9d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a05ca",
                            table="households_policyrate",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "households_policyrateevent" ("household_id", "id", "key", "organisation_id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "source", "valid") VALUES (OLD."household_id", OLD."id", OLD."key", OLD."organisation_id", OLD."percent", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."recorded_by_id", OLD."source", OLD."valid"); RETURN NULL;',
                            hash="b3369544ee31ccb0382988d9bb5c5b8397ef0a57",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_550b8",
                            table="households_policyrate",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PolicyRateEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "key",
                    models.CharField(
                        choices=[("pension", "Pension"), ("accident", "Accident"), ("group_life", "Group Life")],
                        max_length=10,
                    ),
                ),
                ("valid", palkkio.organisations.fields.DaysField()),
                ("percent", models.DecimalField(decimal_places=4, max_digits=12)),
                ("source", models.CharField(max_length=200)),
                ("recorded_at", models.DateTimeField()),
                (
                    "household",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="households.household",
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
                        to="households.policyrate",
                    ),
                ),
                (
                    "recorded_by",
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
                            hash="a0f16b994e42336b296291c84aec901d4abe52c0",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_1eb85",
                            table="households_policyrateevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Telling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "means",
                    models.CharField(
                        choices=[("email", "Email"), ("letter", "Letter"), ("phone", "Phone")], max_length=10
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                ("told_at", models.DateTimeField()),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tellings", to="households.household"
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
                    "told_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "households_tellingevent" ("household_id", "id", "means", "note", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "told_at", "told_by_id") VALUES (NEW."household_id", NEW."id", NEW."means", NEW."note", NEW."organisation_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."told_at", NEW."told_by_id"); RETURN NULL;',
                            hash="97bc2b8f2fb05f2352a9c7218423b759f817b9b5",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a4d55",
                            table="households_telling",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "households_tellingevent" ("household_id", "id", "means", "note", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "told_at", "told_by_id") VALUES (NEW."household_id", NEW."id", NEW."means", NEW."note", NEW."organisation_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."told_at", NEW."told_by_id"); RETURN NULL;',
                            hash="296515a98950ddc8de42fd0ed38d19d06da80cbd",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f2030",
                            table="households_telling",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TellingEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "means",
                    models.CharField(
                        choices=[("email", "Email"), ("letter", "Letter"), ("phone", "Phone")], max_length=10
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                ("told_at", models.DateTimeField()),
                (
                    "household",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="households.household",
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
                        to="households.telling",
                    ),
                ),
                (
                    "told_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
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
                            hash="65e00074fc068e8c7902932cc3c5caeb4de5a36c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_f656e",
                            table="households_tellingevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.RunPython(triggers_of("households"), migrations.RunPython.noop),
    ]
