"""What a care recipient is charged for the carer's statutory days off; the carer's fee is not touched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from palkkio.calculation.facts import RateFact
from palkkio.core.days import Dated, DateRange, value_on
from palkkio.core.payslip import Working
from palkkio.core.problems import Problem, ProblemCode
from palkkio.rules import RateNotConfirmed, figure

CHARGE = "informal_care/client_charge_per_day_off"
LAW = "734/1992 6 b §"
HOURS_OF_A_DAY = Decimal(24)


@dataclass(frozen=True, slots=True)
class PartOfDayOff:
    """Care that stood in for a whole or part of a day off, in hours from its start.

    is_free  a service that is free of charge by law
    """

    on: date
    hours: Decimal
    is_free: bool = False


@dataclass(frozen=True, slots=True)
class ClientCharge:
    """One charge (asiakasmaksu) to the care recipient, in EUR, on the day on which 24 hours were full."""

    on: date
    amount: Decimal
    working: Working


def client_charges(
    parts: Iterable[PartOfDayOff], *, statutory_days: int, decided: Sequence[Dated[RateFact]] = ()
) -> tuple[tuple[ClientCharge, ...], tuple[Problem, ...]]:
    """Charges for days off that were taken, one for each full 24 hours of a calendar year; a rest is not charged.

    parts           may lie in several months; days off may be used later in their calendar year
    statutory_days  days off that the Act gives in the year: no more are charged by it
    decided         the payer's own amounts in EUR a day, which go before the figure of the law, its maximum
    A day whose charge is not confirmed makes RATE_NOT_CONFIRMED and no charge.
    Law: 734/1992 6 b §, 937/2005 4 §.
    """
    charges: list[ClientCharge] = []
    problems: dict[Problem, None] = {}
    hours: dict[int, Decimal] = {}
    charged: dict[int, int] = {}
    for part in sorted(parts, key=lambda each: each.on):
        if part.is_free:
            continue
        year = part.on.year
        hours[year] = hours.get(year, Decimal(0)) + part.hours
        while hours[year] >= HOURS_OF_A_DAY and charged.get(year, 0) < statutory_days:
            hours[year] -= HOURS_OF_A_DAY
            charged[year] = charged.get(year, 0) + 1
            own = value_on(decided, part.on)
            if own is not None:
                working = Working("client_charge", own.law or LAW, own.source, own.valid, own.tag, (part.on,))
                charges.append(ClientCharge(part.on, own.amount, working))
                continue
            try:
                rate = figure(CHARGE).on(part.on)
            except RateNotConfirmed as error:
                problems[Problem(ProblemCode.RATE_NOT_CONFIRMED, error.figure, error.day)] = None
                continue
            working = Working("client_charge", rate.law, rate.source, rate.valid, rate.tag, (part.on,))
            charges.append(ClientCharge(part.on, rate.value, working))
    return tuple(charges), tuple(problems)


def in_month(charges: Iterable[ClientCharge], month: DateRange) -> tuple[ClientCharge, ...]:
    """Charges of one month."""
    return tuple(each for each in charges if each.on in month)
