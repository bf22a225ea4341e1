"""Reads of contracts: lists, search, and the terms as the calculation takes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from palkkio.calculation.facts import RateFact, Terms
from palkkio.contracts import access
from palkkio.contracts.models import AgreedRate, Contract
from palkkio.contracts.models import Terms as TermsRow
from palkkio.core.days import Dated, DateRange, cut, value_on
from palkkio.core.payslip import ContractKind, TaxCardKind
from palkkio.core.viewer import Viewer
from palkkio.people.queries import matching
from palkkio.rates import queries as rates

# Kinds that pay by what is entered; the others pay by the month from the contract (CARE-9).
PAID_BY_ENTRIES = (ContractKind.SUBSTITUTE_CARE, ContractKind.OTHER_COMMISSION)
STATES = ("valid", "pending", "coming", "finished")
ORDERS = {
    "number": ("number", "pk"),
    "carer": ("carer__sort_key", "number"),
    "recipient": ("recipient__sort_key", "number"),
    "first": ("valid", "pk"),
}
_CARD_KINDS = {
    ContractKind.INFORMAL_CARE: TaxCardKind.INFORMAL_CARE,
    ContractKind.SUBSTITUTE_CARE: TaxCardKind.INFORMAL_CARE,
    ContractKind.FAMILY_CARE: TaxCardKind.FAMILY_CARE,
    ContractKind.OTHER_COMMISSION: TaxCardKind.WORK_COMPENSATION,
}


def tax_card_kind(contract_kind: str) -> TaxCardKind:
    """The kind of tax card that a kind of contract is paid by; never the salary card. ValueError for employments."""
    kind = ContractKind(contract_kind)
    if kind not in _CARD_KINDS:
        raise ValueError(f"{kind} is not paid by a card of care fees")
    return _CARD_KINDS[kind]


# --- Lists -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ContractLists:
    """A payee's contracts (CON-1): valid or coming, waiting for signature, finished."""

    valid: tuple[Contract, ...]
    pending: tuple[Contract, ...]
    finished: tuple[Contract, ...]


def lists(viewer: Viewer, today: date) -> ContractLists:
    """All contracts a payee may see, the newest first."""
    found: dict[str, list[Contract]] = {"valid": [], "pending": [], "finished": []}
    for contract in access.contracts(viewer).order_by("-valid", "-pk"):
        state = contract.state_on(today)
        found["valid" if state == "coming" else state].append(contract)
    return ContractLists(*(tuple(found[name]) for name in ("valid", "pending", "finished")))


def in_state(state: str, today: date) -> Q:
    """Contracts that are pending, coming, valid or finished on a day; the same words as `Contract.state_on`."""
    if state == "pending":
        return Q(signed_on__isnull=True)
    signed = Q(signed_on__isnull=False)
    if state == "valid":
        return signed & Q(valid__contains=today)
    if state == "coming":
        return signed & Q(valid__startswith__gt=today)
    if state == "finished":
        return signed & Q(valid__endswith__lte=today)
    raise ValueError(f"Unknown state of a contract: {state}")


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
    """Contracts by words of the carer's or care recipient's name, or by contract number.

    order  number, carer, recipient or first; with "-" before it backwards; an unknown one is "number"
    """
    found = access.contracts(viewer)
    if words.strip():
        named = matching(viewer.organisation_id, words)
        found = found.filter(Q(carer__in=named) | Q(recipient__in=named) | Q(number__startswith=words.strip()))
    if kind:
        found = found.filter(kind=kind)
    if unit_id is not None:
        found = found.filter(unit_id=unit_id)
    if state in STATES:
        found = found.filter(in_state(state, today))
    fields = ORDERS.get(order.removeprefix("-"), ORDERS["number"])
    backwards = "-" if order.startswith("-") else ""
    return found.order_by(*(backwards + field for field in fields))


def paid_by_entries(organisation_id: int, month: DateRange) -> QuerySet[Contract]:
    """Signed contracts that pay by entries and are valid on any day of the month."""
    return Contract.objects.filter(
        organisation_id=organisation_id,
        kind__in=[kind.value for kind in PAID_BY_ENTRIES],
        signed_on__isnull=False,
        valid__overlap=month,
    )


# --- Terms -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TermsPiece:
    """Terms as they are written in the contract, with the amounts agreed in them."""

    id: int
    valid: DateRange
    fee_class: str
    source: str
    agreed: Mapping[str, RateFact]


def terms_of(contract_ids: Iterable[int], days: DateRange | None = None) -> dict[int, list[TermsPiece]]:
    """Terms by contract, in the order of their days; only those of `days` when given. Two queries."""
    rows = TermsRow.objects.filter(contract_id__in=list(contract_ids))
    if days is not None:
        rows = rows.filter(valid__overlap=days)
    pieces = list(rows.order_by("contract_id", "valid"))
    by_terms: dict[int, dict[str, RateFact]] = defaultdict(dict)
    for agreed in AgreedRate.objects.filter(terms__in=[each.pk for each in pieces]).select_related("terms"):
        by_terms[agreed.terms_id][agreed.code] = RateFact(
            amount=agreed.amount, source=agreed.terms.source, valid=agreed.terms.valid
        )
    found: dict[int, list[TermsPiece]] = defaultdict(list)
    for each in pieces:
        found[each.contract_id].append(TermsPiece(each.pk, each.valid, each.fee_class, each.source, by_terms[each.pk]))
    return found


def terms_facts(contracts: Iterable[Contract], days: DateRange) -> dict[int, tuple[Terms, ...]]:
    """Terms by contract id as the calculation takes them, cut to `days` (closed at both ends).

    An amount agreed in the contract wins over the organisation's decided one; a fee class picks the amount of that
    class, else the one without a class. Cut where terms or decided amounts change. A few queries for any number of
    contracts.
    """
    rows = list(contracts)
    pieces = terms_of((each.pk for each in rows), days)
    decided = {key: rates.timelines(*key, days) for key in {(each.organisation_id, each.kind) for each in rows}}
    return {
        each.pk: tuple(
            terms
            for piece in pieces.get(each.pk, [])
            for terms in _cut_terms(piece, decided[each.organisation_id, each.kind], days)
        )
        for each in rows
    }


def _cut_terms(piece: TermsPiece, decided: rates.Timelines, days: DateRange) -> list[Terms]:
    whole = piece.valid.overlap(days)
    if whole is None:
        return []
    codes = {code for code, _ in decided}
    used: dict[str, list[Dated[RateFact]]] = {
        code: decided.get((code, piece.fee_class), []) or decided.get((code, ""), [])
        for code in codes - set(piece.agreed)
    }
    edges = {
        edge
        for timeline in used.values()
        for each in timeline
        for edge in (each.valid.start, each.valid.end)
        if edge is not None
    }
    found = []
    for part in cut(whole, edges):
        first, _ = part.edges
        in_force = {code: fact for code, line in used.items() if (fact := value_on(line, first)) is not None}
        found.append(Terms(valid=part, rates={**in_force, **piece.agreed}))
    return found
