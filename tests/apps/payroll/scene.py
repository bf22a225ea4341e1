"""A payroll in Mallila: two clerks, a reviewer, carers with reviewed months."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from palkkio.core.clock import HELSINKI
from palkkio.core.days import ONE_DAY, DateRange
from palkkio.core.payslip import ContractKind, DayType, PayResult, TaxCardKind
from palkkio.core.viewer import Viewer
from palkkio.entries import actions as entries
from palkkio.payroll import actions
from palkkio.payroll.explaining import explained
from palkkio.payroll.models import OneOffLine, Payslip, Proposal, Run, TaxCard
from tests import factories
from tests.apps.entries.scene import sheet_of
from tests.prepared import prepared

if TYPE_CHECKING:
    from palkkio.contracts.models import Contract
    from palkkio.entries.models import Sheet

NOW = factories.NOW
APRIL, MAY, JUNE = factories.APRIL, factories.MAY, DateRange.of_month(2026, 6)
PAYDAY = date(2026, 6, 30)  # of May
PAYDAY_OF_APRIL = date(2026, 5, 29)
PAYDAY_OF_JUNE = date(2026, 7, 31)
IN_MAY = datetime(2026, 5, 20, 12, tzinfo=HELSINKI)
IN_JULY = datetime(2026, 7, 10, 12, tzinfo=HELSINKI)

_minutes = itertools.count()


def money(text: str) -> Decimal:
    return Decimal(text)


@dataclass
class Payroll:
    """An organisation with those who pay: `proposer` and `approver` are clerks, `handler` reviews sheets."""

    place: factories.Place
    proposer: Viewer
    approver: Viewer
    handler: Viewer
    colleague: Viewer
    contracts: list[Contract] = field(default_factory=list)

    def contract(
        self, *, carer: Viewer | None = None, name: str = "Mallikas", card: bool = True, **values: Any
    ) -> Contract:
        """A carer with an account, a card of 12 % and a contract of 97.55 EUR a day."""
        carer = carer or factories.carer(self.place, name)
        made = factories.contract(self.place, carer.person_id, **values)
        if card:
            self.card(carer.person_id)
        self.contracts.append(made)
        return made

    def card(self, person_id: int, base: str = "12", **values: Any) -> TaxCard:
        return card(self.place, person_id, base, **values)

    def month(
        self,
        contract: Contract,
        days: int | Mapping[DayType, Collection[int]] = 10,
        month: DateRange = MAY,
        at: datetime = NOW,
    ) -> Sheet:
        """A reviewed sheet with care on the first days of the month, or the days named by type."""
        sheet = sheet_of(contract, month)
        self.enter(sheet, days)
        self.review(sheet, at=at)
        return sheet

    def enter(self, sheet: Sheet, days: int | Mapping[DayType, Collection[int]]) -> None:
        """Write the days of a sheet anew, as they are when somebody reviews it."""
        from palkkio.entries.models import DayEntry

        start, _ = sheet.period.edges
        chosen = {DayType.CARE: range(1, days + 1)} if isinstance(days, int) else days
        DayEntry.objects.filter(sheet=sheet).delete()
        DayEntry.objects.bulk_create(
            DayEntry(
                organisation_id=sheet.organisation_id,
                sheet=sheet,
                day=start.replace(day=number),
                day_type=day_type.value,
                entered_by_id=self.colleague.account_id,
                entered_at=NOW,
            )
            for day_type, numbers in chosen.items()
            for number in numbers
        )

    def review(self, sheet: Sheet, at: datetime = NOW) -> None:
        sheet.refresh_from_db()
        if sheet.contract.kind == ContractKind.PERSONAL_ASSISTANCE:
            factories.approve(sheet, at)
            return
        entries.review_sheet(sheet.pk, by=self.handler, at=at, version=sheet.version)

    def correct(self, sheet: Sheet, days: int | Mapping[DayType, Collection[int]], at: datetime = NOW) -> None:
        """Reopen a reviewed sheet, change its days and review it again: the next revision."""
        sheet.refresh_from_db()
        entries.reopen_sheet(sheet.pk, by=self.handler, at=at, version=sheet.version, reason="A day was missing")
        self.enter(sheet, days)
        self.review(sheet, at)

    def one_off(
        self, contract: Contract, amount: str, month: DateRange = MAY, *, is_approved: bool = True
    ) -> OneOffLine:
        """A one-off line of a month, approved by the second clerk."""
        line = actions.add_one_off(
            contract.pk,
            by=self.proposer,
            at=NOW,
            first=month.begins,
            last=month.edges[1] - ONE_DAY,
            amount=Decimal(amount),
            reason="Sovittu korvaus",
        )
        return actions.approve_one_off(line.pk, by=self.approver, at=NOW) if is_approved else line

    def propose(self, payday: date = PAYDAY, at: datetime = NOW, **values: Any) -> Run:
        run = actions.propose_run(by=self.proposer, at=at, payday=payday, **values)
        return actions.calculate_run(run.pk, at=at)

    def approve(self, run: Run, at: datetime = NOW) -> Run:
        run.refresh_from_db()
        return actions.approve_run(run.pk, by=self.approver, at=at, proposal=run.proposal)

    def produce(self, run: Run, at: datetime = NOW) -> list[Payslip]:
        """Approve and make the payslips, without files."""
        self.approve(run, at)
        actions.produce_payslips(run.pk, at=at)
        actions.finish_run(run.pk, at=at)
        return list(Payslip.objects.filter(run=run).order_by("number"))

    def paid(self, payday: date = PAYDAY, at: datetime = NOW, **values: Any) -> list[Payslip]:
        """Payslips of a whole run."""
        return self.produce(self.propose(payday, at, **values), at)


def payroll(place: factories.Place | None = None) -> Payroll:
    if place is None:
        return prepared("payroll", lambda: payroll(factories.county()))
    return Payroll(
        place,
        factories.clerk(place),
        factories.clerk(place, "Hyväksyjä", "Hilla"),
        factories.handler(place),
        factories.handler(place, "Kollega", "Kalle"),
    )


def card(
    place: factories.Place,
    person_id: int,
    base: str = "12",
    *,
    kind: TaxCardKind = TaxCardKind.INFORMAL_CARE,
    first: date = date(2026, 1, 1),
    last: date | None = date(2026, 12, 31),
    ceiling: str | None = "30000",
    additional: str = "30",
    accumulates_from: date | None = None,
    accumulated_before: str = "0",
) -> TaxCard:
    return TaxCard.objects.create(
        organisation=place.organisation,
        person_id=person_id,
        kind=kind.value,
        valid=DateRange.of_days(first, last),
        base_percent=money(base),
        ceiling=None if ceiling is None else money(ceiling),
        additional_percent=money(additional),
        accumulates_from=accumulates_from or first,
        accumulated_before=money(accumulated_before),
        source=TaxCard.Source.TAX_ADMINISTRATION.value,
        fetched_at=NOW,
    )


def worked_out(slip: Payslip) -> PayResult:
    """What a payslip paid, with its working."""
    found = explained(slip.proposal_id, slip.organisation_id, slip.facts, slip.result)
    assert found.is_explained
    return found.result


def proposal(run: Run, contract: Contract) -> Proposal:
    return Proposal.objects.get(run=run, contract=contract)
