from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0001_squashed"),
    ]

    operations = [
        migrations.AlterField(
            model_name="document",
            name="kind",
            field=models.CharField(
                choices=[
                    ("paper_sheet", "Paper Sheet"),
                    ("receipt", "Receipt"),
                    ("attachment", "Attachment"),
                    ("paper", "Paper"),
                    ("payslip", "Payslip"),
                    ("payment_file", "Payment File"),
                    ("incomes_register_report", "Incomes Register Report"),
                    ("voucher", "Voucher"),
                    ("other", "Other"),
                ],
                max_length=30,
            ),
        ),
    ]
