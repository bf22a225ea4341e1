"""Holiday pay of all the leave that a leave year earned: by the average daily pay, or a percentage of its pay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from palkkio.calculation.assistance.leave import (
    FIFTEEN_YEARS,
    Accrual,
    Employed,
    LeaveRule,
    is_from_a_year,
    leave_year,
)
from palkkio.calculation.employment import LeaveYear
from palkkio.calculation.facts import AssistantTerms
from palkkio.core.days import add_months
from palkkio.core.money import ZERO, to_cents
from palkkio.rules import Figure, RateNotConfirmed, figure

MULTIPLIER = "annual_leave/multiplier"
FURTHER_DAY = "annual_leave/multiplier_of_further_day"
PERCENT_UNDER_1_YEAR = "annual_leave/percent_under_1_year"
PERCENT_FROM_1_YEAR = "annual_leave/percent_from_1_year"
PERCENT_FROM_15_YEARS = "annual_leave/percent_from_15_years"
LAW_OF_PAY = "162/2005 11 §"
LAW_OF_PERCENT = "162/2005 12 §"
LAW_OF_COMPENSATION = "162/2005 16 §, 17 §"
MOST_OF_TABLE, HOURS_OF_A_DAY = 30, 8
FOUR_PLACES = Decimal("0.0001")
EIGHTH = Decimal(1) / HOURS_OF_A_DAY


@dataclass(frozen=True, slots=True)
class Whole:
    """The holiday pay of all leave that a leave year earned; a part of the leave pays its share.

    amount   EUR, exact: a share of it is rounded once
    days     weekdays earned
    of       what a share is taken of, EUR: the pay of the leave year by `percent`, or the holiday pay of all the days
    """

    amount: Fraction
    days: int
    of: Decimal
    percent: Decimal | None
    rate: Figure
    rule: str
    law: str
    inputs: tuple[tuple[str, str], ...]


def by_average_daily_pay(year: LeaveYear, earned: Accrual, terms: AssistantTerms) -> Whole:
    """Holiday pay of hourly paid work under the 14-day rule: average daily pay times the multiplier of the Act.

    The average is the pay of the leave year without premium for overtime or emergency work, over the days worked and
    an eighth of the hours above the regular day; with other than five working days a week times these by five.
    Raises RateNotConfirmed: the Act gives no multiplier for a single day. Law: 162/2005 11 §.
    """
    if not earned.days:
        return Whole(Fraction(0), 1, ZERO, None, earned.per_month, "leave_pay_average", LAW_OF_PAY, ())
    factor, rate = multiplier(earned.days, year.first)
    pay, divisor = year.pay - year.overtime_premium, year.days_worked + year.hours_above_daily * EIGHTH
    average = pay / divisor * terms.working_days_per_week / 5
    inputs = (
        *_inputs(year, earned),
        ("divisor", f"{divisor.quantize(FOUR_PLACES).normalize():f}"),
        ("working_days_per_week", str(terms.working_days_per_week)),
        ("average_daily_pay", str(to_cents(average))),
        ("multiplier", str(factor)),
    )
    amount = Fraction(pay * factor * terms.working_days_per_week) / Fraction(divisor * 5)
    return Whole(amount, earned.days, in_cents(amount), None, rate, "leave_pay_average", LAW_OF_PAY, inputs)


def by_percent(year: LeaveYear, earned: Accrual, employed: Employed, ends: date) -> Whole:
    """Holiday pay under the 35-hour rule, or of the right to time off: a percentage of the leave year's pay.

    Premium for overtime or emergency work is left out, computed pay for absences that count like work is added.
    Raises RateNotConfirmed: what three days a month pay is not known. Law: 162/2005 12 §, 16 §.
    """
    is_time_off = earned.rule is LeaveRule.NONE
    has_15_years = employed.is_under_agreement and add_months(employed.since, FIFTEEN_YEARS) <= ends
    if has_15_years and not is_time_off:
        key = PERCENT_FROM_15_YEARS
    else:
        key = PERCENT_FROM_1_YEAR if is_from_a_year(employed, ends) else PERCENT_UNDER_1_YEAR
    rate = figure(key).on(year.first)
    base = year.pay - year.overtime_premium + year.absence_pay
    rule, law = ("time_off_pay", LAW_OF_COMPENSATION) if is_time_off else ("leave_pay_percent", LAW_OF_PERCENT)
    amount = Fraction(base * rate.value / 100) if earned.days else Fraction(0)
    return Whole(amount, max(earned.days, 1), base, rate.value, rate, rule, law, _inputs(year, earned))


def in_cents(amount: Fraction) -> Decimal:
    """EUR rounded half up to cents. A Decimal would lose the half of a cent where a third comes in between."""
    return to_cents(Decimal(amount.numerator) / amount.denominator)


def multiplier(days: int, first: date) -> tuple[Decimal, Figure]:
    """The multiplier of the average daily pay for `days` weekdays of leave, and its figure. Raises RateNotConfirmed."""
    if days < 2:
        raise RateNotConfirmed(f"{MULTIPLIER}/{days}", first)
    rate = figure(f"{MULTIPLIER}/{min(days, MOST_OF_TABLE)}").on(first)
    further = figure(FURTHER_DAY).on(first).value if days > MOST_OF_TABLE else Decimal(0)
    return rate.value + further * max(days - MOST_OF_TABLE, 0), rate


def _inputs(year: LeaveYear, earned: Accrual) -> tuple[tuple[str, str], ...]:
    whole = leave_year(year.first)
    return (
        ("leave_year", f"{whole.first}/{whole.last}"),
        ("pay", str(year.pay)),
        ("overtime_premium", str(year.overtime_premium)),
        ("absence_pay", str(year.absence_pay)),
        ("full_months", str(earned.full_months)),
        ("days_earned", str(earned.days)),
    )
