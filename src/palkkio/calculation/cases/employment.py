"""What a case says beyond an employee's period: leave years, the employer, what earlier paydays paid."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from palkkio.calculation.assistance.like_work import Cause
from palkkio.calculation.cases.keys import Keys
from palkkio.calculation.employment import (
    Employer,
    LeaveAbsence,
    LeaveMonth,
    LeaveYear,
    PaidInMonth,
    PensionPolicy,
    PolicyRate,
)
from palkkio.core.money import ZERO
from palkkio.core.payslip import ContributionCode, Line, PayResult

RATES = ("pension", "accident", "group_life")
CONTRIBUTIONS = {code.value.removesuffix("_EMPLOYER").lower(): code for code in ContributionCode}
_SUMS = ("pay", "overtime_premium", "absence_pay")
_OF_YEAR = (
    "first",
    *_SUMS,
    "days_worked",
    "hours_above_daily",
    "months",
    "earned_days",
    "taken_before",
    "absences",
    "lacks_period",
)


def leave_years_of(given: Keys) -> tuple[LeaveYear, ...]:
    """Leave years under `leave_year`, one or a list, the earliest first. Raises CaseError naming key and line."""
    if "leave_year" not in given:
        return ()
    rows = given.mappings("leave_year") if isinstance(given.raw("leave_year"), list) else [given.mapping("leave_year")]
    return tuple(sorted((_leave_year(row) for row in rows), key=lambda year: year.first))


def _leave_year(row: Keys) -> LeaveYear:
    row.only(*_OF_YEAR)
    first = row.day("first")
    if (first.month, first.day) != (4, 1):
        row.fail("first", "a leave year begins on 1 April")
    return LeaveYear(
        first=first,
        pay=row.money("pay") if "pay" in row else ZERO,
        overtime_premium=row.money("overtime_premium") if "overtime_premium" in row else ZERO,
        absence_pay=row.money("absence_pay") if "absence_pay" in row else ZERO,
        days_worked=row.number("days_worked") if "days_worked" in row else Decimal(0),
        hours_above_daily=row.number("hours_above_daily") if "hours_above_daily" in row else Decimal(0),
        months=tuple(_leave_month(each) for each in row.mappings("months")),
        earned_days=_whole(row, "earned_days") if "earned_days" in row else None,
        taken_before=_whole(row, "taken_before") if "taken_before" in row else 0,
        absences=tuple(_absence(each) for each in row.mappings("absences")),
        lacks_period=row.boolean("lacks_period", default=False),
    )


def _absence(row: Keys) -> LeaveAbsence:
    row.only("cause", "first", "last", "hourly", "weekly_hours", "working_days_per_week", "child")
    cause = row.text("cause")
    if cause not in tuple(Cause):
        row.fail("cause", f"'cause' is one of {', '.join(Cause)}")
    if "last" not in row:
        row.fail("last", "an absence of a leave year has a last day")
    return LeaveAbsence(
        cause=cause,
        days=row.span(),
        hourly=row.money("hourly") if "hourly" in row else None,
        weekly_hours=row.number("weekly_hours") if "weekly_hours" in row else None,
        working_days=row.number("working_days_per_week") if "working_days_per_week" in row else Decimal(5),
        of=row.text("child") if "child" in row else "",
    )


def _leave_month(row: Keys) -> LeaveMonth:
    row.only("month", "days", "hours")
    hours = row.number("hours") if "hours" in row else Decimal(0)
    return LeaveMonth(row.month("month").edges[0], _whole(row, "days") if "days" in row else 0, hours)


def employer_of(given: Keys) -> Employer | None:
    """The employer's own policies and wages under `employer`; None: nothing is written."""
    if "employer" not in given:
        return None
    row = given.mapping("employer")
    row.only("pension_policy", "rates", "wages_of_year")
    word = row.text("pension_policy") if "pension_policy" in row else PensionPolicy.CONTRACT.value
    if word not in tuple(PensionPolicy):
        row.fail("pension_policy", f"'pension_policy' is one of {', '.join(PensionPolicy)}")
    rates = row.optional_mapping("rates")
    rates.only(*RATES)
    return Employer(
        pension_policy=PensionPolicy(word),
        rates={key: PolicyRate(rates.number(key), "the employer's policy") for key in rates},
        wages_of_year=row.money("wages_of_year") if "wages_of_year" in row else None,
    )


def paid_in_month_of(lines: Iterable[Line]) -> tuple[PaidInMonth, ...]:
    """What earlier paydays paid, by the calendar month in which it was earned."""
    return tuple(PaidInMonth(line.period.edges[0].replace(day=1), line.amount) for line in lines if line.is_pensionable)


def contributions_of(expect: Keys) -> tuple[tuple[str, Decimal], ...] | None:
    """The payer's contributions that a case expects under `employer`; None: not written."""
    if "employer" not in expect:
        return None
    row = expect.mapping("employer")
    row.only(*CONTRIBUTIONS)
    return tuple((key, row.money(key)) for key in row)


def compared_contributions(wanted: tuple[tuple[str, Decimal], ...], result: PayResult) -> list[str]:
    """In what the payer's contributions depart from those expected, a sentence each."""
    found = []
    for key, amount in wanted:
        got = sum((each.amount for each in result.employer if each.code == CONTRIBUTIONS[key]), ZERO)
        if got != amount:
            found.append(f"employer {key}: expected {amount}, got {got} ({got - amount:+})")
    return found


def _whole(row: Keys, key: str) -> int:
    found = row.number(key)
    if found % 1 or found < 0:
        row.fail(key, f"'{key}' is a whole figure of at least 0")
    return int(found)
