import django.db.models.deletion
from django.db import migrations, models

import palkkio.organisations.fields


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0001_initial"),
        ("entries", "0001_initial"),
        ("organisations", "0001_initial"),
        ("payroll", "0002_claims_on_pay"),
    ]

    operations = [
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
        ),
        migrations.AddIndex(
            model_name="latemonth",
            index=models.Index(fields=["organisation", "contract"], name="late_months_by_contract"),
        ),
        migrations.AddConstraint(
            model_name="paidlatemonth",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_cancelled", False)), fields=("late_month",), name="a_late_month_is_settled_once"
            ),
        ),
    ]
