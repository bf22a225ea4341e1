"""A sheet that came on paper, keyed in by staff with its scan (ACC-11)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_noop as _

from palkkio.core.payslip import DayType
from palkkio.core.problems import FieldError, InvalidInput, WrongState
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.entries import content
from palkkio.entries.actions.attached import require_of
from palkkio.entries.actions.days import check_days, check_note, check_type, same_entry
from palkkio.entries.actions.saving import Present, save_content
from palkkio.entries.models import Channel, Sheet
from palkkio.entries.values import Typed

if TYPE_CHECKING:
    from palkkio.documents.models import Document

ONE = Decimal(1)


@transaction.atomic
def enter_paper_sheet(
    sheet_id: int,
    *,
    by: Viewer,
    at: datetime,
    version: int,
    days: Mapping[date, DayType],
    scan: Document | None,
    note: str = "",
    counts: Mapping[date, Decimal] | None = None,
) -> Sheet:
    """Key in a paper sheet: the days on it become the days of the sheet, others are cleared; trips stay.

    scan    the paper itself, kept with the sheet; required
    note    what the paper says beside the days; "" keeps the note that there is
    counts  visits or hours of days whose type asks for them
    The sheet is marked as paper with who keyed it in, who does not review it. One change; `undo_change` takes it back.
    Raises InvalidInput on day, type, count, note or scan, StaleSheet, NotAllowed, WrongState.
    """
    by.require(RoleKind.HANDLER)
    counted = counts or {}
    note = note.strip()

    def wanted(sheet: Sheet, present: Present) -> content.Content:
        if sheet.contract.is_employment:
            raise WrongState(_("An assistant's paper has shifts: key in their times."))
        if scan is None:
            raise InvalidInput(FieldError("scan", _("Attach the scanned paper.")))
        require_of(scan, sheet.contract, _("The scan belongs to somebody else."))
        check_note(note)
        if days:
            check_days(sheet, days.keys())
        for day, day_type in days.items():
            check_type(sheet, {day_type: counted.get(day, ONE)})
        found: content.Content = {key: None for key in present if content.day_of(key)}
        for day, day_type in days.items():
            key = content.key_of(day)
            value = content.day_value(day_type, counted.get(day, ONE), channel=Channel.PAPER, by=by.account_id, at=at)
            is_same = same_entry(present.get(key), value) and present[key]["channel"] == Channel.PAPER
            found[key] = present[key] if is_same else value
        if note:
            found[content.NOTE] = note
        found[content.SOURCE] = {"channel": Channel.PAPER.value, "scan": scan.pk, "keyed_by": by.account_id}
        return found

    typed = Typed("enter_paper_sheet", tuple(sorted(days)), day_types=dict(days), text=note)
    return save_content(sheet_id, wanted, by=by, at=at, version=version, typed=typed).sheet
