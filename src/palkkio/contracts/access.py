"""Which contracts a viewer may fetch."""

from __future__ import annotations

from django.db.models import QuerySet

from palkkio.contracts.models import Contract
from palkkio.core.viewer import Viewer
from palkkio.organisations.access import one


def contracts(viewer: Viewer) -> QuerySet[Contract]:
    """A payee: own contracts and those of the carers they act for. Staff: the organisation's."""
    found = Contract.objects.filter(organisation_id=viewer.organisation_id).select_related(
        "carer", "recipient", "unit", "municipality"
    )
    return found if viewer.is_staff else found.filter(carer_id__in=viewer.for_person_ids)


def contract(viewer: Viewer, contract_id: int) -> Contract:
    """One contract. Raises NotAllowed, alike for unknown ones and others' ones."""
    return one(contracts(viewer), contract_id)
