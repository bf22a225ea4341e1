"""Worked time: shifts cut at midnight into parts of calendar days, measured by elapsed seconds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache

from palkkio.calculation.facts import Shift
from palkkio.core.clock import HELSINKI
from palkkio.core.days import ONE_DAY

HOUR = 3600
_MIDNIGHT = Decimal(24)
_SHOWN = Decimal("0.01"), Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Part:
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
        return max(0, min(self.end, end) - max(self.start, start))


def parts_of(shifts: Iterable[Shift]) -> list[Part]:
    """Worked shifts cut at each midnight of Helsinki, in order of time; planned ones are left out.

    Time is elapsed time: on the night when clocks go back a shift from 22 to 6 has nine hours, in spring seven.
    Raises ValueError if two shifts overlap.
    """
    parts: list[Part] = []
    for shift in sorted((each for each in shifts if not each.is_scheduled), key=lambda each: each.start):
        start, end = int(shift.start.timestamp()), int(shift.end.timestamp())
        if parts and start < parts[-1].end:
            raise ValueError(f"Two shifts overlap at {shift.start.astimezone(HELSINKI)}")
        day = day_of(shift.start)
        while start < end:
            until = min(end, moment(day + ONE_DAY))
            parts.append(Part(day, start, until, shift.decision))
            start, day = until, day + ONE_DAY
    return parts


def day_of(instant: datetime) -> date:
    """The calendar day of Helsinki on which a moment lies."""
    return instant.astimezone(HELSINKI).date()


@lru_cache(maxsize=8192)
def moment(day: date, clock: Decimal = Decimal(0)) -> int:
    """Seconds since 1970 (UTC) of a time of the clock in Helsinki; 24 is the next midnight."""
    if clock == _MIDNIGHT:
        return moment(day + ONE_DAY)
    at = datetime.combine(day, time(), tzinfo=HELSINKI) + timedelta(hours=float(clock))
    return int(at.astimezone(UTC).timestamp())


def hours(seconds: int) -> Decimal:
    """Seconds as hours with two decimals where that is exact, else four."""
    exact = Decimal(seconds) / HOUR
    short, long = (exact.quantize(step) for step in _SHOWN)
    return short if short == exact else long
