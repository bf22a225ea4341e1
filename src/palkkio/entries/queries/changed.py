"""Which contracts have had an event recorded or withdrawn lately."""

from __future__ import annotations

from datetime import datetime

from palkkio.contracts.changed import history
from palkkio.entries.models import CareEvent, LeaveAdjustment


def events_changed_since(organisation_id: int, since: datetime) -> set[int]:
    """Contracts whose events (illness, absence, notice) or leave ledger staff have written in since a moment."""
    found: set[int] = set()
    for model in (CareEvent, LeaveAdjustment):
        lately = history(model).filter(organisation_id=organisation_id, pgh_created_at__gte=since)
        found |= set(lately.values_list("contract_id", flat=True))
    return found
