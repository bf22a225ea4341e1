"""From reviewed sheets to payslips: PAY-7."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.db.models import F, ProtectedError

from palkkio.core.problems import NotAllowed, StaleVersion, WrongState
from palkkio.payroll import actions
from palkkio.payroll.models import PaidRevision, Payslip, Proposal, Run
from tests.apps.payroll.scene import MAY, NOW, PAYDAY, money, payroll, proposal

pytestmark = pytest.mark.django_db

# What a payslip says as its proposal does: keys that are checked there alone.
NAMED = ("organisation_id", "run_id", "contract_id", "person_id", "tax_card_id", "card_kind", "iban", "period", "net")


def test_a_reviewed_month_becomes_a_payslip_to_the_cent():
    """PAY-7, CARE-10: ten days of 97.55, 12 % tax and 7.30 % pension, paid on the last banking day of June."""
    house = payroll()
    contract = house.contract()
    house.month(contract, days=10)
    run = house.propose()
    assert run.state == Run.State.PROPOSED
    assert run.payday == PAYDAY
    (slip,) = house.produce(run)
    assert (slip.gross, slip.withholding, slip.pension, slip.net) == (
        money("975.50"),
        money("117.06"),
        money("71.21"),
        money("787.23"),
    )
    assert slip.period == MAY
    assert slip.number == "2026-000001"
    assert slip.proposal == proposal(run, contract)
    assert [getattr(slip, each) for each in NAMED] == [getattr(slip.proposal, each) for each in NAMED]
    run.refresh_from_db()
    assert run.state == Run.State.PRODUCED


def test_no_payslip_is_made_whose_lines_do_not_add_up_to_its_gross():
    """PAY-7: lines are kept apart from sums; where somebody has altered one of them, nothing of the part is paid."""
    house = payroll()
    house.month(house.contract(), days=10)
    run = house.propose()
    house.approve(run)
    cent = money("0.01")
    Proposal.objects.filter(run=run).update(gross=F("gross") + cent, net=F("net") + cent)
    with pytest.raises(WrongState, match="do not add up"), transaction.atomic():
        actions.produce_payslips(run.pk, at=NOW)
    assert not Payslip.objects.exists()
    Proposal.objects.filter(run=run).update(gross=F("gross") - cent, net=F("net") - cent)
    assert actions.produce_payslips(run.pk, at=NOW) == 1


def test_what_a_payslip_was_computed_from_is_never_changed_and_never_goes():
    """PAY-12, BEY-1: facts and result stand once, in the proposal; the database keeps them once they are paid."""
    house = payroll()
    house.month(house.contract(), days=10)
    run = house.propose()
    rows = Proposal.objects.filter(run=run)
    assert rows.update(position=1) == 1
    house.produce(run)
    with pytest.raises(ProgrammingError, match="stays as it is"), transaction.atomic():
        rows.update(result={})
    with pytest.raises(ProtectedError):
        rows.delete()
    for table, words in (
        ("payroll_proposal", "stays as it is"),
        ("payroll_payslip", "Cannot delete rows"),
        ("payroll_run", "Cannot delete rows"),
        ("payroll_taxcard", "Pay was proposed"),
        ("contracts_contract", "contracts_contract"),
    ):
        refused = pytest.raises(DatabaseError, match=words)
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}; SET CONSTRAINTS ALL IMMEDIATE")


def test_a_run_is_not_approved_by_who_proposed_it():
    """PAY-7: a second person approves; enforced in the action."""
    house = payroll()
    house.month(house.contract())
    run = house.propose()
    with pytest.raises(NotAllowed):
        actions.approve_run(run.pk, by=house.proposer, at=NOW, proposal=run.proposal)
    with pytest.raises(NotAllowed):
        actions.approve_run(run.pk, by=house.handler, at=NOW, proposal=run.proposal)
    run.refresh_from_db()
    assert run.state == Run.State.PROPOSED
    house.approve(run)


def test_the_same_sheet_is_never_paid_twice():
    """PAY-7: can be repeated without paying twice."""
    house = payroll()
    contract = house.contract()
    house.month(contract)
    house.paid()
    with pytest.raises(WrongState):
        house.propose(is_extra=True)
    assert actions.produce_payslips(Run.objects.get().pk, at=NOW) == 0
    assert Payslip.objects.count() == PaidRevision.objects.count() == 1


def test_a_proposal_that_changed_since_it_was_seen_is_not_approved():
    house = payroll()
    house.month(house.contract())
    run = house.propose()
    seen = run.proposal
    actions.recalculate_run(run.pk, by=house.proposer, at=NOW)
    actions.calculate_run(run.pk, at=NOW)
    with pytest.raises(StaleVersion):
        actions.approve_run(run.pk, by=house.approver, at=NOW, proposal=seen)
