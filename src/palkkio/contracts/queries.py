"""Reads contracts: lists, search, terms."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Length, Substr

from palkkio.calculation import facts
from palkkio.contracts import access
from palkkio.contracts.kinds import KINDS, PAID_BY_ENTRIES, PAID_BY_MONTH
from palkkio.contracts.models import Contract, PaidBy, Terms
from palkkio.contracts.terms_inputs import values_of
from palkkio.contracts.timelines import employment_terms, terms_facts
from palkkio.core.days import ONE_DAY, DateRange
from palkkio.core.payslip import ContractKind, TaxCardKind
from palkkio.core.viewer import Viewer
from palkkio.people import queries as people

__all__ = [
    "PAID_BY_ENTRIES",
    "PAID_BY_MONTH",
    "ContractLists",
    "TermsPiece",
    "by_entries",
    "contracts_by_id",
    "employment_terms",
    "latest_values",
    "lists",
    "paid_by_entries",
    "paid_by_month",
    "search",
    "tax_card_kind",
    "terms_facts",
    "terms_of",
    "terms_on",
]

# 2026-014 before 2026-1000: year, then length, then number.
_NUMBER = (Substr("number", 1, 5), Length("number"), F("number"))
_BACK = tuple(each.desc() for each in _NUMBER)
ORDERS = {
    "number": _NUMBER,
    "-number": _BACK,
    "carer": ("carer__sort_key", *_NUMBER),
    "-carer": ("-carer__sort_key", *_NUMBER),
    "recipient": ("recipient__sort_key", *_NUMBER),
    "-recipient": ("-recipient__sort_key", *_NUMBER),
    "first": ("valid__startswith", *_NUMBER),
    "-first": ("-valid__startswith", *_NUMBER),
    "last": (F("valid__endswith").asc(nulls_last=True), *_NUMBER),
    "-last": (F("valid__endswith").desc(nulls_first=True), *_NUMBER),
}


@dataclass(frozen=True, slots=True)
class ContractLists:
    """A viewer's contracts as CON-1 lists them; signed ones that have not begun are among the valid."""

    valid: tuple[Contract, ...]
    pending: tuple[Contract, ...]
    finished: tuple[Contract, ...]


@dataclass(frozen=True, slots=True)
class TermsPiece:
    """One piece of a contract's terms as it was written; `agreed` are amounts in EUR by code.

    is_by_day  family care that is paid for the care days entered
    """

    id: int
    valid: DateRange
    fee_class: str
    source: str
    agreed: Mapping[str, Decimal]
    is_binding: bool = False
    is_by_day: bool = False


# --- Lists -----------------------------------------------------------------------------------------------------------


def in_state(state: str, today: date) -> Q:
    """Filter for pending, coming, valid or finished; as `Contract.state_on`. Raises KeyError for another word."""
    is_signed = Q(signed_on__isnull=False)
    return {
        "pending": ~is_signed,
        "coming": is_signed & Q(valid__fully_gt=DateRange.of_days(today, today)),
        "valid": is_signed & Q(valid__contains=today),
        "finished": is_signed & Q(valid__fully_lt=DateRange.of_days(today, today)),
    }[state]


def lists(viewer: Viewer, today: date) -> ContractLists:
    """The viewer's contracts: valid, pending, finished (CON-1)."""
    by_state: dict[str, list[Contract]] = {"pending": [], "coming": [], "valid": [], "finished": []}
    for contract in access.contracts(viewer).order_by("-valid__startswith", *_BACK):
        by_state[contract.state_on(today)].append(contract)
    return ContractLists(
        valid=(*by_state["valid"], *by_state["coming"]),
        pending=tuple(by_state["pending"]),
        finished=tuple(by_state["finished"]),
    )


def search(
    viewer: Viewer,
    *,
    words: str = "",
    kind: str = "",
    unit_id: int | None = None,
    state: str = "",
    order: str = "number",
    today: date,
) -> QuerySet[Contract]:
    """Contracts whom each typed word fits: the beginning of the number, or of a word of carer's or recipient's name.

    state  pending, coming, valid, finished; anything else: all
    order  a key of ORDERS; any other is by number
    """
    rows = access.contracts(viewer)
    for word in words.split():
        found = people.matching(viewer.organisation_id, word).values("pk")
        rows = rows.filter(Q(number__startswith=word) | Q(carer__in=found) | Q(recipient__in=found))
    if kind:
        rows = rows.filter(kind=kind)
    if unit_id is not None:
        rows = rows.filter(unit_id=unit_id)
    if state in {"pending", "coming", "valid", "finished"}:
        rows = rows.filter(in_state(state, today))
    return rows.order_by(*ORDERS.get(order, _NUMBER))


def contracts_by_id(contract_ids: Collection[int]) -> dict[int, Contract]:
    """Contracts of rows that a viewer was allowed to fetch, with carer, recipient, unit and municipality."""
    rows = Contract.objects.filter(pk__in=set(contract_ids))
    return {each.pk: each for each in rows.select_related(*access.RELATED)}


def of_person(organisation_id: int, person_id: int) -> QuerySet[Contract]:
    """Contracts in which a person is carer or care recipient."""
    rows = Contract.objects.filter(Q(carer=person_id) | Q(recipient=person_id), organisation_id=organisation_id)
    return rows.select_related(*access.RELATED).order_by(*_BACK)


def ids_of_people(organisation_id: int, person_ids: Collection[int]) -> list[int]:
    """Contracts in which one of some people is carer or care recipient."""
    rows = Contract.objects.filter(Q(carer__in=person_ids) | Q(recipient__in=person_ids))
    return list(rows.filter(organisation_id=organisation_id).values_list("pk", flat=True))


# --- Kinds -----------------------------------------------------------------------------------------------------------


def paid_by_entries(organisation_id: int, month: DateRange) -> QuerySet[Contract]:
    """Signed contracts with days in `month` whose pay comes from entries (CARE-9): family care by the day too."""
    rows = _signed(organisation_id, month).filter(_paid_by_entries(month))
    return rows.select_related(*access.RELATED).order_by(*_NUMBER)


def paid_by_month(organisation_id: int, month: DateRange) -> QuerySet[Contract]:
    """Signed contracts with days in `month` that are paid without entries: informal care, family care by the month."""
    rows = _signed(organisation_id, month).filter(~_paid_by_day(month), kind__in=_values(PAID_BY_MONTH))
    return rows.select_related(*access.RELATED).order_by(*_NUMBER)


def by_entries(contract_ids: Iterable[int], days: DateRange) -> frozenset[int]:
    """Those of the contracts whose pay comes from entries on some of `days`; one query."""
    rows = Contract.objects.filter(_paid_by_entries(days), pk__in=list(contract_ids))
    return frozenset(rows.values_list("pk", flat=True))


@cache
def tax_card_kind(kind: str) -> TaxCardKind:
    """The card that a kind of contract is taxed by (PAY-2)."""
    return KINDS[ContractKind(kind)].tax_card


def payees_of_kinds(organisation_id: int, days: DateRange, kinds: Collection[str]) -> set[tuple[int, TaxCardKind]]:
    """Payees of signed contracts of some kinds that hold on any of `days`, with the card that each is taxed by."""
    rows = _signed(organisation_id, days).filter(kind__in=kinds)
    return {(carer_id, tax_card_kind(kind)) for carer_id, kind in rows.values_list("carer_id", "kind")}


def _signed(organisation_id: int, days: DateRange) -> QuerySet[Contract]:
    return Contract.objects.filter(organisation_id=organisation_id, signed_on__isnull=False, valid__overlap=days)


def _paid_by_entries(days: DateRange) -> Q:
    return Q(kind__in=_values(PAID_BY_ENTRIES)) | Q(_paid_by_day(days))


def _paid_by_day(days: DateRange) -> Exists:
    return Exists(Terms.objects.filter(contract=OuterRef("pk"), paid_by=PaidBy.DAY, valid__overlap=days))


def _values(kinds: Iterable[ContractKind]) -> list[str]:
    return [kind.value for kind in kinds]


# --- Terms -----------------------------------------------------------------------------------------------------------


def terms_of(contract_ids: Iterable[int]) -> dict[int, list[TermsPiece]]:
    """All terms by contract, in the order of their days: nothing is ever overwritten (CON-5). Two queries."""
    found: dict[int, list[TermsPiece]] = {pk: [] for pk in contract_ids}
    rows = Terms.objects.filter(contract_id__in=found).order_by("contract_id", "valid")
    for row in rows.prefetch_related("agreed_rates"):
        agreed = {each.code: each.amount for each in row.agreed_rates.all()}
        is_by_day = row.paid_by == PaidBy.DAY
        piece = TermsPiece(row.pk, row.valid, row.fee_class, row.source, agreed, row.is_binding, is_by_day)
        found[row.contract_id].append(piece)
    return found


def latest_values(contract: Contract) -> dict[str, Any]:
    """The contract's latest terms as `actions.change_terms` takes them, with `agreed_rates`; empty without terms."""
    newest = Terms.objects.filter(contract=contract).order_by("-valid").first()
    return {} if newest is None else values_of(newest)


def terms_on(contract: Contract, day: date) -> facts.Terms | None:
    """What a contract pays on `day`, agreed or decided."""
    return next(iter(terms_facts([contract], DateRange(day, day + ONE_DAY))[contract.pk]), None)
