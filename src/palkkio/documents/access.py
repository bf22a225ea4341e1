"""Which documents a viewer may fetch."""

from __future__ import annotations

from django.db.models import QuerySet

from palkkio.core.capabilities import Capability
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.documents.models import Document
from palkkio.organisations.access import one

Kind = Document.Kind
# What a person may open of their own: what they sent in, payslips, what is issued to them. Payment files and reports
# name others.
OF_PAYEES = (
    Kind.PAYSLIP,
    Kind.PAPER_SHEET,
    Kind.RECEIPT,
    Kind.ATTACHMENT,
    Kind.CERTIFICATE,
    Kind.CONTRACT,
    Kind.CARE_PLAN,
    Kind.DECISION,
    Kind.LETTER,
)
# What staff look for by person or contract. Payslips are for those who make them, and what may tell of health for those
# who handle absences and papers of employments.
ABOUT_PEOPLE = (*OF_PAYEES, Kind.PAPER, Kind.OTHER)
PAYROLL = frozenset({RoleKind.PAYROLL_CLERK, RoleKind.ADMINISTRATOR})
OF_HEALTH = (Kind.CERTIFICATE, Kind.ATTACHMENT, Kind.PAPER)
HANDLING = frozenset({RoleKind.HANDLER, RoleKind.PAYROLL_CLERK})


def documents(viewer: Viewer) -> QuerySet[Document]:
    """A payee: own ones of the kinds OF_PAYEES that are not for staff alone. Staff: their organisation's."""
    rows = Document.objects.filter(organisation_id=viewer.organisation_id)
    if viewer.is_staff:
        return rows
    return rows.filter(person__in=viewer.person_ids_to(Capability.SEE), kind__in=OF_PAYEES, is_for_staff=False)


def document(viewer: Viewer, document_id: int) -> Document:
    """Raises NotAllowed, alike for unknown documents and for others'."""
    return one(documents(viewer), document_id)


def about_people(viewer: Viewer) -> QuerySet[Document]:
    """Documents about persons and contracts that the viewer may open; of staff not each sees each kind."""
    rows = documents(viewer).filter(kind__in=ABOUT_PEOPLE, person__isnull=False)
    if viewer.is_staff and viewer.role not in PAYROLL:
        rows = rows.exclude(kind=Kind.PAYSLIP)
    if viewer.is_staff and viewer.role not in HANDLING:
        rows = rows.exclude(kind__in=OF_HEALTH)
    return rows.select_related("person", "added_by", "standing__handled_by", "replaced_by")


def about_person(viewer: Viewer, document_id: int) -> Document:
    """Raises NotAllowed, alike for unknown documents and for others'."""
    return one(about_people(viewer), document_id)
