"""A leave year as the payslips and shifts around a period tell it, where nobody has summed it up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from palkkio.calculation.assistance.worked import HOUR, parts_of
from palkkio.calculation.employment import LeaveMonth, LeaveYear
from palkkio.calculation.facts import Around
from palkkio.core.days import DateRange
from palkkio.core.money import ZERO
from palkkio.core.payslip import Line, LineCode

PREMIUM = frozenset({LineCode.OVERTIME_50, LineCode.OVERTIME_100})
NOT_PAY_OF_WORK = frozenset({LineCode.LEAVE_PAY, LineCode.LEAVE_BONUS, LineCode.LEAVE_COMPENSATION, LineCode.RECOVERY})


def around_year(year: DateRange, around: Around | None, now: Iterable[Line] = ()) -> LeaveYear | None:
    """The leave year `year` from lines paid around the period and those of the period itself; None: nothing is told.

    Leave pay and bonus are no pay of work; premium for overtime is told apart. The months are counted from shifts
    where there are any, else the contract decides them.
    """
    lines = [
        line
        for line in (*(around.paid if around is not None else ()), *now)
        if line.is_pensionable and line.code not in NOT_PAY_OF_WORK and line.period.edges[0] in year
    ]
    if not lines:
        return None
    worked: dict[date, int] = defaultdict(int)
    for part in parts_of(around.shifts if around is not None else ()):
        if part.day in year:
            worked[part.day] += part.seconds
    return LeaveYear(
        first=year.edges[0],
        pay=sum((line.amount for line in lines), ZERO),
        overtime_premium=sum((line.amount for line in lines if line.code in PREMIUM), ZERO),
        days_worked=Decimal(len(worked)),
        months=_months(worked),
    )


def _months(worked: dict[date, int]) -> tuple[LeaveMonth, ...]:
    days: dict[date, list[int]] = defaultdict(list)
    for day, seconds in worked.items():
        days[day.replace(day=1)].append(seconds)
    return tuple(LeaveMonth(month, len(some), Decimal(sum(some)) / HOUR) for month, some in sorted(days.items()))
