"""Shifts and hours of assistants in words: for the assistant, the employer and staff."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from palkkio.core.payslip import DayType
from palkkio.entries.values import SheetView, ShiftRow
from palkkio.web.ui import wording


@dataclass(frozen=True, slots=True)
class ShiftWords:
    """One shift as it is read: times, length, what decision, and who entered it where it was not the assistant."""

    id: int
    times: str
    length: str
    decision: str
    note: str
    is_scheduled: bool
    by_county: bool
    by_employer: bool = False


@dataclass(frozen=True, slots=True)
class DayWords:
    """One day of the half month."""

    day: date
    name: str
    holiday: str
    is_open: bool
    is_today: bool
    is_leave: bool
    takes_leave: bool
    shifts: Sequence[ShiftWords]


def hours_words(length: timedelta) -> str:
    """ "7 h 30 min", "8 h", "0 h"."""
    minutes = int(length.total_seconds()) // 60
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def times_words(row: ShiftRow) -> str:
    """ "8.15\u201312.45", and the day of the end where it is another."""
    text = f"{row.start.hour}.{row.start:%M}\u2013{row.end.hour}.{row.end:%M}"
    if row.end.date() != row.start.date():
        text += f" ({wording.weekday_day(row.end.date(), get_language())})"
    return text


def shift_words(row: ShiftRow) -> ShiftWords:
    return ShiftWords(
        row.id,
        times_words(row),
        hours_words(row.length),
        _("decision %(identifier)s") % {"identifier": row.decision} if row.decision else "",
        row.note,
        row.is_scheduled,
        row.by_county,
        row.channel == "employer",
    )


def days_of(view: SheetView) -> list[DayWords]:
    """Each day of the half month with its shifts."""
    language = get_language()
    return [
        DayWords(
            cell.day,
            wording.weekday_day(cell.day, language),
            cell.holiday,
            cell.is_inside,
            cell.is_today,
            cell.day_type is DayType.LEAVE,
            cell.is_inside and cell.day.weekday() < 6 and not cell.holiday,
            [shift_words(row) for row in view.shifts if row.day == cell.day],
        )
        for cell in view.days
    ]
