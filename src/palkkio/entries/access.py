"""Which sheets a viewer may fetch. A row of another organisation and an unknown one get the same answer."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_noop as _

from palkkio.contracts import access as contracts
from palkkio.core.problems import NotAllowed
from palkkio.core.viewer import Viewer
from palkkio.entries.models import Sheet


def sheets(viewer: Viewer) -> QuerySet[Sheet]:
    """Sheets of the viewer's organisation; a payee sees those of own contracts and of those they act for."""
    found = Sheet.objects.filter(organisation_id=viewer.organisation_id)
    if viewer.is_staff:
        return found
    return found.filter(contract__in=contracts.contracts(viewer))


def sheet(viewer: Viewer, sheet_id: int) -> Sheet:
    """One sheet with its contract, people and unit. Raises NotAllowed when it is not the viewer's to see."""
    related = ("contract__carer", "contract__recipient", "contract__unit")
    found = sheets(viewer).select_related(*related).filter(pk=sheet_id).first()
    if found is None:
        raise NotAllowed(_("There is no such care period, or it is not yours to see."))
    return found
