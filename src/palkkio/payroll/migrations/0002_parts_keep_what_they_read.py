from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("payroll", "0001_squashed")]

    operations = [
        migrations.AddField(model_name="runpart", name="statements", field=models.BinaryField(default=b"")),
        migrations.AddField(
            model_name="runpart",
            name="reading",
            field=models.CharField(blank=True, max_length=32, default=""),
            preserve_default=False,
        ),
    ]
