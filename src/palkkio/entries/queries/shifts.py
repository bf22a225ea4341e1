"""Shifts of assistants as the calculation reads them: those of a period, and what lies around it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.db.models import TextField
from django.db.models.functions import Cast

from palkkio.calculation.assistance.working_times import beside
from palkkio.calculation.facts import Around, Entry, Shift, Terms
from palkkio.core.clock import HELSINKI
from palkkio.core.days import DateRange
from palkkio.core.payslip import DayType
from palkkio.entries import models
from palkkio.entries.models import DayEntry

_COLUMNS = ("start_at", "end_at", "decision", "is_scheduled")


class Nearby(NamedTuple):
    """One shift or leave day and the sheet that it stands on."""

    sheet_id: int
    shift: Shift | None
    entry: Entry | None


def shifts_of(sheet_ids: Iterable[int]) -> dict[int, list[Shift]]:
    """Shifts as they stand now, by sheet, in order; one query."""
    found: dict[int, list[Shift]] = defaultdict(list)
    rows = models.Shift.objects.filter(sheet_id__in=list(sheet_ids)).order_by("sheet_id", "start_at", "end_at")
    for sheet_id, start, end, decision, planned in rows.values_list("sheet_id", *_COLUMNS):
        found[sheet_id].append(Shift(start, end, decision, planned))
    return found


def reach_of(terms: Iterable[Terms]) -> timedelta:
    """How far beside a period of these terms its shifts and leave days are read."""
    return beside(each.assistant for each in terms if each.assistant is not None)


def near(contract_ids: Iterable[int], days: DateRange, reach: timedelta) -> dict[int, list[Nearby]]:
    """Shifts and leave days of contracts in and around `days`, by contract; two queries, none without contracts."""
    chosen = list(contract_ids)
    found: dict[int, list[Nearby]] = defaultdict(list)
    if not chosen:
        return found
    start, end = days.edges
    shifts = models.Shift.objects.filter(
        sheet__contract_id__in=chosen, start_at__gte=midnight(start - reach), start_at__lt=midnight(end + reach)
    ).order_by("start_at", "end_at")
    begins, ends = (Cast(name, TextField()) for name in ("start_at", "end_at"))  # moments as text are read quicker
    for contract_id, sheet_id, decision, planned, first, last in shifts.values_list(
        "sheet__contract_id", "sheet_id", "decision", "is_scheduled", begins, ends
    ):
        shift = Shift(datetime.fromisoformat(first), datetime.fromisoformat(last), decision, planned)
        found[contract_id].append(Nearby(sheet_id, shift, None))
    leave = DayEntry.objects.filter(
        sheet__contract_id__in=chosen, day_type=DayType.LEAVE, day__gte=start - reach, day__lt=end + reach
    ).order_by("day")
    for contract_id, sheet_id, day in leave.values_list("sheet__contract_id", "sheet_id", "day"):
        found[contract_id].append(Nearby(sheet_id, None, Entry(day, DayType.LEAVE)))
    return found


def around(nearby: Iterable[Nearby], sheet_id: int, period: DateRange, reach: timedelta) -> Around | None:
    """What stands on other sheets that near the period; None: nothing. Paid lines are added by payroll."""
    start, end = period.edges
    first, last = midnight(start - reach), midnight(end + reach)
    others = [each for each in nearby if each.sheet_id != sheet_id]
    shifts = tuple(each.shift for each in others if each.shift is not None and first <= each.shift.start < last)
    entries = tuple(
        each.entry for each in others if each.entry is not None and start - reach <= each.entry.day < end + reach
    )
    return Around(shifts, (), entries) if shifts or entries else None


def frozen_shifts(sheet_id: int) -> list[dict[str, Any]]:
    """Shifts of a sheet as exact JSON, for its revision."""
    return [
        {
            "start": each.start.isoformat(),
            "end": each.end.isoformat(),
            "decision": each.decision,
            "is_scheduled": each.is_scheduled,
        }
        for each in shifts_of([sheet_id])[sheet_id]
    ]


def thawed_shifts(facts: Mapping[str, Any]) -> tuple[Shift, ...]:
    return tuple(
        Shift(
            datetime.fromisoformat(each["start"]),
            datetime.fromisoformat(each["end"]),
            each["decision"],
            each["is_scheduled"],
        )
        for each in facts.get("shifts", ())
    )


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=HELSINKI)
