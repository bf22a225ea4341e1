"""Facts that tests of the calculation start from; each test changes what it is about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from palkkio.calculation.facts import Entry, MonthFacts, Payee, PayFacts, RateFact, TaxCard, Terms, Trip
from palkkio.core.days import DateRange
from palkkio.core.payslip import ContractKind, DayType

MAY = DateRange.of_month(2026, 5)
APRIL = DateRange.of_month(2026, 4)
PAYDAY = date(2026, 6, 30)
CARD = TaxCard(Decimal("12.0"), Decimal("5000.00"), Decimal("30.0"), date(2026, 1, 1), Decimal("0.00"))
PAYEE = Payee(date(1984, 6, 1))
CARE = {"care": "97.55"}


def terms(rates: Mapping[str, str], first: date = date(2026, 1, 1), last: date | None = None) -> Terms:
    facts = {key: RateFact(Decimal(amount), source="Board 15.12.2025 § 8") for key, amount in rates.items()}
    return Terms(DateRange.of_days(first, last), facts)


def care(*days: int, month: DateRange = MAY) -> tuple[Entry, ...]:
    return entries(DayType.CARE, *days, month=month)


def entries(day_type: DayType, *days: int, month: DateRange = MAY) -> tuple[Entry, ...]:
    start, _ = month.edges
    return tuple(Entry(start.replace(day=day), day_type) for day in days)


def month(
    *entered: Entry,
    rates: Mapping[str, str] | None = None,
    trips: tuple[Trip, ...] = (),
    period: DateRange = MAY,
    kind: ContractKind = ContractKind.SUBSTITUTE_CARE,
    contract: DateRange | None = None,
    dated: tuple[Terms, ...] = (),
) -> MonthFacts:
    return MonthFacts(
        kind=kind,
        contract=contract or DateRange(date(2025, 1, 1), None),
        month=period,
        terms=dated or (terms(CARE if rates is None else rates),),
        entries=entered,
        trips=trips,
    )


def facts(
    *months: MonthFacts,
    paid_on: date = PAYDAY,
    payee: Payee = PAYEE,
    card: TaxCard | None = CARD,
    profile: str = "western-uusimaa",
) -> PayFacts:
    return PayFacts(paid_on=paid_on, payee=payee, months=months, tax_card=card, profile=profile)
