"""The ledger of annual leave (vuosiloma): leave years, what is earned, what a leave consumes, what is left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum

from palkkio.calculation.assistance.agreement import Agreement
from palkkio.calculation.assistance.worked import HOUR
from palkkio.calculation.assistance.working_times import HOURS, limit_in_seconds
from palkkio.calculation.employment import LeaveMonth, LeaveYear
from palkkio.calculation.facts import AssistantTerms
from palkkio.calculation.weekdays import is_leave_day
from palkkio.core.days import ONE_DAY, DateRange, add_months, months_between
from palkkio.rules import Figure, figure

DAYS_UNDER_1_YEAR = "annual_leave/days_under_1_year"
DAYS_FROM_1_YEAR = "annual_leave/days_from_1_year"
DAYS_FROM_15_YEARS = "annual_leave/days_from_15_years"
TIME_OFF_DAYS = "annual_leave/time_off_days"
FULL_MONTH_DAYS = "annual_leave/full_month_days"
FULL_MONTH_HOURS = "annual_leave/full_month_hours"
ONE_YEAR, FIFTEEN_YEARS = 12, 180  # months
WORKING_DAYS_OF_A_WEEK = 5


class LeaveRule(StrEnum):
    """How a full month of leave accrual is counted; the contract decides, and never both at once."""

    DAYS_14 = "days14"  # 14 päivän sääntö
    HOURS_35 = "hours35"  # 35 tunnin sääntö
    NONE = "none"  # neither: right to time off (vapaaoikeus)


@dataclass(frozen=True, slots=True)
class Employed:
    """What accrual asks of an employment.

    days               from its first day; `end` None: still going on
    since              first day of the unbroken employment
    weekly_hours       agreed; None: called in when needed
    working_days       agreed a week
    is_under_agreement the agreement holds: 2.5 days after two years of similar work, 3 after fifteen years
    """

    days: DateRange
    since: date
    rule: LeaveRule
    weekly_hours: Decimal | None = None
    working_days: Decimal = Decimal(WORKING_DAYS_OF_A_WEEK)
    is_under_agreement: bool = False
    has_similar_work: bool = False


def employed_by(contract: DateRange, terms: AssistantTerms, agreement: Agreement | None) -> Employed:
    """An employment as the accrual asks for it, by the terms and the agreement of a day."""
    since = terms.since(contract)
    return Employed(
        days=DateRange(since, contract.end),
        since=since,
        rule=LeaveRule(terms.leave_rule),
        weekly_hours=terms.weekly_hours,
        working_days=terms.working_days_per_week,
        is_under_agreement=agreement is Agreement.HETA,
        has_similar_work=terms.has_similar_work,
    )


@dataclass(frozen=True, slots=True)
class Accrual:
    """What one leave year has earned (lomakertymä).

    days         weekdays, a fraction counted as a whole day
    full_months  full months of accrual; under the right to time off months of employment
    per_month    weekdays for each, and the figure that says so
    """

    days: int
    full_months: int
    per_month: Figure
    rule: LeaveRule


def hours_above_daily(worked: Mapping[date, int], rule: LeaveRule) -> Decimal:
    """Hours above the regular working time of each day, of what was worked by day in seconds.

    Only the average daily pay of the 14-day rule asks them: 0 under another. Periodic work has no regular day in the
    law: the eight hours of others count (our reading). Raises RateNotConfirmed. Law: 162/2005 11 § 1.
    """
    if rule is not LeaveRule.DAYS_14:
        return Decimal(0)
    above = (seconds - limit_in_seconds(HOURS, "day", day) for day, seconds in worked.items())
    return Decimal(sum(each for each in above if each > 0)) / HOUR


def months_of(worked: Mapping[date, int]) -> tuple[LeaveMonth, ...]:
    """Days and hours of work in each month, of what was worked by day in seconds."""
    by_month: dict[date, list[int]] = defaultdict(list)
    for day, seconds in worked.items():
        by_month[day.replace(day=1)].append(seconds)
    return tuple(LeaveMonth(month, len(days), Decimal(sum(days)) / HOUR) for month, days in sorted(by_month.items()))


def leave_year(first: date) -> DateRange:
    """The leave year (lomanmääräytymisvuosi) that holds a day: 1 April to 31 March."""
    year = first.year if first.month >= 4 else first.year - 1
    return DateRange(date(year, 4, 1), date(year + 1, 4, 1))


def summer_season(year: DateRange) -> DateRange:
    """The season in which the summer leave of a leave year is taken (lomakausi): 2 May to 30 September after it."""
    _, end = year.edges
    return DateRange.of_days(date(end.year, 5, 2), date(end.year, 9, 30))


def winter_season(year: DateRange) -> DateRange:
    """The season in which the winter leave of a leave year is taken (talvilomakausi): 1 October to 30 April."""
    _, end = year.edges
    return DateRange.of_days(date(end.year, 10, 1), date(end.year + 1, 4, 30))


def year_taken_on(day: date) -> DateRange:
    """The leave year whose leave is taken on `day`: up to 1 May still the winter leave of the year before."""
    ended = day.year if (day.month, day.day) >= (5, 2) else day.year - 1
    return DateRange(date(ended - 1, 4, 1), date(ended, 4, 1))


def consumed(days: Iterable[date]) -> tuple[date, ...]:
    """The weekdays among leave days that leave consumes, in order, each once."""
    return tuple(sorted({day for day in days if is_leave_day(day)}))


def accrual(year: LeaveYear, employed: Employed, until: date | None = None) -> Accrual:
    """What a leave year has earned by the day before `until`, or by its end.

    A month is full with 14 days of work, or 35 hours, as the contract's rule says; days like work count as worked.
    Months whose work is not told are full by the contract. Two weekdays a full month in an employment that has lasted
    under a year when the leave year ends, 2.5 from a year on; the agreement gives 2.5 after two years of similar work
    and 3 after fifteen years. When an employment ends before that, its length at the end decides, and its first and
    last month may make one full month together. Without a rule: two weekdays of time off a month of employment.
    Raises RateNotConfirmed. Law: 162/2005 5-8 §, 17 §.
    """
    whole = leave_year(year.first)
    ends = until if until is not None and until in whole else whole.edges[1]
    known = {each.month.replace(day=1): each for each in year.months}
    counted = whole.overlap(employed.days)
    counted = counted.overlap(DateRange(None, ends)) if counted is not None else None
    per_month = days_per_month(employed, ends, year.first)
    if counted is None:
        return Accrual(0, 0, per_month, employed.rule)
    months = list(months_between(counted.edges[0], counted.edges[1] - ONE_DAY))
    full = sum(_is_full(month, counted, employed, known) for month in months)
    full += _is_full_together(known, employed)
    return Accrual(_up(full * per_month.value), full, per_month, employed.rule)


def days_per_month(employed: Employed, ends: date, first: date) -> Figure:
    """Weekdays of leave that a full month earns, by the length of the employment when the leave year ends."""
    if employed.rule is LeaveRule.NONE:
        return figure(TIME_OFF_DAYS).on(first)
    if employed.is_under_agreement and add_months(employed.since, FIFTEEN_YEARS) <= ends:
        return figure(DAYS_FROM_15_YEARS).on(first)
    is_long = is_from_a_year(employed, ends) or (employed.is_under_agreement and employed.has_similar_work)
    return figure(DAYS_FROM_1_YEAR if is_long else DAYS_UNDER_1_YEAR).on(first)


def is_from_a_year(employed: Employed, ends: date) -> bool:
    """True if the employment has lasted a year by the day before `ends`."""
    return add_months(employed.since, ONE_YEAR) <= ends


def is_full_month(rule: LeaveRule, month: LeaveMonth) -> bool:
    """True if the work of a month, and days like work, make it full. Raises RateNotConfirmed. Law: 162/2005 6 §."""
    if rule is LeaveRule.DAYS_14:
        return month.days >= figure(FULL_MONTH_DAYS).on(month.month).value
    if rule is LeaveRule.HOURS_35:
        return month.hours >= figure(FULL_MONTH_HOURS).on(month.month).value
    return True


def _is_full(month: DateRange, counted: DateRange, employed: Employed, known: Mapping[date, LeaveMonth]) -> bool:
    told = known.get(month.edges[0])
    if told is not None:
        return is_full_month(employed.rule, told)
    if known and employed.rule is not LeaveRule.NONE:
        return False  # the months are told, and in this one there was no work
    part = month.overlap(counted)
    return part is not None and is_full_month(employed.rule, _by_contract(part, employed))


def _by_contract(part: DateRange, employed: Employed) -> LeaveMonth:
    """The work of a part of a month as the contract has it; a whole month is full by its rule."""
    whole = part == DateRange.month_of(part.edges[0])
    if whole:
        first = part.edges[0]
        least = (figure(FULL_MONTH_DAYS).on(first).value, figure(FULL_MONTH_HOURS).on(first).value)
        return LeaveMonth(first, int(least[0]), least[1])
    working = sum(day.weekday() < int(employed.working_days) for day in part)
    hours = (employed.weekly_hours or Decimal(0)) * part.days / 7
    return LeaveMonth(part.edges[0], working, hours)


def _is_full_together(known: Mapping[date, LeaveMonth], employed: Employed) -> bool:
    """True if the first and the last month of an employment, neither full alone, make one together (17 § 2)."""
    if employed.days.end is None or employed.rule is LeaveRule.NONE:
        return False
    ends = known.get((employed.days.end - ONE_DAY).replace(day=1))
    begins = known.get(employed.since.replace(day=1))
    if ends is None or begins is None or ends is begins:
        return False
    if is_full_month(employed.rule, ends) or is_full_month(employed.rule, begins):
        return False
    return is_full_month(employed.rule, LeaveMonth(ends.month, ends.days + begins.days, ends.hours + begins.hours))


def _up(days: Decimal) -> int:
    return int(days.to_integral_value(ROUND_CEILING))
