import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0002_papers"),
        ("organisations", "0002_halves_of_a_month_have_their_own_days"),
        ("payments", "0002_answers_of_the_bank"),
        ("payroll", "0003_client_charges"),
        ("people", "0001_squashed"),
        ("reporting", "0002_deliveries_of_households_and_their_answers"),
    ]

    operations = [
        migrations.CreateModel(
            name="NightlyFinding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("paid_not_reported", "Paid Not Reported"),
                            ("reported_not_paid", "Reported Not Paid"),
                            ("no_voucher", "No Voucher"),
                            ("no_bank_answer", "No Bank Answer"),
                            ("month_without_pay", "Month Without Pay"),
                        ],
                        max_length=20,
                    ),
                ),
                ("payday", models.DateField()),
                ("amount", models.DecimalField(decimal_places=2, default=0, max_digits=14)),
                ("found_on", models.DateField()),
                ("gone_on", models.DateField(null=True)),
                (
                    "batch",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="payments.batch"
                    ),
                ),
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
                (
                    "run",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="payroll.run"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("gone_on__isnull", True)), fields=["organisation"], name="open_findings"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("gone_on__isnull", True)),
                        fields=("kind", "payday", "run", "person", "contract", "batch"),
                        name="what_is_found_stands_once",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NightlyProof",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("trouble", models.TextField(blank=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("organisation",), name="one_proof_per_organisation")],
            },
        ),
    ]
