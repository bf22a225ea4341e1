"""Distraint of pay (palkan ulosmittaus): what a payment prohibition takes, and what it leaves."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from palkkio.calculation.facts import Distraint
from palkkio.core.days import DateRange
from palkkio.core.money import ZERO, to_cents
from palkkio.core.payslip import Deduction, DeductionCode, Working
from palkkio.rules import figure

PROTECTED_DEBTOR = "distraint/protected_debtor"
PROTECTED_DEPENDANT = "distraint/protected_dependant"
DAYS_OF_A_MONTH = 30
DAYS_OF_HALF_A_MONTH = 15
LAW = "705/2007 4:48; 705/2007 4:49"


def distraint(net: Decimal, order: Distraint, paid_on: date) -> Deduction:
    """What is distrained from `net` EUR: fees less withholding and the payee's statutory contributions.

    With the protected portion S of debtor and dependants: nothing up to S; two thirds of what exceeds S up to 2 S; a
    third of all up to 4 S; above that 4 S / 3 and four fifths of what exceeds 4 S, at most half of all.
    The written instructions of the enforcement authority go before it. Raises RateNotConfirmed where the protected
    portion is not confirmed on `paid_on`.
    Law: Enforcement Code (ulosottokaari) 705/2007 4:48-49.
    """
    net = max(net, ZERO)
    debtor, dependant = figure(PROTECTED_DEBTOR).on(paid_on), figure(PROTECTED_DEPENDANT).on(paid_on)
    days = DAYS_OF_HALF_A_MONTH if order.is_half_month else DAYS_OF_A_MONTH
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
    amount = to_cents(_taken(net, protected))
    return Deduction(DeductionCode.DISTRAINT, amount, net, (), working)


def _taken(net: Decimal, protected: Decimal) -> Decimal:
    if net <= protected:
        return Decimal(0)
    if net <= 2 * protected:
        return (net - protected) * 2 / 3
    if net <= 4 * protected:
        return net / 3
    return min(4 * protected / 3 + (net - 4 * protected) * 4 / 5, net / 2)
