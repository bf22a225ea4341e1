"""Which rates a viewer may fetch."""

from __future__ import annotations

from django.db.models import F, QuerySet

from palkkio.core.viewer import Viewer
from palkkio.organisations.access import one
from palkkio.rates.models import Rate


def rates(viewer: Viewer) -> QuerySet[Rate]:
    """Staff: their organisation's rates, proposed and approved. A payee: none; payslips and contracts tell theirs."""
    rows = Rate.objects.filter(organisation_id=viewer.organisation_id).select_related("series")
    rows = rows if viewer.is_staff else rows.none()
    return rows.order_by(
        "series__contract_kind", "series__code", "series__fee_class", F("valid").desc(), "-proposed_at", "-pk"
    )


def rate(viewer: Viewer, rate_id: int) -> Rate:
    """Raises NotAllowed, alike for unknown rates and for others'."""
    return one(rates(viewer), rate_id)
