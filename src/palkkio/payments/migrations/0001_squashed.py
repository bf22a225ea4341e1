import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

from palkkio.audit.triggers import triggers_of


class Migration(migrations.Migration):
    replaces = [("payments", "0001_initial"), ("payments", "0002_a_payslip_with_a_payment_is_not_cancelled")]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed"),
        ("documents", "0001_squashed"),
        ("organisations", "0001_squashed"),
        ("payroll", "0001_squashed"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="Batch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("ready", "Ready"), ("sent", "Sent"), ("cancelled", "Cancelled")],
                        default="ready",
                        max_length=12,
                    ),
                ),
                ("execution_date", models.DateField()),
                ("debtor_iban", models.CharField(max_length=34)),
                ("payment_count", models.PositiveIntegerField()),
                ("total", models.DecimalField(decimal_places=2, max_digits=14)),
                ("made_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.document"
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
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="payroll.run"),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "batches",
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "number"), name="a_batch_number_is_used_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "cancelled"), _negated=True),
                        fields=("run",),
                        name="one_batch_per_run",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "payments_batchevent" ("debtor_iban", "execution_date", "file_id", "id", "made_at", "number", "organisation_id", "payment_count", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "run_id", "sent_at", "sent_by_id", "state", "total") VALUES (NEW."debtor_iban", NEW."execution_date", NEW."file_id", NEW."id", NEW."made_at", NEW."number", NEW."organisation_id", NEW."payment_count", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."run_id", NEW."sent_at", NEW."sent_by_id", NEW."state", NEW."total"); RETURN NULL;',
                            hash="ea6e610afc4b59a8d13c6378860649e1136017af",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_76df6",
                            table="payments_batch",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "payments_batchevent" ("debtor_iban", "execution_date", "file_id", "id", "made_at", "number", "organisation_id", "payment_count", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "run_id", "sent_at", "sent_by_id", "state", "total") VALUES (NEW."debtor_iban", NEW."execution_date", NEW."file_id", NEW."id", NEW."made_at", NEW."number", NEW."organisation_id", NEW."payment_count", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."run_id", NEW."sent_at", NEW."sent_by_id", NEW."state", NEW."total"); RETURN NULL;',
                            hash="69b22313c95f31594dc013544a9935e5275a6067",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_6ec83",
                            table="payments_batch",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BatchEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("number", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("ready", "Ready"), ("sent", "Sent"), ("cancelled", "Cancelled")],
                        default="ready",
                        max_length=12,
                    ),
                ),
                ("execution_date", models.DateField()),
                ("debtor_iban", models.CharField(max_length=34)),
                ("payment_count", models.PositiveIntegerField()),
                ("total", models.DecimalField(decimal_places=2, max_digits=14)),
                ("made_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "file",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="documents.document",
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
                        to="payments.batch",
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
                (
                    "sent_by",
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
                            hash="5e39be9b0ceb48d4d0219519e7d785c86473cb41",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_b83cb",
                            table="payments_batchevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Payment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("end_to_end_id", models.CharField(max_length=35)),
                ("creditor_name", models.CharField(max_length=70)),
                ("iban", models.CharField(max_length=34)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                ("is_cancelled", models.BooleanField(default=False)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="payments", to="payments.batch"
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="payroll.payslip"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "end_to_end_id"), name="an_end_to_end_id_is_used_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_cancelled", False)),
                        fields=("payslip",),
                        name="a_payslip_has_one_payment",
                    ),
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="a_payment_is_positive"),
                ],
            },
        ),
        migrations.RunSQL(
            sql="\nCREATE FUNCTION palkkio_payslip_with_payment_is_not_cancelled() RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN\n    IF EXISTS (SELECT 1 FROM payments_payment WHERE payslip_id = NEW.id AND NOT is_cancelled) THEN\n        RAISE EXCEPTION 'A payslip that is still to be paid cannot be cancelled'\n            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'a_payslip_with_a_payment_is_not_cancelled';\n    END IF;\n    RETURN NEW;\nEND $$;\nCREATE TRIGGER a_payslip_with_a_payment_is_not_cancelled\n    BEFORE UPDATE OF is_cancelled ON payroll_payslip\n    FOR EACH ROW WHEN (NEW.is_cancelled AND NOT OLD.is_cancelled)\n    EXECUTE FUNCTION palkkio_payslip_with_payment_is_not_cancelled();\n",
            reverse_sql="\nDROP TRIGGER a_payslip_with_a_payment_is_not_cancelled ON payroll_payslip;\nDROP FUNCTION palkkio_payslip_with_payment_is_not_cancelled();\n",
        ),
        migrations.RunPython(triggers_of("payments"), migrations.RunPython.noop),
    ]
