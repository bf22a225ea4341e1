"""Shifts of assistants as the calculation reads them: those of a period, and what lies around it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from palkkio.calculation.assistance.working_times import beside
from palkkio.calculation.facts import Around, Entry, Shift, Terms
from palkkio.core.clock import HELSINKI
from palkkio.core.days import DateRange
from palkkio.core.payslip import DayType
from palkkio.entries import models
from palkkio.organisations.asking import numbers, rows_of

_COLUMNS = ("start_at", "end_at", "decision", "is_scheduled")


# As reviews freeze them, one value a sheet: moments that are asked for as JSON are read quicker than as rows.
NEAR = """
    SELECT sheet.contract_id, sheet.id,
           json_agg(json_build_array(shift.start_at, shift.end_at, shift.decision, shift.is_scheduled)
                    ORDER BY shift.start_at, shift.end_at)::text
      FROM entries_shift shift
      JOIN entries_sheet sheet ON sheet.id = shift.sheet_id
     WHERE sheet.contract_id = ANY(%(contracts)s::bigint[])
       AND shift.start_at >= %(first)s AND shift.start_at < %(end)s
     GROUP BY sheet.id
     ORDER BY sheet.contract_id, sheet.period, sheet.id
"""
LEAVE_NEAR = """
    SELECT sheet.contract_id, sheet.id, entry.day
      FROM entries_dayentry entry
      JOIN entries_sheet sheet ON sheet.id = entry.sheet_id
     WHERE sheet.contract_id = ANY(%(contracts)s::bigint[]) AND entry.day_type = %(leave)s
       AND entry.day >= %(first)s AND entry.day < %(end)s
     ORDER BY sheet.contract_id, entry.day
"""


class Nearby(NamedTuple):
    """Shifts and leave days that stand on one sheet, in order."""

    sheet_id: int
    shifts: Sequence[Shift]
    leave: Sequence[date]


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
    asked = {"contracts": numbers(chosen), "first": midnight(start - reach), "end": midnight(end + reach)}
    for contract_id, sheet_id, shifts in rows_of(NEAR, **asked):
        found[contract_id].append(Nearby(sheet_id, [_shift(*each) for each in json.loads(shifts)], ()))
    asked = {"contracts": numbers(chosen), "first": start - reach, "end": end + reach, "leave": DayType.LEAVE.value}
    for contract_id, sheet_id, day in rows_of(LEAVE_NEAR, **asked):
        found[contract_id].append(Nearby(sheet_id, (), (day,)))
    return found


def around(nearby: Iterable[Nearby], sheet_id: int, period: DateRange, reach: timedelta) -> Around | None:
    """What stands on other sheets that near the period; None: nothing."""
    start, end = period.edges
    first, last = midnight(start - reach), midnight(end + reach)
    shifts: list[Shift] = []
    leave: list[date] = []
    for each in nearby:
        if each.sheet_id != sheet_id:
            shifts += [shift for shift in each.shifts if first <= shift.start < last]
            leave += [day for day in each.leave if start - reach <= day < end + reach]
    if not shifts and not leave:
        return None
    shifts.sort(key=attrgetter("start", "end"))
    return Around(tuple(shifts), (), tuple(Entry(day, DayType.LEAVE) for day in sorted(leave)))


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
        _shift(each["start"], each["end"], each["decision"], each["is_scheduled"]) for each in facts.get("shifts", ())
    )


@lru_cache(maxsize=8192)
def _shift(start: str, end: str, decision: str, is_scheduled: bool) -> Shift:
    """Equal shifts are one value: what a review froze mostly stands so on its sheet."""
    return Shift(datetime.fromisoformat(start), datetime.fromisoformat(end), decision, is_scheduled)


@lru_cache(maxsize=256)
def midnight(day: date) -> datetime:
    """In UTC, as shifts are: moments of one time zone are compared quickest."""
    return datetime.combine(day, time(), tzinfo=HELSINKI).astimezone(UTC)
