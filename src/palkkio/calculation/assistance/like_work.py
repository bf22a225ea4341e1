"""Days of absence that count like days of work when leave is earned (työssäolon veroiset päivät)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from palkkio.calculation.assistance.leave import leave_year
from palkkio.core.days import DateRange
from palkkio.rules import figure

ILLNESS = "annual_leave/illness_like_work"
FAMILY_LEAVE = "annual_leave/family_leave_like_work"


class Cause(StrEnum):
    """Why somebody was away; the limits of the Act go by it."""

    ILLNESS = "illness"
    FAMILY_LEAVE = "family_leave"
    PAID = "paid"  # pay is due by law: annual leave, a child's illness, compelling family reasons, carers' leave


@dataclass(frozen=True, slots=True)
class Absence:
    """Working days that one absence took. `of` tells illnesses, or children, apart."""

    cause: Cause
    days: tuple[date, ...]
    of: str = ""


def days_like_work(year: DateRange, absences: Iterable[Absence]) -> tuple[date, ...]:
    """Days of absence in a leave year that count like days of work, in order, each once.

    Illness counts for at most 75 working days of a leave year, and an illness that goes on over 31 March for 75 in all;
    family leave for at most 160 days a child, also over leave years (156 where it began before August 2022). Other
    absences that the law pays count as they are. Raises RateNotConfirmed. Law: 162/2005 7 §.
    """
    groups: dict[tuple[Cause, str], set[date]] = defaultdict(set)
    for absence in absences:
        groups[absence.cause, absence.of].update(absence.days)
    ill: list[date] = []
    found: set[date] = set()
    for (cause, _), some in groups.items():
        days = sorted(some)
        if cause is Cause.ILLNESS:
            most = int(figure(ILLNESS).on(year.edges[0]).value)
            ill += [day for day in _within(days, most) if day in year]
        elif cause is Cause.FAMILY_LEAVE:
            most = int(figure(FAMILY_LEAVE).on(days[0]).value) if days else 0
            found.update(day for day in days[:most] if day in year)
        else:
            found.update(day for day in days if day in year)
    found.update(sorted(ill)[: int(figure(ILLNESS).on(year.edges[0]).value)])
    return tuple(sorted(found))


def _within(days: list[date], most: int) -> list[date]:
    """The days of one illness that count: the first `most`, anew in a leave year that it did not reach into."""
    counted: list[date] = []
    for day in days:
        this_year = leave_year(day)
        goes_on = any(each not in this_year for each in days if each < day)
        used = sum(1 for each in counted if goes_on or each in this_year)
        if used < most:
            counted.append(day)
    return counted
