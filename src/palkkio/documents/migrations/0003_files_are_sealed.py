from django.db import migrations

from palkkio.core.sealing import MARK
from palkkio.people.identity import ring


def seal_files(apps, schema_editor):
    """Seal the files that stand in clear."""
    blobs = apps.get_model("documents", "Blob").objects.order_by("pk")
    for number in list(blobs.values_list("pk", flat=True)):
        blob = blobs.get(pk=number)
        if not bytes(blob.content).startswith(MARK):
            blob.content = ring().seal_file(bytes(blob.content))
            blob.save(update_fields=["content"])


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0002_document_documents_are_never_changed"),
        ("people", "0005_identity_codes_are_sealed"),
    ]

    operations = [migrations.RunPython(seal_files, migrations.RunPython.noop)]
