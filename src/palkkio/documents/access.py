"""Which documents a viewer may fetch."""

from __future__ import annotations

from django.db.models import QuerySet

from palkkio.core.capabilities import Capability
from palkkio.core.viewer import Viewer
from palkkio.documents.models import Document
from palkkio.organisations.access import one

# What a payee may open of their own: what they sent in, and payslips. Payment files and reports name others.
OF_PAYEES = (Document.Kind.PAYSLIP, Document.Kind.PAPER_SHEET, Document.Kind.RECEIPT, Document.Kind.ATTACHMENT)


def documents(viewer: Viewer) -> QuerySet[Document]:
    """A payee: own ones of the kinds OF_PAYEES. Staff: their organisation's."""
    rows = Document.objects.filter(organisation_id=viewer.organisation_id)
    return rows if viewer.is_staff else rows.filter(person__in=viewer.person_ids_to(Capability.SEE), kind__in=OF_PAYEES)


def document(viewer: Viewer, document_id: int) -> Document:
    """Raises NotAllowed, alike for unknown documents and for others'."""
    return one(documents(viewer), document_id)
