"""Reads what a payday is computed from: a few queries for any number of payees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, QuerySet

from palkkio.calculation.facts import MonthFacts, OneOff
from palkkio.core.days import DateRange
from palkkio.core.payslip import Line
from palkkio.entries import queries as entries
from palkkio.organisations import queries as organisations
from palkkio.payroll.cards import card_on
from palkkio.payroll.models import (
    Hold,
    OneOffLine,
    PaidOneOff,
    PaidRevision,
    Payslip,
    Run,
    SetAside,
    TaxCard,
)
from palkkio.payroll.past import Before, PaidInYear, lines_paid_before, paid_in, paid_in_year
from palkkio.people import queries as people

if TYPE_CHECKING:
    from palkkio.contracts.models import Contract
    from palkkio.entries.models import SheetRevision


@dataclass(frozen=True, slots=True)
class Scope:
    """What a run takes: the organisation's reviewed, unpaid sheets of some kinds of contract, up to a day for each.

    only_contracts  an extra run for chosen contracts; empty: all
    run_id          None while a run is being thought of
    """

    organisation_id: int
    payday: date
    until_by_kind: Mapping[str, date]
    only_contracts: frozenset[int] = frozenset()
    run_id: int | None = None

    @classmethod
    def of(cls, run: Run) -> Scope:
        until = {kind: date.fromisoformat(day) for kind, day in run.until_by_kind.items()}
        return cls(run.organisation_id, run.payday, until, frozenset(run.only_contracts), run.pk)

    def care_month(self, kind: str) -> DateRange:
        """The latest month that is paid to a kind of contract; lines of earlier months are late or corrections."""
        return DateRange.month_of(self.until_by_kind[kind])


@dataclass(slots=True)
class Candidate:
    """One contract with something to settle."""

    contract_id: int
    contract_number: str
    person_id: int
    recipient_id: int | None
    sort_key: str
    revision_ids: list[int] = field(default_factory=list)
    one_off_ids: list[int] = field(default_factory=list)

    @property
    def order(self) -> tuple[str, int, str]:
        """Payees by name; the contracts of one payee by number (PAY-12)."""
        return self.sort_key, self.person_id, self.contract_number


def candidates(scope: Scope, person_ids: Iterable[int] | None = None) -> list[Candidate]:
    """Contracts with a reviewed sheet or an approved one-off line that is not settled, in the order of payment."""
    found: dict[int, Candidate] = {}
    path = "sheet__contract__"
    rows = _unsettled_revisions(scope)
    if person_ids is not None:
        person_ids = list(person_ids)
        rows = rows.filter(sheet__contract__carer_id__in=person_ids)
    for number, *contract in rows.values_list("pk", *(f"{path}{name}" for name in _CONTRACT)):
        _candidate(found, contract).revision_ids.append(number)
    one_offs = _unsettled_one_offs(scope)
    if person_ids is not None:
        one_offs = one_offs.filter(contract__carer_id__in=person_ids)
    for number, *contract in one_offs.values_list("pk", *(f"contract__{name}" for name in _CONTRACT)):
        _candidate(found, contract).one_off_ids.append(number)
    for each in found.values():
        each.revision_ids.sort()
        each.one_off_ids.sort()
    return sorted(found.values(), key=lambda each: each.order)


_CONTRACT = ("id", "number", "carer_id", "recipient_id", "carer__sort_key")


def _candidate(found: dict[int, Candidate], contract: Sequence[Any]) -> Candidate:
    return found.setdefault(contract[0], Candidate(*contract))


def _unsettled_revisions(scope: Scope) -> QuerySet[SheetRevision]:
    """Latest revisions of sheets that stand as reviewed, which no run has settled."""
    settled = PaidRevision.objects.filter(revision=OuterRef("pk"), is_cancelled=False)
    by_day = defaultdict(list)
    for kind, until in scope.until_by_kind.items():
        by_day[until].append(kind)
    parts = [entries.revisions_to_pay(scope.organisation_id, kinds, until) for until, kinds in by_day.items()]
    found = parts[0]
    for part in parts[1:]:
        found = found | part
    found = found.filter(~Exists(settled))
    return found.filter(sheet__contract_id__in=scope.only_contracts) if scope.only_contracts else found


def _unsettled_one_offs(scope: Scope) -> QuerySet[OneOffLine]:
    settled = PaidOneOff.objects.filter(one_off=OuterRef("pk"), is_cancelled=False)
    found = OneOffLine.objects.filter(
        ~Exists(settled),
        organisation_id=scope.organisation_id,
        contract__kind__in=scope.until_by_kind,
        approved_at__isnull=False,
        withdrawn_at__isnull=True,
    )
    return found.filter(contract_id__in=scope.only_contracts) if scope.only_contracts else found


@dataclass(slots=True)
class Inputs:
    """Everything that the payday of some payees is computed from."""

    scope: Scope
    profile: str
    contracts: dict[int, Contract]
    months: dict[int, MonthFacts]  # by revision
    sheets: dict[int, tuple[int, int]]  # sheet and number of the revision, by revision
    one_offs: dict[int, OneOff]
    accounts: Mapping[int, str]  # by person
    cards: dict[tuple[int, str], TaxCard]  # by person and kind of card
    paid: PaidInYear
    paid_before: dict[int, list[Line]]  # by contract
    held: frozenset[int]  # persons
    set_aside: dict[int, frozenset[str]]  # codes by contract
    before: dict[int, Before]
    ever_paid: frozenset[int]  # contracts


def read(scope: Scope, chosen: Sequence[Candidate], previous: Run | None) -> Inputs:
    """The inputs of some contracts; all contracts of a payee must be among them, since they share a tax card.

    previous  the scheduled run that this one is compared with
    """
    wanted = [number for each in chosen for number in each.revision_ids]
    revisions = list(_unsettled_revisions(scope).filter(pk__in=wanted).select_related("sheet__contract__carer"))
    one_offs = {
        each.pk: each
        for each in OneOffLine.objects.filter(
            pk__in=[number for each in chosen for number in each.one_off_ids]
        ).select_related("contract__carer")
    }
    rows = {each.sheet.contract_id: each.sheet.contract for each in revisions}
    rows |= {each.contract_id: each.contract for each in one_offs.values()}
    person_ids = sorted({each.carer_id for each in rows.values()})
    months = {number: clipped(month) for number, month in entries.facts_of_revisions(revisions).items()}
    contract_ids = list(rows)
    return Inputs(
        scope=scope,
        profile=organisations.payer(scope.organisation_id).profile,
        contracts=rows,
        months=months,
        sheets={each.pk: (each.sheet_id, each.number) for each in revisions},
        one_offs={number: _one_off(each) for number, each in one_offs.items()},
        accounts=people.accounts_on(person_ids, scope.payday),
        cards=_cards(person_ids, scope.payday),
        paid=paid_in_year(person_ids, scope.payday),
        paid_before=lines_paid_before(contract_ids, [month.month for month in months.values()]),
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


def clipped(month: MonthFacts) -> MonthFacts:
    """Terms cut to the month: the facts of a contract do not depend on which others are read with it."""
    parts = ((terms, terms.valid.overlap(month.month)) for terms in month.terms)
    return replace(month, terms=tuple(replace(terms, valid=valid) for terms, valid in parts if valid is not None))


def _one_off(line: OneOffLine) -> OneOff:
    return OneOff(line.amount, line.reason, line.period, line.is_taxable, line.is_pensionable)


def _cards(person_ids: Sequence[int], payday: date) -> dict[tuple[int, str], TaxCard]:
    by_kind: dict[tuple[int, str], list[TaxCard]] = defaultdict(list)
    for card in TaxCard.objects.filter(person_id__in=person_ids):
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
