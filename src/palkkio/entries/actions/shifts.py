"""Shifts of an assistant: entered on the sheet of their half month."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_noop as _

from palkkio.core.clock import HELSINKI
from palkkio.core.payslip import ContractKind
from palkkio.core.problems import FieldError, InvalidInput
from palkkio.core.viewer import Viewer
from palkkio.entries import rights
from palkkio.entries.actions import saving
from palkkio.entries.models import Channel, Shift
from palkkio.entries.values import Typed

LONGEST = timedelta(hours=48)
IDENTIFIER = 10


@transaction.atomic
def enter_shift(
    sheet_id: int,
    *,
    by: Viewer,
    at: datetime,
    version: int,
    start: datetime,
    end: datetime,
    decision: str = "",
    is_scheduled: bool = False,
) -> Shift:
    """A shift that begins in the sheet's period; it may end after it.

    start, end    aware moments: on the night when clocks go back the offset tells which of two equal times is meant
    is_scheduled  planned and not worked
    Overlaps with other shifts are told by alerts, not refused. Raises InvalidInput on start or end, StaleSheet,
    NotAllowed, WrongState.
    """
    sheet = saving.locked(sheet_id, by)
    if version != sheet.version:
        raise saving.stale(sheet, saving.CHANGED_SHEET, by=by, at=at, typed=Typed("enter_shift"))
    rights.require(sheet, by, "enter", today=saving.today(at))
    days = rights.care_days(sheet)
    if sheet.contract.kind != ContractKind.PERSONAL_ASSISTANCE:
        raise InvalidInput(FieldError("start", _("Only personal assistants enter shifts.")))
    if days is None or start.astimezone(HELSINKI).date() not in days:
        raise InvalidInput(FieldError("start", _("The shift must begin on a day of this period.")))
    if end <= start or end - start > LONGEST:
        raise InvalidInput(FieldError("end", _("Enter an end after the beginning, at most two days later.")))
    if Shift.objects.filter(sheet=sheet, start_at=start, end_at=end).exists():
        raise InvalidInput(FieldError("start", _("This shift is entered already.")))
    shift = Shift.objects.create(
        organisation_id=sheet.organisation_id,
        sheet=sheet,
        start_at=start,
        end_at=end,
        decision=decision.strip()[:IDENTIFIER],
        is_scheduled=is_scheduled,
        channel=Channel.STAFF if by.is_staff else Channel.ELECTRONIC,
        entered_by_id=by.account_id,
        entered_at=at,
    )
    after = {"shift": shift.pk, "start": start.isoformat(), "end": end.isoformat()}
    saving.keep(sheet, "enter_shift", by=by, at=at, before={}, after=after)
    return shift
