"""Half-open ranges of days, and timelines of dated values."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter
from typing import Generic, TypeVar

from palkkio.core.slots import made_often

T = TypeVar("T")
ONE_DAY = timedelta(days=1)
HALF_MONTH = timedelta(days=15)
A_MONDAY = date(1970, 1, 5)


@made_often
@dataclass(frozen=True, slots=True, order=False)
class DateRange:
    """The days from `start` up to, not including, `end`; `None` is open.

    Edges that people read say first and last day: `DateRange.of_days(first, last)`, `.first`, `.last`.
    Raises ValueError if the range would hold no day.
    """

    start: date | None
    end: date | None

    def __post_init__(self) -> None:
        if self.start is not None and self.end is not None and self.start >= self.end:
            raise ValueError(f"A range of days must hold at least one day: {self.start} .. {self.end}")

    @classmethod
    def of_days(cls, first: date | None, last: date | None) -> DateRange:
        """The days from `first` to `last`, both included."""
        return cls(first, None if last is None else last + ONE_DAY)

    @classmethod
    def of_month(cls, year: int, month: int) -> DateRange:
        """One calendar month."""
        first = date(year, month, 1)
        return cls(first, date(year + month // 12, month % 12 + 1, 1))

    @classmethod
    def month_of(cls, day: date) -> DateRange:
        """The calendar month that holds `day`."""
        return cls.of_month(day.year, day.month)

    @property
    def first(self) -> date | None:
        return self.start

    @property
    def last(self) -> date | None:
        return None if self.end is None else self.end - ONE_DAY

    @property
    def begins(self) -> date:
        """`start` of a range that has one. Raises ValueError if its first day is not said."""
        if self.start is None:
            raise ValueError(f"The range of days has no first day: .. {self.end}")
        return self.start

    @property
    def edges(self) -> tuple[date, date]:
        """`start` and `end` of a range that has both. Raises ValueError if it is open."""
        if self.start is None or self.end is None:
            raise ValueError(f"The range of days is open: {self.start} .. {self.end}")
        return self.start, self.end

    @property
    def days(self) -> int:
        """Number of days. Raises ValueError if the range is open."""
        start, end = self.edges
        return (end - start).days

    def __contains__(self, day: object) -> bool:
        if not isinstance(day, date):
            return False
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    def __iter__(self) -> Iterator[date]:
        day = self.begins
        while self.end is None or day < self.end:
            yield day
            day += ONE_DAY

    def overlap(self, other: DateRange) -> DateRange | None:
        """The days that both hold, or None."""
        start, end = self.start, self.end
        if start is None or (other.start is not None and other.start > start):
            start = other.start
        if end is None or (other.end is not None and other.end < end):
            end = other.end
        if start is not None and end is not None and start >= end:
            return None
        return self if start is self.start and end is self.end else DateRange(start, end)

    def covers(self, other: DateRange) -> bool:
        """True if each day of `other` is also in this range."""
        return self.overlap(other) == other


def merged(ranges: Iterable[DateRange]) -> list[DateRange]:
    """Ranges in order of time; those that touch or overlap are one. Raises ValueError where a first day is not said."""
    found: list[DateRange] = []
    for days in sorted(ranges, key=attrgetter("begins")):
        last = found[-1] if found else None
        if last is None or (last.end is not None and last.end < days.begins):
            found.append(days)
        else:
            end = None if last.end is None or days.end is None else max(last.end, days.end)
            found[-1] = DateRange(last.start, end)
    return found


def halves(month: DateRange) -> tuple[DateRange, DateRange]:
    """Days 1 to 15 of a month, and day 16 to its last day."""
    start, end = month.edges
    return DateRange(start, start + HALF_MONTH), DateRange(start + HALF_MONTH, end)


def months_between(first: date, last: date) -> Iterator[DateRange]:
    """The calendar months from the one that holds `first` to the one that holds `last`."""
    month = DateRange.month_of(first)
    start, end = month.edges
    while start <= last:
        yield month
        month = DateRange.month_of(end)
        start, end = month.edges


def weeks_of(day: date, weeks: int, anchor: date = A_MONDAY) -> DateRange:
    """The weeks that hold `day`, so many together, counted from `anchor`."""
    length = timedelta(weeks=weeks)
    begins = anchor + (day - anchor) // length * length
    return DateRange(begins, begins + length)


def add_months(day: date, months: int) -> date:
    """Same day number in the target month, else its last day (laki 150/1930 3 §, by analogy)."""
    index = day.year * 12 + day.month - 1 + months
    start, end = DateRange.of_month(index // 12, index % 12 + 1).edges
    return min(start + timedelta(days=day.day - 1), end - ONE_DAY)


def cut(whole: DateRange, at: Iterable[date]) -> list[DateRange]:
    """The pieces of `whole`, cut before each day of `at` that lies inside it. Raises ValueError if `whole` is open."""
    start, end = whole.edges
    inside = sorted({day for day in at if start < day < end})
    return [DateRange(*piece) for piece in itertools.pairwise([start, *inside, end])]


@dataclass(frozen=True, slots=True)
class Dated(Generic[T]):
    """One value with the days it is in force."""

    valid: DateRange
    value: T


def value_on(timeline: Iterable[Dated[T]], day: date) -> T | None:
    """The value in force on `day`, or None; the pieces of a timeline do not overlap."""
    return next((piece.value for piece in timeline if day in piece.valid), None)
