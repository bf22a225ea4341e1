"""Facts of personal assistants for tests: one employment with an agreed pay, shifts of one pay period."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from palkkio.calculation.assistance import assistant_lines
from palkkio.calculation.facts import Around, AssistantTerms, MonthFacts, RateFact, Shift, Terms
from palkkio.core.clock import HELSINKI
from palkkio.core.days import DateRange
from palkkio.core.payslip import ContractKind, Line
from palkkio.core.problems import Problem
from palkkio.rules import profile

PROFILE = profile("default")
CONTRACT = DateRange(date(2020, 1, 1), None)
TERMS = AssistantTerms(
    agreement="heta",
    area="capital",
    hourly=RateFact(Decimal("12.51"), "Contract 2024"),
    weekly_hours=Decimal(20),
    employed_since=date(2024, 1, 1),
)


def shift(start: str, hours: str | int = 1) -> Shift:
    """A shift from a time of the clock in Helsinki, so many hours of elapsed time."""
    begins = datetime.fromisoformat(start).replace(tzinfo=HELSINKI).astimezone(UTC)
    return Shift(begins, begins + timedelta(minutes=int(Decimal(hours) * 60)), "1.1")


def period(first: date, last: date, *shifts: Shift, around: tuple[Shift, ...] = (), **terms: object) -> MonthFacts:
    """One pay period; `terms` change those of TERMS."""
    assistant = replace(TERMS, **terms)  # type: ignore[arg-type]
    return MonthFacts(
        kind=ContractKind.PERSONAL_ASSISTANCE,
        contract=CONTRACT,
        month=DateRange.of_days(first, last),
        terms=(Terms(CONTRACT, {}, assistant=assistant),),
        entries=(),
        trips=(),
        shifts=shifts,
        around=Around(around),
    )


def lines(month: MonthFacts) -> tuple[Line, ...]:
    return assistant_lines(month, PROFILE)[0]


def problems(month: MonthFacts) -> tuple[Problem, ...]:
    return assistant_lines(month, PROFILE)[1]


def amounts(month: MonthFacts) -> dict[str, Decimal]:
    """EUR by line code."""
    return {line.code: line.amount for line in lines(month)}


def seconds(month: MonthFacts) -> dict[tuple[str, Decimal, Decimal | None], Decimal]:
    """Hours by line code, hourly pay and percentage."""
    return {(line.code, line.of, line.percent): line.quantity for line in lines(month)}
