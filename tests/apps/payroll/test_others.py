"""What others may not do: other organisations, other roles (issue: each row reaches a view through access alone)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from palkkio.core.problems import NotAllowed
from palkkio.payroll import access, actions
from tests import factories
from tests.apps.payroll.scene import NOW, PAYDAY, payroll

pytestmark = pytest.mark.django_db

MAY_1, MAY_31 = date(2026, 5, 1), date(2026, 5, 31)
Act = Callable[[Any, Any, Any], object]

ON_A_RUN: dict[str, Act] = {
    "approve": lambda by, run, it: actions.approve_run(run.pk, by=by, at=NOW, proposal=run.proposal),
    "return": lambda by, run, it: actions.return_run(run.pk, by=by, at=NOW, reason="Syy"),
    "recalculate": lambda by, run, it: actions.recalculate_run(run.pk, by=by, at=NOW),
    "cancel": lambda by, run, it: actions.cancel_run(run.pk, by=by, at=NOW, reason="Syy"),
    "set_aside": lambda by, run, it: actions.set_aside(run.pk, it.pk, "NO_TAX_CARD", by=by, at=NOW, reason="Syy"),
    "try_again": lambda by, run, it: actions.try_again(run.pk, by=by, at=NOW),
}
ON_A_PAYEE: dict[str, Act] = {
    "hold": lambda by, run, it: actions.hold_person(it.carer_id, by=by, at=NOW, reason="Syy"),
    "release": lambda by, run, it: actions.release_person(it.carer_id, by=by, at=NOW),
    "one_off": lambda by, run, it: actions.add_one_off(
        it.pk, by=by, at=NOW, first=MAY_1, last=MAY_31, amount=Decimal(1), reason="Syy"
    ),
    "card": lambda by, run, it: actions.record_tax_card(
        it.carer_id,
        by=by,
        at=NOW,
        kind="informal_care",
        first=MAY_1,
        base=Decimal(1),
        ceiling=None,
        additional=Decimal(1),
    ),
    "propose": lambda by, run, it: actions.propose_run(by=by, at=NOW, payday=PAYDAY, only_contracts=[it.pk]),
    "certificate": lambda by, run, it: actions.issue_pay_certificate(
        it.carer_id, by=by, at=NOW, first=MAY_1, last=MAY_31, language="fi"
    ),
}


@pytest.fixture
def proposed():
    house = payroll()
    contract = house.contract(card=False)
    house.month(contract)
    return house, house.propose(), contract


@pytest.mark.parametrize("act", ON_A_RUN.values(), ids=ON_A_RUN.keys())
def test_a_run_is_handled_by_payroll_clerks_of_its_organisation_alone(act, proposed):
    house, run, contract = proposed
    foreign = payroll(factories.city())
    for stranger in (
        foreign.approver,
        house.handler,
        factories.administrator(house.place),
        factories.carer(house.place),
    ):
        with pytest.raises(NotAllowed):
            act(stranger, run, contract)
    run.refresh_from_db()
    assert (run.state, run.proposal) == ("proposed", 1)


@pytest.mark.parametrize("act", ON_A_PAYEE.values(), ids=ON_A_PAYEE.keys())
def test_payees_are_handled_by_payroll_clerks_of_their_organisation_alone(act, proposed):
    house, run, contract = proposed
    foreign = payroll(factories.city())
    for stranger in (foreign.approver, house.handler, factories.carer(house.place)):
        with pytest.raises(NotAllowed):
            act(stranger, run, contract)


def test_lists_hold_the_rows_of_the_own_organisation_and_role(proposed):
    house, run, contract = proposed
    actions.hold_person(contract.carer_id, by=house.proposer, at=NOW, reason="Syy")
    line = house.one_off(contract, "1.00", is_approved=False)
    house.card(contract.carer_id)
    foreign = payroll(factories.city())
    mine = (access.runs, access.holds, access.one_offs, access.tax_cards)
    assert all(rows(house.proposer).exists() for rows in mine)
    for stranger in (foreign.proposer, house.handler):
        assert not any(rows(stranger).exists() for rows in mine)
        assert not access.payslips(stranger).exists()
        assert not access.receivables(stranger).exists()
    with pytest.raises(NotAllowed):
        actions.approve_one_off(line.pk, by=foreign.approver, at=NOW)
    assert access.run(house.proposer, run.pk) == run
