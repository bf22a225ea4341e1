"""Deductions from one payment: withholding, the carer's pension part, dues by power of attorney."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from palkkio.calculation.ages import is_between_ages
from palkkio.calculation.facts import Payee, TaxCard
from palkkio.core.days import DateRange
from palkkio.core.money import ZERO, percent_of, to_cents
from palkkio.core.payslip import Deduction, DeductionCode, Line, Working
from palkkio.rules import Figure, figure

WITHOUT_CARD = "withholding/without_card"
PENSION = "social_insurance/carer_pension/basic"
PENSION_AGED_53_TO_62 = "social_insurance/carer_pension/aged_53_to_62"
INSURED_AFTER_AGE = "social_insurance/juel/insured_after_age"
INSURED_UNTIL_AGE = "social_insurance/juel/insured_until_age"

NOT_INSURED = Working(rule="pension_not_insured_by_age", law="81/2016 5 §")
ONE_RATE_FROM = date(2026, 1, 1)  # the raised part of those aged 53 to 62 ended with 2025


def withholding(taxable: Decimal, card: TaxCard | None, paid_on: date) -> Deduction:
    """Withholding (ennakonpidätys) from one payment of `taxable` EUR.

    Up to the card's ceiling by the base percent, above it by the additional percent, also inside one payment; without
    a card that can be used on `paid_on` by the percentage of the decree.
    Raises RateNotConfirmed if that percentage is not confirmed for the day.
    Law: Prepayment Act (ennakkoperintälaki) 1118/1996; without a card 1124/1996 3 §.
    """
    taxable = max(taxable, ZERO)
    if card is None or not can_be_used(card, paid_on):
        rate = figure(WITHOUT_CARD).on(paid_on)
        working = by_figure("withholding_without_card", rate)
        return _deduction(DeductionCode.WITHHOLDING, taxable, ((taxable, rate.value),), working)
    within = taxable if card.ceiling is None else min(taxable, max(card.ceiling - card.accumulated, ZERO))
    parts = tuple(part for part in ((within, card.base), (taxable - within, card.additional)) if part[0])
    working = Working(
        rule="withholding_by_card",
        law="1118/1996",
        tag="V",
        rate_valid=DateRange(card.valid_from, None),
        inputs=(
            ("base", str(card.base)),
            ("ceiling", "" if card.ceiling is None else str(card.ceiling)),
            ("additional", str(card.additional)),
            ("accumulated", str(card.accumulated)),
        ),
    )
    return _deduction(DeductionCode.WITHHOLDING, taxable, parts or ((taxable, card.base),), working)


def can_be_used(card: TaxCard, paid_on: date) -> bool:
    """A card holds from its day to the end of its year, and in January after it if there is no newer one."""
    if card.valid_from > paid_on:
        return False
    return card.valid_from.year == paid_on.year or (card.valid_from.year == paid_on.year - 1 and paid_on.month == 1)


def pension(lines: Sequence[Line], payee: Payee, paid_on: date) -> Deduction:
    """The carer's part of the pension contribution (työeläkemaksu), from pensionable lines only.

    Insured are the earning periods from the month after the 17th birthday to the end of the month in which the upper
    age is reached. The percentage goes by the day of payment and, up to 2025, by age: the raised part holds from the
    month after the 53rd birthday to the end of the month of the 63rd. An entrepreneur with YEL pays none.
    An unknown birthday is taken as insured at the basic part; `pay` says so.
    Raises RateNotConfirmed if a figure that is needed is not confirmed; past the upper age none but that age is.
    Law: Public Sector Pensions Act (JuEL) 81/2016, 5 §.
    """
    if payee.is_self_insured:
        return _deduction(DeductionCode.PENSION, ZERO, (), Working(rule="pension_self_insured"))
    pensionable = [line for line in lines if line.is_pensionable]
    if pensionable and all(
        is_past_upper_age(payee.born, line.period.begins, INSURED_UNTIL_AGE) for line in pensionable
    ):
        return _deduction(DeductionCode.PENSION, ZERO, (), NOT_INSURED)
    rate = pension_part(payee.born, paid_on, PENSION, PENSION_AGED_53_TO_62)
    insured = [
        line
        for line in pensionable
        if is_insured(payee.born, line.period.begins, paid_on, INSURED_AFTER_AGE, INSURED_UNTIL_AGE)
    ]
    if pensionable and not insured:
        return _deduction(DeductionCode.PENSION, ZERO, (), NOT_INSURED)
    base = max(sum((line.amount for line in insured), ZERO), ZERO)
    return _deduction(DeductionCode.PENSION, base, ((base, rate.value),), by_figure("carer_pension", rate))


def is_insured(born: date | None, day: date, paid_on: date, after_age: str, until_age: str) -> bool:
    """True if work in the month that holds `day` is insured, by the figures of the lower and the upper age.

    Raises RateNotConfirmed.
    """
    if born is None:
        return True
    return is_between_ages(born, day, figure(after_age).on(paid_on).value, figure(until_age).on(born).value)


def is_past_upper_age(born: date | None, day: date, insured_until_age: str) -> bool:
    """True in the months after the one in which an upper age by day of birth is reached; no other figure is asked."""
    return born is not None and not is_between_ages(born, day, ZERO, figure(insured_until_age).on(born).value)


def dues(code: DeductionCode, taxable: Decimal, percent: Decimal) -> Deduction:
    """Union dues or the fee of an unemployment fund, by power of attorney: per cent of the taxable pay."""
    base = max(taxable, ZERO)
    return _deduction(code, base, ((base, percent),), Working(rule=code.lower()))


def pension_part(born: date | None, paid_on: date, basic: str, aged_53_to_62: str) -> Figure:
    """The payee's percentage on a day of payment; up to 2025 a raised one from the month after 53 to that of 63.

    Raises RateNotConfirmed if the figure is not confirmed.
    """
    is_raised = (
        paid_on < ONE_RATE_FROM and born is not None and is_between_ages(born, paid_on, Decimal(53), Decimal(63))
    )
    return figure(aged_53_to_62 if is_raised else basic).on(paid_on)


def by_figure(rule: str, rate: Figure, inputs: tuple[tuple[str, str], ...] = ()) -> Working:
    """The working of what one figure decides."""
    return Working(rule, rate.law, rate.source, rate.valid, rate.tag, inputs=inputs)


def _deduction(
    code: DeductionCode, base: Decimal, parts: tuple[tuple[Decimal, Decimal], ...], working: Working
) -> Deduction:
    if len(parts) == 1:
        return Deduction(code, percent_of(*parts[0]), base, parts, working)
    amount = to_cents(sum((part * percent for part, percent in parts), Decimal(0)) / 100)
    return Deduction(code, amount, base, parts, working)
