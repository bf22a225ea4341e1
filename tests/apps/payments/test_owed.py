"""What a month owes to the Tax Administration, insurers and the Employment Fund is paid by file, with four eyes.

Issue "Money out", points 1 and 4: other payees with references, taxes and insurers per household.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from palkkio.core.identifiers import reference_number
from palkkio.core.problems import InvalidInput, NotAllowed, WrongState
from palkkio.core.viewer import RoleKind
from palkkio.documents.queries import content
from palkkio.payments import owed
from palkkio.payments.models import Batch, Payment
from palkkio.payments.sending import mark_sent
from palkkio.people.households import actions as households
from palkkio.people.households.models import Household
from palkkio.reporting.owed import owed_of_month
from tests import factories
from tests.apps.reporting.register_scene import Payday, payday
from tests.factories import NOW
from tests.web_desk.scene import signed_in

pytestmark = pytest.mark.django_db
JUNE = date(2026, 6, 1)
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
    batch = owed.pay_owed(debts, JUNE, by=first, at=NOW)
    assert batch.total == sum(each.amount for each in debts)
    text = content(batch.file).decode()
    assert text.count(f"<Ref>{REFERENCE}</Ref>") == len(debts)
    assert "<Cd>SALA</Cd>" not in text
    with pytest.raises(NotAllowed):
        mark_sent(batch.pk, by=first, at=NOW)
    mark_sent(batch.pk, by=second, at=NOW)
    batch.refresh_from_db()
    assert (batch.state, batch.sent_by_id) == ("sent", second.account_id)


def test_what_is_owed_of_a_month_is_paid_once() -> None:
    paid = payday()
    debts, by = debts_of(paid), paid.house.proposer
    batch = owed.pay_owed(debts, JUNE, by=by, at=NOW)
    with pytest.raises(WrongState):
        owed.pay_owed(debts[:1], JUNE, by=by, at=NOW)
    assert owed.paid_of(paid.house.place.id, JUNE).keys() == {(each.kind, each.person_id) for each in debts}
    from palkkio.payments.actions import cancel_repair, repay

    cancel_repair(batch.pk, by=by, at=NOW)
    batch = owed.pay_owed(debts, JUNE, by=by, at=NOW)  # the file was taken back
    back = batch.payments.get(kind="tax", person=None)
    Payment.objects.filter(pk=back.pk).update(outcome="returned")
    Batch.objects.filter(pk=batch.pk).update(state="sent")
    made = repay([back.pk], by=by, at=NOW)
    again = made.payments.get()
    assert (again.kind, again.month, again.amount, again.replaces_id) == ("tax", JUNE, back.amount, back.pk)


def test_each_field_that_is_wrong_is_named_and_nobody_pays_in_their_own_matter() -> None:
    paid = payday()
    debt = next(each for each in debts_of(paid) if each.person_id == paid.grown_up.pk)
    wrong = replace(debt, iban="FI00", reference="1", amount=Decimal(0), creditor_name=" ")
    with pytest.raises(InvalidInput) as refusal:
        owed.pay_owed([wrong], JUNE, by=paid.house.proposer, at=NOW, on=date(2026, 6, 14))  # a Sunday
    key = f"{debt.kind}-{paid.grown_up.pk}"
    fields = {each.field for each in refusal.value.errors}
    assert fields == {f"amount-{key}", f"name-{key}", f"iban-{key}", f"reference-{key}", "on"}
    with pytest.raises(InvalidInput):
        owed.pay_owed([], JUNE, by=paid.house.proposer, at=NOW)
    own = factories.viewer(paid.grown_up, RoleKind.PAYROLL_CLERK)
    with pytest.raises(NotAllowed):
        owed.pay_owed([debt], JUNE, by=own, at=NOW)
    with pytest.raises(NotAllowed):
        owed.pay_owed([debt], JUNE, by=factories.administrator(paid.house.place), at=NOW)


def test_a_clerk_pays_from_the_page_and_the_page_says_where_the_money_is() -> None:
    paid = payday()
    desk, address = signed_in(paid.house.proposer), reverse("desk:pay-owed") + "?month=2026-06"
    owes = next(each for each in debts_of(paid) if each.person_id is None and each.kind == "tax")
    household, own = Household.objects.get(employer=paid.minor), reference_number("1122334455")
    households.record_tax_reference(household.pk, own, by=paid.house.proposer, at=NOW)
    assert f'value="{own}"' in desk.get(address).content.decode()  # the household's own, for its contributions (P6)
    typed = {
        "tax-0-picked": "on",
        "tax-0-name": "Verohallinto",
        "tax-0-iban": "FI12",
        "tax-0-reference": REFERENCE,
        "tax-0-amount": str(owes.amount).replace(".", ","),
    }
    refused = desk.post(address, typed)
    assert refused.status_code == 422
    assert "Enter the account number of the receiver" in refused.content.decode()
    assert 'value="Verohallinto"' in refused.content.decode()  # nothing typed is lost
    desk.post(address, typed | {"tax-0-iban": owes.iban})
    payment = Payment.objects.get(kind="tax")
    assert (payment.amount, payment.creditor_name, payment.person_id) == (owes.amount, "Verohallinto", None)
    page = desk.get(reverse("desk:owed") + "?month=2026-06").content.decode()
    assert "in a file, " in page
    assert "not paid" in page
    assert 'name="tax-0-picked"' not in desk.get(address).content.decode()
