"""From open to confirmed to reviewed, and back with a reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_noop as _

from palkkio.core.clock import day_of
from palkkio.core.problems import FieldError, InvalidInput, Refusal
from palkkio.core.viewer import Viewer
from palkkio.documents.handling import settle
from palkkio.entries import rights
from palkkio.entries.actions import saving
from palkkio.entries.models import Sheet, SheetRevision
from palkkio.entries.queries.facts import frozen_facts
from palkkio.entries.refusals import ConfirmEarly
from palkkio.entries.values import BulkResult, Typed

OPEN, CONFIRMED, REVIEWED = Sheet.State.OPEN, Sheet.State.CONFIRMED, Sheet.State.REVIEWED
REASON_LENGTH = 1000


@transaction.atomic
def confirm_sheet(sheet_id: int, *, by: Viewer, at: datetime, version: int, before_last_day_ok: bool = False) -> Sheet:
    """The carer tells the county that the period is ready (CARE-8); a sheet without entries says there were none.

    Raises ConfirmEarly before the last care day, until asked with `before_last_day_ok` (CARE-16); StaleSheet,
    NotAllowed, WrongState.
    """
    sheet = _begin(sheet_id, "confirm", Typed("confirm_sheet"), by=by, at=at, version=version)
    if day_of(at) < rights.last_care_day(sheet) and not before_last_day_ok:
        raise ConfirmEarly(_("The last care day of the period is still ahead. Confirm all the same?"))
    before = states_of(sheet)
    _confirm(sheet, by=by, at=at, on_behalf=False)
    saving.keep(sheet, "confirm_sheet", by=by, at=at, before=before, after=states_of(sheet))
    return sheet


@transaction.atomic
def confirm_on_behalf(sheet_id: int, *, by: Viewer, at: datetime, version: int) -> Sheet:
    """Staff confirm for a carer who did not (CARE-9); it shows as such."""
    sheet = _begin(sheet_id, "confirm_on_behalf", Typed("confirm_on_behalf"), by=by, at=at, version=version)
    before = states_of(sheet)
    _confirm(sheet, by=by, at=at, on_behalf=True)
    saving.keep(sheet, "confirm_on_behalf", by=by, at=at, before=before, after=states_of(sheet))
    return sheet


@transaction.atomic
def return_sheet(sheet_id: int, *, by: Viewer, at: datetime, version: int, reason: str) -> Sheet:
    """Give a confirmed period back to the carer with a reason (CARE-8). The notice is the page's to send."""
    typed = Typed("return_sheet", text=reason)
    reason = reason_of(reason, _("Enter why the period is returned: the carer reads it."))
    sheet = _begin(sheet_id, "return_sheet", typed, by=by, at=at, version=version)
    give_back(sheet, "return_sheet", by=by, at=at, reason=reason)
    return sheet


def give_back(sheet: Sheet, action: str, *, by: Viewer, at: datetime, reason: str) -> None:
    """Open the locked sheet again to who enters on it, with the reason."""
    before = states_of(sheet)
    sheet.state = OPEN
    sheet.confirmed_at, sheet.confirmed_by_id, sheet.is_confirmed_on_behalf = None, None, False
    sheet.returned_reason, sheet.returned_at = reason, at
    saving.keep(sheet, action, by=by, at=at, before=before, after=states_of(sheet), reason=reason)


@transaction.atomic
def review_sheet(sheet_id: int, *, by: Viewer, at: datetime, version: int) -> SheetRevision:
    """Check a period for payment and freeze what was checked as its next revision.

    An unconfirmed period is confirmed on the carer's behalf in the same act, but not while it is still going on. A
    period without entries may be reviewed: its revision is empty, so nothing is paid and no payslip is made (CARE-9).
    Who keyed entries in does not review them (ACC-11). Raises StaleSheet, NotAllowed, WrongState.
    """
    sheet = _begin(sheet_id, "review", Typed("review_sheet"), by=by, at=at, version=version)
    before = states_of(sheet)
    if sheet.state == OPEN:
        _confirm(sheet, by=by, at=at, on_behalf=True)
    revision = freeze(sheet, by=by, at=at)
    after = states_of(sheet) | {"revision": revision.number}
    saving.keep(sheet, "review_sheet", by=by, at=at, before=before, after=after)
    return revision


def freeze(sheet: Sheet, *, by: Viewer, at: datetime) -> SheetRevision:
    """Make the locked sheet reviewed, and of what stands on it the next revision; the caller saves the sheet.

    Its scan and its receipts are accepted with it.
    """
    sheet.state, sheet.reviewed_at, sheet.reviewed_by_id = REVIEWED, at, by.account_id
    last = SheetRevision.objects.filter(sheet=sheet).aggregate(last=Max("number"))["last"] or 0
    facts = frozen_facts(sheet)
    settle([sheet.scan_id, *(each["receipt"] for each in facts["trips"])], by=by, at=at)
    return SheetRevision.objects.create(
        organisation_id=sheet.organisation_id,
        sheet=sheet,
        number=last + 1,
        period=sheet.period,
        facts=facts,
        reviewed_at=at,
        reviewed_by_id=by.account_id,
    )


def review_sheets(ids_with_versions: Iterable[tuple[int, int]], *, by: Viewer, at: datetime) -> BulkResult:
    """Review many, each on its own: one that is refused does not stop the others."""
    return each_alone(
        ids_with_versions, lambda sheet_id, version: review_sheet(sheet_id, by=by, at=at, version=version)
    )


def each_alone(ids_with_versions: Iterable[tuple[int, int]], act: Callable[[int, int], object]) -> BulkResult:
    """`act` on many sheets by id and version; it opens a transaction for each."""
    done: list[int] = []
    refused: list[tuple[int, str]] = []
    for sheet_id, version in ids_with_versions:
        try:
            act(sheet_id, version)
        except Refusal as found:
            refused.append((sheet_id, found.message))
        else:
            done.append(sheet_id)
    return BulkResult(tuple(done), tuple(refused))


@transaction.atomic
def reopen_sheet(sheet_id: int, *, by: Viewer, at: datetime, version: int, reason: str) -> Sheet:
    """Open a reviewed period that was found wrong; its revisions stay, the next review makes the next one.

    Hours of an assistant are open again to the assistant, and the employer approves them again.
    Until then no revision of it goes to a run; what was paid stands and is compared with the next revision.
    """
    typed = Typed("reopen_sheet", text=reason)
    reason = reason_of(reason, _("Enter why the period is reopened."))
    sheet = _begin(sheet_id, "reopen", typed, by=by, at=at, version=version)
    before = states_of(sheet)
    sheet.state = OPEN if sheet.contract.is_employment else CONFIRMED
    sheet.reviewed_at, sheet.reviewed_by_id = None, None
    saving.keep(sheet, "reopen_sheet", by=by, at=at, before=before, after=states_of(sheet), reason=reason)
    return sheet


def _begin(sheet_id: int, act: str, typed: Typed, *, by: Viewer, at: datetime, version: int) -> Sheet:
    """The locked sheet, seen by the viewer as it stands: what is confirmed or reviewed is what was on the page."""
    sheet = saving.locked(sheet_id, by)
    if version != sheet.version:
        raise saving.stale(sheet, saving.CHANGED_SHEET, by=by, at=at, typed=typed)
    rights.require(sheet, by, act, today=day_of(at))
    return sheet


def _confirm(sheet: Sheet, *, by: Viewer, at: datetime, on_behalf: bool) -> None:
    sheet.state, sheet.confirmed_at, sheet.confirmed_by_id = CONFIRMED, at, by.account_id
    sheet.is_confirmed_on_behalf = on_behalf
    sheet.returned_reason, sheet.returned_at = "", None


def states_of(sheet: Sheet) -> dict[str, Any]:
    return {"state": str(sheet.state), "on_behalf": sheet.is_confirmed_on_behalf}


def reason_of(text: str, message: str) -> str:
    text = text.strip()
    if not text:
        raise InvalidInput(FieldError("reason", message))
    if len(text) > REASON_LENGTH:
        too_long = _("Shorten the reason to %(most)s characters.")
        raise InvalidInput(FieldError("reason", too_long, params={"most": REASON_LENGTH}))
    return text
