"""Hours of assistants, approved by the employer: what payroll takes (EMP-1, EMP-2)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop as _

from palkkio.core.clock import day_of
from palkkio.core.viewer import Viewer
from palkkio.entries import access, rights
from palkkio.entries.actions import saving
from palkkio.entries.actions.gate import check_approved
from palkkio.entries.actions.review import REASON_LENGTH, each_alone, freeze, give_back, reason_of, states_of
from palkkio.entries.models import Sheet, SheetRevision
from palkkio.entries.queries.alerts import Reads, alerts_of_sheet, household, to_confirm
from palkkio.entries.refusals import AlertsToConfirm
from palkkio.entries.tables.channels import BY_COUNTY
from palkkio.entries.values import BulkResult, Typed
from palkkio.organisations.access import one

ALERTS = _("There are alerts on these hours. Check them, and write why the hours are right before you approve them.")


@transaction.atomic
def approve_shifts(sheet_id: int, *, by: Viewer, at: datetime, version: int, confirmation: str = "") -> SheetRevision:
    """The employer, or who acts for them, approves the hours of one half month as they stand on the page.

    They are frozen as the next revision, which payroll takes; late ones go to the next payday with their own period.
    Never by the assistant themself, not even with the employer's mandate.

    confirmation  what the employer says of the alerts that stand on the hours: without it they are not approved where
                  the payer has not chosen otherwise (R13). It is kept with the alerts, for the employer and staff alone
                  (EMP-4)
    Raises AlertsToConfirm, StaleSheet, NotAllowed, WrongState.
    """
    return _approve(sheet_id, by=by, at=at, version=version, confirmation=confirmation, reads=household)


def _approve(
    sheet_id: int, *, by: Viewer, at: datetime, version: int, confirmation: str, reads: Reads
) -> SheetRevision:
    sheet = _begin(sheet_id, "approve", Typed("approve_shifts"), by=by, at=at, version=version)
    own = sheet.shifts.filter(is_scheduled=False).exclude(channel__in=BY_COUNTY)
    check_approved(sheet, (day_of(start) for start in own.values_list("start_at", flat=True)))
    confirmed = _confirmed(sheet, confirmation, by=by, today=day_of(at), reads=reads)
    before = states_of(sheet)
    sheet.returned_reason, sheet.returned_at = "", None
    revision = freeze(sheet, by=by, at=at)
    after = states_of(sheet) | {"revision": revision.number} | confirmed
    saving.keep(sheet, "approve_shifts", by=by, at=at, before=before, after=after)
    return revision


def approve_all(
    ids_with_versions: Iterable[tuple[int, int]], *, by: Viewer, at: datetime, confirmation: str = ""
) -> BulkResult:
    """Approve many, each on its own: one that is refused does not stop the others. One confirmation holds for all."""
    reads = cache(household)  # nothing here changes a shift

    @transaction.atomic
    def approve(sheet_id: int, version: int) -> None:
        _approve(sheet_id, by=by, at=at, version=version, confirmation=confirmation, reads=reads)

    return each_alone(ids_with_versions, approve)


@transaction.atomic
def return_shifts(sheet_id: int, *, by: Viewer, at: datetime, version: int, reason: str) -> Sheet:
    """The employer asks the assistant to correct the hours, with a reason. The notice is the page's to send."""
    typed = Typed("return_shifts", text=reason)
    reason = reason_of(reason, _("Enter why the hours are returned: the assistant reads it."))
    sheet = _begin(sheet_id, "return_shifts", typed, by=by, at=at, version=version)
    give_back(sheet, "return_shifts", by=by, at=at, reason=reason)
    return sheet


def _confirmed(sheet: Sheet, confirmation: str, *, by: Viewer, today: date, reads: Reads) -> dict[str, Any]:
    """What is kept of the alerts that the employer approves over; empty: there are none. Raises AlertsToConfirm."""
    alerts = alerts_of_sheet(by, sheet, reads)
    if not alerts:
        return {}
    if not (said := confirmation.strip()[:REASON_LENGTH]) and to_confirm(alerts, sheet.organisation_id, today=today):
        raise AlertsToConfirm(ALERTS)
    told = [{"kind": each.kind.value, "days": [day.isoformat() for day in each.days]} for each in alerts]
    return {"confirmation": said, "alerts": told}


def _begin(sheet_id: int, act: str, typed: Typed, *, by: Viewer, at: datetime, version: int) -> Sheet:
    """The locked sheet of an own assistant, seen by the viewer as it stands."""
    sheet = one(access.employed_sheets(by).select_related(*access.RELATED).select_for_update(of=("self",)), sheet_id)
    rights.require_employer(sheet, by, act, today=day_of(at))
    if version != sheet.version:
        raise saving.stale(sheet, saving.CHANGED_SHEET, by=by, at=at, typed=typed)
    return sheet
