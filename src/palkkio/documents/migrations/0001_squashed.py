import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

from palkkio.audit.triggers import triggers_of


class Migration(migrations.Migration):
    replaces = [
        ("documents", "0001_initial"),
        ("documents", "0002_document_documents_are_never_changed"),
        ("documents", "0003_files_are_sealed"),
        ("documents", "0004_a_reported_change_has_an_attachment"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed"),
        ("organisations", "0001_squashed"),
        ("people", "0001_squashed"),
    ]

    operations = [
        migrations.CreateModel(
            name="Blob",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, unique=True)),
                ("content", models.BinaryField()),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("paper_sheet", "Paper Sheet"),
                            ("receipt", "Receipt"),
                            ("attachment", "Attachment"),
                            ("payslip", "Payslip"),
                            ("payment_file", "Payment File"),
                            ("incomes_register_report", "Incomes Register Report"),
                            ("voucher", "Voucher"),
                            ("other", "Other"),
                        ],
                        max_length=30,
                    ),
                ),
                ("file_name", models.CharField(max_length=120)),
                ("content_type", models.CharField(max_length=80)),
                ("size", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("file", models.FileField(max_length=200, upload_to="")),
                ("added_at", models.DateTimeField()),
                (
                    "added_by",
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
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="documents_are_never_changed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="ca7496565a210a324fcddbe7048bc487804976d6",
                            operation="UPDATE",
                            pgid="pgtrigger_documents_are_never_changed_39459",
                            table="documents_document",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.RunPython(triggers_of("documents"), migrations.RunPython.noop),
    ]
