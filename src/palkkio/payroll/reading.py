"""Reads what a payday is computed from: a few queries for any number of payees, rows and not model instances."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from palkkio.calculation.employment import Employer
from palkkio.calculation.facts import MonthFacts, OneOff
from palkkio.core.payslip import ContractKind, Line
from palkkio.entries import queries as entries
from palkkio.payroll.candidates import Candidate, Scope, late_months, revisions_to_settle
from palkkio.payroll.cards import card_on
from palkkio.payroll.claims import Claims, of_persons
from palkkio.payroll.insurable import PaidForPeriods, paid_for_periods
from palkkio.payroll.late import Before as PaidFrom
from palkkio.payroll.late import months_before
from palkkio.payroll.leave import with_leave
from palkkio.payroll.models import Hold, OneOffLine, Payslip, Run, SetAside, TaxCard
from palkkio.payroll.past import Before, PaidInYear, lines_paid_before, paid_in, paid_in_year
from palkkio.payroll.rows import CARD, CardRow, ContractRow, RevisionRow, SheetRow, contract_columns, contract_of
from palkkio.people import queries as people
from palkkio.people.households.queries import Gate, contributions_of, gates
from palkkio.rates.queries import profile_of

if TYPE_CHECKING:
    from palkkio.entries.models import SheetRevision


@dataclass(slots=True)
class Inputs:
    """Everything that the payday of some payees is computed from."""

    scope: Scope
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


def read(scope: Scope, chosen: Sequence[Candidate], previous: Run | None) -> Inputs:
    """The inputs of some contracts; all contracts of a payee must be among them, since they share a tax card.

    previous  the scheduled run that this one is compared with
    """
    rows: dict[int, ContractRow] = {}
    revisions = _revisions(
        revisions_to_settle(scope), [number for each in chosen for number in each.revision_ids], rows
    )
    late = _late(scope, [number for each in chosen for number in each.late_ids])
    revisions += _revisions(_standing(scope), list(late.values()), rows)
    one_offs = _one_offs([number for each in chosen for number in each.one_off_ids], rows)
    person_ids = sorted({each.carer_id for each in rows.values()})
    facts = entries.facts_of_revisions(revisions)  # type: ignore[arg-type]  # rows are named as the tables' columns
    months = {number: clipped(month) for number, month in facts.items()}
    profile = profile_of(scope.organisation_id)
    months = with_leave(months, {each.pk: each.sheet.contract_id for each in revisions}, profile)
    contract_ids = list(rows)
    employer_ids = {row.employer_id for row in rows.values() if row.employer_id}
    paid_before = lines_paid_before(contract_ids, [month.month for month in months.values()])
    return Inputs(
        scope=scope,
        profile=profile,
        contracts=rows,
        months=months,
        sheets={each.pk: (each.sheet_id, each.number) for each in revisions},
        one_offs=one_offs,
        late=late,
        claims=of_persons(_payees(chosen, rows), scope.payday, scope.run_id),
        paid_from=months_before(
            list(paid_before), [line.period for lines in paid_before.values() for line in lines], scope.run_id
        ),
        accounts=people.accounts_on(person_ids, scope.payday),
        cards=_cards(person_ids, scope.payday),
        paid=paid_in_year(person_ids, scope.payday),
        paid_before=paid_before,
        paid_for_periods=paid_for_periods(
            [number for number, row in rows.items() if row.kind == ContractKind.PERSONAL_ASSISTANCE],
            [*(month.month for month in months.values()), *(each.period for each in one_offs.values())],
        ),
        employers=contributions_of(employer_ids, scope.payday),
        gates=gates(employer_ids) if employer_ids else {},
        held=frozenset(
            Hold.objects.filter(person_id__in=person_ids, released_at__isnull=True).values_list("person_id", flat=True)
        ),
        set_aside=_set_aside(scope.run_id, contract_ids),
        before=paid_in(previous, contract_ids),
        ever_paid=frozenset(
            Payslip.objects.filter(contract_id__in=contract_ids, is_cancelled=False).values_list(
                "contract_id", flat=True
            )
        ),
    )


def _payees(chosen: Sequence[Candidate], rows: Mapping[int, ContractRow]) -> dict[int, int]:
    """Payee of each contract that still has something to settle, in the order of payment."""
    return {each.contract_id: each.person_id for each in chosen if each.contract_id in rows}


def _late(scope: Scope, wanted: Sequence[int]) -> dict[int, int]:
    """Revisions of late months that still wait, by late month."""
    return dict(late_months(scope).filter(pk__in=wanted).values_list("pk", "revision_id")) if wanted else {}


def _standing(scope: Scope) -> QuerySet[SheetRevision]:
    """Latest revisions of reviewed sheets, settled ones too."""
    return entries.revisions_to_pay(scope.organisation_id, scope.until_by_kind, max(scope.until_by_kind.values()))


def _revisions(
    among: QuerySet[SheetRevision], wanted: Sequence[int], rows: dict[int, ContractRow]
) -> list[RevisionRow]:
    """Wanted revisions that are still among those, with their contracts, which are added to `rows`."""
    if not wanted:
        return []
    columns = ("pk", "number", "period", "facts", "sheet_id", "sheet__period", *contract_columns("sheet__contract__"))
    made = []
    for pk, number, period, facts, sheet_id, sheet_period, *contract in among.filter(pk__in=wanted).values_list(
        *columns
    ):
        row = contract_of(contract, rows)
        made.append(RevisionRow(pk, number, period, facts, SheetRow(sheet_id, row.pk, sheet_period, row)))
    return made


def _one_offs(wanted: Sequence[int], rows: dict[int, ContractRow]) -> dict[int, OneOff]:
    if not wanted:
        return {}
    columns = ("amount", "reason", "period", "is_taxable", "is_pensionable", *contract_columns("contract__"))
    found = {}
    for pk, amount, reason, period, is_taxable, is_pensionable, *contract in OneOffLine.objects.filter(
        pk__in=wanted
    ).values_list("pk", *columns):
        contract_of(contract, rows)
        found[pk] = OneOff(amount, reason, period, is_taxable, is_pensionable)
    return found


def clipped(month: MonthFacts) -> MonthFacts:
    """Terms cut to the month: the facts of a contract do not depend on which others are read with it."""
    if all(month.month.covers(terms.valid) for terms in month.terms):
        return month
    parts = ((terms, terms.valid.overlap(month.month)) for terms in month.terms)
    return replace(month, terms=tuple(replace(terms, valid=valid) for terms, valid in parts if valid is not None))


def _cards(person_ids: Sequence[int], payday: date) -> dict[tuple[int, str], CardRow]:
    by_kind: dict[tuple[int, str], list[CardRow]] = defaultdict(list)
    for values in TaxCard.objects.filter(person_id__in=person_ids).values_list(*CARD):
        card = CardRow(*values)
        by_kind[card.person_id, card.kind].append(card)
    found = {key: card_on(cards, payday) for key, cards in by_kind.items()}
    return {key: card for key, card in found.items() if card is not None}


def _set_aside(run_id: int | None, contract_ids: Sequence[int]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    if run_id is None:
        return {}
    rows = SetAside.objects.filter(run_id=run_id, contract_id__in=contract_ids)
    for contract_id, code in rows.values_list("contract_id", "code"):
        found[contract_id].add(code)
    return {contract_id: frozenset(codes) for contract_id, codes in found.items()}
