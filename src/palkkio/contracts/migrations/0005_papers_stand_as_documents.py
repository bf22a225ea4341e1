from django.db import migrations


def move(apps, schema_editor):
    """Each paper's state, and that of the receipt beside it, becomes the standing of its document."""
    paper_model = apps.get_model("contracts", "Paper")
    standing_model = apps.get_model("documents", "Standing")
    for paper in paper_model.objects.order_by("pk").iterator():
        for document_id in (paper.document_id, paper.receipt_id):
            if document_id is None:
                continue
            standing_model.objects.update_or_create(
                document_id=document_id,
                defaults={
                    "organisation_id": paper.organisation_id,
                    "is_accepted": paper.is_accepted,
                    "valid": paper.valid,
                    "handled_by_id": paper.handled_by_id,
                    "handled_at": paper.handled_at,
                    "reason": paper.reason,
                },
            )


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0004_similar_work_is_shown"),
        ("documents", "0005_received_documents_stand_somewhere"),
    ]

    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
