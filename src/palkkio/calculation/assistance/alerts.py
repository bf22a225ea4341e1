"""Alerts on the shifts of all assistants of one employer (R12 to R14, T4, T5, T7, T8; SPEC EMP-4, EMP-5, BEY-5).

alerts_of(worked, grants, terms)          all, for the employer and staff
alerts_of_grants(worked, grants)          those of them that ask no rule of working time
alerts_for_assistant(worked, terms)       from own entries alone: grants and other assistants are not even asked for
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate, pairwise

from palkkio.calculation.assistance.alert import Alert, AlertKind, Repair, RepairKind, Span
from palkkio.calculation.assistance.granted import (
    Granted,
    Worked,
    granted_on,
    seconds_by_day,
)
from palkkio.calculation.assistance.resting import alerts_of_sums, counted_from, own_alerts
from palkkio.calculation.assistance.worked import HOUR, Part, day_at, hours, seconds_of
from palkkio.calculation.assistance.working_times import beside
from palkkio.calculation.facts import AssistantTerms
from palkkio.core.days import Dated, DateRange, halves

Terms = Mapping[int, Sequence[Dated[AssistantTerms]]]
ByDay = Mapping[str, Mapping[date, int]]  # worked seconds of a day, by decision


def alerts_of(
    worked: Iterable[Worked], grants: Sequence[Granted], terms: Terms, days: DateRange | None = None
) -> tuple[Alert, ...]:
    """All alerts, in order of their days; the order in which shifts are given does not matter.

    worked  shifts of all assistants of the employer, also around `days`, as far as `reach` says
    grants  of all decisions of the employer, by the days on which each version is in force
    terms   by assistant; without terms the working time is normal
    days    only alerts that concern one of these; None: all
    Raises RateNotConfirmed if a limit of working time or rest is not known for a day.
    """
    shifts = list(worked)
    return _sorted([*alerts_of_grants(shifts, grants, days), *_of_own(shifts, terms, days)], days)


def alerts_of_grants(
    worked: Iterable[Worked], grants: Sequence[Granted], days: DateRange | None = None
) -> tuple[Alert, ...]:
    """Those of `alerts_of` that follow from grants and from other assistants; they ask no rule of working time."""
    shifts = list(worked)
    by_day, near = seconds_by_day(shifts), _near(shifts, days, beside(()))
    found = [
        *_over_total(near, by_day, grants),
        *_outside(near, by_day, grants),
        *_two_assistants(near, grants),
    ]
    return _sorted(found, days)


def alerts_for_assistant(worked: Iterable[Worked], terms: Terms, days: DateRange | None = None) -> tuple[Alert, ...]:
    """Alerts that follow from the shifts of one assistant (EMP-4). Raises RateNotConfirmed; ValueError for two."""
    shifts = list(worked)
    if len({each.assistant for each in shifts}) > 1:
        raise ValueError("An assistant sees alerts from their own shifts alone")
    return _sorted(_of_own(shifts, terms, days), days)


def _of_own(shifts: Sequence[Worked], terms: Terms, days: DateRange | None) -> Iterator[Alert]:
    around = beside_of(terms)
    yield from own_alerts(_near(shifts, days, around), terms)
    of_sums = _near(shifts, None if days is None else sums_of(days), around)
    yield from alerts_of_sums(of_sums, terms, None if days is None else days.end)


def sums_of(days: DateRange) -> DateRange:
    """The days whose work counts in the sums of long spans that are told on `days`."""
    start, end = days.edges
    return DateRange(counted_from(start), end)


def beside_of(terms: Terms) -> timedelta:
    """How far beside its days the working time of any of these terms is told from."""
    return beside(each.value for pieces in terms.values() for each in pieces)


def reach(grants: Iterable[Granted], days: DateRange, around: timedelta) -> DateRange:
    """The days on which shifts must begin to tell all alerts on `days`; open where hours are granted in total.

    around  as `beside_of` the terms says
    """
    start, end = days.edges
    first, last = counted_from(start) - around, end + around
    for grant in grants:
        if grant.hours is None or grant.valid.overlap(days) is None:
            continue
        begins, ends = grant.bucket(start).start, grant.bucket(end).end
        if begins is None or ends is None:
            return DateRange(None, None)
        first, last = min(first, begins - timedelta(days=2)), max(last, ends)  # the night before counts, too
    return DateRange(first, last)


def _near(worked: Iterable[Worked], days: DateRange | None, around: timedelta) -> list[Worked]:
    """Shifts that were worked on `days`, and those that begin so far from them, in order."""
    chosen = DateRange(None, None)
    if days is not None:
        chosen = DateRange(days.start and days.start - around, days.end and days.end + around)
    found = (each for each in worked if not each.shift.is_scheduled and day_at(seconds_of(each.shift)[0]) in chosen)
    return sorted(found, key=_place)


def _place(each: Worked) -> tuple[datetime, datetime, int, int]:
    return each.shift.start, each.shift.end, each.assistant, each.id


def _sorted(found: Iterable[Alert], days: DateRange | None) -> tuple[Alert, ...]:
    chosen = (each for each in found if days is None or any(day in days for day in each.days))
    return tuple(sorted(chosen, key=lambda each: (each.days, each.kind, each.decision, each.assistants, each.shifts)))


# --- (a) more than granted ---


def _over_total(shifts: Sequence[Worked], used: ByDay, grants: Sequence[Granted]) -> Iterator[Alert]:
    """From the day on which the sum of all assistants passes what is granted; the later days of it, too."""
    for identifier, by_day in sorted(used.items()):
        worked = sorted(by_day)
        sums = [0, *accumulate(by_day[day] for day in worked)]
        over: dict[tuple[DateRange, int], list[date]] = {}
        total: dict[tuple[DateRange, int], int] = {}
        for number, day in enumerate(worked):
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


def _outside(shifts: Sequence[Worked], used: ByDay, grants: Sequence[Granted]) -> Iterator[Alert]:
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
                outside += _without((part.start, part.end), times)
        if missing:
            spans = [(part.start, part.end) for part in missing]
            yield _about_times(AlertKind.NOT_GRANTED, each, spans, _moves(each, used, grants))
        if outside:
            moves = _moves(each, used, grants)
            cuts = () if each.is_locked else _cuts(each, _joined(outside))
            yield _about_times(AlertKind.OUTSIDE_TIMES, each, outside, (*moves, *cuts))


def _about_times(kind: AlertKind, each: Worked, spans: Iterable[tuple[int, int]], repairs: tuple[Repair, ...]) -> Alert:
    joined = _joined(spans)
    parts = tuple(_span(*span) for span in joined)
    days = tuple(sorted({part.day for part in each.parts if any(part.within(*span) for span in joined)}))
    return Alert(kind, days, (each.assistant,), (each.id,), repairs, each.shift.decision, parts)


def _cuts(each: Worked, outside: Iterable[tuple[int, int]]) -> tuple[Repair, ...]:
    """Cutting the shift at each edge of what lies outside, before its half month ends: the rest stays on its sheet."""
    start, end = seconds_of(each.shift)
    begins_on = day_at(start)
    half = next(days for days in halves(DateRange.month_of(begins_on)) if begins_on in days)
    edges = sorted({edge for span in outside for edge in span if start < edge < end and day_at(edge) in half})
    return tuple(Repair(RepairKind.SPLIT, each.id, at=_moment(edge)) for edge in edges)


# --- (c) two assistants at the same time ---


def _two_assistants(shifts: Sequence[Worked], grants: Sequence[Granted]) -> Iterator[Alert]:
    """Shifts of two assistants that overlap, also across decisions; touching is none, nor where two are granted."""
    for one, other, since, until in _overlapping(shifts):
        spans = [span for span in _stretches(shifts, since, until) if not _is_granted(span, one, other, shifts, grants)]
        if spans:
            joined = _joined(spans)
            yield Alert(
                AlertKind.TWO_ASSISTANTS,
                tuple(sorted({day_at(since) for since, _ in joined} | {day_at(until - 1) for _, until in joined})),
                _assistants((one, other)),
                tuple(sorted((one.id, other.id))),
                tuple(_correct(each) for each in (one, other)),
                parts=tuple(_span(*span) for span in joined),
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


def _stretches(shifts: Sequence[Worked], since: int, until: int) -> list[tuple[int, int]]:
    """The time from `since` to `until`, cut wherever a shift or a part of one begins or ends."""
    edges = {edge for each in shifts for part in each.parts for edge in (part.start, part.end)}
    return list(pairwise(sorted({since, until} | {edge for edge in edges if since < edge < until})))


def _is_granted(
    span: tuple[int, int], one: Worked, other: Worked, shifts: Sequence[Worked], grants: Sequence[Granted]
) -> bool:
    """Both decisions grant two at once on the day, and there are no more than two."""
    day = day_at(span[0])
    for each in (one, other):
        grant = granted_on(grants, each.shift.decision, day)
        if grant is None or not grant.two_at_once:
            return False
    present = {each.assistant for each in shifts if _overlaps(seconds_of(each.shift), span)}
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
        if times is not None and _without((part.start, part.end), times):
            return False
        bucket = grant.bucket(part.day)
        taken = sum(seconds for day, seconds in used.items() if day in bucket)
        more = sum(each.seconds for each in parts if each.day in bucket)
        if grant.hours is not None and taken + more > grant.hours * HOUR:
            return False
    return True


def _correct(each: Worked) -> Repair:
    return Repair(RepairKind.ASK_REOPEN if each.is_locked else RepairKind.CORRECT, each.id)


# --- Stretches of time, in seconds since 1970 (UTC) ---


def _without(whole: tuple[int, int], taken: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """What of `whole` lies in none of `taken`."""
    start, end = whole
    left: list[tuple[int, int]] = []
    for since, until in sorted(taken):
        if since > start:
            left.append((start, min(since, end)))
        start = max(start, until)
        if start >= end:
            break
    if start < end:
        left.append((start, end))
    return [each for each in left if each[0] < each[1]]


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches that touch become one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _overlaps(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _span(start: int, end: int) -> Span:
    return Span(_moment(start), _moment(end))


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _assistants(shifts: Iterable[Worked]) -> tuple[int, ...]:
    return tuple(sorted({each.assistant for each in shifts}))
