"""The leave of one employment over its years: what approved periods and staff tell, and what is left of each year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from palkkio.calculation.assistance.agreement import agreement_on
from palkkio.calculation.assistance.leave import (
    Accrual,
    Employed,
    LeaveRule,
    accrual,
    consumed,
    employed_by,
    hours_above_daily,
    leave_year,
    months_of,
)
from palkkio.calculation.assistance.leave import year_taken_on as season_year
from palkkio.calculation.assistance.like_work import Absence, Cause, days_like_work
from palkkio.calculation.assistance.worked import HOUR, parts_of, seconds_of, worked_by_day
from palkkio.calculation.employment import LeaveMonth, LeaveYear
from palkkio.calculation.events import ABSENCES_OF_ASSISTANTS, ChildIll, Event, FamilyLeave, Sick
from palkkio.calculation.facts import AssistantTerms, Shift
from palkkio.core.clock import day_of
from palkkio.core.days import ONE_DAY, DateRange, add_months
from palkkio.core.money import ZERO

YEAR = 12  # months
CAUSES = {Sick: Cause.ILLNESS, ChildIll: Cause.PAID, FamilyLeave: Cause.FAMILY_LEAVE}


class AdjustmentKind(StrEnum):
    """What staff write into the ledger, with a reason."""

    OPENING = "opening"  # what came before the periods that are kept here
    CORRECTION = "correction"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One row of staff for a leave year.

    days         weekdays: earned before (opening), added or taken off (correction), expired
    taken        weekdays taken before (opening)
    pay          EUR of work before, without premium for overtime (opening)
    days_worked  before (opening)
    """

    year: date
    kind: AdjustmentKind
    days: int
    taken: int = 0
    pay: Decimal = ZERO
    days_worked: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of the leave of an employment.

    known_from  first day from which the periods are kept here; None: none is
    shifts      of approved periods, planned ones too
    leave       leave days of approved periods
    """

    known_from: date | None
    shifts: tuple[Shift, ...] = ()
    leave: tuple[date, ...] = ()
    events: tuple[Event, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()

    def of_year(self, year: DateRange) -> tuple[Adjustment, ...]:
        return tuple(each for each in self.adjustments if each.year == year.edges[0])


@dataclass(frozen=True, slots=True)
class YearBalance:
    """The ledger of one leave year, in weekdays. `corrected` holds what staff added to what is counted."""

    year: DateRange
    earned: Accrual
    opening: int
    corrected: int
    taken: tuple[date, ...]
    taken_before: int
    expired: int

    @property
    def in_all(self) -> int:
        return max(self.earned.days + self.opening + self.corrected, 0)

    @property
    def used(self) -> int:
        return len(self.taken) + self.taken_before + self.expired

    @property
    def left(self) -> int:
        return self.in_all - self.used


def is_told(year: DateRange, told: Told, employed: Employed) -> bool:
    """True if the whole year, or its part in the employment, is kept here, or staff entered what came before."""
    if any(each.kind is AdjustmentKind.OPENING for each in told.of_year(year)):
        return True
    return told.known_from is not None and told.known_from <= max(year.edges[0], employed.since)


def balances(told: Told, employed: Employed, until: date) -> list[YearBalance]:
    """The leave years that are told, up to the one that holds `until`, the earliest first.

    until  the balance is that of this day: later work and leave is left out. A year still going on shows what it has
           earned so far
    Leave takes what is left of the year before first, then from the year whose season it is; what nothing is left for
    stays with the latter. Raises RateNotConfirmed.
    """
    return _balances(_worked_years(told, employed, until), told, employed, until)


def _worked_years(told: Told, employed: Employed, until: date) -> list[tuple[DateRange, LeaveYear]]:
    """The leave years that are told, with their work."""
    years = [year for year in _years(told, employed, until) if is_told(year, told, employed)]
    return [(year, told_leave_year(year, told, employed, until)) for year in years]


def _balances(
    years: Iterable[tuple[DateRange, LeaveYear]], told: Told, employed: Employed, until: date
) -> list[YearBalance]:
    """As `balances`, of leave years whose work has been added up."""
    # An employment that has ended, or earns by its own length, has earned up to then; else the year's end decides.
    is_over = employed.days.end is not None and employed.days.end <= until
    ends = employed.days.end if is_over else until if employed.rule is LeaveRule.NONE else None
    rows = {year.edges[0]: _row(year, told, accrual(worked, employed, ends)) for year, worked in years}
    taken = _taken((day for day in told.leave if day < until), rows)
    return [replace(row, taken=tuple(taken[first])) for first, row in sorted(rows.items())]


def told_leave_year(year: DateRange, told: Told, employed: Employed, until: date) -> LeaveYear:
    """A leave year as the calculation takes it, but for what was paid for its work: months and days before `until`.

    Raises RateNotConfirmed.
    """
    shifts = [each for each in told.shifts if day_of(each.start) in year and day_of(each.start) < until]
    seconds = worked_by_day(parts_of(shifts))
    worked, above = len(seconds), hours_above_daily(seconds, employed.rule)
    for day in days_like_work(year, _absences(told, employed, until)):
        if day not in seconds:
            seconds[day] = _seconds_away(day, shifts, employed)
    opening = [each for each in told.of_year(year) if each.kind is AdjustmentKind.OPENING]
    return LeaveYear(
        first=year.edges[0],
        pay=sum((each.pay for each in opening), ZERO),
        days_worked=worked + sum((each.days_worked for each in opening), Decimal(0)),
        hours_above_daily=above,
        # A year that is told and holds no work has no full month: an empty one says so.
        months=months_of(seconds) or (LeaveMonth(year.edges[0], 0, Decimal(0)),),
        corrected_days=sum(each.days for each in told.of_year(year) if each.kind is not AdjustmentKind.EXPIRED),
    )


def _years(told: Told, employed: Employed, until: date) -> Iterable[DateRange]:
    firsts = [each.year for each in told.adjustments]
    if told.known_from is not None:
        firsts.append(leave_year(max(told.known_from, employed.since)).edges[0])
    first = min(firsts, default=None)
    while first is not None and first < until:
        year = leave_year(first)
        if year.overlap(employed.days) is not None:
            yield year
        first = year.edges[1]


def _row(year: DateRange, told: Told, earned: Accrual) -> YearBalance:
    sums = dict.fromkeys(AdjustmentKind, 0)
    for each in told.of_year(year):
        sums[each.kind] += each.days
    before = sum(each.taken for each in told.of_year(year))
    kind = AdjustmentKind
    return YearBalance(year, earned, sums[kind.OPENING], sums[kind.CORRECTION], (), before, sums[kind.EXPIRED])


def _taken(days: Iterable[date], rows: Mapping[date, YearBalance]) -> dict[date, list[date]]:
    taken: dict[date, list[date]] = defaultdict(list)
    for day in consumed(days):
        own = season_year(day).edges[0]
        before = add_months(own, -YEAR)
        row = rows.get(before)
        has_left = row is not None and row.left > len(taken[before])
        taken[before if has_left else own].append(day)
    return taken


def absences_told(told: Told, employed: Employed, until: date) -> Iterator[tuple[Cause, DateRange, str]]:
    """Absences before `until` in the employment: cause, days, and what tells illnesses, or children, apart."""
    known = DateRange(None, until).overlap(employed.days)
    for number, event in enumerate(told.events):
        if known is None or not isinstance(event, ABSENCES_OF_ASSISTANTS):
            continue
        days = event.days.overlap(known)
        if days is not None:
            yield CAUSES[type(event)], days, event.child if isinstance(event, FamilyLeave) else str(number)


def _absences(told: Told, employed: Employed, until: date) -> list[Absence]:
    away = [Absence(cause, _working(days, employed), of) for cause, days, of in absences_told(told, employed, until)]
    leave = tuple(day for day in consumed(told.leave) if day < until and _is_working(day, employed))
    return [*away, Absence(Cause.PAID, leave)] if leave else away


def _working(days: DateRange, employed: Employed) -> tuple[date, ...]:
    return tuple(day for day in days if _is_working(day, employed))


def _is_working(day: date, employed: Employed) -> bool:
    return day.weekday() < int(employed.working_days)


def _seconds_away(day: date, shifts: Sequence[Shift], employed: Employed) -> int:
    """What a day of absence would have been: its planned shifts, else the agreed hours of a day."""
    planned = [seconds_of(each) for each in shifts if each.is_scheduled and day_of(each.start) == day]
    if planned:
        return sum(end - start for start, end in planned)
    return int((employed.weekly_hours or Decimal(0)) * HOUR / (employed.working_days or 1))


# --- For the pay of one period ----------------------------------------------------------------------------------------


def years_of_period(
    period: DateRange, told: Told, employed: Employed, *, ends: bool, pay_of: Callable[[DateRange], LeaveYear]
) -> tuple[LeaveYear, ...]:
    """The leave years that leave of a period is taken from, or that are settled at the end of the employment in it.

    told    the period itself too; what comes after it is left out
    ends    the employment ends in the period: all years with leave left, the running one too
    pay_of  sums that were paid for the work of a year on earlier paydays: pay, overtime_premium, absence_pay
    Empty where a year that counts is not told: the calculation then says what is missing. Raises RateNotConfirmed.
    """
    start, end = period.edges
    years = _worked_years(told, employed, end)
    known = {row.year.edges[0]: row for row in _balances(years, told, employed, end)}
    day = min((day for day in told.leave if start <= day < end), default=end - ONE_DAY)
    own = season_year(day)
    needed = [own, *([leave_year(own.edges[1])] if ends else []), *([leave_year(end - ONE_DAY)] if ends else [])]
    for year in needed:
        if year.overlap(employed.days) is not None and year.edges[0] not in known:
            return ()
    last = leave_year(end - ONE_DAY).edges[0] if ends else own.edges[0]
    found = []
    for year, worked in years:
        first, row = worked.first, known[worked.first]
        before = sum(taken < start for taken in row.taken) + row.taken_before + row.expired
        is_wanted = first <= last and (first == own.edges[0] or row.in_all > before)
        if not is_wanted or (not ends and first < add_months(own.edges[0], -YEAR)):
            continue
        paid = pay_of(year)
        found.append(
            replace(
                worked,
                pay=worked.pay + paid.pay,
                overtime_premium=paid.overtime_premium,
                absence_pay=paid.absence_pay,
                taken_before=before,
                lacks_period=start in year,
            )
        )
    return tuple(found)


def employed_of(contract: DateRange, terms: AssistantTerms, events: Iterable[Event], day: date) -> Employed:
    """An employment as the accrual asks for it, by the terms and the agreement of a day. Raises RateNotConfirmed."""
    return employed_by(contract, terms, agreement_on(day, terms, events))
