import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_sign_in_attempts_are_counted"),
    ]

    operations = [
        migrations.CreateModel(
            name="EidLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("identity_digest", models.CharField(max_length=100, unique=True)),
                ("linked_at", models.DateTimeField()),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="eid", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
    ]
