"""Stretches of time, in seconds since 1970 (UTC)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from palkkio.calculation.assistance.alert import Span

Stretch = tuple[int, int]


def without(whole: Stretch, taken: Iterable[Stretch]) -> list[Stretch]:
    """What of `whole` lies in none of `taken`."""
    start, end = whole
    left: list[Stretch] = []
    for since, until in sorted(taken):
        if since > start:
            left.append((start, min(since, end)))
        start = max(start, until)
        if start >= end:
            break
    if start < end:
        left.append((start, end))
    return [each for each in left if each[0] < each[1]]


def joined(spans: Iterable[Stretch]) -> list[Stretch]:
    """In order; stretches that touch become one."""
    found: list[Stretch] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def overlaps(one: Stretch, other: Stretch) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def span_of(start: int, end: int) -> Span:
    return Span(instant(start), instant(end))


def instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
