"""Which contracts a viewer may fetch."""

from __future__ import annotations

from django.db.models import QuerySet

from palkkio.contracts.models import Contract
from palkkio.core.capabilities import Capability
from palkkio.core.viewer import Viewer
from palkkio.organisations.access import one

RELATED = ("carer", "recipient", "unit", "municipality")  # what pages show of a contract


def contracts(viewer: Viewer) -> QuerySet[Contract]:
    """A payee: those in which they, or whom they act for, are the carer. Staff: their organisation's.

    Own matters too are seen by staff; actions on them are refused.
    """
    rows = Contract.objects.filter(organisation_id=viewer.organisation_id)
    rows = rows if viewer.is_staff else rows.filter(carer__in=viewer.person_ids_to(Capability.SEE))
    return rows.select_related(*RELATED)


def contract(viewer: Viewer, contract_id: int) -> Contract:
    """Raises NotAllowed, alike for unknown contracts and for others'."""
    return one(contracts(viewer), contract_id)
