"""Who may approve, and what: PAY-7, "Who uses it", BEY-7."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from palkkio.audit.models import Event
from palkkio.core.payslip import DayType
from palkkio.core.problems import InvalidInput, NotAllowed, StaleVersion, WrongState
from palkkio.payroll import actions
from palkkio.payroll.actions.approving import FactsChanged
from palkkio.payroll.models import Payslip, Run
from palkkio.payroll.queries import run_view
from tests import factories
from tests.apps.payroll.scene import APRIL, NOW, PAYDAY, money, payroll, proposal

if TYPE_CHECKING:
    from tests.apps.payroll.scene import Payroll

pytestmark = pytest.mark.django_db


def ready(house: Payroll) -> tuple[Run, object]:
    contract = house.contract()
    house.month(contract)
    return house.propose(), contract


def new_review(house, contract):
    from palkkio.entries.models import Sheet

    house.correct(Sheet.objects.get(contract=contract), 11)


def another_sheet(house, contract):
    house.month(house.contract(name="Uusi"), 3)


def late_sheet(house, contract):
    house.month(contract, 1, APRIL)


def reopened(house, contract):
    from palkkio.entries import actions as entries
    from palkkio.entries.models import Sheet

    sheet = Sheet.objects.get(contract=contract)
    entries.reopen_sheet(sheet.pk, by=house.handler, at=NOW, version=sheet.version, reason="Wrong")


def new_card(house, contract):
    house.card(contract.carer_id, "20", first=date(2026, 6, 1))


def new_account(house, contract):
    from palkkio.people.models import BankAccount

    BankAccount.objects.filter(person_id=contract.carer_id).update(iban=factories.iban())


def new_rate(house, contract):
    from palkkio.contracts.models import AgreedRate

    AgreedRate.objects.filter(terms__contract=contract).update(amount="98.00")


def died(house, contract):
    from palkkio.people.models import Person

    Person.objects.filter(pk=contract.carer_id).update(died_on=date(2026, 6, 2))


@pytest.mark.parametrize(
    "change", [new_review, another_sheet, late_sheet, reopened, new_card, new_account, new_rate, died]
)
def test_a_proposal_whose_facts_changed_is_calculated_again_instead_of_approved(change):
    """docs/reliability: facts change after a proposal."""
    house = payroll()
    house.month(house.contract(name="Ennallaan"))
    run, contract = ready(house)
    change(house, contract)
    with pytest.raises(FactsChanged) as refused:
        house.approve(run)
    assert refused.value.params == {"count": 1}
    run.refresh_from_db()
    assert (run.state, run.proposal, run.approved_at) == (Run.State.CALCULATING, 2, None)
    run = actions.calculate_run(run.pk, at=NOW)
    assert run.state == Run.State.PROPOSED
    if not run_view(run).blocks:  # a death blocks
        assert house.approve(run).state == Run.State.APPROVED


def test_the_facts_do_not_depend_on_which_others_are_read_with_them():
    """A late sheet of another payee, in the same chunk, changes nothing here."""
    house = payroll()
    factories.rate(house.place, "training", "50.00", first=date(2026, 1, 1))
    contract = house.contract()
    house.month(contract, {DayType.CARE: [1], DayType.TRAINING: [2]})
    run = house.propose()
    before = proposal(run, contract)
    house.month(house.contract(name="Myöhäinen"), 2, APRIL)
    actions.recalculate_run(run.pk, by=house.proposer, at=NOW)
    actions.calculate_run(run.pk, at=NOW)
    after = proposal(run, contract)
    assert (after.facts, after.result) == (before.facts, before.result)


def test_a_returned_run_says_why_and_is_calculated_again():
    house = payroll()
    run, _contract = ready(house)
    with pytest.raises(InvalidInput):
        actions.return_run(run.pk, by=house.approver, at=NOW, reason="")
    actions.return_run(run.pk, by=house.approver, at=NOW, reason="Look at row 3")
    run.refresh_from_db()
    assert (run.state, run.returned_reason, run.proposal) == (Run.State.CALCULATING, "Look at row 3", 2)
    with pytest.raises(WrongState):
        house.approve(run)


def test_a_clerk_does_not_propose_or_approve_own_pay():
    """Who uses it: nobody proposes or approves where the payee is themself, or somebody close."""
    house = payroll()
    factories.bank_account(house.approver.person_id)
    house.month(house.contract(carer=house.approver))
    run = house.propose()
    with pytest.raises(NotAllowed):
        house.approve(run)
    assert {item.key for item in run_view(run, house.approver).gate if not item.is_met} == {"own"}
    colleague = factories.clerk(house.place, "Kolmas", "Kaija")
    actions.approve_run(run.pk, by=colleague, at=NOW, proposal=run.proposal)
    other = payroll(factories.city())
    other.month(other.contract(carer=other.proposer))
    with pytest.raises(NotAllowed):
        other.propose()


@pytest.mark.parametrize("direction", ["acts_for", "is_acted_for"])
def test_nor_the_pay_of_those_they_act_for_or_who_act_for_them(direction):
    from palkkio.people.models import Person

    house = payroll()
    contract = house.contract()
    house.month(contract)
    clerk, payee = (Person.objects.get(pk=pk) for pk in (house.approver.person_id, contract.carer_id))
    factories.representation(*((clerk, payee) if direction == "acts_for" else (payee, clerk)))
    run = house.propose()
    with pytest.raises(NotAllowed):
        house.approve(run)
    with pytest.raises(NotAllowed):
        actions.propose_run(by=house.approver, at=NOW, payday=PAYDAY, is_extra=True)


def test_nor_where_they_are_the_care_recipient():
    house = payroll()
    contract = house.contract(recipient=house.approver.person_id)
    house.month(contract)
    run = house.propose()
    with pytest.raises(NotAllowed):
        house.approve(run)
    with pytest.raises(NotAllowed):
        actions.set_aside(run.pk, contract.pk, "NO_TAX_CARD", by=house.approver, at=NOW, reason="Own")


def test_a_run_with_nothing_to_pay_is_not_approved():
    house = payroll()
    run = house.propose()
    assert {item.key for item in run_view(run).gate if not item.is_met} == {"something"}
    with pytest.raises(WrongState):
        house.approve(run)


def test_a_second_run_waits_until_the_first_has_its_payslips():
    """Until then it is not known what the first one settles."""
    house = payroll()
    first, second = house.contract(), house.contract(name="Toinen")
    house.month(first)
    house.month(second)
    scheduled = house.propose()
    extra = house.propose(is_extra=True, only_contracts=[first.pk])
    house.approve(extra)
    with pytest.raises(WrongState):
        house.approve(scheduled)
    actions.produce_payslips(extra.pk, at=NOW)
    with pytest.raises(FactsChanged):
        house.approve(scheduled)
    actions.calculate_run(scheduled.pk, at=NOW)
    (slip,) = house.produce(scheduled)
    assert slip.contract == second


def test_an_extra_run_takes_chosen_contracts_alone():
    """PAY-11: extra run outside the schedule."""
    house = payroll()
    first, second = house.contract(), house.contract(name="Toinen")
    house.month(first)
    house.month(second)
    day = date(2026, 6, 15)
    (slip,) = house.paid(day, only_contracts=[first.pk])
    assert (slip.contract, slip.payday) == (first, day)
    run = Run.objects.get()
    assert run.is_extra
    assert run_view(run).before is None
    foreign = payroll(factories.city()).contract()
    with pytest.raises(NotAllowed):
        house.propose(day, only_contracts=[foreign.pk])


def test_a_cancelled_run_makes_its_sheets_payable_again():
    """PAY-11: cancel an approved run before the bank has it."""
    house = payroll()
    contract = house.contract()
    house.month(contract)
    run = house.propose()
    (slip,) = house.produce(run)
    with pytest.raises(InvalidInput):
        actions.cancel_run(run.pk, by=house.proposer, at=NOW, reason="")
    actions.cancel_run(run.pk, by=house.proposer, at=NOW, reason="Wrong day")
    slip.refresh_from_db()
    assert slip.is_cancelled
    with pytest.raises(WrongState):
        actions.cancel_run(run.pk, by=house.proposer, at=NOW, reason="Wrong day")
    (again,) = house.paid()
    assert (again.gross, again.number) == (money("975.50"), "2026-000002")
    assert again.withholding == slip.withholding


def test_a_run_cancelled_while_payslips_are_made_makes_no_more():
    house = payroll()
    house.month(house.contract())
    run = house.approve(house.propose())
    actions.cancel_run(run.pk, by=house.approver, at=NOW, reason="Stop")
    assert actions.produce_payslips(run.pk, at=NOW) == 0
    assert actions.finish_run(run.pk, at=NOW).state == Run.State.CANCELLED
    assert Payslip.objects.count() == 0


def test_each_step_is_in_the_audit_with_who_and_what():
    house = payroll()
    run, _contract = ready(house)
    house.produce(run)
    steps = Event.objects.filter(object_kind="run", object_id=run.pk).order_by("pk")
    assert [(step.action, step.actor_person_id) for step in steps] == [
        ("propose_run", house.proposer.person_id),
        ("calculate_run", None),
        ("approve_run", house.approver.person_id),
        ("produce_run", None),
    ]


def test_the_page_that_approves_an_old_proposal_is_told_to_look_again():
    house = payroll()
    run, contract = ready(house)
    actions.hold_person(contract.carer_id, by=house.proposer, at=NOW, reason="Wait")
    with pytest.raises(StaleVersion):
        actions.approve_run(run.pk, by=house.approver, at=NOW, proposal=1)


def test_a_calculation_that_stops_says_why_and_can_be_begun_again():
    from palkkio.payroll import tasks
    from palkkio.payroll.computing import NotComputed

    house = payroll()
    contract = house.contract()
    sheet = house.month(contract)
    revision = sheet.revisions.get()
    type(revision).objects.filter(pk=revision.pk).update(
        facts={"entries": [{"day": "2026-04-01", "type": "care", "count": "1"}], "trips": []}
    )
    run = actions.propose_run(by=house.proposer, at=NOW, payday=PAYDAY)
    with pytest.raises(NotComputed):
        tasks.calculate_run(run_id=run.pk)
    run.refresh_from_db()
    assert (run.trouble_params, "%(number)s" in run.trouble) == ({"number": contract.number}, True)
    house.correct(sheet, 3)
    actions.recalculate_run(run.pk, by=house.approver, at=NOW)
    tasks.calculate_run(run_id=run.pk)
    run.refresh_from_db()
    assert (run.state, run.trouble, run.proposal) == (Run.State.PROPOSED, "", 2)


def test_making_payslips_is_begun_again_after_trouble():
    house = payroll()
    run, _contract = ready(house)
    house.approve(run)
    actions.note_trouble(run.pk, WrongState("The file does not check"))
    assert run_view(Run.objects.get(pk=run.pk)).progress.trouble == "The file does not check"
    actions.try_again(run.pk, by=house.approver, at=NOW)
    assert Run.objects.get(pk=run.pk).trouble == ""
    with pytest.raises(NotAllowed):
        actions.try_again(run.pk, by=house.handler, at=NOW)
