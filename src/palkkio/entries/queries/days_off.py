"""Days off of informal carers in a calendar year: earned, taken, and what the care recipient is charged (OHT-6, OHT-7).

Nothing is stored here: charges are computed from the events as they stand, so that a late or withdrawn day off changes
them. Rows for invoicing, and their corrections, are payroll's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from palkkio.calculation.client_charges import HOURS_OF_A_DAY, ClientCharge, PartOfDayOff, client_charges
from palkkio.contracts.queries import terms_of
from palkkio.core.days import DateRange, months_between
from palkkio.core.payslip import ContractKind
from palkkio.core.problems import Problem
from palkkio.entries.models import CareEvent, EventKind
from palkkio.rates.queries import profile_of, timelines
from palkkio.rules import under

if TYPE_CHECKING:
    from palkkio.contracts.models import Contract

CHARGE = ("client_charge", "")  # code and class of the organisation's own amount
BOUND, OTHERS = 3, 2  # days off a month: bound round the clock or every day, and all others (937/2005 4 § 1)


@dataclass(frozen=True, slots=True)
class DaysOffOfYear:
    """One contract's days off in a calendar year.

    earned    by the Act, for the months of the contract in the year, until its end or the year's
    taken     full days of 24 hours; parts of days add up
    charges   to the care recipient, one for each full day that the Act gives; a service free by law makes none
    problems  days whose charge is not confirmed
    """

    earned: int
    taken: Decimal
    charges: tuple[ClientCharge, ...]
    problems: tuple[Problem, ...]


def days_off_of_year(contracts: Iterable[Contract], year: int) -> dict[int, DaysOffOfYear]:
    """By contract, for those of informal care; seven queries for any number.

    A month counts by the terms in force on its first day in the contract. A day off without hours counts as 24.
    Law: 937/2005 4 §, 734/1992 6 b §.
    """
    by_id = {each.pk: each for each in contracts if each.kind == ContractKind.INFORMAL_CARE}
    days = DateRange.of_days(date(year, 1, 1), date(year, 12, 31))
    parts: dict[int, list[PartOfDayOff]] = defaultdict(list)
    rows = CareEvent.objects.filter(
        contract_id__in=by_id, kind=EventKind.DAYS_OFF, withdrawn_at__isnull=True, valid__overlap=days
    ).order_by("contract_id", "valid", "pk")
    for contract_id, valid, hours, is_free in rows.values_list("contract_id", "valid", "hours", "is_free"):
        inside = valid.overlap(days)
        parts[contract_id] += [PartOfDayOff(day, hours or HOURS_OF_A_DAY, is_free) for day in inside]
    earned = _earned(by_id, days)
    decided = {
        organisation_id: timelines(organisation_id, ContractKind.INFORMAL_CARE, days).get(CHARGE, [])
        for organisation_id in {each.organisation_id for each in by_id.values()}
    }
    chosen = {organisation_id: profile_of(organisation_id) for organisation_id in decided}
    found = {}
    for contract_id, contract in by_id.items():
        with under(chosen[contract.organisation_id]):
            charges, problems = client_charges(
                parts[contract_id], statutory_days=earned[contract_id], decided=decided[contract.organisation_id]
            )
        taken = sum((each.hours for each in parts[contract_id]), Decimal(0)) / HOURS_OF_A_DAY
        found[contract_id] = DaysOffOfYear(earned[contract_id], taken, charges, problems)
    return found


def contracts_with_days_off(organisation_id: int, year: int, until: date) -> set[int]:
    """Contracts with days off told for a year up to a day."""
    days = DateRange.of_days(date(year, 1, 1), until)
    rows = CareEvent.objects.filter(
        organisation_id=organisation_id, kind=EventKind.DAYS_OFF, withdrawn_at__isnull=True, valid__overlap=days
    )
    return set(rows.values_list("contract_id", flat=True))


def _earned(by_id: dict[int, Contract], days: DateRange) -> dict[int, int]:
    """Statutory days off by contract: those of each month that the contract touches."""
    terms = terms_of(by_id)
    found = {}
    for contract_id, contract in by_id.items():
        inside = contract.valid.overlap(days)
        found[contract_id] = 0
        if inside is None or inside.last is None or inside.first is None:
            continue
        for month in months_between(inside.first, inside.last):
            part = month.overlap(inside)
            if part is None:
                continue
            first, _ = part.edges
            piece = next((each for each in terms[contract_id] if first in each.valid), None)
            found[contract_id] += BOUND if piece is not None and piece.is_binding else OTHERS
    return found
