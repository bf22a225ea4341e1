import datetime

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0001_squashed"),
        ("organisations", "0001_squashed"),
        ("payments", "0001_squashed"),
        ("payroll", "0001_squashed"),
        ("people", "0001_squashed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "version",
                    models.CharField(
                        choices=[("pain.001.001.09", "pain.001.001.09"), ("pain.001.001.03", "pain.001.001.03")],
                        default="pain.001.001.09",
                        max_length=20,
                    ),
                ),
                ("keeps_nordic_letters", models.BooleanField(default=False)),
                ("cut_off", models.TimeField(default=datetime.time(14, 0))),
                ("answer_days", models.PositiveSmallIntegerField(null=True)),
                ("asked_at", models.DateTimeField(null=True)),
                ("trouble", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("message_id", models.CharField(max_length=80)),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[("status", "status"), ("notification", "notification"), ("statement", "statement")],
                        max_length=12,
                    ),
                ),
                ("answers_to", models.CharField(blank=True, max_length=35)),
                ("read_at", models.DateTimeField()),
                ("passed", models.PositiveIntegerField(default=0)),
                ("troubles", models.JSONField(default=list)),
                ("settled_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ToldOfPayment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("outcome", models.CharField(max_length=10)),
                ("reason", models.CharField(blank=True, max_length=40)),
                ("text", models.CharField(blank=True, max_length=500)),
                ("booked_on", models.DateField(null=True)),
                ("is_contradiction", models.BooleanField(default=False)),
            ],
            options={
                "verbose_name_plural": "told of payments",
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="batch",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="batch",
            name="update_update",
        ),
        migrations.RemoveConstraint(
            model_name="payment",
            name="a_payslip_has_one_payment",
        ),
        migrations.AddField(
            model_name="batch",
            name="keeps_nordic_letters",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="batch",
            name="made_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="batch",
            name="trouble",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="batch",
            name="version",
            field=models.CharField(default="pain.001.001.09", max_length=20),
        ),
        migrations.AddField(
            model_name="batchevent",
            name="keeps_nordic_letters",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="batchevent",
            name="made_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="batchevent",
            name="trouble",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="batchevent",
            name="version",
            field=models.CharField(default="pain.001.001.09", max_length=20),
        ),
        migrations.AddField(
            model_name="payment",
            name="booked_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="payment",
            name="kind",
            field=models.CharField(
                choices=[
                    ("salary", "Salary"),
                    ("distraint", "Distraint"),
                    ("union_dues", "Union Dues"),
                    ("fund_fee", "Fund Fee"),
                ],
                default="salary",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="payment",
            name="message",
            field=models.CharField(blank=True, max_length=140),
        ),
        migrations.AddField(
            model_name="payment",
            name="outcome",
            field=models.CharField(blank=True, max_length=10),
        ),
        migrations.AddField(
            model_name="payment",
            name="person",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="payment",
            name="reference",
            field=models.CharField(blank=True, max_length=35),
        ),
        migrations.AddField(
            model_name="payment",
            name="replaces",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="payments.payment"
            ),
        ),
        migrations.AddField(
            model_name="payment",
            name="run",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="payroll.run"
            ),
        ),
        migrations.AlterField(
            model_name="batch",
            name="run",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="payroll.run"
            ),
        ),
        migrations.AlterField(
            model_name="batch",
            name="state",
            field=models.CharField(
                choices=[("ready", "Ready"), ("sending", "Sending"), ("sent", "Sent"), ("cancelled", "Cancelled")],
                default="ready",
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="batchevent",
            name="run",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="payroll.run",
            ),
        ),
        migrations.AlterField(
            model_name="batchevent",
            name="state",
            field=models.CharField(
                choices=[("ready", "Ready"), ("sending", "Sending"), ("sent", "Sent"), ("cancelled", "Cancelled")],
                default="ready",
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="payment",
            name="payslip",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="payroll.payslip"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="batch",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "payments_batchevent" ("debtor_iban", "execution_date", "file_id", "id", "keeps_nordic_letters", "made_at", "made_by_id", "number", "organisation_id", "payment_count", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "run_id", "sent_at", "sent_by_id", "state", "total", "trouble", "version") VALUES (NEW."debtor_iban", NEW."execution_date", NEW."file_id", NEW."id", NEW."keeps_nordic_letters", NEW."made_at", NEW."made_by_id", NEW."number", NEW."organisation_id", NEW."payment_count", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."run_id", NEW."sent_at", NEW."sent_by_id", NEW."state", NEW."total", NEW."trouble", NEW."version"); RETURN NULL;',
                    hash="d1a600915f060b988b6917ee2227f200ac785712",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_76df6",
                    table="payments_batch",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="batch",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "payments_batchevent" ("debtor_iban", "execution_date", "file_id", "id", "keeps_nordic_letters", "made_at", "made_by_id", "number", "organisation_id", "payment_count", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "run_id", "sent_at", "sent_by_id", "state", "total", "trouble", "version") VALUES (NEW."debtor_iban", NEW."execution_date", NEW."file_id", NEW."id", NEW."keeps_nordic_letters", NEW."made_at", NEW."made_by_id", NEW."number", NEW."organisation_id", NEW."payment_count", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."run_id", NEW."sent_at", NEW."sent_by_id", NEW."state", NEW."total", NEW."trouble", NEW."version"); RETURN NULL;',
                    hash="12a90e45105cc1e9940f8b46b16f1111342b66f1",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_6ec83",
                    table="payments_batch",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(("run__isnull", False), ("made_by__isnull", False), _connector="OR"),
                name="a_batch_is_of_a_run_or_of_a_clerk",
            ),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("made_by__isnull", True),
                    ("sent_by__isnull", True),
                    models.Q(("sent_by", models.F("made_by")), _negated=True),
                    _connector="OR",
                ),
                name="a_repair_is_sent_by_a_second_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("is_cancelled", False), models.Q(("outcome__in", ("rejected", "returned")), _negated=True)
                ),
                fields=("payslip",),
                name="a_payslip_has_one_payment",
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_cancelled", False)), fields=("replaces",), name="a_payment_is_replaced_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", "salary"), ("payslip__isnull", False), ("person__isnull", True), ("run__isnull", True)
                    ),
                    models.Q(
                        models.Q(("kind", "salary"), _negated=True),
                        ("payslip__isnull", True),
                        ("person__isnull", False),
                        ("run__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="a_payment_is_of_a_payslip_or_of_a_deduction",
            ),
        ),
        migrations.AddField(
            model_name="agreement",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
            ),
        ),
        migrations.AddField(
            model_name="answer",
            name="file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.document"
            ),
        ),
        migrations.AddField(
            model_name="answer",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
            ),
        ),
        migrations.AddField(
            model_name="answer",
            name="settled_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="toldofpayment",
            name="answer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="told", to="payments.answer"
            ),
        ),
        migrations.AddField(
            model_name="toldofpayment",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
            ),
        ),
        migrations.AddField(
            model_name="toldofpayment",
            name="payment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="told", to="payments.payment"
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.UniqueConstraint(fields=("organisation",), name="one_agreement_per_organisation"),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.UniqueConstraint(
                fields=("organisation", "kind", "message_id"), name="an_answer_is_read_once"
            ),
        ),
        migrations.AddIndex(
            model_name="toldofpayment",
            index=models.Index(fields=["payment"], name="what_is_told_of_a_payment"),
        ),
    ]
