from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("payroll", "0005_runs_in_parts")]

    operations = [
        migrations.AddField(model_name="proposal", name="late_month_ids", field=models.JSONField(default=list)),
    ]
