"""Which contracts have had an event recorded or withdrawn lately."""

from __future__ import annotations

from datetime import datetime

from palkkio.contracts.changed import history
from palkkio.entries.models import CareEvent


def events_changed_since(organisation_id: int, since: datetime) -> set[int]:
    """Contracts with an event (illness, absence, notice) that was recorded or withdrawn since a moment."""
    lately = history(CareEvent).filter(organisation_id=organisation_id, pgh_created_at__gte=since)
    return set(lately.values_list("contract_id", flat=True))
