"""Two people or two jobs at the same time: PAY-7, nobody is paid twice."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections

from palkkio.core.problems import Refusal
from palkkio.payroll import actions
from palkkio.payroll.models import PaidRevision, Payslip, Run
from tests import factories
from tests.apps.payroll.scene import NOW, PAYDAY, payroll

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Results or refusals of acts that start together, each over a connection of its own."""
    results: list[Any] = [None] * len(acts)
    started = threading.Barrier(len(acts))

    def run(number: int, act: Callable[[], Any]) -> None:
        try:
            started.wait(timeout=60)
            results[number] = act()
        except Refusal as refusal:
            results[number] = refusal
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
        assert not thread.is_alive()
    return results


def refused(results: list[Any]) -> int:
    return sum(isinstance(each, Refusal) for each in results)


def test_two_proposals_of_one_payday_at_once_make_one_run():
    house = payroll()
    house.month(house.contract())
    results = at_once(
        lambda: actions.propose_run(by=house.proposer, at=NOW, payday=PAYDAY),
        lambda: actions.propose_run(by=house.approver, at=NOW, payday=PAYDAY),
    )
    assert refused(results) == 1
    assert Run.objects.count() == 1


def test_a_double_click_approves_once():
    house = payroll()
    house.month(house.contract())
    run = house.propose()
    third = factories.clerk(house.place, "Kolmas", "Kaija")
    results = at_once(
        lambda: actions.approve_run(run.pk, by=house.approver, at=NOW, proposal=1),
        lambda: actions.approve_run(run.pk, by=third, at=NOW, proposal=1),
    )
    assert refused(results) == 1


def test_two_runs_with_the_same_sheet_approved_at_once_pay_it_once():
    house = payroll()
    contract = house.contract()
    house.month(contract)
    scheduled = house.propose()
    extra = house.propose(is_extra=True, only_contracts=[contract.pk])
    results = at_once(
        lambda: actions.approve_run(scheduled.pk, by=house.approver, at=NOW, proposal=1),
        lambda: actions.approve_run(extra.pk, by=house.approver, at=NOW, proposal=1),
    )
    assert refused(results) == 1
    for run in (scheduled, extra):
        actions.produce_payslips(run.pk, at=NOW)
    assert Payslip.objects.count() == PaidRevision.objects.count() == 1


def test_two_jobs_calculating_the_same_run_leave_one_proposal_for_each_contract():
    house = payroll()
    for number in range(5):
        house.month(house.contract(name=f"Testaaja{number}"), 2)
    run = actions.propose_run(by=house.proposer, at=NOW, payday=PAYDAY)
    results = at_once(*[lambda: actions.calculate_run(run.pk, at=NOW) for _ in range(2)])
    assert refused(results) == 0
    run.refresh_from_db()
    assert (run.state, run.proposals.count(), run.progress_done) == (Run.State.PROPOSED, 5, 5)


def test_a_run_cancelled_while_it_is_approved_is_never_both():
    house = payroll()
    house.month(house.contract())
    run = house.propose()
    results = at_once(
        lambda: actions.approve_run(run.pk, by=house.approver, at=NOW, proposal=1),
        lambda: actions.cancel_run(run.pk, by=house.proposer, at=NOW, reason="Wrong"),
    )
    run.refresh_from_db()
    actions.produce_payslips(run.pk, at=NOW)
    assert run.state == Run.State.CANCELLED
    assert refused(results) in (0, 1)
    assert not Payslip.objects.exists()
