"""Payment batches: whole or not at all, the same bytes when made again, sent once: PAY-7, PAY-11, BEY-4."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from django.db import IntegrityError, transaction

from palkkio.core.clock import HELSINKI
from palkkio.core.problems import NotAllowed, WrongState
from palkkio.documents import queries as documents
from palkkio.formats.payment_file import write_payment_file
from palkkio.payments import access, actions, writing
from palkkio.payments.actions import FileRefusedError
from palkkio.payments.models import Batch, Payment
from palkkio.payments.queries import is_sent, paid_later_on, payment_file_of, payment_states
from palkkio.payroll import actions as payroll_actions
from palkkio.payroll import gate
from palkkio.payroll.models import Payslip
from tests import factories
from tests.apps.payroll.scene import NOW, PAYDAY, payroll
from tests.prepared import prepared

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def without_later_stages(monkeypatch):
    monkeypatch.setattr(gate, "_checks", [])


@pytest.fixture
def made():
    """An approved run with payslips and its batch."""
    return prepared("a batch of three", make)


def make():
    house = payroll()
    for number in range(3):
        house.month(house.contract(name=f"Äkäs-Testaaja{number}"), 2 + number)
    run = house.approve(house.propose())
    payroll_actions.produce_payslips(run.pk, at=NOW)
    return house, run, actions.make_batch(run.pk, at=NOW)


def test_the_file_made_again_has_the_same_bytes(made):
    _house, run, batch = made
    assert write_payment_file(payment_file_of(batch)) == documents.content(batch.file)
    assert actions.make_batch(run.pk, at=NOW) == batch
    assert Batch.objects.count() == 1


def test_each_payslip_has_one_transfer_of_its_net_with_an_id_of_its_own(made):
    _house, run, batch = made
    slips = {slip.pk: slip for slip in Payslip.objects.filter(run=run)}
    payments = list(Payment.objects.filter(batch=batch))
    assert {payment.payslip_id: payment.amount for payment in payments} == {pk: slip.net for pk, slip in slips.items()}
    assert len({payment.end_to_end_id for payment in payments}) == 3
    assert batch.execution_date == PAYDAY


def test_past_the_cut_off_the_bank_pays_on_a_later_day_than_the_file_says(made):
    """PAY-9: a warning, since whether the bank still takes it is the bank's word."""
    house, run, batch = made
    in_time, late = (datetime(2026, 6, 29, hour, 30, tzinfo=HELSINKI) for hour in (13, 14))
    assert paid_later_on(batch, in_time, time(14)) is None
    assert paid_later_on(batch, late, time(14)) == date(2026, 7, 1)
    payroll_actions.finish_run(run.pk, at=NOW)
    assert paid_later_on(actions.mark_sent(batch.pk, by=house.approver, at=late), late, time(14)) is None


def test_nothing_is_kept_of_a_file_that_does_not_check(made, monkeypatch):
    house, run, _batch = made
    actions.cancel_batch(run.pk, by=house.approver, at=NOW)
    before = Payment.objects.count()
    monkeypatch.setattr(writing, "check_payment_file", lambda content, **asked: ["the sum is wrong"])
    with pytest.raises(FileRefusedError):
        actions.make_batch(run.pk, at=NOW)
    assert Payment.objects.count() == before
    assert not Batch.objects.exclude(state="cancelled").exists()


def test_an_account_that_is_none_refuses_the_file_instead_of_the_program(made):
    house, run, _batch = made
    actions.cancel_batch(run.pk, by=house.approver, at=NOW)
    Payslip.objects.filter(number="2026-000001").update(iban="FI00")
    with pytest.raises(FileRefusedError):
        actions.make_batch(run.pk, at=NOW)


def test_where_the_money_is(made):
    """BEY-4: ready, then sent; no answer of the bank is read yet."""
    house, run, batch = made
    slip = Payslip.objects.get(number="2026-000001")
    state = payment_states([slip.pk])[slip.pk]
    assert (state.state, state.payday, state.amount) == ("ready", PAYDAY, slip.net)
    with pytest.raises(WrongState):
        actions.mark_sent(batch.pk, by=house.approver, at=NOW)  # reports and voucher come first
    payroll_actions.finish_run(run.pk, at=NOW)
    with pytest.raises(NotAllowed):
        actions.mark_sent(batch.pk, by=house.handler, at=NOW)
    actions.mark_sent(batch.pk, by=house.approver, at=NOW)
    state = payment_states([slip.pk])[slip.pk]
    assert (state.state, state.sent_at, state.is_confirmed_by_bank) == ("sent", NOW, False)
    assert is_sent(run.pk)
    with pytest.raises(WrongState):
        actions.mark_sent(batch.pk, by=house.approver, at=NOW)


def test_what_was_sent_is_not_cancelled(made):
    """PAY-11: cancel before the bank has it, not after."""
    house, run, batch = made
    payroll_actions.finish_run(run.pk, at=NOW)
    actions.mark_sent(batch.pk, by=house.approver, at=NOW)
    with pytest.raises(WrongState):
        actions.cancel_batch(run.pk, by=house.approver, at=NOW)
    with pytest.raises(WrongState):
        payroll_actions.cancel_run(run.pk, by=house.approver, at=NOW, reason="Too late")
    assert not Payslip.objects.filter(is_cancelled=True).exists()


def test_a_payslip_with_a_payment_cannot_be_cancelled_past_the_actions(made):
    """The database itself refuses."""
    _house, run, _batch = made
    with pytest.raises(IntegrityError), transaction.atomic():
        Payslip.objects.filter(run=run).update(is_cancelled=True)


def test_others_see_no_batches(made):
    house, _run, batch = made
    foreign = payroll(factories.city())
    assert access.batch(house.proposer, batch.pk) == batch
    for stranger in (foreign.proposer, house.handler, factories.carer(house.place)):
        with pytest.raises(NotAllowed):
            access.batch(stranger, batch.pk)
    assert batch.execution_date > date(2026, 6, 8)
