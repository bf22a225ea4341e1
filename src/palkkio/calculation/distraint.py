"""Distraint of pay (palkan ulosmittaus): what a payment prohibition takes, and what it leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from palkkio.calculation.facts import Distraint
from palkkio.core.days import DateRange
from palkkio.core.money import ZERO, to_cents
from palkkio.core.payslip import Deduction, DeductionCode, Line, PayResult, Working
from palkkio.rules import figure

PROTECTED_DEBTOR = "distraint/protected_debtor"
PROTECTED_DEPENDANT = "distraint/protected_dependant"
DAYS_OF_A_MONTH = 30
DAYS_OF_HALF_A_MONTH = 15
LAW = "705/2007 4:48; 705/2007 4:49"
LAW_NOT_PERIODIC = "705/2007 4:50"
# What comes after distraint, and does not lower what it is counted from.
AFTER_DISTRAINT = frozenset({DeductionCode.DISTRAINT, DeductionCode.UNION_DUES, DeductionCode.FUND_FEE})


def distraint(net: Decimal, order: Distraint, paid_on: date) -> Deduction:
    """What is distrained from one payslip of `net` EUR: fees less withholding and the payee's statutory contributions.

    It is computed once over all payslips of the payee on the payday (PAY-12), as `order` tells of the others: with the
    protected portion S of debtor and dependants nothing up to S; two thirds of what exceeds S up to 2 S; a third of all
    up to 4 S; above that 4 S / 3 and four fifths of what exceeds 4 S, at most half of all. Each payslip bears its part
    by its net; the parts of the payday add up to the cent. What the authority's instructions take instead goes before
    the scale, and never above the net. Of pay that does not come regularly a third is taken, without a protected
    portion; where the year's pay is large the authority says so by an amount.
    Raises RateNotConfirmed where the protected portion is needed and not confirmed on `paid_on`.
    Law: Enforcement Code (ulosottokaari) 705/2007 4:45, 4:48-50.
    """
    net = max(net, ZERO)
    here = order.before + net + order.after
    total = order.made + here
    taken, working = _taken_in_all(total, order, paid_on)
    left = min(max(taken - order.taken, ZERO), here)
    amount = _part(left, order.before + net, here) - _part(left, order.before, here)
    if total != net:
        working = replace(
            working,
            inputs=(
                *working.inputs,
                ("payday_net", str(total)),
                ("payday_distraint", str(taken)),
                *((("payday_taken", str(order.taken)),) if order.taken else ()),
            ),
        )
    return Deduction(DeductionCode.DISTRAINT, amount, net, (), working)


def base(lines: Sequence[Line], deductions: Sequence[Deduction]) -> Decimal:
    """What can be distrained from a payslip, EUR: fees and pay, not allowances for costs, less what the law deducts."""
    fees = sum((line.amount for line in lines if line.is_pensionable), ZERO)
    return max(fees - sum((each.amount for each in deductions if each.code not in AFTER_DISTRAINT), ZERO), ZERO)


def over_payday(results: Sequence[PayResult], order: Distraint) -> tuple[Distraint, ...]:
    """The order as each of the payee's payslips of a payday sees it, in the order of contract numbers."""
    bases = [base(each.lines, each.deductions) for each in results]
    return tuple(
        replace(order, before=sum(bases[:at], ZERO), after=sum(bases[at + 1 :], ZERO)) for at in range(len(bases))
    )


def least_left(paid_on: date, *, is_half_month: bool) -> Decimal:
    """EUR that an employer's set-off leaves of a payday at the least: the protected portion of the debtor alone.

    Raises RateNotConfirmed. Law: Employment Contracts Act (työsopimuslaki) 55/2001 2:17, by the Enforcement Code.
    """
    return _protected_days(is_half_month=is_half_month) * figure(PROTECTED_DEBTOR).on(paid_on).value


def _protected_days(*, is_half_month: bool) -> int:
    return DAYS_OF_HALF_A_MONTH if is_half_month else DAYS_OF_A_MONTH


def _taken_in_all(total: Decimal, order: Distraint, paid_on: date) -> tuple[Decimal, Working]:
    if order.amount is not None:
        return min(order.amount, total), Working(rule="distraint_ordered", law=LAW)
    if not order.is_periodic:
        return to_cents(total / 3), Working(rule="distraint_not_periodic", law=LAW_NOT_PERIODIC, tag="V")
    debtor, dependant = figure(PROTECTED_DEBTOR).on(paid_on), figure(PROTECTED_DEPENDANT).on(paid_on)
    days = _protected_days(is_half_month=order.is_half_month)
    protected = days * (debtor.value + order.dependants * dependant.value)
    working = Working(
        rule="distraint",
        law=LAW,
        source=debtor.source,
        rate_valid=DateRange(debtor.valid.start, debtor.valid.end),
        tag=debtor.tag,
        inputs=(
            ("protected", str(protected)),
            ("dependants", str(order.dependants)),
            ("protected_days", str(days)),
        ),
    )
    return to_cents(_scale(total, protected)), working


def _scale(net: Decimal, protected: Decimal) -> Decimal:
    if net <= protected:
        return Decimal(0)
    if net <= 2 * protected:
        return (net - protected) * 2 / 3
    if net <= 4 * protected:
        return net / 3
    return min(4 * protected / 3 + (net - 4 * protected) * 4 / 5, net / 2)


def _part(amount: Decimal, of: Decimal, total: Decimal) -> Decimal:
    """The part of `amount` that falls on the first `of` of `total` EUR, in cents: parts add up to the whole."""
    return to_cents(amount * of / total) if total else ZERO
