from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("organisation_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField()),
                ("actor_account_id", models.BigIntegerField(null=True)),
                ("actor_person_id", models.BigIntegerField(null=True)),
                ("actor_role", models.CharField(blank=True, max_length=30)),
                ("subject_person_id", models.BigIntegerField(null=True)),
                ("is_read", models.BooleanField(default=False)),
                ("action", models.CharField(max_length=60)),
                ("object_kind", models.CharField(blank=True, max_length=40)),
                ("object_id", models.BigIntegerField(null=True)),
                ("reason", models.TextField(blank=True)),
                ("details", models.JSONField(default=dict)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organisation_id", "object_kind", "object_id", "at"], name="audit_by_object"),
                    models.Index(fields=["organisation_id", "subject_person_id", "at"], name="audit_by_subject"),
                ],
            },
        ),
    ]
