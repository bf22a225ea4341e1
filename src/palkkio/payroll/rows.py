"""Rows that a run is computed from: what is read of each, without model instances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from palkkio.core.days import DateRange


@dataclass(slots=True)
class PersonRow:
    """What is read of a payee."""

    pk: int
    identity_code: str
    business_id: str
    born: date | None
    died_on: date | None
    in_prepayment_register: DateRange | None


@dataclass(slots=True)
class ContractRow:
    """What is read of a contract; named as the table's columns."""

    pk: int
    organisation_id: int
    number: str
    kind: str
    carer_id: int
    recipient_id: int | None
    employer_id: int | None
    valid: DateRange
    signed_on: date | None
    pays_trips: bool
    is_self_insured: bool
    carer: PersonRow


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

    pk: int
    person_id: int
    kind: str
    valid: DateRange
    base_percent: Decimal
    ceiling: Decimal | None
    additional_percent: Decimal
    accumulates_from: date
    accumulated_before: Decimal
    fetched_at: Any


_PERSON = ("id", "identity_code", "business_id", "born", "died_on", "in_prepayment_register")
_OF_CONTRACT = (
    "id",
    "organisation_id",
    "number",
    "kind",
    "carer_id",
    "recipient_id",
    "employer_id",
    "valid",
    "signed_on",
    "pays_trips",
    "is_self_insured",
)
CARD = (
    "pk",
    "person_id",
    "kind",
    "valid",
    "base_percent",
    "ceiling",
    "additional_percent",
    "accumulates_from",
    "accumulated_before",
    "fetched_at",
)


def contract_columns(path: str) -> list[str]:
    return [*(f"{path}{name}" for name in _OF_CONTRACT), *(f"{path}carer__{name}" for name in _PERSON)]


def contract_of(values: Sequence[Any], rows: dict[int, ContractRow]) -> ContractRow:
    known = rows.get(values[0])
    if known is None:
        count = len(_OF_CONTRACT)
        known = rows[values[0]] = ContractRow(*(*values[:count], PersonRow(*values[count:])))
    return known
