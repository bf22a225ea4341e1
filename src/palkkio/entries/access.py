"""Which sheets and changes a viewer may fetch."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, QuerySet

from palkkio.contracts import access as contracts
from palkkio.core.capabilities import Capability
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.entries.models import CareEvent, ChangeReport, EnteringConsent, Sheet, SheetChange
from palkkio.organisations.access import one

Row = TypeVar("Row", bound=Model)
RELATED = ("contract__carer", "contract__recipient", "contract__unit")


def sheets(viewer: Viewer) -> QuerySet[Sheet]:
    """Sheets of the viewer's organisation; a payee sees those of own contracts and of those they act for."""
    return _of_contracts(Sheet.objects.filter(organisation_id=viewer.organisation_id), viewer)


def sheet(viewer: Viewer, sheet_id: int) -> Sheet:
    """One sheet with its contract, people and unit. Raises NotAllowed, alike for unknown ones and others' ones."""
    return one(sheets(viewer).select_related(*RELATED), sheet_id)


def employed_sheets(viewer: Viewer) -> QuerySet[Sheet]:
    """Sheets of the assistants of the employer that the viewer is, or acts for; in any other role none."""
    found = Sheet.objects.filter(organisation_id=viewer.organisation_id)
    if viewer.role is not RoleKind.EMPLOYER:
        return found.none()
    return found.filter(contract__employer__in=viewer.person_ids_to(Capability.SEE))


def employed_sheet(viewer: Viewer, sheet_id: int) -> Sheet:
    """One of them, as `sheet`. Raises NotAllowed likewise."""
    return one(employed_sheets(viewer).select_related(*RELATED), sheet_id)


def enterable_sheets(viewer: Viewer) -> QuerySet[Sheet]:
    """Those that the viewer may have a right to enter on: an employer those of the assistants, all others theirs."""
    return employed_sheets(viewer) if viewer.role is RoleKind.EMPLOYER else sheets(viewer)


def enterable_sheet(viewer: Viewer, sheet_id: int) -> Sheet:
    """One of them, as `sheet`. Raises NotAllowed likewise."""
    return employed_sheet(viewer, sheet_id) if viewer.role is RoleKind.EMPLOYER else sheet(viewer, sheet_id)


def change(viewer: Viewer, change_id: int) -> SheetChange:
    """One save of a sheet. Raises NotAllowed likewise."""
    return one(SheetChange.objects.filter(sheet__in=enterable_sheets(viewer)), change_id)


def consents(viewer: Viewer) -> QuerySet[EnteringConsent]:
    """Consents in force, of employments that the viewer may fetch as assistant, employer or staff."""
    rows = EnteringConsent.objects.filter(organisation_id=viewer.organisation_id, withdrawn_at__isnull=True)
    if viewer.role is RoleKind.EMPLOYER:
        return rows.filter(contract__employer__in=viewer.person_ids_to(Capability.SEE))
    return _of_contracts(rows, viewer)


def events(viewer: Viewer) -> QuerySet[CareEvent]:
    """Events of contracts that the viewer may fetch, withdrawn ones too, with their contract."""
    rows = _of_contracts(CareEvent.objects.filter(organisation_id=viewer.organisation_id), viewer)
    return rows.select_related("contract__carer", "contract__recipient")


def change_reports(viewer: Viewer) -> QuerySet[ChangeReport]:
    """Changes that were reported on contracts that the viewer may fetch, with contract, people and attachment."""
    rows = _of_contracts(ChangeReport.objects.filter(organisation_id=viewer.organisation_id), viewer)
    return rows.select_related(*RELATED)


def change_report(viewer: Viewer, report_id: int) -> ChangeReport:
    """One report. Raises NotAllowed, alike for unknown ones and for others'."""
    return one(change_reports(viewer), report_id)


def _of_contracts(rows: QuerySet[Row], viewer: Viewer) -> QuerySet[Row]:
    return rows if viewer.is_staff else rows.filter(contract__in=contracts.contracts(viewer))
