from django.db import migrations


def stand(apps, schema_editor):
    """Documents that somebody sent in before there were standings: received."""
    document_model = apps.get_model("documents", "Document")
    standing_model = apps.get_model("documents", "Standing")
    found = document_model.objects.filter(added_by__isnull=False, standing__isnull=True)
    rows = found.order_by("pk").values_list("pk", "organisation_id")
    standing_model.objects.bulk_create(
        (standing_model(document_id=pk, organisation_id=organisation_id) for pk, organisation_id in rows),
        batch_size=1000,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0004_documents_have_a_standing"),
    ]

    operations = [migrations.RunPython(stand, migrations.RunPython.noop)]
