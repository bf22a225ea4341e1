"""Reads what a payday is computed from: a few queries for any number of payees, rows and not model instances."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from palkkio.calculation.employment import Employer
from palkkio.calculation.facts import MonthFacts, OneOff
from palkkio.core.payslip import ContractKind, Line
from palkkio.entries import queries as entries
from palkkio.organisations.asking import numbers, rows_of
from palkkio.payroll.candidates import Candidate, Scope, late_months, one_offs_to_settle, revisions_to_settle
from palkkio.payroll.cards import card_on
from palkkio.payroll.claims import Claims, of_persons
from palkkio.payroll.insurable import PaidForPeriods, paid_for_periods
from palkkio.payroll.late import Before as PaidFrom
from palkkio.payroll.late import months_before
from palkkio.payroll.leave import with_leave
from palkkio.payroll.models import Hold, Payslip, Run, SetAside
from palkkio.payroll.past import Before, PaidInYear, lines_paid_before, paid_in, paid_in_year
from palkkio.payroll.rows import CardRow, ContractRow, cards_of, contracts_by_id, revisions_among, revisions_of
from palkkio.people import queries as people
from palkkio.people.households.queries import Gate, contributions_of, gates
from palkkio.rates.queries import profile_of


@dataclass(slots=True)
class Inputs:
    """Everything that the payday of some payees is computed from."""

    scope: Scope
    chosen: list[Candidate]  # in the order of payment
    profile: str
    contracts: dict[int, ContractRow]
    months: dict[int, MonthFacts]  # by revision
    sheets: dict[int, tuple[int, int]]  # sheet and number of the revision, by revision
    one_offs: dict[int, OneOff]
    late: Mapping[int, int]  # revision by late month
    claims: Mapping[int, Claims]  # by contract
    paid_from: Mapping[int, PaidFrom]  # facts that months were paid from, by contract
    accounts: Mapping[int, str]  # by person
    cards: dict[tuple[int, str], CardRow]  # by person and kind of card
    paid: PaidInYear
    paid_before: Mapping[int, Sequence[Line]]  # by contract
    paid_for_periods: PaidForPeriods  # to employees, by contract: for the monthly limit of the pension insurance
    employers: Mapping[int, Employer]  # by person: household employers and their own insurances
    gates: Mapping[int, Gate]  # by person: from which day assistants of a household employer may work
    held: frozenset[int]  # persons
    set_aside: dict[int, frozenset[str]]  # codes by contract
    before: dict[int, Before]
    ever_paid: frozenset[int]  # contracts


def read(scope: Scope, contract_ids: Collection[int], previous: Run | None) -> Inputs:
    """What waits to be settled of some contracts, with all that it is computed from.

    contract_ids  with all contracts of a payee, since they share a tax card
    previous      the scheduled run that this one is compared with
    """
    rows = contracts_by_id(contract_ids)
    found = {
        pk: Candidate(pk, row.number, row.carer_id, row.recipient_id, row.carer.sort_key) for pk, row in rows.items()
    }
    revisions = revisions_among(revisions_to_settle(scope), rows)
    for revision in revisions:
        found[revision.sheet.contract_id].revision_ids.append(revision.pk)
    one_offs = _one_offs(scope, found)
    late = _late(scope, found)
    revisions += revisions_of(set(late.values()) - {each.pk for each in revisions}, rows)
    chosen = sorted((each for each in found.values() if each.waits), key=lambda each: each.order)
    for each in chosen:
        each.revision_ids.sort()
    rows = {each.contract_id: rows[each.contract_id] for each in chosen}
    person_ids = sorted({each.carer_id for each in rows.values()})
    months = entries.facts_of_revisions(revisions)  # type: ignore[arg-type]  # rows are named as the tables' columns
    profile = profile_of(scope.organisation_id)
    months = with_leave(months, {each.pk: each.sheet.contract_id for each in revisions}, profile)
    contract_ids = list(rows)
    employer_ids = {row.employer_id for row in rows.values() if row.employer_id}
    some = _some(contract_ids, person_ids, scope.run_id)
    is_known = some.payslips or some.receivables
    paid_before = lines_paid_before(contract_ids, [month.month for month in months.values()]) if is_known else {}
    return Inputs(
        scope=scope,
        chosen=chosen,
        profile=profile,
        contracts=rows,
        months=months,
        sheets={each.pk: (each.sheet_id, each.number) for each in revisions},
        one_offs=one_offs,
        late=late,
        claims=of_persons({each.contract_id: each.person_id for each in chosen}, scope.payday, scope.run_id)
        if some.claims
        else {},
        paid_from=months_before(
            list(paid_before), [line.period for lines in paid_before.values() for line in lines], scope.run_id
        ),
        accounts=people.accounts_on(person_ids, scope.payday),
        cards=_cards(person_ids, scope.payday),
        paid=paid_in_year(person_ids, scope.payday) if some.payslips else {},
        paid_before=paid_before,
        paid_for_periods=paid_for_periods(
            [number for number, row in rows.items() if row.kind == ContractKind.PERSONAL_ASSISTANCE],
            [*(month.month for month in months.values()), *(each.period for each in one_offs.values())],
        )
        if some.payslips
        else {},
        employers=contributions_of(employer_ids, scope.payday),
        gates=gates(employer_ids) if employer_ids else {},
        held=_held(person_ids) if some.holds else frozenset(),
        set_aside=_set_aside(scope.run_id, contract_ids) if some.set_aside else {},
        before=paid_in(previous, contract_ids),
        ever_paid=_ever_paid(contract_ids) if some.payslips else frozenset(),
    )


class _Some(NamedTuple):
    """Whether there is anything of a kind about the payees of a part: what there is nothing of need not be read."""

    payslips: bool
    receivables: bool
    claims: bool
    holds: bool
    set_aside: bool


SOME = """
    SELECT EXISTS (SELECT FROM payroll_payslip WHERE person_id = ANY(%(people)s::bigint[])),
           EXISTS (SELECT FROM payroll_receivable WHERE contract_id = ANY(%(contracts)s::bigint[])),
           EXISTS (SELECT FROM payroll_distraintorder WHERE person_id = ANY(%(people)s::bigint[]))
             OR EXISTS (SELECT FROM payroll_duesauthorisation WHERE person_id = ANY(%(people)s::bigint[]))
             OR EXISTS (SELECT FROM payroll_recovery WHERE contract_id = ANY(%(contracts)s::bigint[])),
           EXISTS (SELECT FROM payroll_hold WHERE person_id = ANY(%(people)s::bigint[])),
           EXISTS (SELECT FROM payroll_setaside
                    WHERE run_id = %(run)s AND contract_id = ANY(%(contracts)s::bigint[]))
"""


def _some(contract_ids: Sequence[int], person_ids: Sequence[int], run_id: int | None) -> _Some:
    [row] = rows_of(SOME, contracts=numbers(contract_ids), people=numbers(person_ids), run=run_id)
    return _Some(*row)


def _held(person_ids: Sequence[int]) -> frozenset[int]:
    rows = Hold.objects.filter(person_id__in=person_ids, released_at__isnull=True)
    return frozenset(rows.values_list("person_id", flat=True))


def _ever_paid(contract_ids: Sequence[int]) -> frozenset[int]:
    rows = Payslip.objects.filter(contract_id__in=contract_ids, is_cancelled=False)
    return frozenset(rows.values_list("contract_id", flat=True))


def _late(scope: Scope, found: Mapping[int, Candidate]) -> dict[int, int]:
    """Revisions of late months, by late month; noted with their contracts."""
    waiting = late_months(scope)
    if waiting is None:
        return {}
    revisions = {}
    rows = waiting.filter(contract_id__in=list(found)).order_by("pk")
    for pk, revision_id, contract_id in rows.values_list("pk", "revision_id", "contract_id"):
        revisions[pk] = revision_id
        found[contract_id].late_ids.append(pk)
    return revisions


def _one_offs(scope: Scope, found: Mapping[int, Candidate]) -> dict[int, OneOff]:
    """One-off lines, noted with their contracts."""
    one_offs = {}
    rows = one_offs_to_settle(scope).filter(contract_id__in=list(found)).order_by("pk")
    columns = ("amount", "reason", "period", "is_taxable", "is_pensionable")
    for pk, contract_id, *row in rows.values_list("pk", "contract_id", *columns):
        one_offs[pk] = OneOff(*row)
        found[contract_id].one_off_ids.append(pk)
    return one_offs


def _cards(person_ids: Sequence[int], payday: date) -> dict[tuple[int, str], CardRow]:
    by_kind: dict[tuple[int, str], list[CardRow]] = defaultdict(list)
    for card in cards_of(person_ids):
        by_kind[card.person_id, card.kind].append(card)
    found = {key: card_on(cards, payday) for key, cards in by_kind.items()}
    return {key: card for key, card in found.items() if card is not None}


def _set_aside(run_id: int | None, contract_ids: Sequence[int]) -> dict[int, frozenset[str]]:
    if run_id is None:
        return {}
    found: dict[int, set[str]] = defaultdict(set)
    rows = SetAside.objects.filter(run_id=run_id, contract_id__in=contract_ids)
    for contract_id, code in rows.values_list("contract_id", "code"):
        found[contract_id].add(code)
    return {contract_id: frozenset(codes) for contract_id, codes in found.items()}
