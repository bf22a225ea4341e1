"""What a case says of a personal assistant: terms, shifts, leave days, and what lies beside the period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from palkkio.calculation.assistance.agreement import AGREEMENTS, BY_DATE
from palkkio.calculation.assistance.hourly_pay import AREAS, PAY_GROUPS
from palkkio.calculation.assistance.leave import LeaveRule
from palkkio.calculation.assistance.worked import parts_of
from palkkio.calculation.assistance.working_times import NORMAL, WORKING_TIMES
from palkkio.calculation.cases.keys import Keys, check_place
from palkkio.calculation.facts import AssistantTerms, Entry, RateFact, Shift, Trip
from palkkio.core.clock import day_of
from palkkio.core.days import DateRange
from palkkio.core.money import ZERO
from palkkio.core.payslip import DayType

HOURS_OF_A_WEEK = 168
OF_TERMS = (
    "agreement",
    "pay_group",
    "pay_group_decided",
    "area",
    "experience_months",
    "hourly",
    "weekly_hours",
    "working_days_per_week",
    "employed_since",
    "leave_rule",
    "working_time",
    "period_starts",
    "longest_day",
    "similar_work",
)
_OF_SHIFT = ("start", "end", "decision", "scheduled")
_OF_DAY = ("day", "type")
_OF_TRIP = ("day", "kilometres", "purpose", "expense")


@dataclass(frozen=True, slots=True)
class Recorded:
    """Shifts, leave days and trips of a period, or of the days beside it."""

    shifts: tuple[Shift, ...] = ()
    entries: tuple[Entry, ...] = ()
    trips: tuple[Trip, ...] = ()


def assistant_of(row: Keys) -> AssistantTerms:
    """Terms of employment. Raises CaseError naming key and line."""
    return AssistantTerms(
        pay_group=row.word("pay_group", PAY_GROUPS, "A"),
        area=row.word("area", AREAS, "rest"),
        agreement=row.word("agreement", AGREEMENTS, BY_DATE),
        experience_months=_months(row),
        hourly=_hourly(row),
        is_lifted=_is_lifted(row),
        weekly_hours=_hours_per_week(row),
        working_days_per_week=_days_per_week(row),
        employed_since=row.optional_day("employed_since"),
        leave_rule=row.word("leave_rule", tuple(LeaveRule), LeaveRule.NONE.value),
        working_time=row.word("working_time", WORKING_TIMES, NORMAL),
        period_starts=row.optional_day("period_starts"),
        longest_day=row.number("longest_day", least=8, most=24) if "longest_day" in row else None,
        is_pay_group_decided=row.boolean("pay_group_decided", default=True),
        has_similar_work=row.boolean("similar_work", default=False),
    )


def recorded(rows: Sequence[Keys], period: DateRange, *, beside: bool = False) -> Recorded:
    """Shifts, leave days and trips. Raises CaseError naming key and line, also for shifts that overlap.

    beside  they lie outside the period; else inside it: a shift belongs to the day on which it begins
    """
    shifts: list[Shift] = []
    entries: list[Entry] = []
    trips: list[Trip] = []
    for row in rows:
        if "kilometres" in row or "expense" in row:
            trips.append(_trip(row, period, beside))
        elif "day" in row:
            entries.append(_leave_day(row, period, beside))
            if entries[-1] in entries[:-1]:
                row.fail("day", f"leave is entered twice on {entries[-1].day}")
        else:
            shifts.append(_shift(row, period, beside))
            _check_no_overlap(row, shifts)
    return Recorded(tuple(shifts), tuple(entries), tuple(trips))


def _shift(row: Keys, period: DateRange, beside: bool) -> Shift:
    row.only(*_OF_SHIFT)
    start, end = row.moment("start"), row.moment("end")
    if end <= start:
        row.fail("end", f"'end' {row.raw('end')} is not after 'start' {row.raw('start')}")
    check_place(row, "start", day_of(start), period, beside=beside)
    return Shift(
        start=start,
        end=end,
        decision=str(row.raw("decision")) if "decision" in row else "",  # 1.1 unquoted is a number
        is_scheduled=row.boolean("scheduled", default=False),
    )


def _check_no_overlap(row: Keys, shifts: Sequence[Shift]) -> None:
    try:
        parts_of(shifts)
    except ValueError:
        row.fail("start", "this shift overlaps another one")


def _leave_day(row: Keys, period: DateRange, beside: bool) -> Entry:
    row.only(*_OF_DAY)
    day = row.day("day")
    if row.text("type") != DayType.LEAVE:
        row.fail("type", "'type' of an assistant's day is leave; work is written with start and end")
    check_place(row, "day", day, period, beside=beside)
    return Entry(day, DayType.LEAVE)


def _trip(row: Keys, period: DateRange, beside: bool) -> Trip:
    row.only(*_OF_TRIP)
    day = row.day("day")
    check_place(row, "day", day, period, beside=beside)
    return Trip(
        day=day,
        kilometres=_at_least_0(row, "kilometres") if "kilometres" in row else Decimal(0),
        purpose=row.text("purpose") if "purpose" in row else "",
        expense=row.money("expense") if "expense" in row else ZERO,
    )


def _hourly(row: Keys) -> RateFact | None:
    """An amount, or {amount, source, tag, lifted}."""
    if "hourly" not in row:
        return None
    if not isinstance(row.raw("hourly"), dict):
        amount, source, tag = row.money("hourly"), "", "V"
    else:
        inside = row.mapping("hourly")
        inside.only("amount", "source", "tag", "lifted")
        amount = inside.money("amount")
        source = inside.text("source") if "source" in inside else ""
        tag = inside.text("tag") if "tag" in inside else "V"
    if amount < 0:
        row.fail("hourly", "'hourly' is negative")
    return RateFact(amount, source, tag=tag)


def _is_lifted(row: Keys) -> bool:
    """A plain amount is the personal pay as it is paid; `lifted: true` says that the pay table may raise it."""
    inside = row.mapping("hourly") if "hourly" in row and isinstance(row.raw("hourly"), dict) else None
    return inside is not None and inside.boolean("lifted", default=False)


def _months(row: Keys) -> int:
    found = _at_least_0(row, "experience_months") if "experience_months" in row else Decimal(0)
    if found % 1:
        row.fail("experience_months", "'experience_months' are full months")
    return int(found)


def _hours_per_week(row: Keys) -> Decimal | None:
    if "weekly_hours" not in row:
        return None
    found = _at_least_0(row, "weekly_hours")
    if found > HOURS_OF_A_WEEK:
        row.fail("weekly_hours", f"'weekly_hours' is at most {HOURS_OF_A_WEEK}, not {found}")
    return found


def _days_per_week(row: Keys) -> Decimal:
    if "working_days_per_week" not in row:
        return Decimal(5)
    found = row.number("working_days_per_week")
    if not 0 < found <= 7:
        row.fail("working_days_per_week", "'working_days_per_week' is more than 0 and at most 7")
    return found


def _at_least_0(row: Keys, key: str) -> Decimal:
    found = row.number(key)
    if found < 0:
        row.fail(key, f"'{key}' is negative")
    return found
