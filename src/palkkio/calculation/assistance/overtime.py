"""Overtime (ylityö) by day and week, or by periods of two or three weeks, and of a broken period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from palkkio.calculation.assistance.agreement import Agreement
from palkkio.calculation.assistance.hourly_pay import HourlyPay
from palkkio.calculation.assistance.percents import Percent, percent_of_figure
from palkkio.calculation.assistance.worked import HOUR, Part
from palkkio.calculation.events import ChildIll, Sick
from palkkio.calculation.sheet import Sheet
from palkkio.core.days import ONE_DAY, DateRange
from palkkio.core.finland import SUNDAY
from palkkio.core.payslip import DayType, LineCode
from palkkio.rules import figure, of_figures

NORMAL = "normal"
WEEKS = {"period_2_weeks": 2, "period_3_weeks": 3}
WORKING_TIMES = (NORMAL, *WEEKS)
HOURS = "assistance/working_time/hours"
FIRST_HOURS = "assistance/working_time/first_hours"
PERCENT = "assistance/working_time/overtime_percent"
_SIX_DAYS = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Overtime:
    """Seconds of overtime of one day; `counted_by` is day, week, period_2_weeks, period_3_weeks or broken_period."""

    code: LineCode
    day: date
    seconds: int
    percent: Percent
    counted_by: str


class Counting:
    """Overtime that belongs to one pay period.

    Daily overtime belongs to the pay period of its day, that of a week or working-time period to the pay period in
    which the week or period ends, or in which the employment ends before that. What was worked beside the pay period is
    counted with it. Overtime falls on the last hours; each hour is overtime once.
    Law: Working Time Act (työaikalaki) 872/2019 20 §.

    parts        parts of days worked, in order of time, also beside the pay period
    seconds_off  paid seconds of a public holiday that is not worked: they lower the hours of its week or period
    """

    def __init__(self, sheet: Sheet, pay: HourlyPay, parts: Sequence[Part], seconds_off: Callable[[date], int]) -> None:
        self._sheet = sheet
        self._pay = pay
        self._seconds_off = seconds_off
        self._periodic_by_statute = sheet.choice("periodic_work_by_statute").value == "yes"
        agreed = [terms.assistant for terms in sheet.month.terms if terms.assistant is not None]
        self._is_all_normal = all(terms.working_time == NORMAL for terms in agreed)
        self._worked: dict[date, int] = defaultdict(int)
        for part in parts:
            self._worked[part.day] += part.seconds

    def all(self) -> Iterator[Overtime]:
        """Raises RateNotConfirmed if a limit or percentage that is needed is unknown."""
        for day in sorted(each for each in self._worked if each in self._sheet.month.month):
            if self._is_normal(day):
                yield from self._of_day(day)
        for day in self._sheet.month.month:
            if day not in self._sheet.month.contract:
                continue  # what had begun is settled with the last day of the employment
            if self._is_normal(day):
                if day.weekday() == SUNDAY or self._is_last_day(day):
                    yield from self._of_week(day)
            elif (found := self._period_that_ends(day)) is not None:
                yield from self._of_period(*found)

    # --- By day and week ---

    def _of_day(self, day: date) -> Iterator[Overtime]:
        above = self._above_day(day)
        if above:
            yield from self._first_and_later([(day, above)], _limit(FIRST_HOURS, "day", day), "day")

    def _of_week(self, last: date) -> Iterator[Overtime]:
        """Hours of a week above the limit that are not overtime of their day; raised by the lower percentage."""
        monday = last - timedelta(days=last.weekday())
        sunday = monday + _SIX_DAYS  # a last shift may go over the midnight of the last day
        left = [(day, self._worked[day] - self._above_day(day)) for day in self._worked_days(monday, sunday)]
        total = sum(seconds for _, seconds in left)
        limit = _limit(HOURS, "week", last) - self._off(monday, sunday)
        if total > limit:
            for day, seconds in _last(left, total - limit):
                percent = percent_of_figure(f"{PERCENT}/first", day)
                yield Overtime(LineCode.OVERTIME_50, day, seconds, percent, "week")

    def _above_day(self, day: date) -> int:
        """Seconds above the limit of the day; 0 for a day of periodic work beside the week."""
        return max(0, self._worked[day] - _limit(HOURS, "day", day)) if self._is_normal(day) else 0

    # --- By periods of two or three weeks ---

    def _period_that_ends(self, day: date) -> tuple[str, DateRange, date] | None:
        """Working time, whole period and last day of the working-time period that ends on `day`, or None."""
        terms = self._pay.assistant_on(day)
        if terms is None:
            return None
        start, _ = self._sheet.month.month.edges
        anchor = terms.period_starts or start
        length = timedelta(weeks=WEEKS[terms.working_time])
        begins = anchor + (day - anchor) // length * length
        whole = DateRange(begins, begins + length)
        return (terms.working_time, whole, day) if day == whole.last or self._is_last_day(day) else None

    def _of_period(self, working_time: str, whole: DateRange, last: date) -> Iterator[Overtime]:
        first, end = whole.edges
        worked = [(day, self._worked[day]) for day in self._worked_days(first, end - ONE_DAY)]
        total = sum(seconds for _, seconds in worked)
        if self._is_broken(whole):
            # The average above eight hours a day worked, times the days: the first two average hours by the lower part.
            limit = len(worked) * _limit(HOURS, "broken_period_day", last)
            lower, counted_by = len(worked) * _limit(FIRST_HOURS, "broken_period_day", last), "broken_period"
        else:
            limit = _limit(HOURS, working_time, last) - self._off(first, end - ONE_DAY)
            lower, counted_by = _limit(FIRST_HOURS, working_time, last), working_time
        if total > limit:
            yield from self._first_and_later(_last(worked, total - limit), lower, counted_by)

    def _is_broken(self, whole: DateRange) -> bool:
        """The employment begins or ends inside the period, or a leave or an illness falls into it."""
        month = self._sheet.month
        if not month.contract.covers(whole):
            return True
        entries = (*month.entries, *(month.around.entries if month.around is not None else ()))
        if any(entry.type is DayType.LEAVE and entry.day in whole for entry in entries):
            return True
        return any(isinstance(event, Sick | ChildIll) and event.days.overlap(whole) for event in month.events)

    # --- Both ---

    def _first_and_later(self, above: Sequence[tuple[date, int]], lower: int, counted_by: str) -> Iterator[Overtime]:
        """Overtime in order of time: up to `lower` seconds by the lower percentage, the rest by the higher."""
        for day, seconds in above:
            first = min(seconds, lower)
            lower -= first
            if first:
                percent = percent_of_figure(f"{PERCENT}/first", day)
                yield Overtime(LineCode.OVERTIME_50, day, first, percent, counted_by)
            if seconds > first:
                percent = percent_of_figure(f"{PERCENT}/later", day)
                yield Overtime(LineCode.OVERTIME_100, day, seconds - first, percent, counted_by)

    def _worked_days(self, first: date, last: date) -> list[date]:
        return sorted(day for day in self._worked if first <= day <= last)

    def _off(self, first: date, last: date) -> int:
        """Paid seconds of public holidays not worked from `first` to `last`."""
        return sum(self._seconds_off(day) for day in DateRange(first, last + ONE_DAY))

    def _is_normal(self, day: date) -> bool:
        """Hours are counted by day and week: so agreed, or periodic work does not hold without the agreement."""
        if self._is_all_normal:
            return True
        terms = self._pay.assistant_on(day)
        if terms is None or terms.working_time == NORMAL:
            return True
        if self._periodic_by_statute:
            return False
        return self._pay.agreement_on(day) is Agreement.STATUTE

    def _is_last_day(self, day: date) -> bool:
        """The last day of the employment: what begins on it or before is settled with it."""
        return day == self._sheet.month.contract.last


def reach(period: DateRange) -> DateRange:
    """Days beside a pay period whose hours its overtime may need: from three weeks before it to the end of its week."""
    start, end = period.edges
    return DateRange(start - timedelta(weeks=3), end + _SIX_DAYS)


@of_figures(maxsize=4096)
def _limit(table: str, column: str, day: date) -> int:
    return int(figure(f"{table}/{column}").on(day).value * HOUR)


def _last(worked: Sequence[tuple[date, int]], above: int) -> list[tuple[date, int]]:
    """The last `above` seconds of what was worked, in order of time."""
    found = []
    for day, seconds in reversed(worked):
        taken = min(seconds, above)
        if taken:
            found.append((day, taken))
        above -= taken
    return found[::-1]
