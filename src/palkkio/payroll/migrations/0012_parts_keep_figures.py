from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("payroll", "0011_what_a_parent_names_is_checked_there")]

    operations = [
        migrations.AddField(model_name="runpart", name="figures", field=models.JSONField(null=True)),
    ]
