import django.contrib.postgres.indexes
import django.db.models.fields.json
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_squashed")]

    operations = [
        migrations.AddIndex(
            model_name="event",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.fields.json.KeyTransform("people", "details"), name="jsonb_path_ops"
                ),
                condition=models.Q(("is_read", True), ("subject_person_id__isnull", True)),
                name="audit_by_people_shown",
            ),
        ),
    ]
