"""Payroll of Mallila on 8 June 2026, with April paid and May to pay: the pages' people and their windows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.test import Client

from palkkio.core.clock import HELSINKI
from palkkio.core.viewer import Viewer
from palkkio.payroll import actions
from palkkio.reporting import actions as reporting
from tests import factories
from tests.apps.payroll.scene import APRIL, NOW, PAYDAY_OF_APRIL, Payroll, payroll
from tests.prepared import prepared
from tests.web_desk.scene import signed_in

if TYPE_CHECKING:
    from palkkio.contracts.models import Contract
    from palkkio.payroll.models import Run

IN_MAY = datetime(2026, 5, 20, 12, tzinfo=HELSINKI)
ACCOUNTS = {
    "CARE_DAY": "4520",
    "TRAINING_DAY": "4521",
    "CANCELLED_DAY": "4522",
    "ONE_OFF": "4529",
    "WITHHOLDING": "2920",
    "PENSION": "2921",
    "NET": "2980",
}
NAMES = (("Mallikas", 8), ("Testaaja", 12), ("Esimerkki", 10))


@dataclass
class Scene:
    """`first` proposes, `second` approves, `admin` keeps the settings; three carers, paid in April."""

    house: Payroll
    first: Client
    second: Client
    admin: Client
    administrator: Viewer
    contracts: list[Contract]

    def proposed(self) -> Run:
        """May's run, calculated."""
        return self.house.propose()

    def produced(self) -> Run:
        """May's run, approved, with its files."""
        run = self.proposed()
        self.house.approve(run)
        return reporting.finish_run(run.pk, at=NOW)


def make(*, april: bool = True) -> Scene:
    return prepared(("payroll of the desk", april), lambda: _make(april))


def _make(april: bool) -> Scene:
    house = payroll()
    administrator = factories.administrator(house.place)
    for code, account in ACCOUNTS.items():
        reporting.map_account(by=administrator, at=NOW, contract_kind="", code=code, account=account, first="1.1.2026")
    contracts = [house.contract(name=name) for name, _days in NAMES]
    if april:
        for contract in contracts:
            house.month(contract, 9, APRIL, at=IN_MAY)
        run = house.propose(PAYDAY_OF_APRIL, at=IN_MAY)
        house.approve(run, at=IN_MAY)
        reporting.finish_run(run.pk, at=IN_MAY)
        mark_sent(house, run)
    for contract, (_name, days) in zip(contracts, NAMES, strict=True):
        house.month(contract, days)
    return Scene(
        house,
        signed_in(house.proposer),
        signed_in(house.approver),
        signed_in(administrator),
        administrator,
        contracts,
    )


def mark_sent(house: Payroll, run: Run) -> None:
    from palkkio.payments import actions as payments
    from palkkio.payments.queries import batch_of_run

    batch = batch_of_run(run.pk)
    assert batch is not None
    payments.mark_sent(batch.pk, by=house.proposer, at=IN_MAY)


def calculate(run: Run) -> Run:
    """What the worker does in the background."""
    return actions.calculate_run(run.pk, at=NOW)
