"""A leave year as the payslips and shifts around a period tell it, where nobody has summed it up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from palkkio.calculation.assistance.leave import LeaveRule, hours_above_daily, leave_year, months_of
from palkkio.calculation.assistance.worked import parts_of, worked_by_day
from palkkio.calculation.employment import LeaveYear
from palkkio.calculation.facts import AssistantTerms, MonthFacts
from palkkio.core.clock import day_of
from palkkio.core.days import DateRange
from palkkio.core.money import ZERO
from palkkio.core.payslip import Line, LineCode

PREMIUM = frozenset({LineCode.OVERTIME_50, LineCode.OVERTIME_100})
PAY_OF_ABSENCE = frozenset({LineCode.SICK_PAY})
NOT_PAY_OF_WORK = frozenset({LineCode.LEAVE_PAY, LineCode.LEAVE_BONUS, LineCode.LEAVE_COMPENSATION, LineCode.RECOVERY})


def told_year(year: DateRange, month: MonthFacts, lines: Iterable[Line], terms: AssistantTerms) -> LeaveYear | None:
    """The leave year `year` from what was paid and worked around a period and in it; None: too little is told.

    lines  of the period itself; they are the whole year where the employment began in the period
    Leave pay and bonus are no pay of work; premium for overtime is told apart. The months and the days worked are
    counted from shifts where those of the year are told, else the contract decides the months. Raises RateNotConfirmed.
    """
    before = _of_year(month.beside.paid, year)
    begins_now = terms.since(month.contract) in month.month
    if not before and not begins_now:
        return None
    paid = [*before, *_of_year(lines, year)]
    shifts = [shift for shift in (*month.beside.shifts, *month.shifts) if day_of(shift.start) in year]
    has_shifts = begins_now or any(day_of(shift.start) in year for shift in month.beside.shifts)
    worked = worked_by_day(parts_of(shifts)) if has_shifts else {}
    return LeaveYear(
        first=year.edges[0],
        pay=sum((line.amount for line in paid), ZERO),
        overtime_premium=sum((line.amount for line in paid if line.code in PREMIUM), ZERO),
        days_worked=Decimal(len(worked)),
        hours_above_daily=hours_above_daily(worked, LeaveRule(terms.leave_rule)),
        months=months_of(worked),
    )


def with_period(year: LeaveYear, lines: Iterable[Line]) -> LeaveYear:
    """A leave year with the pay of the period's own lines, where that is not in its sums yet.

    Pay of an absence is kept apart from pay of work: the average daily pay leaves it out, a percentage takes it in.
    """
    if not year.lacks_period:
        return year
    own = _of_year(lines, leave_year(year.first))
    away = sum((line.amount for line in own if line.code in PAY_OF_ABSENCE), ZERO)
    return replace(
        year,
        pay=year.pay + sum((line.amount for line in own), ZERO) - away,
        overtime_premium=year.overtime_premium + sum((line.amount for line in own if line.code in PREMIUM), ZERO),
        absence_pay=year.absence_pay + away,
        lacks_period=False,
    )


def _of_year(lines: Iterable[Line], year: DateRange) -> list[Line]:
    return [
        line
        for line in lines
        if line.is_pensionable and line.code not in NOT_PAY_OF_WORK and line.period.edges[0] in year
    ]
