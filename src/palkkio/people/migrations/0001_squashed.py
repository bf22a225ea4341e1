import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import pgtrigger.compiler
from django.db import migrations, models

import palkkio.organisations.fields
import palkkio.people.identity
from palkkio.audit.triggers import triggers_of


class Migration(migrations.Migration):
    replaces = [
        ("people", "0001_initial"),
        ("people", "0002_people_are_found_by_words_of_their_name"),
        ("people", "0003_roles_of_households_and_social_workers"),
        ("people", "0004_mandates_have_a_scope_account_numbers_a_second_person"),
        ("people", "0005_identity_codes_are_sealed"),
        ("people", "0006_protection_orders"),
    ]

    initial = True

    dependencies = [
        ("organisations", "0001_squashed"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("given_names", models.CharField(max_length=120)),
                ("family_name", models.CharField(max_length=120)),
                ("sort_key", models.CharField(db_collation="C", editable=False, max_length=300)),
                ("search_key", models.CharField(db_collation="C", editable=False, max_length=300)),
                ("identity_code", palkkio.people.identity.IdentityCodeField(blank=True, max_length=100)),
                (
                    "identity_digest",
                    palkkio.people.identity.IdentityDigestField(blank=True, default="", editable=False, max_length=80),
                ),
                ("born", models.DateField(blank=True, null=True)),
                ("died_on", models.DateField(blank=True, null=True)),
                ("language", models.CharField(default="fi", max_length=2)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("phone", models.CharField(blank=True, max_length=30)),
                ("street", models.CharField(blank=True, max_length=120)),
                ("postcode", models.CharField(blank=True, max_length=10)),
                ("town", models.CharField(blank=True, max_length=60)),
                ("protection", palkkio.organisations.fields.DaysField(blank=True, null=True)),
                ("uses_paper", models.BooleanField(default=False)),
                ("business_id", models.CharField(blank=True, max_length=9)),
                ("in_prepayment_register", palkkio.organisations.fields.DaysField(blank=True, null=True)),
                (
                    "municipality",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.municipality",
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
                "verbose_name_plural": "people",
                "indexes": [
                    models.Index(fields=["organisation", "sort_key"], name="people_by_name"),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.search.SearchVector("search_key", config="simple"),
                        name="people_by_word_of_name",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("identity_digest", ""), _negated=True),
                        fields=("organisation", "identity_digest"),
                        name="an_identity_code_is_known_once_per_organisation",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "people_personevent" ("born", "business_id", "died_on", "email", "family_name", "given_names", "id", "identity_code", "identity_digest", "in_prepayment_register", "language", "municipality_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "postcode", "protection", "search_key", "sort_key", "street", "town", "uses_paper") VALUES (NEW."born", NEW."business_id", NEW."died_on", NEW."email", NEW."family_name", NEW."given_names", NEW."id", NEW."identity_code", NEW."identity_digest", NEW."in_prepayment_register", NEW."language", NEW."municipality_id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."postcode", NEW."protection", NEW."search_key", NEW."sort_key", NEW."street", NEW."town", NEW."uses_paper"); RETURN NULL;',
                            hash="e6648a5e262b2a2cc686ef0956c0f6a86f187b42",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_65688",
                            table="people_person",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "people_personevent" ("born", "business_id", "died_on", "email", "family_name", "given_names", "id", "identity_code", "identity_digest", "in_prepayment_register", "language", "municipality_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "postcode", "protection", "search_key", "sort_key", "street", "town", "uses_paper") VALUES (NEW."born", NEW."business_id", NEW."died_on", NEW."email", NEW."family_name", NEW."given_names", NEW."id", NEW."identity_code", NEW."identity_digest", NEW."in_prepayment_register", NEW."language", NEW."municipality_id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."postcode", NEW."protection", NEW."search_key", NEW."sort_key", NEW."street", NEW."town", NEW."uses_paper"); RETURN NULL;',
                            hash="fecf38a76356ce811bafcb7beade539caddd8014",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_de829",
                            table="people_person",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BankAccount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("iban", models.CharField(max_length=34)),
                ("valid", palkkio.organisations.fields.DaysField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="bank_accounts", to="people.person"
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
                        name="bank_accounts_of_a_person_do_not_overlap",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "people_bankaccountevent" ("iban", "id", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid") VALUES (NEW."iban", NEW."id", NEW."organisation_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."valid"); RETURN NULL;',
                            hash="fb3d7329d049fc5cfb00af6c814ea138dd914926",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_4e13b",
                            table="people_bankaccount",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "people_bankaccountevent" ("iban", "id", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid") VALUES (NEW."iban", NEW."id", NEW."organisation_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."valid"); RETURN NULL;',
                            hash="39814ed81291600a9693b7a9a75d768e808f0b0d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_40f0f",
                            table="people_bankaccount",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BankAccountProposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("iban", models.CharField(max_length=34)),
                ("first", models.DateField()),
                ("proposed_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("settled_at__isnull", True)),
                        fields=("person",),
                        name="one_account_number_of_a_person_waits_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="an_account_number_is_approved_by_a_second_person",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "people_bankaccountproposalevent" ("approved_by_id", "first", "iban", "id", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "settled_at") VALUES (NEW."approved_by_id", NEW."first", NEW."iban", NEW."id", NEW."organisation_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proposed_at", NEW."proposed_by_id", NEW."settled_at"); RETURN NULL;',
                            hash="a8f856f0e4b1e0bf90250349c78fd87598abfb6c",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a0549",
                            table="people_bankaccountproposal",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "people_bankaccountproposalevent" ("approved_by_id", "first", "iban", "id", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "settled_at") VALUES (NEW."approved_by_id", NEW."first", NEW."iban", NEW."id", NEW."organisation_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proposed_at", NEW."proposed_by_id", NEW."settled_at"); RETURN NULL;',
                            hash="6bf8cdcf9300c2f61725c428402d77c507047424",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_eeddc",
                            table="people_bankaccountproposal",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BankAccountProposalEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("iban", models.CharField(max_length=34)),
                ("first", models.DateField()),
                ("proposed_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
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
                        to="people.bankaccountproposal",
                    ),
                ),
                (
                    "approved_by",
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
                    "proposed_by",
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
                            hash="793f9efb020e0dc19a193323f0031457e698ffe1",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_ad81d",
                            table="people_bankaccountproposalevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BankAccountEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("iban", models.CharField(max_length=34)),
                ("valid", palkkio.organisations.fields.DaysField()),
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
                        to="people.bankaccount",
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
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="20319d2ebe46c70bc989e88f6caa3807f098435a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_6ef22",
                            table="people_bankaccountevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("given_names", models.CharField(max_length=120)),
                ("family_name", models.CharField(max_length=120)),
                ("sort_key", models.CharField(db_collation="C", editable=False, max_length=300)),
                ("search_key", models.CharField(db_collation="C", editable=False, max_length=300)),
                ("identity_code", palkkio.people.identity.IdentityCodeField(blank=True, max_length=100)),
                (
                    "identity_digest",
                    palkkio.people.identity.IdentityDigestField(blank=True, default="", editable=False, max_length=80),
                ),
                ("born", models.DateField(blank=True, null=True)),
                ("died_on", models.DateField(blank=True, null=True)),
                ("language", models.CharField(default="fi", max_length=2)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("phone", models.CharField(blank=True, max_length=30)),
                ("street", models.CharField(blank=True, max_length=120)),
                ("postcode", models.CharField(blank=True, max_length=10)),
                ("town", models.CharField(blank=True, max_length=60)),
                ("protection", palkkio.organisations.fields.DaysField(blank=True, null=True)),
                ("uses_paper", models.BooleanField(default=False)),
                ("business_id", models.CharField(blank=True, max_length=9)),
                ("in_prepayment_register", palkkio.organisations.fields.DaysField(blank=True, null=True)),
                (
                    "municipality",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
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
                            hash="35abda29df77c17d89d5efdc2f5d2acf63e59c13",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_1d49f",
                            table="people_personevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Representation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid", palkkio.organisations.fields.DaysField()),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("unlimited", "unlimited"),
                            ("booking_and_messages", "booking_and_messages"),
                            ("read_only", "read_only"),
                            ("guardian", "guardian"),
                            ("substitute_employer", "substitute_employer"),
                        ],
                        default="unlimited",
                        max_length=30,
                    ),
                ),
                (
                    "given",
                    models.CharField(
                        choices=[("online", "Online"), ("paper", "Paper"), ("record", "Record")],
                        default="record",
                        max_length=10,
                    ),
                ),
                ("given_at", models.DateTimeField(null=True)),
                ("accepted_at", models.DateTimeField(null=True)),
                ("paper_id", models.BigIntegerField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "agent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="represents", to="people.person"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "principal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="represented_by", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=["agent"],
                        name="representations_in_force",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("agent", models.F("principal")), _negated=True),
                        name="nobody_acts_for_themself",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "people_representationevent" ("accepted_at", "agent_id", "ended_at", "ended_by_id", "given", "given_at", "id", "organisation_id", "paper_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "principal_id", "scope", "valid") VALUES (NEW."accepted_at", NEW."agent_id", NEW."ended_at", NEW."ended_by_id", NEW."given", NEW."given_at", NEW."id", NEW."organisation_id", NEW."paper_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."principal_id", NEW."scope", NEW."valid"); RETURN NULL;',
                            hash="bd3059b6e163a695f14ee19bc7d515cf3c5e31da",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c5f4d",
                            table="people_representation",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "people_representationevent" ("accepted_at", "agent_id", "ended_at", "ended_by_id", "given", "given_at", "id", "organisation_id", "paper_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "principal_id", "scope", "valid") VALUES (NEW."accepted_at", NEW."agent_id", NEW."ended_at", NEW."ended_by_id", NEW."given", NEW."given_at", NEW."id", NEW."organisation_id", NEW."paper_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."principal_id", NEW."scope", NEW."valid"); RETURN NULL;',
                            hash="d848e9b849690d9087b9ed74343ff3855f2d2e05",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d572b",
                            table="people_representation",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RepresentationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("valid", palkkio.organisations.fields.DaysField()),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("unlimited", "unlimited"),
                            ("booking_and_messages", "booking_and_messages"),
                            ("read_only", "read_only"),
                            ("guardian", "guardian"),
                            ("substitute_employer", "substitute_employer"),
                        ],
                        default="unlimited",
                        max_length=30,
                    ),
                ),
                (
                    "given",
                    models.CharField(
                        choices=[("online", "Online"), ("paper", "Paper"), ("record", "Record")],
                        default="record",
                        max_length=10,
                    ),
                ),
                ("given_at", models.DateTimeField(null=True)),
                ("accepted_at", models.DateTimeField(null=True)),
                ("paper_id", models.BigIntegerField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "agent",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "ended_by",
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
                        to="people.representation",
                    ),
                ),
                (
                    "principal",
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
                            hash="80aef06e3b389485e0283824560ab363176ca7fd",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_9f744",
                            table="people_representationevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Role",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("carer", "carer"),
                            ("contractor", "contractor"),
                            ("assistant", "assistant"),
                            ("employer", "employer"),
                            ("care_recipient", "care_recipient"),
                            ("handler", "handler"),
                            ("social_worker", "social_worker"),
                            ("payroll_clerk", "payroll_clerk"),
                            ("administrator", "administrator"),
                        ],
                        max_length=30,
                    ),
                ),
                ("valid", palkkio.organisations.fields.DaysField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="roles", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "kind"], name="roles_by_person")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "people_roleevent" ("id", "kind", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid") VALUES (NEW."id", NEW."kind", NEW."organisation_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."valid"); RETURN NULL;',
                            hash="6cddafbebfe6fd8fba8a25d11d19388c198cda2e",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c3144",
                            table="people_role",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "people_roleevent" ("id", "kind", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid") VALUES (NEW."id", NEW."kind", NEW."organisation_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."valid"); RETURN NULL;',
                            hash="c6df6297adb0f5c50f89bcbb7653ea3ccec31f45",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f1f81",
                            table="people_role",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("carer", "carer"),
                            ("contractor", "contractor"),
                            ("assistant", "assistant"),
                            ("employer", "employer"),
                            ("care_recipient", "care_recipient"),
                            ("handler", "handler"),
                            ("social_worker", "social_worker"),
                            ("payroll_clerk", "payroll_clerk"),
                            ("administrator", "administrator"),
                        ],
                        max_length=30,
                    ),
                ),
                ("valid", palkkio.organisations.fields.DaysField()),
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
                        to="people.role",
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
                            hash="888f0da3802acd5415e426a9047cbff65db3c85b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_262a7",
                            table="people_roleevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.RunPython(triggers_of("people"), migrations.RunPython.noop),
    ]
