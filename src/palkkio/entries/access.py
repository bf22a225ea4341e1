"""Which sheets and changes a viewer may fetch."""

from __future__ import annotations

from django.db.models import QuerySet

from palkkio.contracts import access as contracts
from palkkio.core.viewer import Viewer
from palkkio.entries.models import Sheet, SheetChange
from palkkio.organisations.access import one


def sheets(viewer: Viewer) -> QuerySet[Sheet]:
    """Sheets of the viewer's organisation; a payee sees those of own contracts and of those they act for."""
    found = Sheet.objects.filter(organisation_id=viewer.organisation_id)
    if viewer.is_staff:
        return found
    return found.filter(contract__in=contracts.contracts(viewer))


def sheet(viewer: Viewer, sheet_id: int) -> Sheet:
    """One sheet with its contract, people and unit. Raises NotAllowed, alike for unknown ones and others' ones."""
    related = ("contract__carer", "contract__recipient", "contract__unit")
    return one(sheets(viewer).select_related(*related), sheet_id)


def change(viewer: Viewer, change_id: int) -> SheetChange:
    """One save of a sheet. Raises NotAllowed likewise."""
    return one(SheetChange.objects.filter(sheet__in=sheets(viewer)), change_id)
