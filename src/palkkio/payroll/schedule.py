"""Which care months a payday pays, by the organisation's schedules."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from palkkio.core.days import ONE_DAY, DateRange, add_months
from palkkio.organisations import queries as organisations
from palkkio.organisations.queries import Timetable

MONTHS_BACK = 6  # no schedule pays later than this after the care month


def kinds_paid(organisation_id: int) -> tuple[str, ...]:
    """Kinds of contract that the organisation pays by runs: those that have a schedule."""
    return tuple(kind.value for kind in organisations.contract_kinds(organisation_id))


def timetables(organisation_id: int, kind: str, months: Iterable[DateRange]) -> list[tuple[DateRange, Timetable]]:
    """Deadline and payday of those care months, or their halves, for which a schedule is in force."""
    return organisations.timetables_of_periods(organisation_id, kind, months)


def months_before(day: date, count: int) -> list[DateRange]:
    """The month of `day` and the `count` months before it, the earliest first."""
    return [DateRange.month_of(add_months(day, -back)) for back in range(count, -1, -1)]


def care_months_paid_on(organisation_id: int, payday: date, kinds: Iterable[str]) -> dict[str, DateRange]:
    """The care month, or half of one, that a payday pays, for each kind of contract that is paid on it."""
    found = {}
    for kind in kinds:
        for period, timetable in timetables(organisation_id, kind, months_before(payday, MONTHS_BACK)):
            if timetable.payday == payday:
                found[kind] = period
    return found


def last_month_before(payday: date) -> DateRange:
    """The whole month before that of `payday`: what an extra run takes at most."""
    start, _ = DateRange.month_of(payday).edges
    return DateRange.month_of(start - ONE_DAY)
