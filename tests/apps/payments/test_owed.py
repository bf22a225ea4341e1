"""What a month owes to the Tax Administration, insurers and the Employment Fund is paid by file, with four eyes.

Other payees with references, taxes and insurers per household.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from palkkio.core.clock import HELSINKI, Clock
from palkkio.core.identifiers import reference_number
from palkkio.core.problems import InvalidInput, NotAllowed, WrongState
from palkkio.core.viewer import RoleKind
from palkkio.documents.queries import content
from palkkio.payments import owed
from palkkio.payments.actions import cancel_repair, repay
from palkkio.payments.models import Answer, Batch, Payment, ToldOfPayment
from palkkio.payments.sending import mark_sent
from palkkio.people.households import actions as households
from palkkio.people.households.models import Household
from palkkio.reporting.owed import owed_of_month
from tests import factories
from tests.apps.reporting.register_scene import Payday, payday
from tests.web_desk.scene import signed_in

pytestmark = pytest.mark.django_db
JUNE = date(2026, 6, 1)
AFTER = datetime(2026, 7, 1, 10, tzinfo=HELSINKI)  # all paydays of June have been
REFERENCE = reference_number("1234")


def debts_of(paid: Payday) -> list[owed.Debt]:
    """Every debt of June's paydays, to an invented account."""
    return [
        owed.Debt(each.receiver.value, each.person_id, each.amount, "Saaja Oy", factories.iban(), REFERENCE)
        for each in owed_of_month(paid.house.place.id, JUNE)
    ]


def test_debts_of_organisation_and_households_go_in_one_file_that_a_second_clerk_sends() -> None:
    paid = payday()
    debts, first, second = debts_of(paid), paid.house.proposer, paid.house.approver
    assert {each.person_id for each in debts} == {None, paid.minor.pk, paid.grown_up.pk}
    batch = owed.pay_owed(debts, JUNE, by=first, at=AFTER)
    assert batch.total == sum(each.amount for each in debts)
    text = content(batch.file).decode()
    assert text.count(f"<Ref>{REFERENCE}</Ref>") == len(debts)
    assert "<Cd>SALA</Cd>" not in text
    with pytest.raises(NotAllowed):
        mark_sent(batch.pk, by=first, at=AFTER)
    mark_sent(batch.pk, by=second, at=AFTER)
    batch.refresh_from_db()
    assert (batch.state, batch.sent_by_id) == ("sent", second.account_id)


def test_what_is_owed_of_a_month_is_paid_once() -> None:
    paid = payday()
    debts, by = debts_of(paid), paid.house.proposer
    batch = owed.pay_owed(debts, JUNE, by=by, at=AFTER)
    with pytest.raises(WrongState):
        owed.pay_owed(debts[:1], JUNE, by=by, at=AFTER)
    assert owed.paid_of(paid.house.place.id, JUNE).keys() == {(each.kind, each.person_id) for each in debts}
    cancel_repair(batch.pk, by=by, at=AFTER)
    batch = owed.pay_owed(debts, JUNE, by=by, at=AFTER)  # the file was taken back
    back = batch.payments.get(kind="tax", person=None)
    Payment.objects.filter(pk=back.pk).update(outcome="returned")
    Batch.objects.filter(pk=batch.pk).update(state="sent")
    made = repay([back.pk], by=by, at=AFTER)
    again = made.payments.get()
    assert (again.kind, again.month, again.amount, again.replaces_id) == ("tax", JUNE, back.amount, back.pk)


def test_a_debt_that_came_back_is_paid_to_another_account_and_never_twice() -> None:
    paid = payday()
    debts, by = debts_of(paid), paid.house.proposer
    batch = owed.pay_owed(debts, JUNE, by=by, at=AFTER)
    back = batch.payments.get(kind="tax", person=None)
    Payment.objects.filter(pk=back.pk).update(outcome="returned")
    Batch.objects.filter(pk=batch.pk).update(state="sent")
    offered = owed.last_paid(paid.house.place.id)
    assert ("tax", None) not in offered  # the account that the bank refused is not offered again
    assert len(offered) == len(debts) - 1
    debt = next(each for each in debts if each.key == "tax-0")

    # The bank has said two things of it: perhaps it is booked.
    answer = Answer.objects.create(
        organisation_id=paid.house.place.id, message_id="A1", kind="camt.054", file=batch.file, read_at=AFTER
    )
    told = {"organisation_id": paid.house.place.id, "answer": answer, "payment": back, "outcome": "settled"}
    ToldOfPayment.objects.create(is_contradiction=True, **told)
    with pytest.raises(WrongState, match="two things"):
        owed.pay_owed([debt], JUNE, by=by, at=AFTER)
    Answer.objects.update(settled_at=AFTER)

    made = owed.pay_owed([replace(debt, iban=factories.iban())], JUNE, by=by, at=AFTER).payments.get()
    assert made.replaces_id == back.pk
    with pytest.raises(WrongState):
        repay([back.pk], by=by, at=AFTER)


def test_a_month_is_paid_when_its_paydays_have_been() -> None:
    """What a later payday of the month adds would be paid by nothing."""
    paid = payday()
    with pytest.raises(WrongState, match="not over"):
        owed.pay_owed(debts_of(paid), JUNE, by=paid.house.proposer, at=factories.NOW)
    page = signed_in(paid.house.proposer).get(reverse("desk:owed") + "?month=2026-06").content.decode()
    assert "The month is not over" in page
    assert "Pay what is owed" not in page


def test_each_field_that_is_wrong_is_named_and_nobody_pays_in_their_own_matter() -> None:
    paid = payday()
    debt = next(each for each in debts_of(paid) if each.person_id == paid.grown_up.pk)
    wrong = replace(debt, iban="FI00", reference="1", amount=Decimal(0), creditor_name=" ")
    with pytest.raises(InvalidInput) as refusal:
        owed.pay_owed([wrong], JUNE, by=paid.house.proposer, at=AFTER, on=date(2026, 7, 12))  # a Sunday
    key = f"{debt.kind}-{paid.grown_up.pk}"
    fields = {each.field for each in refusal.value.errors}
    assert fields == {f"amount-{key}", f"name-{key}", f"iban-{key}", f"reference-{key}", "on"}
    with pytest.raises(InvalidInput):
        owed.pay_owed([], JUNE, by=paid.house.proposer, at=AFTER)
    own = factories.viewer(paid.grown_up, RoleKind.PAYROLL_CLERK)
    with pytest.raises(NotAllowed):
        owed.pay_owed([debt], JUNE, by=own, at=AFTER)
    with pytest.raises(NotAllowed):
        owed.pay_owed([debt], JUNE, by=factories.administrator(paid.house.place), at=AFTER)


def test_a_clerk_pays_from_the_page_and_the_page_says_where_the_money_is(settings: Any) -> None:
    paid = payday()
    settings.PALKKIO_CLOCK = Clock(AFTER.date())
    desk, address = signed_in(paid.house.proposer), reverse("desk:pay-owed") + "?month=2026-06"
    owes = next(each for each in debts_of(paid) if each.person_id is None and each.kind == "tax")
    household, own = Household.objects.get(employer=paid.minor), reference_number("1122334455")
    households.record_tax_reference(household.pk, own, by=paid.house.proposer, at=AFTER)
    assert f'value="{own}"' in desk.get(address).content.decode()  # the household's own, for its contributions (P6)
    typed = {
        "tax-0-picked": "on",
        "tax-0-name": "Verohallinto",
        "tax-0-iban": "FI12",
        "tax-0-reference": REFERENCE,
        "tax-0-amount": str(owes.amount).replace(".", ","),
        "pension-0-amount": "a lot",  # not picked, not asked for
    }
    refused = desk.post(address, typed)
    assert refused.status_code == 422
    assert "Enter the account number of the receiver" in refused.content.decode()
    assert 'value="Verohallinto"' in refused.content.decode()  # nothing typed is lost
    unwritten = desk.post(address, typed | {"tax-0-iban": owes.iban, "tax-0-name": "税務"}).content.decode()
    assert "Enter to whom it is paid" in unwritten
    desk.post(address, typed | {"tax-0-iban": owes.iban})
    payment = Payment.objects.get(kind="tax")
    assert (payment.amount, payment.creditor_name, payment.person_id) == (owes.amount, "Verohallinto", None)
    page = desk.get(reverse("desk:owed") + "?month=2026-06").content.decode()
    assert "in a file, " in page
    assert "not what is owed" not in page
    assert "not paid" in page
    Payment.objects.update(amount=1)
    assert "1,00 €, not what is owed" in desk.get(reverse("desk:owed") + "?month=2026-06").content.decode()
    assert 'name="tax-0-picked"' not in desk.get(address).content.decode()
