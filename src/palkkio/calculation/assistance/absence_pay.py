"""Computed pay of absences that count like work, for holiday pay by a percentage (laskennallinen palkka)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from palkkio.calculation.assistance.hourly_pay import HourlyPay
from palkkio.calculation.assistance.leave import Employed, leave_year
from palkkio.calculation.assistance.leave_ledger import Told, absences_told
from palkkio.calculation.assistance.like_work import Absence, Cause, days_like_work
from palkkio.calculation.assistance.worked import HOUR, parts_of
from palkkio.calculation.employment import LeaveAbsence, LeaveYear
from palkkio.calculation.facts import MonthFacts, Shift
from palkkio.calculation.sheet import Sheet
from palkkio.core.clock import day_of
from palkkio.core.days import DateRange
from palkkio.core.money import ZERO, to_cents
from palkkio.core.problems import ProblemCode
from palkkio.rules import Profile

WEEKS_BEFORE = 12


def computed_pay(sheet: Sheet, hourly: HourlyPay, year: LeaveYear) -> Decimal | None:
    """EUR that the absences of a leave year would have paid, each rounded once; None with the problem noted.

    A day of absence counts its share of the weekly hours, by the hourly pay with which the absence began; illness and
    family leave no longer than they count like work. Where no weekly hours are agreed, the weeks before the absence
    tell them. Raises RateNotConfirmed. Law: Annual Holidays Act 162/2005 7 §, 12 § 2.
    """
    chosen = [(each, _working_days(each)) for each in year.absences]
    named = [Absence(Cause(each.cause), days, _named(each, number)) for number, (each, days) in enumerate(chosen)]
    counted = set(days_like_work(leave_year(year.first), named))
    total = ZERO
    for each, days in chosen:
        count = sum(day in counted for day in days)
        if not count:
            continue
        weekly, pay = _weekly_hours(sheet, hourly, each), each.hourly
        if pay is None:
            rate = hourly.on(each.days.edges[0])
            pay = rate.amount if rate is not None else None
        if weekly is None:
            sheet.problem(ProblemCode.CONTRACT_TERM_MISSING, "weekly_hours", each.days.edges[0])
        if weekly is None or pay is None:
            return None
        total += to_cents(weekly * count * pay / each.working_days)
        counted.difference_update(days)
    return total


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was agreed when an absence began: hourly pay in EUR, hours a week; None: not known."""

    hourly: Decimal | None
    weekly_hours: Decimal | None


def told_absences(
    year: DateRange, told: Told, employed: Employed, until: date, agreed_on: Callable[[date], Agreed]
) -> tuple[LeaveAbsence, ...]:
    """Absences that the events of an employment tell, for the computed pay of one leave year.

    until  the balance is that of this day: later days of absence are left out
    Family leave of other years is among them, since the days that count are shared; none if no day lies in the year.
    """
    found = []
    for cause, days, of in absences_told(told, employed, until):
        if days.overlap(year) is None and cause is not Cause.FAMILY_LEAVE:
            continue
        onset = days.edges[0]
        agreed = agreed_on(onset)
        found.append(
            LeaveAbsence(
                cause=cause.value,
                days=days,
                hourly=agreed.hourly,
                weekly_hours=agreed.weekly_hours or average_weekly_hours(told.shifts, onset),
                working_days=employed.working_days,
                of=of,
            )
        )
    return tuple(found) if any(each.days.overlap(year) for each in found) else ()


def hourly_on(day: date, facts: MonthFacts, profile: Profile) -> Decimal | None:
    """The hourly pay of a day by the terms and events of its own period, EUR; None: not known."""
    rate = HourlyPay(Sheet(facts, profile)).on(day)
    return rate.amount if rate is not None else None


def average_weekly_hours(shifts: Iterable[Shift], onset: date) -> Decimal | None:
    """Hours a week over the twelve weeks before a day; None: no work is told in them. Law: 162/2005 12 § 2."""
    first = onset - timedelta(weeks=WEEKS_BEFORE)
    worked = [shift for shift in shifts if not shift.is_scheduled and day_of(shift.start) < onset]
    seconds = sum(part.seconds for part in parts_of(worked) if first <= part.day < onset)
    return Decimal(seconds) / HOUR / WEEKS_BEFORE if seconds else None


def _weekly_hours(sheet: Sheet, hourly: HourlyPay, absence: LeaveAbsence) -> Decimal | None:
    onset = absence.days.edges[0]
    terms = hourly.assistant_on(onset)
    agreed = absence.weekly_hours or (terms.weekly_hours if terms is not None else None)
    if agreed is not None:
        return agreed
    month = sheet.month
    return average_weekly_hours((*month.beside.shifts, *month.shifts), onset)


def _named(absence: LeaveAbsence, number: int) -> str:
    """Tells illnesses apart, which nobody names; family leave only by its child, so that its parts share their days."""
    return absence.of if absence.cause == Cause.FAMILY_LEAVE else absence.of or str(number)


def _working_days(absence: LeaveAbsence) -> tuple[date, ...]:
    return tuple(day for day in absence.days if day.weekday() < int(absence.working_days))
