"""Which payment batches a viewer may fetch: payroll clerks and administrators, their organisation's."""

from __future__ import annotations

from django.db.models import QuerySet

from palkkio.core.viewer import RoleKind, Viewer
from palkkio.organisations.access import one
from palkkio.payments.models import Batch

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
