"""Which payment batches, payments and answers of the bank a viewer may fetch.

Payroll clerks and administrators, their organisation's.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from palkkio.core.viewer import RoleKind, Viewer
from palkkio.organisations.access import one
from palkkio.payments.models import CAME_BACK, Answer, Batch, Payment

PAYROLL = (RoleKind.PAYROLL_CLERK, RoleKind.ADMINISTRATOR)


def batches(viewer: Viewer) -> QuerySet[Batch]:
    """Batches with their run and file, the newest first."""
    if viewer.role not in PAYROLL:
        return Batch.objects.none()
    rows = Batch.objects.filter(organisation_id=viewer.organisation_id).select_related("run", "file", "sent_by")
    return rows.order_by("-number")


def batch(viewer: Viewer, batch_id: int) -> Batch:
    """One batch. Raises NotAllowed, alike for unknown ones and for others'."""
    return one(batches(viewer), batch_id)


def payments(viewer: Viewer) -> QuerySet[Payment]:
    """Payments that were not cancelled, the newest first."""
    if viewer.role not in PAYROLL:
        return Payment.objects.none()
    rows = Payment.objects.filter(organisation_id=viewer.organisation_id, is_cancelled=False)
    return rows.order_by("-pk")


def came_back(viewer: Viewer) -> QuerySet[Payment]:
    """Payments that the bank has refused or sent back and that no new one replaces: the clerk's to mend."""
    anew = Payment.objects.filter(replaces=OuterRef("pk"), is_cancelled=False)
    return payments(viewer).filter(~Exists(anew), outcome__in=CAME_BACK)


def answers(viewer: Viewer) -> QuerySet[Answer]:
    """Files of the bank, the newest first."""
    if viewer.role not in PAYROLL:
        return Answer.objects.none()
    rows = Answer.objects.filter(organisation_id=viewer.organisation_id).select_related("file", "settled_by")
    return rows.order_by("-read_at", "-pk")
