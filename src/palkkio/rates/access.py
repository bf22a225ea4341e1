"""Which rates a viewer may fetch."""

from __future__ import annotations

from django.db.models import F, QuerySet

from palkkio.core.viewer import Viewer
from palkkio.organisations.access import one
from palkkio.rates.models import OfficialFigure, PolicyChoice, Rate


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


def choices(viewer: Viewer) -> QuerySet[PolicyChoice]:
    """Staff: their organisation's decided choices, proposals and history too, the latest days first."""
    rows = PolicyChoice.objects.filter(organisation_id=viewer.organisation_id).select_related("series")
    return (rows if viewer.is_staff else rows.none()).order_by("series__key", F("valid").desc(), "-proposed_at", "-pk")


def figures(viewer: Viewer) -> QuerySet[OfficialFigure]:
    """Staff: the official figures that their organisation has entered, proposals and history too."""
    rows = OfficialFigure.objects.filter(organisation_id=viewer.organisation_id).select_related("series")
    return (rows if viewer.is_staff else rows.none()).order_by("series__key", F("valid").desc(), "-proposed_at", "-pk")
