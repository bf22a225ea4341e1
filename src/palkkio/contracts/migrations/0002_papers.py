import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import palkkio.organisations.fields


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0001_squashed"),
        ("documents", "0001_squashed"),
        ("organisations", "0001_squashed"),
        ("people", "0001_squashed"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="Paper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("contract", "contract"),
                            ("certificate", "certificate"),
                            ("tax_card", "tax_card"),
                            ("pay_group_notice", "pay_group_notice"),
                            ("dues", "dues"),
                            ("notice_of_end", "notice_of_end"),
                            ("heta_membership", "heta_membership"),
                        ],
                        max_length=20,
                    ),
                ),
                ("came_on", models.DateField()),
                ("sent_as", models.CharField(max_length=20)),
                ("sent_at", models.DateTimeField()),
                ("valid", palkkio.organisations.fields.DaysField(null=True)),
                ("handled_at", models.DateTimeField(null=True)),
                ("is_accepted", models.BooleanField(default=False)),
                ("reason", models.TextField(blank=True)),
                (
                    "contract",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contracts.contract",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.document"
                    ),
                ),
                (
                    "employer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "handled_by",
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
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
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PaperEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("contract", "contract"),
                            ("certificate", "certificate"),
                            ("tax_card", "tax_card"),
                            ("pay_group_notice", "pay_group_notice"),
                            ("dues", "dues"),
                            ("notice_of_end", "notice_of_end"),
                            ("heta_membership", "heta_membership"),
                        ],
                        max_length=20,
                    ),
                ),
                ("came_on", models.DateField()),
                ("sent_as", models.CharField(max_length=20)),
                ("sent_at", models.DateTimeField()),
                ("valid", palkkio.organisations.fields.DaysField(null=True)),
                ("handled_at", models.DateTimeField(null=True)),
                ("is_accepted", models.BooleanField(default=False)),
                ("reason", models.TextField(blank=True)),
                (
                    "contract",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="contracts.contract",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="documents.document",
                    ),
                ),
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
                    "handled_by",
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
                        to="contracts.paper",
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
                    "sent_by",
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
            },
        ),
        migrations.AddIndex(
            model_name="paper",
            index=models.Index(fields=["organisation", "handled_at"], name="papers_to_handle"),
        ),
        migrations.AddIndex(
            model_name="paper",
            index=models.Index(fields=["employer"], name="papers_by_employer"),
        ),
        migrations.AddIndex(
            model_name="paper",
            index=models.Index(fields=["person"], name="papers_by_person"),
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("contract__isnull", True), ("kind", "heta_membership")),
                    models.Q(models.Q(("kind", "heta_membership"), _negated=True), ("contract__isnull", False)),
                    _connector="OR",
                ),
                name="a_paper_is_of_an_employment_or_a_membership",
            ),
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("handled_at__isnull", True),
                        ("handled_by__isnull", True),
                        ("is_accepted", False),
                        ("reason", ""),
                    ),
                    models.Q(
                        ("handled_at__isnull", False),
                        ("handled_by__isnull", False),
                        ("is_accepted", True),
                        ("reason", ""),
                    ),
                    models.Q(
                        ("handled_at__isnull", False),
                        ("handled_by__isnull", False),
                        ("is_accepted", False),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_handled_paper_is_accepted_or_says_why_not",
            ),
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "heta_membership"), _negated=True), ("receipt__isnull", False), _connector="OR"
                ),
                name="a_membership_has_the_receipt_of_its_fee",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paper",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "contracts_paperevent" ("came_on", "contract_id", "document_id", "employer_id", "handled_at", "handled_by_id", "id", "is_accepted", "kind", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "receipt_id", "sent_as", "sent_at", "sent_by_id", "valid") VALUES (NEW."came_on", NEW."contract_id", NEW."document_id", NEW."employer_id", NEW."handled_at", NEW."handled_by_id", NEW."id", NEW."is_accepted", NEW."kind", NEW."organisation_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."receipt_id", NEW."sent_as", NEW."sent_at", NEW."sent_by_id", NEW."valid"); RETURN NULL;',
                    hash="968319f7ff08604d5df24c2c55bb004e81d6cbd5",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_a2992",
                    table="contracts_paper",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paper",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "contracts_paperevent" ("came_on", "contract_id", "document_id", "employer_id", "handled_at", "handled_by_id", "id", "is_accepted", "kind", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "receipt_id", "sent_as", "sent_at", "sent_by_id", "valid") VALUES (NEW."came_on", NEW."contract_id", NEW."document_id", NEW."employer_id", NEW."handled_at", NEW."handled_by_id", NEW."id", NEW."is_accepted", NEW."kind", NEW."organisation_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."receipt_id", NEW."sent_as", NEW."sent_at", NEW."sent_by_id", NEW."valid"); RETURN NULL;',
                    hash="b74c0743663557b1eac4e8cdf0ba7b31041780d5",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b5f09",
                    table="contracts_paper",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paperevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="e90b3e8219673f638af682b93c71dea3e98f4d98",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_41b8d",
                    table="contracts_paperevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
