"""Which decided amounts a viewer may fetch: the own organisation's. They are public decisions, not data of people."""

from __future__ import annotations

from django.db.models import QuerySet

from palkkio.core.viewer import Viewer
from palkkio.organisations.access import one
from palkkio.rates.models import Rate


def rates(viewer: Viewer) -> QuerySet[Rate]:
    """Decided amounts by kind of contract, code and class, the newest first; a payee sees approved ones only."""
    found = (
        Rate.objects.filter(organisation_id=viewer.organisation_id)
        .select_related("series", "proposed_by", "approved_by")
        .order_by("series__contract_kind", "series__code", "series__fee_class", "-valid", "pk")
    )
    return found if viewer.is_staff else found.filter(approved_at__isnull=False)


def rate(viewer: Viewer, rate_id: int) -> Rate:
    """One decided amount. Raises NotAllowed, alike for unknown ones and others' ones."""
    return one(rates(viewer), rate_id)
