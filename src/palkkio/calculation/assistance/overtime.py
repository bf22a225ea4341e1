"""Overtime (ylityö) by day and week, by periods of periodic work or of equalisation, and of a broken period."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from palkkio.calculation.assistance.agreement import Agreement, is_member
from palkkio.calculation.assistance.holidays_off import HolidaysOff
from palkkio.calculation.assistance.hourly_pay import HourlyPay
from palkkio.calculation.assistance.worked import Part, worked_by_day
from palkkio.calculation.assistance.working_times import (
    EQUALISED,
    HOURS,
    LEVELLED,
    NORMAL,
    SIX,
    WEEKS,
    limit_in_seconds,
    seconds_of_day,
)
from palkkio.calculation.events import ABSENCES_OF_ASSISTANTS
from palkkio.calculation.facts import Entry
from palkkio.calculation.sheet import Sheet
from palkkio.core.days import ONE_DAY, DateRange, weeks_of
from palkkio.core.finland import SUNDAY
from palkkio.core.payslip import DayType, LineCode
from palkkio.core.problems import ProblemCode
from palkkio.rules import Figure, figure

FIRST_HOURS = "assistance/working_time/first_hours"
PERCENT = "assistance/working_time/overtime_percent"
EQUALISED_HOURS = "assistance/working_time/equalised_hours"
DAYS_OF_CALENDAR_WEEK = 7
_SIX_DAYS = timedelta(days=6)
SIX_WEEKS = "six_weeks"


@dataclass(frozen=True, slots=True)
class Overtime:
    """Seconds of overtime of one day; `counted_by` is day, week, broken_period or a working time of periods."""

    code: LineCode
    day: date
    seconds: int
    percent: Figure
    counted_by: str


class Counting:
    """Overtime that belongs to one pay period.

    Daily overtime belongs to the pay period of its day, that of a week or working-time period to the pay period in
    which the week or period ends, or in which the employment ends before that. What was worked beside the pay period is
    counted with it. Overtime falls on the last hours; each hour is overtime once.
    Law: Working Time Act (työaikalaki) 872/2019 20 §.

    parts  parts of days worked, in order of time, also beside the pay period
    off    public holidays that are not worked: their paid seconds lower the hours of their week or period
    """

    def __init__(self, sheet: Sheet, pay: HourlyPay, parts: Sequence[Part], off: HolidaysOff) -> None:
        self._sheet = sheet
        self._pay = pay
        self._holidays_off = off
        self._periodic_by_statute = sheet.choice("periodic_work_by_statute").value == "yes"
        agreed = [terms.assistant for terms in sheet.month.terms if terms.assistant is not None]
        self._has_longer_days = any(terms.longest_day is not None for terms in agreed)
        self._is_all_normal = all(terms.working_time == NORMAL for terms in agreed)
        self._worked = worked_by_day(parts)  # in order of days
        self._days = list(self._worked)
        self._above_days: dict[date, int] = {}

    def all(self) -> Iterator[Overtime]:
        """Raises RateNotConfirmed if a limit or percentage that is needed is unknown."""
        start, end = self._sheet.month.month.edges
        for day in self._worked:
            if start <= day < end and (above := self._above_day(day)):
                yield from self._first_and_later([(day, above)], limit_in_seconds(FIRST_HOURS, "day", day), "day")
        for day in self._days_that_may_settle():
            if day not in self._sheet.month.contract:
                continue  # what had begun is settled with the last day of the employment
            working_time = self._working_time(day)
            if working_time == NORMAL:
                if day.weekday() == SUNDAY or self._is_last_day(day):
                    yield from self._of_week(day)
            elif working_time in EQUALISED:
                yield from self._of_equalisation(day, working_time)
            elif (found := self._period_that_ends(day)) is not None:
                yield from self._of_period(*found)

    def _days_that_may_settle(self) -> Iterable[date]:
        """Days of the pay period on which a week or a period may end."""
        month, last = self._sheet.month.month, self._sheet.month.contract.last
        if not self._is_all_normal:
            return month
        sundays = _sundays(month)
        return sundays if last is None or last not in month or last in sundays else sorted((*sundays, last))

    # --- By day and week ---

    def _of_week(self, last: date) -> Iterator[Overtime]:
        """Hours of a week above the limit that are not overtime of their day; raised by the lower percentage."""
        monday = last - timedelta(days=last.weekday())
        sunday = monday + _SIX_DAYS  # a last shift may go over the midnight of the last day
        limit = limit_in_seconds(HOURS, "week", last) - self._off(monday, sunday)
        if sum([self._worked[day] for day in self._worked_days(monday, sunday)]) > limit:
            yield from _by_lower(_above(self._within_days(monday, sunday), limit), "week")

    def _within_days(self, first: date, last: date) -> list[tuple[date, int]]:
        """What was worked from `first` to `last` and is no overtime of its day."""
        return [(day, self._worked[day] - self._above_day(day)) for day in self._worked_days(first, last)]

    def _above_day(self, day: date) -> int:
        """Seconds above the limit of the day; 0 for a day of periodic work beside the week."""
        above = self._above_days.get(day)
        if above is None:
            above = max(0, self._worked[day] - self._most_of_day(day)) if self._counts_days(day) else 0
            self._above_days[day] = above
        return above

    def _most_of_day(self, day: date) -> int:
        """Seconds of regular work in a day: those of a separate agreement where it holds.

        It holds under the collective agreement for members of Heta, and for others where the payer takes it so.
        """
        terms = self._pay.assistant_on(day) if self._has_longer_days else None
        if terms is None or terms.longest_day is None or self._pay.agreement_on(day) is not Agreement.HETA:
            return limit_in_seconds(HOURS, "day", day)
        if terms.agreement == Agreement.HETA or is_member(day, self._sheet.month.events):
            return seconds_of_day(day, terms)
        may_others = self._sheet.choice("longer_days_of_non_members", day).value == "yes"
        return seconds_of_day(day, terms if may_others else None)

    # --- By equalisation periods of two to eight weeks ---

    def _of_equalisation(self, day: date, working_time: str) -> Iterator[Overtime]:
        """What is settled on `day`: its week, above the longest week, and the period, above an average of 40 hours.

        Weeks are counted from the first day of the period. Hours above either are weekly overtime; those of the days
        and weeks are not counted again in the period.
        """
        terms = self._pay.assistant_on(day)
        if terms is None or terms.period_starts is None:
            self._sheet.problem(ProblemCode.CONTRACT_TERM_MISSING, "period_starts", day)
            return
        whole = weeks_of(day, EQUALISED[working_time], terms.period_starts)
        first, into = whole.begins, (day - whole.begins).days
        is_last = self._is_last_day(day)
        if into % DAYS_OF_CALENDAR_WEEK == DAYS_OF_CALENDAR_WEEK - 1 or is_last:
            yield from _by_lower(self._above_longest_week(day - timedelta(days=into % DAYS_OF_CALENDAR_WEEK)), "week")
        if day != whole.last and not is_last:
            return
        end = whole.edges[1] - ONE_DAY
        left = dict(self._within_days(first, end))
        for week in range(EQUALISED[working_time]):
            for each, seconds in self._above_longest_week(first + timedelta(weeks=week)):
                left[each] -= seconds
        full = limit_in_seconds(EQUALISED_HOURS, f"weeks_{EQUALISED[working_time]}", day)
        above = _above(list(left.items()), self._levelled_limit(whole, full, day))
        yield from _by_lower(above, working_time)
        if above and self._is_broken(whole):
            self._sheet.problem(ProblemCode.RATE_NOT_VERIFIED, EQUALISED_HOURS, day)

    def _above_longest_week(self, first: date) -> list[tuple[date, int]]:
        return _above(self._within_days(first, first + _SIX_DAYS), limit_in_seconds(EQUALISED_HOURS, "week", first))

    def _levelled_limit(self, whole: DateRange, full: int, last: date) -> int:
        """Seconds of regular work in some weeks: of broken ones an average of 40 hours a week over the days left."""
        first, end = whole.edges
        off = self._off(first, end - ONE_DAY)
        if not self._is_broken(whole):
            return full - off
        month = self._sheet.month
        away = self._days_away(whole)
        days = sum(day in month.contract and day not in away for day in whole)
        return limit_in_seconds(HOURS, "week", last) * days // DAYS_OF_CALENDAR_WEEK - off

    def _days_away(self, whole: DateRange) -> set[date]:
        """Days of leave and of absence in a period."""
        absences = (each for each in self._sheet.month.events if isinstance(each, ABSENCES_OF_ASSISTANTS))
        spans = (each.days.overlap(whole) for each in absences)
        away = {day for span in spans if span is not None for day in span}
        return away | {entry.day for entry in self._entries() if entry.type is DayType.LEAVE and entry.day in whole}

    # --- By periods of two or three weeks ---

    def _period_that_ends(self, day: date) -> tuple[str, DateRange, date] | None:
        """Working time, whole period and last day of the working-time period that ends on `day`, or None."""
        terms = self._pay.assistant_on(day)
        if terms is None:
            return None
        start, _ = self._sheet.month.month.edges
        anchor = terms.period_starts or start
        whole = weeks_of(day, WEEKS[terms.working_time], anchor)
        return (terms.working_time, whole, day) if day == whole.last or self._is_last_day(day) else None

    def _of_period(self, working_time: str, whole: DateRange, last: date) -> Iterator[Overtime]:
        above, lower, counted_by = self._above_period(working_time, whole, last)
        yield from self._first_and_later(above, lower, counted_by)
        if working_time in LEVELLED:
            yield from self._of_six_weeks(working_time, whole, last, lower - sum(seconds for _, seconds in above))

    def _above_period(self, working_time: str, whole: DateRange, last: date) -> tuple[list[tuple[date, int]], int, str]:
        """Hours of a period above its limit by day, how many of them the lower percentage raises, and by what count."""
        first, end = whole.edges
        worked = [(day, self._worked[day]) for day in self._worked_days(first, end - ONE_DAY)]
        if self._is_broken(whole):
            # The average above eight hours a day worked, times the days: the first two average hours by the lower part.
            limit = len(worked) * limit_in_seconds(HOURS, "broken_period_day", last)
            lower, counted_by = len(worked) * limit_in_seconds(FIRST_HOURS, "broken_period_day", last), "broken_period"
        else:
            limit = limit_in_seconds(HOURS, working_time, last) - self._off(first, end - ONE_DAY)
            lower, counted_by = limit_in_seconds(FIRST_HOURS, working_time, last), working_time
        return _above(worked, limit), lower, counted_by

    def _of_six_weeks(self, working_time: str, whole: DateRange, last: date, lower: int) -> Iterator[Overtime]:
        """What six weeks of levelled periods hold above 240 hours and no period has counted; settled with their last.

        Raised like the hours of that period: by the lower percentage up to what it has left of its first hours, which
        the Act does not say in so many words. Law: 872/2019 7 § 2.
        """
        terms = self._pay.assistant_on(last)
        if terms is None or terms.period_starts is None:
            self._sheet.problem(ProblemCode.CONTRACT_TERM_MISSING, "period_starts", last)
            return
        six = weeks_of(last, SIX, terms.period_starts)
        if whole.edges[1] != six.edges[1] and not self._is_last_day(last):
            return
        left = {day: self._worked[day] for day in self._worked_days(six.begins, six.edges[1] - ONE_DAY)}
        for week in range(0, SIX, LEVELLED[working_time]):
            period = weeks_of(six.begins + timedelta(weeks=week), LEVELLED[working_time], six.begins)
            for day, seconds in self._above_period(working_time, period, last)[0]:
                left[day] -= seconds
        above = _above(list(left.items()), self._levelled_limit(six, limit_in_seconds(HOURS, SIX_WEEKS, last), last))
        yield from self._first_and_later(above, max(lower, 0), SIX_WEEKS)
        if above:
            self._sheet.problem(ProblemCode.RATE_NOT_VERIFIED, f"{HOURS}/{SIX_WEEKS}", last)

    def _is_broken(self, whole: DateRange) -> bool:
        """The employment begins or ends inside the period, or a leave or an illness falls into it."""
        return not self._sheet.month.contract.covers(whole) or bool(self._days_away(whole))

    def _entries(self) -> tuple[Entry, ...]:
        month = self._sheet.month
        return (*month.entries, *month.beside.entries)

    # --- Both ---

    def _first_and_later(self, above: Sequence[tuple[date, int]], lower: int, counted_by: str) -> Iterator[Overtime]:
        """Overtime in order of time: up to `lower` seconds by the lower percentage, the rest by the higher."""
        for day, seconds in above:
            first = min(seconds, lower)
            lower -= first
            if first:
                percent = figure(f"{PERCENT}/first").on(day)
                yield Overtime(LineCode.OVERTIME_50, day, first, percent, counted_by)
            if seconds > first:
                percent = figure(f"{PERCENT}/later").on(day)
                yield Overtime(LineCode.OVERTIME_100, day, seconds - first, percent, counted_by)

    def _worked_days(self, first: date, last: date) -> list[date]:
        return self._days[bisect_left(self._days, first) : bisect_right(self._days, last)]

    def _off(self, first: date, last: date) -> int:
        """Paid seconds of public holidays not worked from `first` to `last`."""
        return sum(seconds for _, seconds in self._holidays_off.within(first, last + ONE_DAY))

    def _working_time(self, day: date) -> str:
        """How hours are counted: as agreed; by day and week where the agreement does not hold that allows it."""
        terms = None if self._is_all_normal else self._pay.assistant_on(day)
        if terms is None or terms.working_time == NORMAL:
            return NORMAL
        if terms.working_time in WEEKS and self._periodic_by_statute:
            return terms.working_time
        return NORMAL if self._pay.agreement_on(day) is Agreement.STATUTE else terms.working_time

    def _counts_days(self, day: date) -> bool:
        """True if hours above those of a day are overtime: all but periodic work."""
        return self._is_all_normal or self._working_time(day) not in WEEKS

    def _is_last_day(self, day: date) -> bool:
        """The last day of the employment: what begins on it or before is settled with it."""
        return day == self._sheet.month.contract.last


@lru_cache(maxsize=512)
def _sundays(days: DateRange) -> tuple[date, ...]:
    return tuple(day for day in days if day.weekday() == SUNDAY)


def _by_lower(above: Iterable[tuple[date, int]], counted_by: str) -> Iterator[Overtime]:
    """Weekly overtime: raised by the lower percentage throughout."""
    for day, seconds in above:
        percent = figure(f"{PERCENT}/first").on(day)
        yield Overtime(LineCode.OVERTIME_50, day, seconds, percent, counted_by)


def _above(worked: Sequence[tuple[date, int]], limit: int) -> list[tuple[date, int]]:
    """The last seconds of what was worked that go above a limit, in order of time."""
    above = sum([seconds for _, seconds in worked]) - limit
    return _last(worked, above) if above > 0 else []


def _last(worked: Sequence[tuple[date, int]], above: int) -> list[tuple[date, int]]:
    """The last `above` seconds of what was worked, in order of time."""
    found = []
    for day, seconds in reversed(worked):
        taken = min(seconds, above)
        if taken:
            found.append((day, taken))
        above -= taken
    return found[::-1]
