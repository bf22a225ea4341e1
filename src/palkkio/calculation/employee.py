"""Contributions withheld from an employee's pay: pension (TyEL) and unemployment insurance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from palkkio.calculation.ages import is_between_ages
from palkkio.calculation.deductions import by_figure, is_insured, is_past_upper_age, pension_part
from palkkio.calculation.employment import PaidInMonth
from palkkio.core.money import ZERO, percent_of
from palkkio.core.payslip import Deduction, DeductionCode, Line
from palkkio.rules import Figure, figure

PENSION = "social_insurance/tyel/employee"
PENSION_AGED_53_TO_62 = "social_insurance/tyel/employee_aged_53_to_62"
MONTHLY_LIMIT = "social_insurance/tyel/monthly_limit"
PENSION_AFTER_AGE = "social_insurance/tyel/insured_after_age"
PENSION_UNTIL_AGE = "social_insurance/tyel/insured_until_age"
UNEMPLOYMENT = "social_insurance/unemployment/employee"
UNEMPLOYMENT_AFTER_AGE = "social_insurance/unemployment/insured_after_age"
UNEMPLOYMENT_UNTIL_AGE = "social_insurance/unemployment/insured_until_age"


def insurable_by_month(lines: Iterable[Line]) -> dict[date, Decimal]:
    """EUR of the insurable lines by the first day of the calendar month in which they were earned."""
    by_start: dict[date, Decimal] = {}
    for line in lines:
        if line.is_pensionable:
            start = line.period.begins
            by_start[start] = by_start.get(start, ZERO) + line.amount
    months: dict[date, Decimal] = {}
    for start, amount in by_start.items():
        month = start.replace(day=1)
        months[month] = months.get(month, ZERO) + amount
    return months


def employee_pension(
    months: Mapping[date, Decimal], born: date | None, paid_on: date, paid_in_month: Iterable[PaidInMonth]
) -> Deduction | None:
    """The employee's part of the pension contribution, of the insurable pay of insured months; None: of none.

    A month's pay of one employment below the limit is not insured. The sum of the month decides: what earlier paydays
    paid for it counts, and the payday on which the sum reaches the limit takes the contribution of all of it.
    Insured are the months from the one after the 17th birthday to the one in which the upper age is reached. The
    percentage goes by the day of payment and, up to 2025, by age.
    Raises RateNotConfirmed if a figure that is needed is not confirmed; past the upper age none but that age is.
    Law: Employees Pensions Act (TyEL) 395/2006 4 §; that the second payday takes what the first did not is recalled.
    """
    if all(is_past_upper_age(born, month, PENSION_UNTIL_AGE) for month in months):
        return None
    limit = figure(MONTHLY_LIMIT).on(paid_on)
    earlier = _earlier(paid_in_month, limit.value)
    amount, before = ZERO, ZERO
    for month, sum_now in months.items():
        if not is_insured(born, month, paid_on, PENSION_AFTER_AGE, PENSION_UNTIL_AGE):
            continue
        paid, pensioned = earlier.get(month, (ZERO, ZERO))
        reaches = paid + sum_now >= limit.value
        due = (paid + sum_now if reaches else ZERO) - pensioned
        amount += due
        before += paid - pensioned if reaches else ZERO
    if amount <= 0:
        return None
    rate = pension_part(born, paid_on, PENSION, PENSION_AGED_53_TO_62)
    inputs = [("monthly_limit", str(limit.value))]
    if before:
        inputs.append(("paid_before_in_month", str(before)))
    return _made(DeductionCode.PENSION, amount, rate, "employee_pension", inputs)


def employee_unemployment(months: Mapping[date, Decimal], born: date | None, paid_on: date) -> Deduction | None:
    """The employee's unemployment insurance contribution (työttömyysvakuutusmaksu); None where nothing is insured.

    There is no lower limit: it is deducted also where the employer pays none. It is due of what is paid in the months
    from the one after the 18th birthday (17th until 2022) to the one of the 65th. Raises RateNotConfirmed.
    Law: 555/1998 12 a §.
    """
    base = unemployment_base(months, born, paid_on)
    if base <= 0:
        return None
    rate = figure(UNEMPLOYMENT).on(paid_on)
    return _made(DeductionCode.UNEMPLOYMENT, base, rate, "employee_unemployment", ())


def unemployment_base(months: Mapping[date, Decimal], born: date | None, paid_on: date) -> Decimal:
    """EUR of insurable pay that bears the contribution: all or none of it, by the age in the month of payment.

    The Act says after which month none is paid, and the Employment Fund reads it by the day of payment (its news of
    13.10.2021 on the new lower age). Raises RateNotConfirmed.
    """
    after = figure(UNEMPLOYMENT_AFTER_AGE).on(paid_on).value
    until = figure(UNEMPLOYMENT_UNTIL_AGE).on(paid_on).value
    return sum(months.values(), ZERO) if is_between_ages(born, paid_on, after, until) else ZERO


def between_ages(months: Mapping[date, Decimal], born: date | None, after: Decimal, until: Decimal) -> Decimal:
    """EUR of insurable pay earned in months between two ages."""
    return sum((each for month, each in months.items() if is_between_ages(born, month, after, until)), ZERO)


def has_unverified_age(born: date | None, paid_on: date) -> bool:
    """True where whether pension is insured hangs on an upper age that no source was seen for."""
    if born is None:
        return False
    until = figure(PENSION_UNTIL_AGE).on(born)
    lowest = figure(PENSION_UNTIL_AGE).on(date(1900, 1, 1)).value
    return until.value != lowest and paid_on.year - born.year >= int(lowest)


def _earlier(paid: Iterable[PaidInMonth], limit: Decimal) -> Mapping[date, tuple[Decimal, Decimal]]:
    """By month: insurable pay of earlier paydays, and the part of it that has borne the contribution."""
    sums: dict[date, tuple[Decimal, Decimal | None]] = {}
    for each in paid:
        month = each.month.replace(day=1)
        total, known = sums.get(month, (ZERO, ZERO))
        # One unknown part makes the whole unknown: the rule then says what was withheld.
        part = None if known is None or each.pensioned is None else known + each.pensioned
        sums[month] = (total + each.insurable, part)
    return {
        month: (total, (total if total >= limit else ZERO) if part is None else part)
        for month, (total, part) in sums.items()
    }


def _made(code: DeductionCode, base: Decimal, rate: Figure, rule: str, inputs: Iterable[tuple[str, str]]) -> Deduction:
    working = by_figure(rule, rate, tuple(inputs))
    return Deduction(code, percent_of(base, rate.value), base, ((base, rate.value),), working)
