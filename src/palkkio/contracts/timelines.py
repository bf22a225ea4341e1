"""Terms of contracts as the calculation reads them: agreed and decided rates cut together by day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from palkkio.calculation import facts
from palkkio.contracts.models import Contract, PaidBy
from palkkio.contracts.written import Written, absence_rule, agreed_amounts, assistant, caps, care, written_terms
from palkkio.core.days import Dated, DateRange, cut, value_on
from palkkio.core.payslip import ContractKind
from palkkio.decisions.queries import pay_groups_by_assistant
from palkkio.rates import queries as rates

Rates = Mapping[str, facts.RateFact]
Timelines = Mapping[tuple[str, str], list[Dated[facts.RateFact]]]

_CHARGED = frozenset({"client_charge"})  # to the care recipient: no term of the carer's pay
# Class -> classes whose amounts its fee never asks for: a class is refused or reduced downwards only.
_ABOVE = {"I": frozenset({"class_II", "class_III"}), "II": frozenset({"class_III"})}
_BY_MONTH = frozenset({"monthly_fee", "expense_allowance", "lower_fee"})
_BY_DAY = frozenset({"daily_fee", "expense_allowance_day"})


@dataclass(frozen=True, slots=True)
class Trial:
    """A rate that is tried out: it holds on all days asked for, as if it were decided.

    key  code and fee class
    """

    key: tuple[str, str]
    rate: facts.RateFact


@dataclass
class Decided:
    """Decided rates, read once per organisation, cut once per class and days: contracts share them."""

    days: DateRange
    trial: Trial | None = None
    _timelines: dict[tuple[int, str], Timelines] = field(default_factory=dict)
    _pieces: dict[object, list[Dated[Rates]]] = field(default_factory=dict)

    @classmethod
    def for_contracts(cls, contracts: Iterable[Contract], days: DateRange, trial: Trial | None) -> Decided:
        """Rates of the kinds of some contracts; one query per organisation."""
        kinds: dict[int, set[str]] = defaultdict(set)
        for each in contracts:
            kinds[each.organisation_id].add(each.kind)
        read = cls(days, trial)
        for organisation_id, of_organisation in kinds.items():
            found = rates.timelines_of_kinds(organisation_id, sorted(of_organisation), days)
            for kind, timelines in found.items():
                if trial is not None:
                    timelines[trial.key] = [Dated(days, trial.rate)]
                read._timelines[organisation_id, kind] = timelines
        return read

    def pieces(self, contract: Contract, fee_class: str, agreed: frozenset[str], span: DateRange) -> list[Dated[Rates]]:
        """`span` cut where a decided rate changes that is not among `agreed`."""
        kind = (contract.organisation_id, contract.kind)
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


def terms_facts(
    contracts: Iterable[Contract], days: DateRange, trial: Trial | None = None
) -> dict[int, tuple[facts.Terms, ...]]:
    """Terms by contract inside `days`, cut where agreed or decided rates change; what is agreed wins.

    An assistant's are cut where a pay group above A begins or ends by its decision and notice (EMP-10).
    A contract without terms on those days has an empty tuple. Two queries, one per organisation, and one of
    employments, however many contracts. Terms that say the same are one value. Raises ValueError if `days` is open.
    """
    by_id = {contract.pk: contract for contract in contracts}
    found: dict[int, tuple[facts.Terms, ...]] = dict.fromkeys(by_id, ())
    decided = Decided.for_contracts(by_id.values(), days, trial)
    amounts = _amounts(by_id, days)
    employed = {pk: (each.employer_id, each.carer_id) for pk, each in by_id.items() if each.employer_id}
    groups = pay_groups_by_assistant(set(employed.values()), days) if employed else {}
    known: dict[object, tuple[facts.Terms, ...]] = {}
    for row in written_terms(by_id, days):
        contract_id, of_terms = row.contract_id, amounts.get(row.id, ())
        contract = by_id[contract_id]
        key = _says(row, contract, of_terms, days)
        pieces = known.get(key)
        if pieces is None:
            pieces = known[key] = tuple(pieces_of(row, contract, of_terms, decided))
        of_assistant = groups.get(employed.get(contract_id, (0, 0)))
        if of_assistant is not None:
            pieces = tuple(_by_pay_group(pieces, of_assistant))
        found[contract_id] = found[contract_id] + pieces if found[contract_id] else pieces
    return found


def _says(row: Written, contract: Contract, agreed: Sequence[tuple[str, facts.RateFact]], days: DateRange) -> object:
    """All that `pieces_of` makes of a row of terms: the same for terms that say the same on `days`.

    Amounts and employments tell when they were agreed, and amounts by which contract; all else holds as of those days.
    """
    of_contract = (contract.organisation_id, contract.kind)
    said = row[4:]  # behind the row's numbers, days and source
    if agreed or row.pay_group is not None:
        return of_contract, said, tuple(agreed), row.valid, row.source or contract.number
    return of_contract, said, row.valid.overlap(days)


def employment_terms(assistants: Mapping[int, int], days: DateRange) -> dict[int, list[Dated[facts.AssistantTerms]]]:
    """What was agreed with assistants on terms that touch `days`, by assistant, without amounts: for working time.

    assistants  by the numbers of their contracts
    One query. Raises ValueError if `days` is open.
    """
    found: dict[int, list[Dated[facts.AssistantTerms]]] = defaultdict(list)
    for row in written_terms(assistants, days):
        if (employment := assistant(row, None)) is not None:
            found[assistants[row.contract_id]].append(Dated(row.valid, employment))
    return found


def pieces_of(
    row: Written, contract: Contract, amounts: Collection[tuple[str, facts.RateFact]], decided: Decided
) -> Iterable[facts.Terms]:
    """One row of terms as facts, cut where decided rates change inside the days that are asked for.

    amounts  agreed rates by code
    """
    skipped = _skipped(contract.kind, row)
    agreed = {code: rate for code, rate in amounts if code not in skipped}
    hourly = agreed.pop("hourly", None)
    source = row.source or contract.number
    agreed = {code: _grounded(rate, source, row.valid) for code, rate in agreed.items()}
    common = facts.Terms(
        valid=row.valid,
        rates={},
        care=care(row) if contract.kind == ContractKind.INFORMAL_CARE else None,
        clients=row.clients,
        caps=caps(row),
        absence_other=absence_rule(row),
        notice_months=row.notice_months,
        assistant=assistant(row, hourly and _grounded(hourly, source, row.valid)),
    )
    span = row.valid.overlap(decided.days)
    if span is None:
        return
    for piece in decided.pieces(contract, row.fee_class, frozenset(agreed) | skipped, span):
        yield _with(common, piece.valid, _named({**piece.value, **agreed}))


def _by_pay_group(pieces: Iterable[facts.Terms], groups: Collection[Dated[str]]) -> Iterable[facts.Terms]:
    """On the days of a decision and its notice the pay group decided stands in the place of the one written."""
    edges = [edge for each in groups for edge in (each.valid.start, each.valid.end) if edge is not None]
    for piece in pieces:
        for days in cut(piece.valid, edges):
            group = value_on(groups, days.edges[0])
            if group is None or piece.assistant is None:
                yield replace(piece, valid=days)
            else:
                known = replace(piece.assistant, pay_group=group, is_pay_group_decided=True)
                yield replace(piece, valid=days, assistant=known)


def _with(common: facts.Terms, valid: DateRange, by_code: Rates) -> facts.Terms:
    return facts.Terms(
        valid,
        by_code,
        common.care,
        common.clients,
        common.caps,
        common.absence_other,
        common.notice_months,
        common.assistant,
    )


def _amounts(contract_ids: Collection[int], days: DateRange) -> dict[int, list[tuple[str, facts.RateFact]]]:
    """Agreed amounts by terms; their ground is added with the terms."""
    found: dict[int, list[tuple[str, facts.RateFact]]] = defaultdict(list)
    rate_of = cache(facts.RateFact)
    for terms_id, code, amount in agreed_amounts(contract_ids, days):
        found[terms_id].append((code, rate_of(amount)))
    return found


def _grounded(rate: facts.RateFact, source: str, valid: DateRange) -> facts.RateFact:
    return facts.RateFact(amount=rate.amount, source=source, valid=valid)


def _skipped(kind: str, row: Written) -> frozenset[str]:
    """Codes whose amounts these terms do not ask for, so that decided ones do not pay by the way."""
    if kind == ContractKind.INFORMAL_CARE:
        return _ABOVE.get(row.fee_class, frozenset()) | _CHARGED
    if kind == ContractKind.FAMILY_CARE:
        return _BY_MONTH if row.paid_by == PaidBy.DAY else _BY_DAY
    return frozenset()


def _named(by_code: Rates) -> Rates:
    """By the keys of the calculation, where the allowance of a day and of a month have one name."""
    if "expense_allowance_day" not in by_code:
        return by_code
    return {("expense_allowance" if code == "expense_allowance_day" else code): by_code[code] for code in by_code}
