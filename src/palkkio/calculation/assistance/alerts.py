"""Alerts on the shifts of all assistants of one employer (R12 to R14, T4, T5, T7, T8; SPEC EMP-4, EMP-5, BEY-5).

alerts_of(worked, grants, terms)          all, for the employer and staff
alerts_of_grants(worked, grants)          those of them that ask no rule of working time
alerts_for_assistant(worked, terms)       from own entries alone: grants and other assistants are not even asked for
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from palkkio.calculation.assistance.against_grants import outside, over_total, two_assistants
from palkkio.calculation.assistance.alert import Alert
from palkkio.calculation.assistance.granted import Granted, Worked, seconds_by_day
from palkkio.calculation.assistance.resting import counted_from, own_alerts
from palkkio.calculation.assistance.worked import day_at, seconds_of
from palkkio.calculation.assistance.working_times import beside
from palkkio.calculation.facts import AssistantTerms
from palkkio.core.days import Dated, DateRange

Terms = Mapping[int, Sequence[Dated[AssistantTerms]]]
NIGHT_BEFORE = timedelta(days=2)  # a shift that began before a span counts with what it has in it


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
    counted = DateRange(None, None) if days is None else _counted_by_grants(grants, days)
    found = [*over_total(near, by_day, grants, counted), *outside(near, by_day, grants), *two_assistants(near, grants)]
    return _sorted(found, days)


def alerts_for_assistant(worked: Iterable[Worked], terms: Terms, days: DateRange | None = None) -> tuple[Alert, ...]:
    """Alerts that follow from the shifts of one assistant (EMP-4). Raises RateNotConfirmed; ValueError for two."""
    shifts = list(worked)
    if len({each.assistant for each in shifts}) > 1:
        raise ValueError("An assistant sees alerts from their own shifts alone")
    return _sorted(_of_own(shifts, terms, days), days)


def _of_own(shifts: Sequence[Worked], terms: Terms, days: DateRange | None) -> Iterator[Alert]:
    return own_alerts(_near(shifts, None if days is None else sums_of(days), beside_of(terms)), terms, days)


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
    of_grants = _counted_by_grants(grants, days)
    if of_grants.start is None or of_grants.end is None:
        return of_grants
    return DateRange(min(of_grants.start, counted_from(start) - around), max(of_grants.end, end + around))


def _counted_by_grants(grants: Iterable[Granted], days: DateRange) -> DateRange:
    """The days on which shifts must begin to tell what is not granted on `days`; open as `reach` is."""
    start, end = days.edges
    first, last = start - beside(()), end + beside(())
    for grant in grants:
        if grant.hours is None or grant.valid.overlap(days) is None:
            continue
        bucket = DateRange(grant.bucket(start).start, grant.bucket(end).end)
        if bucket.start is None or bucket.end is None:
            return DateRange(None, None)
        first, last = min(first, bucket.start - NIGHT_BEFORE), max(last, bucket.end)
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
