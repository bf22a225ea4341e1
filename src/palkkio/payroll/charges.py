"""Charges of days off as they stand, and as they should be (OHT-6, OHT-7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import QuerySet, Sum

from palkkio.calculation.client_charges import ClientCharge as Charged
from palkkio.contracts import queries as contracts
from palkkio.core.money import ZERO, to_cents
from palkkio.core.payslip import ContractKind
from palkkio.entries.queries.days_off import DaysOffOfYear, contracts_with_days_off, days_off_of_year
from palkkio.payroll.models import ClientCharge, Run

if TYPE_CHECKING:
    from palkkio.contracts.models import Contract


@dataclass(frozen=True, slots=True)
class Due:
    """A row that a run owes to invoicing: what a day should be charged less what stands for it."""

    contract: Contract
    on: date
    amount: Decimal
    is_correction: bool
    law: str
    source: str


def rows_of_run(run: Run) -> QuerySet[ClientCharge]:
    """What a run hands to invoicing, by care recipient and day."""
    rows = ClientCharge.objects.filter(run=run, is_cancelled=False).select_related("contract", "recipient")
    return rows.order_by("recipient__sort_key", "recipient_id", "on", "pk")


def due(organisation_id: int, until: date) -> list[Due]:
    """What differs between days off as they stand and what was charged, for days to `until` of its year and the one
    before: facts that come late in January belong to December too. A dozen queries for any number of contracts.
    """
    found: list[Due] = []
    for year in (until.year - 1, until.year):
        found += _of_year(organisation_id, year, until)
    return found


def not_confirmed(organisation_id: int, until: date) -> tuple[Contract, ...]:
    """Contracts with days off of the year whose charge is not confirmed: nothing is charged by a guess."""
    chosen = contracts.contracts_by_id(contracts_with_days_off(organisation_id, until.year, until))
    found = days_off_of_year(chosen.values(), until.year)
    return tuple(chosen[number] for number, each in found.items() if each.problems)


def due_of_run(run: Run) -> list[Due]:
    """What a run would hand to invoicing now; nothing where it pays no informal carers, or chosen contracts only."""
    until = _until(run)
    return [] if until is None else due(run.organisation_id, until)


def not_confirmed_of_run(run: Run) -> tuple[Contract, ...]:
    until = _until(run)
    return () if until is None else not_confirmed(run.organisation_id, until)


def _until(run: Run) -> date | None:
    until = run.until_by_kind.get(ContractKind.INFORMAL_CARE)
    if run.state == Run.State.CANCELLED or until is None or run.only_contracts:
        return None
    return date.fromisoformat(until)


def _of_year(organisation_id: int, year: int, until: date) -> Iterator[Due]:
    first, last = date(year, 1, 1), min(date(year, 12, 31), until)
    standing: dict[tuple[int, date], Decimal] = {
        (contract_id, on): total
        for contract_id, on, total in ClientCharge.objects.filter(
            organisation_id=organisation_id, is_cancelled=False, on__range=(first, last)
        )
        .values_list("contract_id", "on")
        .annotate(total=Sum("amount"))
    }
    ids = {contract_id for contract_id, _ in standing} | contracts_with_days_off(organisation_id, year, last)
    chosen = contracts.contracts_by_id(ids)
    of_kind = [each for each in chosen.values() if each.kind == ContractKind.INFORMAL_CARE]
    found = days_off_of_year(of_kind, year)
    charged = _charged(found, last)
    for key in sorted({*standing, *charged}):
        if found[key[0]].earned is None:
            continue  # how many days off are earned is not confirmed: nothing is charged, nor given back, by a guess
        was, charge = standing.get(key, ZERO), charged.get(key)
        amount = (to_cents(charge.amount) if charge is not None else ZERO) - was
        if amount:
            working = charge.working if charge is not None else None
            yield Due(
                contract=chosen[key[0]],
                on=key[1],
                amount=amount,
                is_correction=key in standing,
                law="" if working is None else working.law,
                source="" if working is None else working.source,
            )


def _charged(found: dict[int, DaysOffOfYear], last: date) -> dict[tuple[int, date], Charged]:
    return {
        (contract_id, charge.on): charge
        for contract_id, each in found.items()
        for charge in each.charges
        if charge.on <= last
    }
