"""Months that are paid alike: most carers by the month have one in which nothing happened, under the same terms."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from palkkio.calculation.facts import CareTerms, MonthFacts, RateFact, Terms
from palkkio.core.days import DateRange
from palkkio.rules import Profile


@dataclass(frozen=True, slots=True)
class Alike:
    """All that the lines of an uneventful month of informal care go by: equal ones have the same lines.

    contract  its days in the month; None: none
    terms     what they say, on their days in the month
    facts     of one of the months
    """

    profile: Profile
    month: DateRange
    contract: DateRange | None
    terms: tuple[Any, ...]
    facts: MonthFacts = field(compare=False)


def alike(facts: MonthFacts, profile: Profile) -> Alike | None:
    """What a month of informal care is paid by; None where something happened in it, which is its own."""
    if facts.entries or facts.trips or facts.events or any(terms.caps is not None for terms in facts.terms):
        return None
    month = facts.month
    return Alike(
        profile, month, facts.contract.overlap(month), tuple(_told(each, month) for each in facts.terms), facts
    )


def _told(terms: Terms, month: DateRange) -> tuple[Any, ...] | None:
    """Terms with amounts as they are written: 300 and 300.00 are equal, and lines show them as they are."""
    valid = terms.valid.overlap(month)
    if valid is None:
        return None
    if not terms.rates:
        return valid, _care(terms.care)
    # A rate without days of its own shows those of its terms.
    return terms.valid, _care(terms.care), tuple((key, _rate(rate)) for key, rate in terms.rates.items())


def _care(care: CareTerms | None) -> tuple[Any, ...]:
    return () if care is None else (care, str(care.interval_care_days), str(care.other_services_hours))


def _rate(rate: RateFact) -> tuple[Any, ...]:
    return rate, str(rate.amount)
