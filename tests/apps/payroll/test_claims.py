"""Distraint orders, dues by power of attorney, recoveries on payslips: PAY-9, PAY-12, BEY-9."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from palkkio.calculation import frozen
from palkkio.core.capabilities import Scope
from palkkio.core.payslip import DeductionCode
from palkkio.core.problems import InvalidInput, NotAllowed, WrongState
from palkkio.core.viewer import Viewer
from palkkio.entries.models import Sheet
from palkkio.payroll import access, actions, appeals
from palkkio.payroll.balances import balances
from palkkio.payroll.claims import of_persons, remittances
from palkkio.payroll.models import DistraintOrder, Payslip, Receivable, Recovery
from palkkio.rates import deciding
from tests import factories
from tests.apps.payroll.scene import (
    APRIL,
    IN_JULY,
    IN_MAY,
    JUNE,
    MAY,
    NOW,
    PAYDAY,
    PAYDAY_OF_APRIL,
    PAYDAY_OF_JUNE,
    Payroll,
    money,
    payroll,
)

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def order(house: Payroll, person_id: int, **values: object) -> DistraintOrder:
    return actions.record_distraint(
        person_id,
        by=house.proposer,
        at=NOW,
        **{
            "office": "Mallilan ulosotto",
            "reference": "77/2026",
            "iban": factories.iban(),
            "payment_reference": "1232",
            "first": date(2026, 6, 1),
            "amount": money("100.00"),
            **values,
        },
    )


def approved(house: Payroll, protected: str, *, first: date, last: date) -> None:
    """The protected portion of a debtor, entered by one and approved by another."""
    official = deciding.propose_figures(
        by=house.proposer,
        at=NOW,
        file="distraint/protected_debtor",
        values={"": protected},
        first=first,
        last=last,
        source="Decree 1000/2025, statute book",
    )
    deciding.approve(official, by=house.approver, at=NOW)


def test_distraint_is_taken_once_over_the_paydays_payslips_and_goes_to_the_authority():
    """PAY-12: two contracts of one payee; the ordered 100.00 is divided by their nets and paid on in one sum."""
    house = payroll()
    first = house.contract()
    second = factories.contract(house.place, first.carer_id)
    order(house, first.carer_id)
    house.month(first, 10)
    house.month(second, 5)
    run = house.propose()
    slips = house.produce(run)
    taken = [frozen.from_json(slip.result).deduction(DeductionCode.DISTRAINT) for slip in slips]
    assert sum(taken) == money("100.00")
    assert taken == [money("66.67"), money("33.33")]
    (paid_on,) = remittances(run)
    assert (paid_on.code, paid_on.amount, paid_on.reference) == ("DISTRAINT", money("100.00"), "1232")


def test_an_order_that_is_ended_afterwards_still_says_who_has_the_money():
    """PAY-12: the letter comes after the payday was approved; what was taken goes to whom it was taken for."""
    house = payroll()
    contract = house.contract()
    taken = order(house, contract.carer_id)
    house.month(contract, 10)
    run = house.propose()
    house.produce(run)
    actions.end_distraint(taken.pk, by=house.proposer, at=NOW, last=date(2026, 6, 10))
    (paid_on,) = remittances(run)
    assert (paid_on.receiver, paid_on.amount) == ("Mallilan ulosotto", money("100.00"))


def test_a_later_order_replaces_the_earlier():
    house = payroll()
    contract = house.contract()
    earlier = order(house, contract.carer_id)
    later = order(house, contract.carer_id, first=date(2026, 6, 15), amount=money("50.00"))
    earlier.refresh_from_db()
    assert earlier.valid.last == date(2026, 6, 14)
    assert later.valid.last is None
    house.month(contract, 10)
    (slip,) = house.paid()
    assert frozen.from_json(slip.result).deduction(DeductionCode.DISTRAINT) == money("50.00")
    with pytest.raises(WrongState):
        order(house, contract.carer_id, first=date(2026, 6, 10))


def test_dues_are_deducted_by_the_power_of_attorney_until_it_is_revoked():
    house = payroll()
    contract = house.contract()
    dues = actions.record_dues(
        contract.carer_id,
        by=house.proposer,
        at=NOW,
        kind="union",
        receiver="Mallilan hoitajat ry",
        iban=factories.iban(),
        first=date(2026, 6, 1),
        delivered_on=TODAY,
        percent=money("1.5"),
    )
    house.month(contract, 10)
    (slip,) = house.paid()
    assert frozen.from_json(slip.result).deduction(DeductionCode.UNION_DUES) == money("14.63")  # 975.50 × 1.5 %
    actions.revoke_dues(dues.pk, by=house.proposer, at=NOW, last=PAYDAY)
    house.month(contract, 10, JUNE, at=IN_JULY)
    (later,) = house.paid(PAYDAY_OF_JUNE, IN_JULY)
    assert frozen.from_json(later.result).deduction(DeductionCode.UNION_DUES) == 0


def test_dues_in_euros_are_taken_once_a_payday_by_however_many_runs():
    house = payroll()
    first = house.contract()
    actions.record_dues(
        first.carer_id,
        by=house.proposer,
        at=NOW,
        kind="union",
        receiver="Mallilan hoitajat ry",
        iban=factories.iban(),
        first=date(2026, 6, 1),
        delivered_on=TODAY,
        amount=money("30.00"),
    )
    house.month(first, 10)
    (slip,) = house.paid()
    assert frozen.from_json(slip.result).deduction(DeductionCode.UNION_DUES) == money("30.00")
    house.month(factories.contract(house.place, first.carer_id), 5)
    (extra,) = house.paid(is_extra=True)
    assert frozen.from_json(extra.result).deduction(DeductionCode.UNION_DUES) == 0


def test_dues_are_a_percentage_or_an_amount_and_nobody_elses_to_see():
    house = payroll()
    contract = house.contract()
    given = {
        "by": house.proposer,
        "at": NOW,
        "kind": "fund",
        "receiver": "Kassa",
        "iban": factories.iban(),
        "first": TODAY,
        "delivered_on": TODAY,
    }
    with pytest.raises(InvalidInput) as refused:
        actions.record_dues(contract.carer_id, percent=money("1"), amount=money("9"), **given)
    assert refused.value.errors[0].field == "percent"
    actions.record_dues(contract.carer_id, amount=money("9.00"), **given)
    assert access.dues_authorisations(house.proposer).count() == 1
    assert not access.dues_authorisations(house.handler).exists()
    assert not access.dues_authorisations(factories.administrator(house.place)).exists()


# --- Recovery ---------------------------------------------------------------------------------------------------------


def overpaid(house: Payroll) -> Receivable:
    """Two days too many in April: 195.10 EUR, found in May's run."""
    contract = house.contract()
    april = house.month(contract, 10, APRIL)
    house.paid(PAYDAY_OF_APRIL, IN_MAY)
    house.correct(april, 8)
    house.month(contract, 5, MAY)
    house.paid()
    return Receivable.objects.get()


def opened(house: Payroll, receivable: Receivable) -> Recovery:
    return actions.open_recovery(
        receivable.pk,
        by=house.proposer,
        at=NOW,
        answer_by=TODAY + timedelta(days=14),
        explanation="Two days of April were paid that were not cared.",
    )


def test_nothing_is_set_off_before_consent_or_a_final_decision():
    """BEY-9: netting only after consent or a final decision; the decision waits for the payee's answer."""
    house = payroll()
    recovery = opened(house, overpaid(house))
    with pytest.raises(WrongState):
        actions.plan_recovery(
            recovery.pk, by=house.proposer, at=NOW, first_payday=PAYDAY_OF_JUNE, instalment=money("50.00")
        )
    with pytest.raises(WrongState):
        actions.decide_recovery(recovery.pk, by=house.proposer, at=NOW, grounds="9 §", posted_on=TODAY)
    after = NOW + timedelta(days=20)
    decided = actions.decide_recovery(
        recovery.pk, by=house.proposer, at=after, grounds="Paid without ground", posted_on=after.date()
    )
    assert decided.final_from == appeals.final_from(after.date())
    with pytest.raises(WrongState):
        actions.plan_recovery(
            recovery.pk, by=house.proposer, at=after, first_payday=date(2026, 7, 31), instalment=money("50.00")
        )
    actions.note_appeal(recovery.pk, by=house.proposer, at=after)
    actions.settle_appeal(recovery.pk, by=house.proposer, at=after, stands=True, final_from=date(2026, 9, 1))
    final = NOW.replace(month=9, day=2)

    def plan(leaves: str) -> None:
        actions.plan_recovery(
            recovery.pk,
            by=house.proposer,
            at=final,
            first_payday=date(2026, 9, 30),
            instalment=money("50.00"),
            leaves=money(leaves),
        )

    # Nobody has consented: the protected portion of a month is the payee's, 30 x 33.10.
    with pytest.raises(InvalidInput) as refused:
        plan("993.00")
    assert "not confirmed" in refused.value.errors[0].message
    approved(house, "33,10", first=date(2026, 1, 1), last=date(2026, 12, 31))
    with pytest.raises(InvalidInput) as refused:
        plan("992.99")
    assert [(each.field, each.params["least"]) for each in refused.value.errors] == [("leaves", "993.00")]
    plan("993.00")
    recovery.refresh_from_db()
    assert recovery.state == Recovery.State.RECOVERING

    # Each payday has the protected portion of its own year; where it is not confirmed nothing is set off.
    def leaves(payday: date) -> Decimal | None:
        claims = of_persons({recovery.contract_id: recovery.person_id}, payday).get(recovery.contract_id)
        return claims.recovery_leaves if claims is not None else None

    assert leaves(date(2026, 12, 31)) == money("993.00")
    assert leaves(date(2027, 1, 29)) is None
    approved(house, "34,00", first=date(2027, 1, 1), last=date(2027, 12, 31))
    assert leaves(date(2027, 1, 29)) == money("1020.00")


def test_instalments_come_from_payslips_until_nothing_is_left():
    house = payroll()
    receivable = overpaid(house)
    recovery = opened(house, receivable)
    carer = factories.viewer(receivable.person, factories.RoleKind.CARER)
    actions.answer_recovery(recovery.pk, by=carer, at=NOW, consents=True)
    at = IN_JULY
    actions.plan_recovery(
        recovery.pk, by=house.proposer, at=at, first_payday=PAYDAY_OF_JUNE, instalment=money("150.00")
    )
    house.month(receivable.contract, 5, JUNE, at=at)
    (slip,) = house.paid(PAYDAY_OF_JUNE, at)
    (line,) = [each for each in frozen.from_json(slip.result).lines if each.code == "RECOVERY"]
    assert line.amount == money("-150.00")
    assert dict(line.working.inputs)["recovery"] == recovery.number
    assert slip.gross == money("337.75")
    left = balances([recovery])[recovery.pk]
    assert (left.amount, left.set_off, left.left) == (money("195.10"), money("150.00"), money("45.10"))
    actions.record_transfer(
        recovery.pk, by=house.proposer, at=at, amount=money("40.00"), withheld=money("5.10"), paid_on=at.date()
    )
    recovery.refresh_from_db()
    assert recovery.state == Recovery.State.CLOSED
    assert Payslip.objects.filter(contract=receivable.contract).count() == 3


def agreed(house: Payroll, receivable: Receivable, instalment: str) -> Recovery:
    recovery = opened(house, receivable)
    carer = factories.viewer(receivable.person, factories.RoleKind.CARER)
    actions.answer_recovery(recovery.pk, by=carer, at=NOW, consents=True)
    actions.plan_recovery(
        recovery.pk, by=house.proposer, at=IN_JULY, first_payday=PAYDAY_OF_JUNE, instalment=money(instalment)
    )
    return recovery


def test_a_second_run_of_a_payday_takes_no_second_instalment():
    """BEY-9: the instalment is of each payday, however many runs it has."""
    house = payroll()
    receivable = overpaid(house)
    recovery = agreed(house, receivable, "50.00")
    june = house.month(receivable.contract, 5, JUNE, at=IN_JULY)
    house.paid(PAYDAY_OF_JUNE, IN_JULY)
    house.correct(june, 6)
    (extra,) = house.paid(PAYDAY_OF_JUNE, IN_JULY, is_extra=True)
    assert extra.gross == money("97.55")
    assert balances([recovery])[recovery.pk].set_off == money("50.00")


def test_a_second_run_of_a_payday_does_not_go_on_to_the_next_recovery():
    """BEY-9: of two matters under way the oldest had the payday's instalment, and no run takes the other's besides."""
    house = payroll()
    receivable = overpaid(house)
    oldest = agreed(house, receivable, "50.00")
    house.correct(Sheet.objects.get(contract=receivable.contract, period=MAY), 4)
    june = house.month(receivable.contract, 5, JUNE, at=IN_JULY)
    house.paid(PAYDAY_OF_JUNE, IN_JULY)
    later = agreed(house, Receivable.objects.exclude(pk=receivable.pk).get(), "50.00")
    house.correct(june, 6)
    (extra,) = house.paid(PAYDAY_OF_JUNE, IN_JULY, is_extra=True)
    assert extra.gross == money("97.55")
    assert [balances([each])[each.pk].set_off for each in (oldest, later)] == [money("50.00"), 0]
    # Nor when the instalment was the last of the oldest, which the night has closed.
    actions.record_transfer(
        oldest.pk, by=house.proposer, at=IN_JULY, amount=money("145.10"), withheld=money("0.00"), paid_on=IN_JULY.date()
    )
    oldest.refresh_from_db()
    assert oldest.state == Recovery.State.CLOSED
    house.correct(june, 7)
    house.paid(PAYDAY_OF_JUNE, IN_JULY, is_extra=True)
    assert balances([later])[later.pk].set_off == 0


def test_a_matter_that_a_cancelled_run_had_settled_goes_on():
    """BEY-9, PAY-11: what its payslip had set off is owed again, and the next run takes it."""
    house = payroll()
    receivable = overpaid(house)
    recovery = agreed(house, receivable, "195.10")
    house.month(receivable.contract, 5, JUNE, at=IN_JULY)
    run = house.propose(PAYDAY_OF_JUNE, IN_JULY)
    house.produce(run, IN_JULY)
    assert actions.close_settled_recoveries(house.place.id, at=IN_JULY) == 1
    actions.cancel_run(run.pk, by=house.proposer, at=IN_JULY, reason="A mistake")
    recovery.refresh_from_db()
    assert (recovery.state, recovery.closed_on) == (Recovery.State.RECOVERING, None)
    (again,) = house.paid(PAYDAY_OF_JUNE, IN_JULY)
    assert again.gross == money("292.65")
    assert actions.close_settled_recoveries(house.place.id, at=IN_JULY) == 1


def test_a_run_whose_overpayment_is_being_paid_back_is_not_cancelled():
    """BEY-9: the next run would find the overpayment anew and take it a second time."""
    house = payroll()
    receivable = overpaid(house)
    recovery = agreed(house, receivable, "50.00")
    house.month(receivable.contract, 5, JUNE, at=IN_JULY)
    run = house.propose(PAYDAY_OF_JUNE, IN_JULY)
    house.produce(run, IN_JULY)
    with pytest.raises(WrongState, match="being paid back"):
        actions.cancel_run(receivable.run_id, by=house.proposer, at=IN_JULY, reason="A mistake")
    assert not Receivable.objects.get().is_cancelled
    actions.cancel_run(run.pk, by=house.proposer, at=IN_JULY, reason="A mistake")
    assert balances([recovery])[recovery.pk].set_off == 0
    actions.cancel_run(receivable.run_id, by=house.proposer, at=IN_JULY, reason="A mistake")
    assert Receivable.objects.get().is_cancelled


def test_who_acts_for_a_payee_consents_only_as_far_as_they_may_sign():
    """BEY-9, ACC-14: consent to set-off binds the payee; a reader answers nothing, an agent may object."""
    house = payroll()
    recovery = opened(house, overpaid(house))

    def acting(scope: Scope) -> Viewer:
        agent = factories.person(house.place, "Asko", f"Edustaja-{scope.name.title()}")
        return factories.acting(agent, recovery.person, factories.RoleKind.CARER, scope=scope)

    for scope, consents in ((Scope.READ_ONLY, True), (Scope.READ_ONLY, False), (Scope.UNLIMITED, True)):
        with pytest.raises(NotAllowed):
            actions.answer_recovery(recovery.pk, by=acting(scope), at=NOW, consents=consents, text="No")
    actions.answer_recovery(recovery.pk, by=acting(Scope.UNLIMITED), at=NOW, consents=False, text="The days are right")
    recovery.refresh_from_db()
    assert (recovery.answer, recovery.consented_on) == (Recovery.Answer.OBJECTS, None)


def test_a_waiver_needs_a_second_person():
    house = payroll()
    recovery = opened(house, overpaid(house))
    waiver = actions.propose_waiver(
        recovery.pk, by=house.proposer, at=NOW, amount=money("195.10"), reason="The county's own mistake"
    )
    with pytest.raises(NotAllowed):
        actions.approve_waiver(waiver.pk, by=house.proposer, at=NOW)
    actions.approve_waiver(waiver.pk, by=house.approver, at=NOW)
    recovery.refresh_from_db()
    assert recovery.state == Recovery.State.CLOSED
    assert balances([recovery])[recovery.pk].left == 0


def test_a_payee_answers_only_for_themself():
    house = payroll()
    recovery = opened(house, overpaid(house))
    other = factories.carer(house.place, "Toinen")
    with pytest.raises(NotAllowed):
        actions.answer_recovery(recovery.pk, by=other, at=NOW, consents=True)
    with pytest.raises(WrongState):
        opened(house, Receivable.objects.get())


def test_the_time_of_appeal_ends_on_a_weekday():
    """P8: posted on Thursday 1.3.2018, informed 8.3., day 30 is Saturday 7.4., last day Monday 9.4.2018."""
    assert appeals.informed_on(date(2018, 3, 1)) == date(2018, 3, 8)
    assert appeals.appeal_until(date(2018, 3, 1)) == date(2018, 4, 9)
    assert appeals.final_from(date(2018, 3, 1)) == date(2018, 4, 10)
