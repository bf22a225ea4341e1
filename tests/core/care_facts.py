"""Facts of monthly fees that tests start from; each test changes what it is about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from palkkio.calculation.events import AbsenceReason, CarerIll, Event, RecipientAway
from palkkio.calculation.facts import CareTerms, MonthFacts, RateFact, Terms
from palkkio.core.days import DateRange
from palkkio.core.payslip import ContractKind

MARCH = DateRange.of_month(2018, 3)
ALWAYS = DateRange(date(2017, 1, 1), None)


def days(first: str, last: str | None = None) -> DateRange:
    return DateRange.of_days(date.fromisoformat(first), date.fromisoformat(last) if last else None)


def care_terms(
    fee_class: str = "I", valid: DateRange = ALWAYS, rates: Mapping[str, str] | None = None, **rest: object
) -> Terms:
    facts = {key: RateFact(Decimal(amount), source="Board § 8") for key, amount in (rates or {}).items()}
    return Terms(valid, facts, CareTerms(fee_class, **rest))  # type: ignore[arg-type]


def informal(
    *events: Event, terms: tuple[Terms, ...] = (), month: DateRange = MARCH, contract: DateRange = ALWAYS
) -> MonthFacts:
    return MonthFacts(
        kind=ContractKind.INFORMAL_CARE,
        contract=contract,
        month=month,
        terms=terms or (care_terms(),),
        entries=(),
        trips=(),
        events=events,
    )


def family(*events: Event, terms: tuple[Terms, ...], month: DateRange, contract: DateRange = ALWAYS) -> MonthFacts:
    return MonthFacts(ContractKind.FAMILY_CARE, contract, month, terms, (), (), events)


def ill(first: str, last: str | None = None) -> CarerIll:
    return CarerIll(days(first, last))


def away(first: str, last: str | None = None, reason: AbsenceReason = AbsenceReason.HEALTH) -> RecipientAway:
    return RecipientAway(days(first, last), reason)
