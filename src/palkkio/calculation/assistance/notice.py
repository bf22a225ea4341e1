"""When an assistant's employment ends after a notice: by the agreement or the Act, and by its length (CON-6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from palkkio.calculation.assistance.agreement import LAW as COLLECTIVE_AGREEMENT
from palkkio.calculation.assistance.agreement import Agreement
from palkkio.core.days import add_months

FORTNIGHT = 14
LAW = "55/2001 6:3"


class NoticeOf(StrEnum):
    """Who gives notice of an employment (irtisanominen)."""

    EMPLOYER = "employer"
    EMPLOYEE = "employee"


@dataclass(frozen=True, slots=True)
class EmploymentEnd:
    """The last day of an employment after a notice, and the period that it comes from: whole months, or days."""

    last: date
    months: int
    days: int
    ground: str


# Lasted over so many years -> months of notice; 0: a fortnight. The longest first.
_BY_LAW = {
    NoticeOf.EMPLOYER: ((12, 6), (8, 4), (4, 2), (1, 1), (0, 0)),
    NoticeOf.EMPLOYEE: ((5, 1), (0, 0)),
}
_BY_AGREEMENT = ((5, 2), (0, 1))


def employment_end(by: NoticeOf, given_on: date, *, agreement: Agreement, employed_since: date) -> EmploymentEnd:
    """The notice period begins on the day after the notice; a month ends on the same day number, else on the last day.

    An employment has lasted "over five years" from the day after the fifth year is full.
    Raises ValueError for a notice before the employment began.
    Law: Employment Contracts Act (työsopimuslaki) 55/2001, 6:3; collective agreement of Heta and JHL; 150/1930 3 §.
    """
    if given_on < employed_since:
        raise ValueError("Notice is given of an employment that has begun")
    is_agreed = agreement is Agreement.HETA
    steps = _BY_AGREEMENT if is_agreed else _BY_LAW[by]
    months = next(months for years, months in steps if not years or given_on > _full(employed_since, years))
    ground = COLLECTIVE_AGREEMENT if is_agreed else LAW
    if months:
        return EmploymentEnd(add_months(given_on, months), months, 0, ground)
    return EmploymentEnd(given_on + timedelta(days=FORTNIGHT), 0, FORTNIGHT, ground)


def _full(since: date, years: int) -> date:
    """The last day on which the employment has lasted exactly so many years."""
    return add_months(since, 12 * years) - timedelta(days=1)
