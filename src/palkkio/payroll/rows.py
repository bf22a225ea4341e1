"""Rows that a run is computed from, and the statements that read them: no model instances."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from palkkio.core.days import DateRange
from palkkio.organisations.asking import days_of, days_or_none, numbers, rows_of
from palkkio.people.identity import ring

if TYPE_CHECKING:
    from palkkio.entries.models import SheetRevision


@dataclass(slots=True)
class PersonRow:
    """What is read of a payee."""

    pk: int
    sort_key: str
    is_identified: bool  # has an identity code or a Business ID
    born: date | None
    died_on: date | None
    in_prepayment_register: DateRange | None
    identity_code: str = ""  # sealed codes are opened only where the day of birth is told by nothing else


@dataclass(slots=True)
class ContractRow:
    """What is read of a contract; named as the table's columns."""

    pk: int
    organisation_id: int
    number: str
    kind: str
    recipient_id: int | None
    employer_id: int | None
    is_self_insured: bool
    valid: DateRange
    carer: PersonRow

    @property
    def carer_id(self) -> int:
        return self.carer.pk


@dataclass(slots=True)
class SheetRow:
    pk: int
    contract_id: int
    period: DateRange
    contract: ContractRow


@dataclass(slots=True)
class RevisionRow:
    """What is read of a revision; `entries` makes facts of it."""

    pk: int
    number: int
    period: DateRange
    facts: Mapping[str, Any]
    sheet: SheetRow

    @property
    def sheet_id(self) -> int:
        return self.sheet.pk


@dataclass(slots=True)
class CardRow:
    """What is read of a tax card."""

    valid: DateRange
    pk: int
    person_id: int
    kind: str
    base_percent: Decimal
    ceiling: Decimal | None
    additional_percent: Decimal
    accumulates_from: date
    accumulated_before: Decimal
    fetched_at: float  # seconds


CONTRACTS = """
    SELECT contract.id, contract.organisation_id, contract.number, contract.kind, contract.recipient_id,
           contract.employer_id, contract.is_self_insured, contract.valid::text, contract.carer_id, person.sort_key,
           person.identity_code <> '' OR person.business_id <> '', person.born, person.died_on,
           person.in_prepayment_register::text,
           CASE WHEN person.born IS NULL THEN person.identity_code ELSE '' END
      FROM contracts_contract contract
      JOIN people_person person ON person.id = contract.carer_id
     WHERE contract.id = ANY(%(contracts)s::bigint[])
     ORDER BY contract.id
"""
REVISIONS = """
    SELECT revision.id, revision.number, revision.period::text, revision.facts::text,
           sheet.id, sheet.contract_id, sheet.period::text
      FROM entries_sheetrevision revision
      JOIN entries_sheet sheet ON sheet.id = revision.sheet_id
     WHERE revision.id = ANY(%(revisions)s::bigint[])
     ORDER BY sheet.contract_id, revision.period, revision.id
"""
CARDS = """
    SELECT valid::text, id, person_id, kind, base_percent, ceiling, additional_percent, accumulates_from,
           accumulated_before, extract(epoch FROM fetched_at)::float8
      FROM payroll_taxcard
     WHERE person_id = ANY(%(people)s::bigint[])
     ORDER BY id
"""


def contracts_by_id(contract_ids: Collection[int]) -> dict[int, ContractRow]:
    """Contracts with their carers, in one query."""
    found = {}
    for row in rows_of(CONTRACTS, contracts=numbers(contract_ids)):
        pk, of, number, kind, recipient_id, employer_id, is_self_insured, valid, *carer = row
        person_id, sort_key, is_identified, born, died_on, registered, sealed = carer
        person = PersonRow(person_id, sort_key, is_identified, born, died_on, days_or_none(registered))
        if sealed:
            person.identity_code = ring().open(sealed)
        found[pk] = ContractRow(
            pk, of, number, kind, recipient_id, employer_id, is_self_insured, days_of(valid), person
        )
    return found


def revisions_among(rows: QuerySet[SheetRevision], contracts: Mapping[int, ContractRow]) -> list[RevisionRow]:
    """Those of some revisions that are of sheets of these contracts, in one query."""
    chosen = rows.filter(sheet__contract_id__in=list(contracts)).order_by("sheet__contract_id", "period", "pk")
    period, facts, whole = (Cast(name, TextField()) for name in ("period", "facts", "sheet__period"))
    return _revisions(
        chosen.values_list("pk", "number", period, facts, "sheet_id", "sheet__contract_id", whole), contracts
    )


def revisions_of(revision_ids: Collection[int], contracts: Mapping[int, ContractRow]) -> list[RevisionRow]:
    """Revisions by their numbers, of sheets of these contracts, in one query."""
    return _revisions(rows_of(REVISIONS, revisions=numbers(revision_ids)), contracts) if revision_ids else []


def _revisions(rows: Iterable[tuple[Any, ...]], contracts: Mapping[int, ContractRow]) -> list[RevisionRow]:
    facts_of = cache(json.loads)  # months without entries are all alike
    return [
        RevisionRow(pk, number, days_of(period), facts_of(facts), SheetRow(sheet_id, of, days_of(whole), contracts[of]))
        for pk, number, period, facts, sheet_id, of, whole in rows
    ]


def cards_of(person_ids: Collection[int]) -> list[CardRow]:
    """All tax cards of people, in one query."""
    return [CardRow(days_of(valid), *row) for valid, *row in rows_of(CARDS, people=numbers(person_ids))]
