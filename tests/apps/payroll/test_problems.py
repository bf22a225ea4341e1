"""Problems before approval, set aside, and people on hold: PAY-7, PAY-11, BEY-7."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from palkkio.core.days import DateRange
from palkkio.core.payslip import DayType
from palkkio.core.problems import InvalidInput, NotAllowed, WrongState
from palkkio.payroll import actions
from palkkio.payroll.models import PaidRevision, Payslip
from palkkio.payroll.queries import run_view
from palkkio.payroll.values import Repair
from palkkio.people.models import Person
from tests import factories
from tests.apps.payroll.scene import APRIL, NOW, PAYDAY, PAYDAY_OF_JUNE, money, payroll, proposal

pytestmark = pytest.mark.django_db


def without_account(house, name="Tilitön"):
    person = factories.person(house.place, "Testi", name)
    return house.contract(carer=factories.viewer(person, factories.RoleKind.CARER))


def test_a_red_problem_stops_the_approval():
    house = payroll()
    contract = without_account(house)
    house.month(contract)
    run = house.propose()
    assert proposal(run, contract).problem_codes == ["NO_BANK_ACCOUNT"]
    with pytest.raises(WrongState):
        house.approve(run)


def test_set_aside_leaves_the_payee_to_the_next_run():
    """SPEC: set aside with a reason by a named person; others than a missing card stay unpaid."""
    house = payroll()
    contract, other = without_account(house), house.contract()
    house.month(contract)
    house.month(other)
    run = house.propose()
    with pytest.raises(InvalidInput):
        actions.set_aside(run.pk, contract.pk, "NO_BANK_ACCOUNT", by=house.proposer, at=NOW, reason="  ")
    actions.set_aside(run.pk, contract.pk, "NO_BANK_ACCOUNT", by=house.proposer, at=NOW, reason="Asked by phone")
    view = run_view(run)
    assert (view.left_out, view.totals.contracts) == (1, 1)
    assert [(row.reason, row.pays, row.by_name) for row in view.set_asides] == [
        ("Asked by phone", False, house.proposer.name)
    ]
    (slip,) = house.produce(run)
    assert slip.contract == other
    assert PaidRevision.objects.count() == 1
    factories.bank_account(contract.carer_id)
    (late,) = house.paid(is_extra=True)
    assert late.contract == contract


def test_a_set_aside_can_be_taken_back():
    house = payroll()
    contract = without_account(house)
    house.month(contract)
    run = house.propose()
    actions.set_aside(run.pk, contract.pk, "NO_BANK_ACCOUNT", by=house.proposer, at=NOW, reason="Wait")
    actions.take_back_set_aside(run.pk, contract.pk, "NO_BANK_ACCOUNT", by=house.approver, at=NOW)
    assert proposal(run, contract).is_blocked
    with pytest.raises(WrongState):
        actions.take_back_set_aside(run.pk, contract.pk, "NO_BANK_ACCOUNT", by=house.approver, at=NOW)


def test_only_a_red_problem_that_is_there_is_set_aside():
    house = payroll()
    contract = house.contract()
    house.month(contract)
    run = house.propose()
    with pytest.raises(WrongState):
        actions.set_aside(run.pk, contract.pk, "NO_BANK_ACCOUNT", by=house.proposer, at=NOW, reason="None")


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"identity_code": ""}, "NO_IDENTITY_CODE"),
        ({"died_on": date(2026, 6, 1)}, "PAYEE_DECEASED"),
    ],
)
def test_a_person_who_cannot_be_paid_is_red(values, code):
    """PAY-11: payee without identity code, death of a payee."""
    house = payroll()
    contract = house.contract(carer=factories.carer(house.place, **values))
    house.month(contract)
    run = house.propose()
    assert proposal(run, contract).problem_codes == [code]
    assert proposal(run, contract).is_blocked


def test_an_identity_code_tells_the_day_of_birth_where_it_is_not_written():
    house = payroll()
    contract = house.contract()
    house.month(contract)
    born = contract.carer.born
    Person.objects.filter(pk=contract.carer_id).update(born=None)
    run = house.propose()
    assert proposal(run, contract).facts["payee"]["born"] == born.isoformat()


def test_a_business_recipient_in_the_prepayment_register_is_paid_without_withholding():
    """PAY-11."""
    from palkkio.core.days import DateRange

    house = payroll()
    carer = factories.carer(
        house.place,
        identity_code="",
        business_id="0201256-6",
        in_prepayment_register=DateRange(date(2026, 1, 1), None),
    )
    house.month(house.contract(carer=carer, card=False))
    (slip,) = house.paid()
    assert (slip.withholding, slip.gross) == (money("0.00"), money("975.50"))


def test_a_rate_that_is_missing_holds_the_payee_and_names_the_figure():
    house = payroll()
    contract = house.contract()
    house.month(contract, {DayType.CARE: [1], DayType.TRAINING: [2]})
    run = house.propose()
    held = proposal(run, contract)
    assert (held.gross, held.is_blocked) == (money("0.00"), True)
    (group,) = run_view(run).blocks
    assert (group.code, group.figure, group.first_day) == ("CONTRACT_TERM_MISSING", "rates/training", date(2026, 5, 2))
    assert group.repair == Repair.CONTRACT
    factories.rate(house.place, "training", "50.00")
    actions.recalculate_run(run.pk, by=house.proposer, at=NOW)
    actions.calculate_run(run.pk, at=NOW)
    assert proposal(run, contract).gross == money("147.55")


def test_problems_are_grouped_with_their_repair_and_what_they_stop():
    """BEY-7: red items with the repair on offer."""
    house = payroll()
    for days in (10, 5):
        house.month(without_account(house), days)
    house.month(house.contract(card=False), 1)
    blocks = run_view(house.propose()).blocks
    assert [(group.code, group.open, group.amount, group.repair) for group in blocks] == [
        ("NO_BANK_ACCOUNT", 2, money("1463.25"), Repair.BANK_ACCOUNT),
        ("NO_TAX_CARD", 1, money("97.55"), Repair.TAX_CARD),
    ]
    assert [row.gross for row in blocks[0].rows] == [money("975.50"), money("487.75")]


def test_a_person_on_hold_is_left_out_until_released():
    """PAY-11: hold or release one payee."""
    house = payroll()
    contract = house.contract()
    house.month(contract)
    house.month(house.contract(name="Toinen"))
    run = house.propose()
    actions.hold_person(contract.carer_id, by=house.proposer, at=NOW, reason="Identity is being checked")
    run.refresh_from_db()
    assert run.proposal == 2
    assert proposal(run, contract).is_held
    assert len(house.produce(run)) == 1
    with pytest.raises(WrongState):
        actions.hold_person(contract.carer_id, by=house.proposer, at=NOW, reason="Again")
    actions.release_person(contract.carer_id, by=house.approver, at=NOW)
    (slip,) = house.paid(is_extra=True)
    assert slip.contract == contract


def test_a_one_off_line_pays_once_after_a_second_persons_approval():
    """PAY-11: one-off line with reason and second person."""
    house = payroll()
    contract = house.contract()
    line = house.one_off(contract, "40.00", is_approved=False)
    house.month(contract, 1)
    run = house.propose()
    assert proposal(run, contract).gross == money("97.55")
    with pytest.raises(NotAllowed):
        actions.approve_one_off(line.pk, by=house.proposer, at=NOW)
    actions.approve_one_off(line.pk, by=house.approver, at=NOW)
    (slip,) = house.produce(run)
    assert slip.gross == money("137.55")
    with pytest.raises(WrongState):
        actions.withdraw_one_off(line.pk, by=house.proposer, at=NOW)
    with pytest.raises(WrongState):
        house.propose(PAYDAY_OF_JUNE, is_extra=True)


def test_a_one_off_line_of_an_approved_run_is_not_withdrawn():
    """PAY-11: what was withdrawn isn't paid: once its run is approved, the line stays, or the run is cancelled."""
    house = payroll()
    contract = house.contract()
    line = house.one_off(contract, "40.00")
    run = house.propose()
    house.approve(run)
    with pytest.raises(WrongState, match="approved already"):
        actions.withdraw_one_off(line.pk, by=house.proposer, at=NOW)
    line.refresh_from_db()
    assert line.withdrawn_at is None
    actions.cancel_run(run.pk, by=house.proposer, at=NOW, reason="A mistake")
    actions.withdraw_one_off(line.pk, by=house.proposer, at=NOW)


def test_a_one_off_line_alone_makes_a_payslip_of_its_own_period():
    house = payroll()
    contract = house.contract()
    house.one_off(contract, "100.00", DateRange.of_month(2026, 3))
    (slip,) = house.paid(is_extra=True, only_contracts=[contract.pk])
    assert (slip.gross, slip.period.first) == (money("100.00"), date(2026, 3, 1))


def test_a_negative_one_off_line_above_the_pay_is_claimed_back_not_paid():
    from palkkio.payroll.models import Receivable

    house = payroll()
    contract = house.contract()
    house.month(contract, 1)
    house.one_off(contract, "-300.00", APRIL)
    assert house.paid() == []
    assert Receivable.objects.get().amount == money("202.45")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"amount": Decimal(0)}, "amount"),
        ({"amount": Decimal("1.005")}, "amount"),
        ({"reason": " "}, "reason"),
        ({"last": date(2026, 4, 30)}, "last"),
    ],
)
def test_a_one_off_line_that_cannot_be_is_refused_beside_its_field(values, field):
    house = payroll()
    contract = house.contract()
    typed = {"first": date(2026, 5, 1), "last": date(2026, 5, 31), "amount": Decimal(10), "reason": "Syy", **values}
    with pytest.raises(InvalidInput) as refused:
        actions.add_one_off(contract.pk, by=house.proposer, at=NOW, **typed)
    assert [error.field for error in refused.value.errors] == [field]


def test_nothing_is_paid_on_a_day_when_banks_are_closed_or_that_is_past():
    house = payroll()
    for day in (date(2026, 6, 19), date(2026, 6, 20), date(2026, 5, 29)):
        with pytest.raises(InvalidInput):
            actions.propose_run(by=house.proposer, at=NOW, payday=day, is_extra=True)
    with pytest.raises(WrongState):
        actions.propose_run(by=house.proposer, at=NOW, payday=date(2026, 6, 15))


def test_a_payday_has_one_scheduled_run():
    house = payroll()
    house.month(house.contract())
    house.propose()
    with pytest.raises(WrongState):
        house.propose(PAYDAY)
    assert Payslip.objects.count() == 0
