"""An assistant's timesheet that came on paper: hours and the employer's signed approval as one act (EMP-1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop as _

from palkkio.core.clock import day_of
from palkkio.core.problems import FieldError, InvalidInput
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.entries import content
from palkkio.entries.actions import saving
from palkkio.entries.actions.attached import require_of
from palkkio.entries.actions.shifts import NewShift, same_shift, values_of
from palkkio.entries.models import Channel, Sheet, SheetChange
from palkkio.entries.values import Typed

if TYPE_CHECKING:
    from palkkio.documents.models import Document


def enter_paper_shifts(
    sheet_id: int,
    *,
    by: Viewer,
    at: datetime,
    version: int,
    shifts: Sequence[NewShift],
    scan: Document | None,
    signed_on: date | None,
    reason: str = "",
) -> SheetChange:
    """Key in the shifts of a paper: they take the place of all that stand on the sheet; one change, undone as one.

    scan       the paper itself; required
    signed_on  when the employer, or who acts for them, signed it; required, on or after the last shift's day
    reason     for work before the household's gate was open (ACC-10)
    The sheet is marked as paper with who keyed it in: a colleague reviews it, and nobody approves it again. Raises
    InvalidInput on scan, signed_on and as `save_shifts`, StaleSheet, NotAllowed, WrongState.
    """
    by.require(RoleKind.HANDLER)

    def wanted(sheet: Sheet, present: saving.Present) -> content.Content:
        if not sheet.contract.is_employment:
            raise InvalidInput(FieldError("start", _("Only personal assistants enter shifts.")))
        if scan is None:
            raise InvalidInput(FieldError("scan", _("Attach the scanned paper.")))
        require_of(scan, sheet.contract, _("The scan belongs to somebody else."))
        if not shifts:
            raise InvalidInput(FieldError("shifts", _("Enter the times of at least one shift.")))
        _check_signed(signed_on, shifts, today=day_of(at))
        made = values_of(sheet, shifts, by=by, at=at, reason=reason, channel=Channel.PAPER)
        found: content.Content = {key: None for key in present if key.startswith(content.SHIFT)}
        for number, value in enumerate(made, start=1):
            same = next((key for key, each in present.items() if _is_same(key, each, value)), None)
            found[same or content.new_shift(number)] = present[same] if same else value
        found[content.SOURCE] = {
            "channel": Channel.PAPER.value,
            "scan": scan.pk,
            "keyed_by": by.account_id,
            "signed_on": None if signed_on is None else signed_on.isoformat(),
        }
        return found

    typed = Typed("enter_paper_shifts")
    return saving.save_content(sheet_id, wanted, by=by, at=at, version=version, typed=typed, reason=reason.strip())


def _is_same(key: str, present: content.Value, value: content.Value) -> bool:
    """The same shift, from paper too: it stays as it was keyed in."""
    return key.startswith(content.SHIFT) and present["channel"] == Channel.PAPER and same_shift(present, value)


def _check_signed(signed_on: date | None, shifts: Sequence[NewShift], *, today: date) -> None:
    if signed_on is None:
        raise InvalidInput(FieldError("signed_on", _("Enter the day on which the employer signed the paper.")))
    if signed_on > today:
        raise InvalidInput(FieldError("signed_on", _("Enter a day that is not in the future.")))
    if signed_on < max(each.day for each in shifts):
        raise InvalidInput(FieldError("signed_on", _("Enter a day that is not before the last shift on the paper.")))
