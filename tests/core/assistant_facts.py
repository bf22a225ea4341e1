"""Facts of personal assistants that tests start from; each test changes what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from palkkio.calculation.facts import AssistantTerms, MonthFacts, Payee, PayFacts, RateFact, Shift, TaxCard, Terms
from palkkio.core.clock import HELSINKI
from palkkio.core.days import DateRange
from palkkio.core.payslip import ContractKind

FIRST_HALF = DateRange.of_days(date(2026, 3, 1), date(2026, 3, 15))
SECOND_HALF = DateRange.of_days(date(2026, 3, 16), date(2026, 3, 31))
SINCE = date(2024, 1, 1)
WAGE_CARD = TaxCard(Decimal("12.5"), Decimal("20000.00"), Decimal("34.0"), date(2026, 1, 1), Decimal("0.00"))
ASSISTANT = AssistantTerms(agreement="statute", hourly=RateFact(Decimal("12.51")), employed_since=SINCE)


def shift(day: date, hours: Decimal | int | str, *, start: int = 8, is_scheduled: bool = False) -> Shift:
    """A shift of elapsed hours from `start` o'clock of Helsinki."""
    begins = datetime(day.year, day.month, day.day, start, tzinfo=HELSINKI)
    return Shift(begins, begins + timedelta(seconds=int(Decimal(hours) * 3600)), is_scheduled=is_scheduled)


def half_month(
    shifts: Sequence[Shift] = (),
    period: DateRange = FIRST_HALF,
    *,
    terms: AssistantTerms = ASSISTANT,
    contract: DateRange | None = None,
    **more: Any,
) -> MonthFacts:
    contract = contract or DateRange(SINCE, None)
    dated = Terms(DateRange(contract.start, None), {}, assistant=terms)
    facts = MonthFacts(ContractKind.PERSONAL_ASSISTANCE, contract, period, (dated,), (), (), shifts=tuple(shifts))
    return replace(facts, **more)


def wages(*months: MonthFacts, paid_on: date = date(2026, 3, 31), **more: Any) -> PayFacts:
    facts = PayFacts(paid_on, Payee(date(1990, 5, 5)), months, WAGE_CARD, "default")
    return replace(facts, **more)
