"""Terms of contracts as the calculation reads them: agreed and decided rates cut together by day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from palkkio.calculation import facts
from palkkio.contracts.models import Contract, Terms
from palkkio.core.days import Dated, DateRange, cut, value_on
from palkkio.rates import queries as rates

Rates = Mapping[str, facts.RateFact]
Timelines = Mapping[tuple[str, str], list[Dated[facts.RateFact]]]


@dataclass
class Decided:
    """Decided rates, read once per organisation and kind, cut once per class and days: contracts share them."""

    days: DateRange
    _timelines: dict[tuple[int, str], Timelines] = field(default_factory=dict)
    _pieces: dict[object, list[Dated[Rates]]] = field(default_factory=dict)

    def pieces(self, contract: Contract, fee_class: str, agreed: frozenset[str], span: DateRange) -> list[Dated[Rates]]:
        """`span` cut where a decided rate changes that is not agreed in the contract."""
        kind = (contract.organisation_id, contract.kind)
        if kind not in self._timelines:
            self._timelines[kind] = rates.timelines(*kind, self.days)
        key = (kind, fee_class, agreed, span)
        if key not in self._pieces:
            self._pieces[key] = cut_rates(self._timelines[kind], fee_class, agreed, span)
        return self._pieces[key]


def cut_rates(timelines: Timelines, fee_class: str, agreed: frozenset[str], span: DateRange) -> list[Dated[Rates]]:
    """Rates by code in each piece of `span`, for codes that are not agreed.

    A code's rates are those of the class if any were ever decided for the class, else those without a class.
    Raises ValueError if `span` is open.
    """
    chosen = {}
    for code, of_class in timelines:
        if code in agreed or of_class not in ("", fee_class):
            continue
        chosen[code] = timelines.get((code, fee_class), timelines.get((code, ""), []))
    edges = {edge for timeline in chosen.values() for rate in timeline for edge in (rate.valid.start, rate.valid.end)}
    return [
        Dated(piece, {code: rate for code, timeline in chosen.items() if (rate := value_on(timeline, piece.edges[0]))})
        for piece in cut(span, (edge for edge in edges if edge is not None))
    ]


def terms_facts(contracts: Iterable[Contract], days: DateRange) -> dict[int, tuple[facts.Terms, ...]]:
    """Terms by contract inside `days`, cut where agreed or decided rates change; what is agreed wins.

    A contract without terms on those days has an empty tuple. Two queries and one per organisation and kind, however
    many contracts. Raises ValueError if `days` is open.
    """
    days.edges  # noqa: B018  refuses open days before anything is read
    by_id = {contract.pk: contract for contract in contracts}
    found: dict[int, list[facts.Terms]] = {pk: [] for pk in by_id}
    decided = Decided(days)
    rows = Terms.objects.filter(contract_id__in=by_id, valid__overlap=days).order_by("contract_id", "valid")
    for row in rows.prefetch_related("agreed_rates"):
        contract, valid = by_id[row.contract_id], row.valid
        span = valid.overlap(days)
        source = row.source or contract.number
        agreed = {
            each.code: facts.RateFact(amount=each.amount, source=source, valid=valid) for each in row.agreed_rates.all()
        }
        for piece in decided.pieces(contract, row.fee_class, frozenset(agreed), span):
            found[contract.pk].append(facts.Terms(piece.valid, {**piece.value, **agreed}))
    return {pk: tuple(terms) for pk, terms in found.items()}
