from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("payroll", "0007_payslips_name_their_proposal")]

    operations = [
        migrations.RemoveField(model_name="payslip", name="facts"),
        migrations.RemoveField(model_name="payslip", name="result"),
    ]
