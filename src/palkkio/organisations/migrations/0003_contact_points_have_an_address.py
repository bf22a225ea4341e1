from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0002_halves_of_a_month_have_their_own_days"),
    ]

    operations = [
        migrations.AddField(
            model_name="contactpoint",
            name="address",
            field=models.CharField(blank=True, db_default="", max_length=200),
        ),
    ]
