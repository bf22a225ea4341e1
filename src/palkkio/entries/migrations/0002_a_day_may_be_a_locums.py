from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("entries", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="dayentry",
            name="day_type",
            field=models.CharField(
                choices=[
                    ("care", "care"),
                    ("training", "training"),
                    ("notice", "notice"),
                    ("cancelled", "cancelled"),
                    ("cancelled_unpaid", "cancelled_unpaid"),
                    ("visit", "visit"),
                    ("hours", "hours"),
                    ("locum", "locum"),
                ],
                max_length=30,
            ),
        ),
        migrations.AlterField(
            model_name="dayentryevent",
            name="day_type",
            field=models.CharField(
                choices=[
                    ("care", "care"),
                    ("training", "training"),
                    ("notice", "notice"),
                    ("cancelled", "cancelled"),
                    ("cancelled_unpaid", "cancelled_unpaid"),
                    ("visit", "visit"),
                    ("hours", "hours"),
                    ("locum", "locum"),
                ],
                max_length=30,
            ),
        ),
    ]
