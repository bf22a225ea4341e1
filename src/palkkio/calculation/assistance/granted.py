"""What decisions grant an employer (päätöksen tunnit), cut by their dated versions, and how much of it is used."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from palkkio.calculation.assistance.worked import Part, hours, parts_of
from palkkio.calculation.facts import Shift
from palkkio.core.clock import HELSINKI
from palkkio.core.days import A_MONDAY, ONE_DAY, Dated, DateRange, value_on, weeks_of

T = TypeVar("T")
_WINDOW = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?\s*[-\u2013]\s*(\d{1,2})(?:[.:](\d{2}))?")
WEEK = timedelta(days=7)


class Per(StrEnum):
    """What the hours are granted for."""

    WEEK = "week"  # Monday to Sunday
    MONTH = "month"  # calendar month
    PERIOD = "period"  # a number of weeks, counted from the first day of the version
    TOTAL = "total"  # all the days of the decision


@dataclass(frozen=True, slots=True)
class Window:
    """Clock times of Helsinki between which work is granted; an end at or before the start lies on the next day."""

    start: time
    end: time

    def on(self, day: date) -> tuple[int, int]:
        """The window that begins on `day`, in seconds since 1970 (UTC)."""
        ends = day if self.end > self.start else day + ONE_DAY
        return _seconds(day, self.start), _seconds(ends, self.end)


@dataclass(frozen=True, slots=True)
class Granted:
    """What a version of a decision grants on the days on which it is in force.

    identifier    1.1, 2.1 ...
    hours         granted for each `per`; None: their number is not limited
    period_weeks  length of a period, where hours are granted per period
    counted_from  a day on which a period begins
    weekdays      1 Monday ... 7 Sunday; empty: all
    windows       clock times; empty: round the clock
    two_at_once   two assistants may work at the same time
    """

    identifier: str
    valid: DateRange
    hours: Decimal | None = None
    per: Per = Per.TOTAL
    period_weeks: int = 1
    counted_from: date | None = None
    weekdays: frozenset[int] = frozenset()
    windows: tuple[Window, ...] = ()
    two_at_once: bool = False

    def bucket(self, day: date) -> DateRange:
        """The days whose hours are counted together with those of `day`."""
        if self.per is Per.MONTH:
            return DateRange.month_of(day)
        if self.per is Per.TOTAL:
            return DateRange(None, None)
        if self.per is Per.PERIOD:
            return weeks_of(day, self.period_weeks, self.counted_from or A_MONDAY)
        return weeks_of(day, 1)

    def times_on(self, day: date) -> list[tuple[int, int]] | None:
        """Granted stretches that reach into `day`, in seconds since 1970 (UTC); None: all of it."""
        if not self.weekdays and not self.windows:
            return None
        windows = self.windows or (Window(time(), time()),)
        near = (each for each in (day - ONE_DAY, day) if not self.weekdays or each.isoweekday() in self.weekdays)
        return [window.on(each) for each in near for window in windows]


@dataclass(frozen=True, slots=True)
class Worked:
    """One shift of one assistant of the employer; `is_locked`: approved, so it is reopened before it is corrected."""

    id: int
    assistant: int
    shift: Shift
    is_locked: bool = False

    @property
    def parts(self) -> list[Part]:
        """Of calendar days; none of a shift that was planned and not worked, as in sickness."""
        return parts_of([self.shift])


@dataclass(frozen=True, slots=True)
class Balance:
    """Hours of one decision in the week, month, period or total that holds a day.

    granted  None: not limited
    days     what they are counted over; open for a total
    """

    identifier: str
    per: Per
    days: DateRange
    granted: Decimal | None
    used: Decimal

    @property
    def left(self) -> Decimal | None:
        """Negative when more is used than granted; None: not limited."""
        return None if self.granted is None else self.granted - self.used


def in_force(versions: Iterable[tuple[DateRange, T]]) -> list[Dated[T]]:
    """The timeline of dated versions, in the order in which they were made.

    Each holds from its first day on and takes the place of all earlier ones from that day; what they said of earlier
    days stays.
    """
    pieces: list[Dated[T]] = []
    for valid, value in versions:
        if valid.start is not None:
            before = DateRange(None, valid.start)
            kept = ((each.valid.overlap(before), each.value) for each in pieces)
            pieces = [Dated(days, each) for days, each in kept if days is not None]
        else:
            pieces = []
        pieces.append(Dated(valid, value))
    return pieces


def granted_on(grants: Iterable[Granted], identifier: str, day: date) -> Granted | None:
    """What the decision grants on `day`; None: it is not in force."""
    return value_on((Dated(each.valid, each) for each in grants if each.identifier == identifier), day)


def seconds_by_day(worked: Iterable[Worked]) -> dict[str, dict[date, int]]:
    """Worked seconds by decision and calendar day: of all assistants together (R12)."""
    found: dict[str, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for each in worked:
        for part in each.parts:
            found[part.decision][part.day] += part.seconds
    return found


def balance_on(grants: Sequence[Granted], identifier: str, worked: Iterable[Worked], day: date) -> Balance | None:
    """Granted, used and left in the week, month, period or total that holds `day`; None: not in force on it."""
    grant = granted_on(grants, identifier, day)
    if grant is None:
        return None
    bucket = grant.bucket(day)
    by_day = seconds_by_day(worked).get(identifier, {})
    used = sum(seconds for each, seconds in by_day.items() if each in bucket)
    return Balance(identifier, grant.per, bucket, grant.hours, hours(used))


def windows_of(text: str) -> tuple[Window, ...]:
    """Clock times as people write them: "8-20" or "7.30-9, 18-21"; none for an empty text.

    Raises ValueError for what is no clock time.
    """
    if not text.strip():
        return ()
    return tuple(_window(piece.strip()) for piece in re.split(r"[,;\n]", text) if piece.strip())


def words_of(windows: Iterable[Window]) -> str:
    """As `windows_of` reads them: "07:30-09:00, 18:00-21:00"."""
    return ", ".join(f"{each.start:%H:%M}-{each.end:%H:%M}" for each in windows)


def _window(text: str) -> Window:
    match = _WINDOW.fullmatch(text)
    if match is None:
        raise ValueError(f"Not clock times: {text!r}")
    hour, minute, to_hour, to_minute = (int(each or 0) for each in match.groups())
    if (to_hour, to_minute) == (24, 0):
        to_hour = 0
    return Window(time(hour, minute), time(to_hour, to_minute))


def _seconds(day: date, clock: time) -> int:
    return int(datetime.combine(day, clock, tzinfo=HELSINKI).timestamp())
