"""Alerts from the shifts of one assistant alone: own overlap, overtime, rest, and sums of long spans (T4, T5, T7, T8).

Law: Working Time Act (työaikalaki) 872/2019 5, 7, 18, 20, 25, 27 §.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations, pairwise

from palkkio.calculation.assistance.agreement import Agreement, agreement_on
from palkkio.calculation.assistance.alert import Alert, AlertKind, Repair, RepairKind, Span
from palkkio.calculation.assistance.granted import WEEK, Worked
from palkkio.calculation.assistance.overtime import EQUALISED_HOURS, SIX_WEEKS
from palkkio.calculation.assistance.stretches import joined
from palkkio.calculation.assistance.worked import HOUR, cut, day_at, hours, moment, seconds_of, worked_by_day
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
from palkkio.calculation.facts import AssistantTerms
from palkkio.core.days import A_MONDAY, ONE_DAY, Dated, DateRange, add_months, value_on, weeks_of

REST = "assistance/working_time/rest"
MOST = "assistance/working_time/most"
AGREED, OF_YEAR = "assistance/agreement", "overtime_of_year"
FOUR_MONTHS = 4
_DAY = 24 * HOUR


def own_alerts(
    shifts: Sequence[Worked], terms: Mapping[int, Sequence[Dated[AssistantTerms]]], days: DateRange | None = None
) -> Iterator[Alert]:
    """Alerts of each assistant, from that assistant's worked shifts in order. Raises RateNotConfirmed.

    shifts  of the days since `counted_from` the first of `days`, and around them
    days    all alerts on these, perhaps some on others; sums go up to their end. None: all, to the last shift
    """
    of_each: dict[int, list[Worked]] = defaultdict(list)
    for each in shifts:
        of_each[each.assistant].append(each)
    for assistant, own in sorted(of_each.items()):
        yield from _Own(assistant, own, terms.get(assistant, ()), days).alerts()


def counted_from(day: date) -> date:
    """The first day whose work counts in a sum on `day`: of the calendar year, and of four months with its own."""
    return min(day.replace(month=1, day=1), add_months(day.replace(day=1), 1 - FOUR_MONTHS))


class _Own:
    """The shifts of one assistant; overlapping ones count once for hours and rest."""

    def __init__(
        self,
        assistant: int,
        shifts: Sequence[Worked],
        terms: Sequence[Dated[AssistantTerms]],
        days: DateRange | None,
    ) -> None:
        self._assistant = assistant
        self._shifts = shifts
        self._terms = terms
        self._days = days
        self._busy = joined(seconds_of(each.shift) for each in shifts)
        self._seconds = worked_by_day(part for busy in self._busy for part in cut(*busy))

    def alerts(self) -> Iterator[Alert]:
        above = list(self._overtime())
        yield from self._overlaps()
        for days, seconds in above:
            yield self._alert(AlertKind.OVERTIME, days, self._of_days(days), RepairKind.KNOW, hours=hours(seconds))
        yield from self._daily_rest()
        yield from self._weekly_rest()
        yield from self._year_of_overtime(above)
        yield from self._four_months()

    def _is_asked(self, first: date, last: date) -> bool:
        return self._days is None or self._days.overlap(DateRange.of_days(first, last)) is not None

    def _is_over(self, day: date) -> bool:
        """Whether a day comes after those that are asked: sums do not reach it."""
        return self._days is not None and self._days.end is not None and day >= self._days.end

    def _overlaps(self) -> Iterator[Alert]:
        shifts = [each for each in self._shifts if self._is_asked(each.parts[0].day, each.parts[-1].day)]
        for one, other in combinations(shifts, 2):
            since, until = max(one.shift.start, other.shift.start), min(one.shift.end, other.shift.end)
            if since < until:
                days = sorted({day_at(int(since.timestamp())), day_at(int(until.timestamp()) - 1)})
                yield self._alert(AlertKind.OWN_OVERLAP, days, [one, other], parts=(Span(since, until),))

    # --- Overtime: usually not reimbursed without a decision; it is flagged and paid (T7) ---

    def _year_of_overtime(self, above: Iterable[tuple[Sequence[date], int]]) -> Iterator[Alert]:
        """By the terms: a membership is not asked, and matters on days before the agreement was generally binding."""
        total: dict[int, int] = defaultdict(int)
        over: dict[int, list[date]] = defaultdict(list)
        for days, seconds in sorted(above, key=lambda each: each[0][-1]):
            day = days[-1]
            if self._is_over(day):
                continue
            if agreement_on(day, value_on(self._terms, day) or AssistantTerms(), ()) is Agreement.HETA:
                total[day.year] += seconds
                over[day.year] += [day] if total[day.year] > limit_in_seconds(AGREED, OF_YEAR, day) else []
        for year, days in over.items():
            if days:
                told = list(dict.fromkeys(days))  # a day may end a day of overtime and a week of it
                more = total[year] - limit_in_seconds(AGREED, OF_YEAR, days[-1])
                yield self._sum(AlertKind.YEAR_OF_OVERTIME, told, more)

    def _four_months(self) -> Iterator[Alert]:
        """48 hours a week on average, in the four calendar months that end with each month of work."""
        for month in sorted({day.replace(day=1) for day in self._seconds}):
            end = add_months(month, 1)
            if not self._is_asked(month, end - ONE_DAY):
                continue
            span = DateRange(add_months(month, 1 - FOUR_MONTHS), end)
            limit = limit_in_seconds(MOST, "week_of_four_months", month) * span.days // WEEK.days
            total, over = 0, []
            for day in sorted(day for day in self._seconds if day in span and not self._is_over(day)):
                total += self._seconds[day]
                over += [day] if total > limit and day >= month else []
            if over:
                yield self._sum(AlertKind.FOUR_MONTHS, over, total - limit)

    def _sum(self, kind: AlertKind, days: Sequence[date], above: int) -> Alert:
        return self._alert(kind, days, self._of_days(days), RepairKind.KNOW, hours=hours(above))

    def _overtime(self) -> Iterator[tuple[Sequence[date], int]]:
        """Days whose hours pass a limit, and by how many seconds."""
        spans: dict[tuple[DateRange, str, str], list[date]] = defaultdict(list)
        for day in sorted(self._seconds):
            above = self._seconds[day] - self._most_of_day(day)
            if above > 0:
                yield [day], above
            for span in self._spans(day):
                spans[span].append(day)
        left = {day: min(self._seconds[day], self._most_of_day(day)) for day in self._seconds}
        for (_span, table, column), days in sorted(spans.items(), key=lambda each: each[0][0].days):
            limit, total, over = limit_in_seconds(table, column, days[-1]), 0, []
            for day in days:
                total += left[day]  # overtime of its day or week is not counted again
                over += [day] if total > limit else []
            if over:
                yield over, total - limit
                left[days[-1]] -= total - limit

    def _working_time(self, day: date) -> str:
        terms = value_on(self._terms, day)
        return terms.working_time if terms is not None else NORMAL

    def _most_of_day(self, day: date) -> int:
        """Seconds of a day that are no overtime of that day, by the terms; in periodic work all."""
        if self._working_time(day) in WEEKS:
            return self._seconds[day]
        return seconds_of_day(day, value_on(self._terms, day))

    def _spans(self, day: date) -> Iterator[tuple[DateRange, str, str]]:
        """The weeks and periods of `day` over which its hours are counted, each with table and column of its limit."""
        working_time = self._working_time(day)
        if working_time in WEEKS:
            yield self._span(day, WEEKS[working_time]), HOURS, working_time
            if working_time in LEVELLED:
                yield self._span(day, SIX), HOURS, SIX_WEEKS
        elif working_time in EQUALISED:
            weeks = EQUALISED[working_time]
            yield self._span(day, 1), EQUALISED_HOURS, "week"
            yield self._span(day, weeks), EQUALISED_HOURS, f"weeks_{weeks}"
        else:
            yield self._span(day, 1), HOURS, "week"

    def _span(self, day: date, weeks: int) -> DateRange:
        """The weeks that hold `day`: from a Monday, or from the day on which a period of the terms begins."""
        anchor = A_MONDAY
        piece = next((each for each in self._terms if day in each.valid), None)
        if piece is not None and piece.value.working_time != NORMAL:
            anchor = piece.value.period_starts or piece.valid.start or anchor
        return weeks_of(day, weeks, anchor)

    # --- Rest ---

    def _daily_rest(self) -> Iterator[Alert]:
        """In the 24 hours from the start of each shift there is one unbroken rest long enough."""
        for start, end in self._busy:
            day = day_at(start)
            if not self._is_asked(day, day + ONE_DAY):
                continue
            column = "periodic_day" if self._working_time(day) in WEEKS else "day"
            rest = _longest(self._busy, start, start + _DAY)
            if rest < limit_in_seconds(REST, column, day):
                again = next((each for each, _ in self._busy if end <= each < start + _DAY), start)
                days = sorted({day, day_at(again)})
                yield self._alert(AlertKind.DAILY_REST, days, self._of_days(days), hours=hours(rest))

    def _weekly_rest(self) -> Iterator[Alert]:
        """One long rest in each week that has work; less is enough when the average of two weeks is, or for short days.

        A rest over the turn of the week belongs to the week in which most of it lies.
        """
        mondays = sorted({day - timedelta(days=day.weekday()) for day in self._seconds})
        for monday in mondays:
            if not self._is_asked(monday, monday + WEEK - ONE_DAY):
                continue
            rest = self._week_rest(monday)
            days = [day for day in sorted(self._seconds) if monday <= day < monday + WEEK]
            is_short = all(self._seconds[day] <= limit_in_seconds(REST, "short_day", day) for day in days)
            least, wanted = limit_in_seconds(REST, "week_least", monday), limit_in_seconds(REST, "week", monday)
            beside = (self._week_rest(monday - WEEK), self._week_rest(monday + WEEK))
            is_average_enough = rest >= least and any(rest + each >= 2 * wanted for each in beside)
            if rest < (least if is_short else wanted) and not is_average_enough:
                yield self._alert(AlertKind.WEEKLY_REST, days, self._of_days(days), hours=hours(rest))

    def _week_rest(self, monday: date) -> int:
        start, end = moment(monday), moment(monday + WEEK)
        longest = _longest(self._busy, start, end)
        for (_, since), (until, _) in pairwise(self._busy):
            inside = min(until, end) - max(since, start)
            if inside > 0 and inside * 2 >= until - since:
                longest = max(longest, until - since)
        last = self._busy[-1][1]
        if start <= last < end:  # nothing is known after it
            longest = max(longest, int(WEEK.total_seconds()))
        return longest

    # --- Both ---

    def _of_days(self, days: Sequence[date]) -> list[Worked]:
        return [each for each in self._shifts if any(part.day in days for part in each.parts)]

    def _alert(
        self,
        kind: AlertKind,
        days: Sequence[date],
        shifts: Sequence[Worked],
        repair: RepairKind = RepairKind.CORRECT,
        *,
        parts: tuple[Span, ...] = (),
        hours: Decimal | None = None,
    ) -> Alert:
        """Repairs of own alerts name no decision: the assistant sees them, too (EMP-4)."""
        repairs = tuple(
            Repair(
                RepairKind.ASK_REOPEN if each.is_locked and repair is RepairKind.CORRECT else repair,
                each.id,
            )
            for each in shifts
        )
        ids = tuple(each.id for each in shifts)
        return Alert(kind, tuple(days), (self._assistant,), ids, repairs, parts=parts, hours=hours)


def _longest(busy: Sequence[tuple[int, int]], start: int, end: int) -> int:
    """The longest time without work between two moments, in seconds."""
    longest, free_since = 0, start
    for since, until in busy:
        if until <= start or since >= end:
            continue
        longest = max(longest, since - free_since)
        free_since = max(free_since, until)
    return max(longest, end - free_since)
