"""Worked time: shifts cut at midnight into parts of calendar days, measured by elapsed seconds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from palkkio.calculation.facts import Shift
from palkkio.core.clock import HELSINKI
from palkkio.core.days import ONE_DAY, DateRange
from palkkio.core.once import Once

HOUR = 3600
_DAY = 24 * HOUR
_WINTER_TIME = 2 * HOUR  # Helsinki is never less ahead of UTC
_EPOCH = date(1970, 1, 1).toordinal()
_MIDNIGHT = Decimal(24)
_FIRST, _LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
_SHOWN = Decimal("0.01"), Decimal("0.0001")


class Part(NamedTuple):
    """The part of one shift that lies on one calendar day, in seconds since 1970 (UTC)."""

    day: date
    start: int
    end: int
    decision: str = ""

    @property
    def seconds(self) -> int:
        return self.end - self.start

    def within(self, start: int, end: int) -> int:
        """Seconds of this part between two moments."""
        since = max(self.start, start)
        until = min(self.end, end)
        return until - since if until > since else 0


def parts_of(shifts: Iterable[Shift]) -> list[Part]:
    """Worked shifts cut at each midnight of Helsinki, in order of time; planned ones are left out.

    Time is elapsed time: on the night when clocks go back a shift from 22 to 6 has nine hours, in spring seven.
    Raises ValueError if two shifts overlap.
    """
    parts: list[Part] = []
    before = 0
    for found in sorted([_parts_of(shift) for shift in shifts if not shift.is_scheduled]):
        if found[0].start < before:
            raise ValueError(f"Two shifts overlap on {found[0].day}")
        before = found[-1].end
        parts += found
    return parts


def cut(start: int, end: int, decision: str = "") -> tuple[Part, ...]:
    """The parts of some time on calendar days; there is at least one."""
    parts = []
    day, midnight = _day_and_its_end(start)
    while end > midnight:
        parts.append(Part(day, start, midnight, decision))
        start = midnight
        day, midnight = _day_and_its_end(start)
    return (*parts, Part(day, start, end, decision))


def _cut_shift(shift: Shift) -> tuple[Part, ...]:
    return cut(*seconds_of(shift), shift.decision)


_parts_of = Once(_cut_shift, most=16384)  # equal shifts are mostly one object


def worked_by_day(parts: Iterable[Part]) -> dict[date, int]:
    """Seconds worked on each day, in the order of the parts."""
    found: dict[date, int] = {}
    for day, start, end, _decision in parts:
        found[day] = found.get(day, 0) + end - start
    return found


def together(parts: Iterable[Part]) -> list[Part]:
    """Parts of some shifts and of others in order of time. Raises ValueError if two of them overlap."""
    found = sorted(parts, key=attrgetter("start"))
    for one, other in pairwise(found):
        if other.start < one.end:
            raise ValueError(f"Two shifts overlap on {other.day}")
    return found


def seconds_of(shift: Shift) -> tuple[int, int]:
    """Start and end of a shift in seconds since 1970 (UTC)."""
    return int(shift.start.timestamp()), int(shift.end.timestamp())


def moments_of(days: DateRange) -> tuple[datetime, datetime]:
    """When the first of some days begins in Helsinki and the last of them ends, in UTC; open ends are those of time."""
    return _midnight(days.start) or _FIRST, _midnight(days.end) or _LAST


@lru_cache(maxsize=4096)
def _midnight(day: date | None) -> datetime | None:
    return None if day is None else datetime.fromtimestamp(moment(day), UTC)


def day_at(seconds: int) -> date:
    """The calendar day of Helsinki of a moment in seconds since 1970 (UTC)."""
    return _day_and_its_end(seconds)[0]


def _day_and_its_end(seconds: int) -> tuple[date, int]:
    """The calendar day of Helsinki of a moment, and the midnight that ends it."""
    number = _EPOCH + (seconds + _WINTER_TIME) // _DAY
    found = _numbered(number)
    return found if seconds < found[1] else _numbered(number + 1)


@lru_cache(maxsize=4096)
def _numbered(number: int) -> tuple[date, int]:
    """A calendar day by its ordinal number, and the midnight that ends it."""
    day = date.fromordinal(number)
    return day, moment(day + ONE_DAY)


@lru_cache(maxsize=8192)
def moment(day: date, clock: Decimal = Decimal(0)) -> int:
    """Seconds since 1970 (UTC) of a time of the clock in Helsinki; 24 is the next midnight."""
    if clock == _MIDNIGHT:
        return moment(day + ONE_DAY)
    at = datetime.combine(day, time(), tzinfo=HELSINKI) + timedelta(hours=float(clock))
    return int(at.astimezone(UTC).timestamp())


@lru_cache(maxsize=4096)
def hours(seconds: int) -> Decimal:
    """Seconds as hours with two decimals where that is exact, else four."""
    exact = Decimal(seconds) / HOUR
    short, long = (exact.quantize(step) for step in _SHOWN)
    return short if short == exact else long
