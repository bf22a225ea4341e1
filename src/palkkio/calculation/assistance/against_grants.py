"""Alerts on what is not granted: too many hours, other times, and two assistants at once (R12 to R14)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import accumulate, pairwise

from palkkio.calculation.assistance.alert import Alert, AlertKind, Repair, RepairKind
from palkkio.calculation.assistance.granted import Granted, Worked, granted_on
from palkkio.calculation.assistance.stretches import Stretch, instant, joined, overlaps, span_of, without
from palkkio.calculation.assistance.worked import HOUR, Part, day_at, hours, seconds_of
from palkkio.core.days import DateRange, halves

ByDay = Mapping[str, Mapping[date, int]]  # worked seconds of a day, by decision


# --- (a) more than granted ---


def over_total(shifts: Sequence[Worked], used: ByDay, grants: Sequence[Granted], counted: DateRange) -> Iterator[Alert]:
    """From the day on which the sum of all assistants passes what is granted; the later days of it, too.

    counted  holds the weeks, months and periods that are asked; others are left out
    """
    for identifier, by_day in sorted(used.items()):
        worked = sorted(by_day)
        sums = [0, *accumulate(by_day[day] for day in worked)]
        over: dict[tuple[DateRange, int], list[date]] = {}
        total: dict[tuple[DateRange, int], int] = {}
        for number, day in enumerate(worked):
            if day not in counted:
                continue
            grant = granted_on(grants, identifier, day)
            if grant is None or grant.hours is None:
                continue
            bucket, limit = grant.bucket(day), int(grant.hours * HOUR)
            before = 0 if bucket.start is None else bisect_left(worked, bucket.start)
            if (seconds := sums[number + 1] - sums[before]) > limit:
                over.setdefault((bucket, limit), []).append(day)
                total[bucket, limit] = seconds
        for key, days in over.items():
            concerned = [
                each
                for each in shifts
                if each.shift.decision == identifier and any(part.day in days for part in each.parts)
            ]
            yield Alert(
                AlertKind.OVER_TOTAL,
                tuple(days),
                _assistants(concerned),
                tuple(each.id for each in concerned),
                tuple(repair for each in concerned for repair in _moves(each, used, grants)),
                identifier,
                hours=hours(total[key] - key[1]),
            )


# --- (b) outside granted days and clock times ---


def outside(shifts: Sequence[Worked], used: ByDay, grants: Sequence[Granted]) -> Iterator[Alert]:
    """The part of a shift outside the granted times; all of it on a day on which the decision is not in force."""
    for each in shifts:
        if not each.shift.decision:
            continue
        missing, outside = [], []
        for part in each.parts:
            grant = granted_on(grants, each.shift.decision, part.day)
            if grant is None:
                missing.append(part)
            elif (times := grant.times_on(part.day)) is not None:
                outside += without((part.start, part.end), times)
        if missing:
            spans = [(part.start, part.end) for part in missing]
            yield _about_times(AlertKind.NOT_GRANTED, each, spans, _moves(each, used, grants))
        if outside:
            moves = _moves(each, used, grants)
            cuts = () if each.is_locked else _cuts(each, joined(outside))
            yield _about_times(AlertKind.OUTSIDE_TIMES, each, outside, (*moves, *cuts))


def _about_times(kind: AlertKind, each: Worked, spans: Iterable[Stretch], repairs: tuple[Repair, ...]) -> Alert:
    told = joined(spans)
    parts = tuple(span_of(*span) for span in told)
    days = tuple(sorted({part.day for part in each.parts if any(part.within(*span) for span in told)}))
    return Alert(kind, days, (each.assistant,), (each.id,), repairs, each.shift.decision, parts)


def _cuts(each: Worked, outside: Iterable[Stretch]) -> tuple[Repair, ...]:
    """Cutting the shift at each edge of what lies outside, before its half month ends: the rest stays on its sheet."""
    start, end = seconds_of(each.shift)
    begins_on = day_at(start)
    half = next(days for days in halves(DateRange.month_of(begins_on)) if begins_on in days)
    edges = sorted({edge for span in outside for edge in span if start < edge < end and day_at(edge) in half})
    return tuple(Repair(RepairKind.SPLIT, each.id, at=instant(edge)) for edge in edges)


# --- (c) two assistants at the same time ---


def two_assistants(shifts: Sequence[Worked], grants: Sequence[Granted]) -> Iterator[Alert]:
    """Shifts of two assistants that overlap, also across decisions; touching is none, nor where two are granted."""
    for one, other, since, until in _overlapping(shifts):
        spans = [span for span in _stretches(shifts, since, until) if not _is_granted(span, one, other, shifts, grants)]
        if spans:
            told = joined(spans)
            yield Alert(
                AlertKind.TWO_ASSISTANTS,
                tuple(sorted({day_at(since) for since, _ in told} | {day_at(until - 1) for _, until in told})),
                _assistants((one, other)),
                tuple(sorted((one.id, other.id))),
                tuple(_correct(each) for each in (one, other)),
                parts=tuple(span_of(*span) for span in told),
            )


def _overlapping(shifts: Sequence[Worked]) -> Iterator[tuple[Worked, Worked, int, int]]:
    """Shifts of two assistants and the time that they share; the shifts are in order of their beginnings."""
    starts = [seconds_of(each.shift)[0] for each in shifts]
    for number, one in enumerate(shifts):
        _, end = seconds_of(one.shift)
        for other in shifts[number + 1 : bisect_left(starts, end)]:
            since, until = seconds_of(other.shift)
            if one.assistant != other.assistant and since < min(end, until):
                yield one, other, since, min(end, until)


def _stretches(shifts: Sequence[Worked], since: int, until: int) -> list[Stretch]:
    """The time from `since` to `until`, cut wherever a shift or a part of one begins or ends."""
    edges = {edge for each in shifts for part in each.parts for edge in (part.start, part.end)}
    return list(pairwise(sorted({since, until} | {edge for edge in edges if since < edge < until})))


def _is_granted(span: Stretch, one: Worked, other: Worked, shifts: Sequence[Worked], grants: Sequence[Granted]) -> bool:
    """Both decisions grant two at once on the day, and there are no more than two."""
    day = day_at(span[0])
    for each in (one, other):
        grant = granted_on(grants, each.shift.decision, day)
        if grant is None or not grant.two_at_once:
            return False
    present = {each.assistant for each in shifts if overlaps(seconds_of(each.shift), span)}
    return len(present) <= 2


# --- Repairs ---


def _moves(each: Worked, used: ByDay, grants: Sequence[Granted]) -> tuple[Repair, ...]:
    """Other decisions under which the whole shift is granted; without one, looking at the times again."""
    if each.is_locked:
        return (Repair(RepairKind.ASK_REOPEN, each.id),)
    others = sorted({grant.identifier for grant in grants} - {each.shift.decision})
    found = tuple(
        Repair(RepairKind.MOVE, each.id, other) for other in others if _takes(other, each.parts, used, grants)
    )
    return found or (_correct(each),)


def _takes(identifier: str, parts: Iterable[Part], by_day: ByDay, grants: Sequence[Granted]) -> bool:
    """Whether the decision grants all these parts, its hours not yet used."""
    used = by_day.get(identifier, {})
    for part in parts:
        grant = granted_on(grants, identifier, part.day)
        if grant is None:
            return False
        times = grant.times_on(part.day)
        if times is not None and without((part.start, part.end), times):
            return False
        bucket = grant.bucket(part.day)
        taken = sum(seconds for day, seconds in used.items() if day in bucket)
        more = sum(each.seconds for each in parts if each.day in bucket)
        if grant.hours is not None and taken + more > grant.hours * HOUR:
            return False
    return True


def _correct(each: Worked) -> Repair:
    return Repair(RepairKind.ASK_REOPEN if each.is_locked else RepairKind.CORRECT, each.id)


def _assistants(shifts: Iterable[Worked]) -> tuple[int, ...]:
    return tuple(sorted({each.assistant for each in shifts}))
