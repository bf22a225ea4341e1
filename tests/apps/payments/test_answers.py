"""The bank's answers: settled, rejected, returned, each once; new payments after repair: PAY-10, BEY-4."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from palkkio.adapters.bank import sandbox
from palkkio.adapters.bank.channel import ChannelError, FolderChannel
from palkkio.adapters.bank.sandbox_messages import Fault, answers_to
from palkkio.audit.models import Event
from palkkio.core.clock import HELSINKI
from palkkio.core.problems import InvalidInput, NotAllowed, WrongState
from palkkio.documents import queries as documents
from palkkio.formats.payment_file import PAIN_03, write_payment_file
from palkkio.payments import access, actions, answers, sending
from palkkio.payments.models import Answer, Batch, Payment, ToldOfPayment
from palkkio.payments.queries import first_execution_day, paid_sums, payment_file_of, payment_states, terms_of
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
def sent(tmp_path, settings):
    """A run of four payees, one with distraint, whose file the bank has."""
    settings.PALKKIO_BANKS = {"mallila": FolderChannel(tmp_path / "to", tmp_path / "from")}
    house, run, batch = prepared("a sent payment file", sent_file)
    bank = sandbox.Sandbox(tmp_path)
    batch = actions.deliver_batch(batch.pk, at=NOW)
    return house, run, batch, bank


def sent_file():
    house = payroll()
    actions.change_agreement(by=house.approver, at=NOW, version="pain.001.001.09", cut_off="14.00", answer_days="2")
    for number in range(4):
        house.month(house.contract(name=f"Testaaja{number}"), 10 + number)
    payroll_actions.record_distraint(
        house.contracts[3].carer_id,
        by=house.approver,
        at=NOW,
        office="Ulosottolaitos",
        reference="12345/2026",
        iban=factories.iban(),
        payment_reference="1232",
        first=date(2026, 1, 1),
        amount=Decimal("75.00"),
    )
    run = house.approve(house.propose())
    payroll_actions.produce_payslips(run.pk, at=NOW)
    batch = actions.make_batch(run.pk, at=NOW)
    payroll_actions.finish_run(run.pk, at=NOW)
    actions.send_batch(batch.pk, by=house.approver, at=NOW)
    return house, run, batch


def fault(bank: sandbox.Sandbox, **said: str) -> None:
    rows = ", ".join(f'"{iban}": "{words}"' for iban, words in said.items())
    (bank.folder / "faults.json").write_text(f"{{{rows}}}")


def answered(house, bank) -> int:
    bank.take()
    return answers.take_waiting(house.place.id, FolderChannel(bank.folder / "to", bank.folder / "from"), at=NOW)


def slips_of(run) -> list[Payslip]:
    return list(Payslip.objects.filter(run=run).order_by("number"))


def test_a_run_pays_its_payees_and_the_enforcement_office_in_one_file(sent):
    """PAY-9: what is distrained is paid on, by the office's reference."""
    _house, run, batch, _bank = sent
    office = Payment.objects.get(batch=batch, kind="distraint")
    assert (office.amount, office.reference, office.creditor_name) == (Decimal("75.00"), "1232", "Ulosottolaitos")
    assert write_payment_file(payment_file_of(batch)) == documents.content(batch.file)
    sums = paid_sums(run.pk)
    assert sums[True].in_file == sum(slip.net for slip in slips_of(run))
    assert batch.total == sums[True].in_file + sums[False].in_file


def test_all_is_settled_when_the_bank_says_so(sent):
    house, run, _batch, bank = sent
    (state,) = payment_states([slips_of(run)[0].pk]).values()
    assert (state.state, state.outcome, state.is_confirmed_by_bank) == ("sent", "", False)
    assert answered(house, bank) == 3
    assert set(Payment.objects.values_list("outcome", "booked_on")) == {("settled", PAYDAY)}
    assert {row.kind for row in Answer.objects.all()} == {"status", "notification", "statement"}
    assert [row.troubles for row in Answer.objects.all()] == [[], [], []]
    assert {each.in_file for each in paid_sums(run.pk).values()} == {each.booked for each in paid_sums(run.pk).values()}
    assert payment_states([slips_of(run)[0].pk])[slips_of(run)[0].pk].is_confirmed_by_bank


def test_the_same_answers_twice_change_nothing(sent):
    house, run, batch, bank = sent
    back = slips_of(run)[1]
    fault(bank, **{back.iban: "returned AC04"})
    answered(house, bank)
    before = list(Payment.objects.values_list("pk", "outcome")), Answer.objects.count(), ToldOfPayment.objects.count()
    for name, content in answers_to(documents.content(batch.file), bank.faults()).items():
        actions.take_answer(content, house.place.id, name=name, at=NOW)
    assert (
        list(Payment.objects.values_list("pk", "outcome")),
        Answer.objects.count(),
        ToldOfPayment.objects.count(),
    ) == before
    assert Event.objects.filter(action="payment_came_back").count() == 1


def test_what_came_back_is_paid_anew_to_the_repaired_account_and_once(sent):
    """PAY-10: a task with the reason; a second clerk sends the new payment; the old one is never edited."""
    house, run, _batch, bank = sent
    slips = slips_of(run)
    fault(bank, **{slips[0].iban: "rejected AC01", slips[1].iban: "returned AC04"})
    answered(house, bank)
    waiting = list(access.came_back(house.approver).order_by("pk"))
    assert [(row.payslip_id, row.outcome) for row in waiting] == [(slips[0].pk, "rejected"), (slips[1].pk, "returned")]
    assert [told.reason for row in waiting for told in row.told.all()] == ["AC01", "AC04"]
    assert all(payment_states([slip.pk])[slip.pk].came_back for slip in slips[:2])
    assert Event.objects.filter(action="payment_came_back", subject_person_id=slips[1].person_id).exists()
    new = {slip.person_id: factories.iban() for slip in slips[:2]}
    for person_id, number in new.items():
        factories.bank_account(person_id, number, first=factories.TODAY)
    repair = actions.repay([row.pk for row in waiting], by=house.proposer, at=NOW)
    assert repair.execution_date.isoformat() == "2026-06-09"
    with pytest.raises(WrongState):
        actions.repay([waiting[0].pk], by=house.approver, at=NOW)
    with pytest.raises(NotAllowed):
        actions.send_batch(repair.pk, by=house.proposer, at=NOW)  # a second clerk
    actions.send_batch(repair.pk, by=house.approver, at=NOW)
    actions.deliver_batch(repair.pk, at=NOW)
    assert not access.came_back(house.approver).exists()
    answered(house, bank)
    made = list(Payment.objects.filter(batch=repair).order_by("pk"))
    assert [(row.iban, row.outcome, row.replaces_id) for row in made] == [
        (new[slip.person_id], "settled", old.pk) for slip, old in zip(slips[:2], waiting, strict=True)
    ]
    assert [row.iban for row in waiting] == [slip.iban for slip in slips[:2]]
    assert paid_sums(run.pk)[True].booked == sum(slip.net for slip in slips)
    assert not payment_states([slips[0].pk])[slips[0].pk].came_back


def test_a_payslip_is_not_paid_twice_whatever_is_asked(sent):
    """The database itself refuses a second payment beside one that has not come back."""
    house, _run, batch, _bank = sent
    standing = Payment.objects.filter(batch=batch, kind="salary").first()
    with pytest.raises(WrongState):
        actions.repay([standing.pk], by=house.approver, at=NOW)
    standing.pk, standing.end_to_end_id = None, "again"
    with pytest.raises(IntegrityError), transaction.atomic():
        standing.save()
    with pytest.raises(InvalidInput):
        actions.repay([], by=house.approver, at=NOW)


def test_a_cancelled_repair_waits_again(sent):
    house, run, _batch, bank = sent
    fault(bank, **{slips_of(run)[0].iban: "rejected AC06"})
    answered(house, bank)
    (row,) = access.came_back(house.approver)
    repair = actions.repay([row.pk], by=house.proposer, at=NOW)
    actions.cancel_repair(repair.pk, by=house.proposer, at=NOW)
    assert list(access.came_back(house.approver)) == [row]
    assert payment_states([row.payslip_id])[row.payslip_id].came_back


def test_nobody_repays_themself(sent):
    house, run, _batch, bank = sent
    slip = slips_of(run)[0]
    fault(bank, **{slip.iban: "rejected AC06"})
    answered(house, bank)
    (row,) = access.came_back(house.approver)
    clerk = factories.viewer(slip.person, factories.RoleKind.PAYROLL_CLERK)
    with pytest.raises(NotAllowed):
        actions.repay([row.pk], by=clerk, at=NOW)


def test_a_file_given_twice_is_no_refusal(sent):
    """A crash between the bank and us: the file goes again, the bank says duplicate, nothing changes."""
    house, _run, batch, bank = sent
    answered(house, bank)
    Batch.objects.filter(pk=batch.pk).update(state="sending", sent_at=None)
    actions.deliver_batch(batch.pk, at=NOW)
    assert answered(house, bank) == 1
    assert set(Payment.objects.values_list("outcome", flat=True)) == {"settled"}
    assert Answer.objects.latest("pk").troubles == []


def test_contradictions_change_nothing_and_wait_for_a_clerk(sent):
    house, _run, batch, bank = sent
    answered(house, bank)
    content = documents.content(batch.file)
    first = Payment.objects.filter(batch=batch).order_by("pk").first()
    rejected = answers_to(content, {first.iban: Fault(False, "AC01")})
    status = next(iter(rejected.values())).replace(b"<MsgId>S-", b"<MsgId>T-")
    answer = actions.take_answer(status, house.place.id, name="late.xml", at=NOW)
    assert answer.troubles == [f"Payment {first.end_to_end_id}: rejected is told after settled"]
    first.refresh_from_db()
    assert first.outcome == "settled"
    with pytest.raises(InvalidInput):
        actions.settle_answer(answer.pk, by=house.approver, at=NOW, reason=" ")
    assert actions.settle_answer(answer.pk, by=house.approver, at=NOW, reason="The bank took it back").settled_at == NOW


def test_what_does_not_fit_is_said_and_not_taken(sent):
    house, _run, batch, _bank = sent
    made = answers_to(documents.content(batch.file))
    debits = next(content for name, content in made.items() if name.startswith("2"))
    office = Payment.objects.get(kind="distraint")
    for wrong, sentence in (
        (debits.replace(b">75.00<", b">76.00<"), "76.00 EUR is told"),
        (debits.replace(office.end_to_end_id.encode(), b"stranger-1"), "No payment of ours has the id stranger-1"),
        (debits.replace(batch.debtor_iban.encode(), factories.iban().encode()), "another account"),
        (debits.replace(b"<NbOfTxs>4<", b"<NbOfTxs>5<"), "5 payments"),
        (b"<html/>", "not a pain.002"),
    ):
        with transaction.atomic():
            answer = actions.take_answer(wrong, house.place.id, name="a.xml", at=NOW)
            assert any(sentence in each for each in answer.troubles), (sentence, answer.troubles)
            transaction.set_rollback(True)
    with pytest.raises(InvalidInput):
        actions.upload_answer(b"<html/>", name="a.xml", by=house.approver, at=NOW)
    foreign = payroll(factories.city())
    answer = actions.upload_answer(debits, name="a.xml", by=foreign.approver, at=NOW)
    assert len(answer.troubles) >= 1
    assert set(Payment.objects.values_list("outcome", flat=True)) == {""}


def test_a_whole_file_that_the_bank_refuses_comes_back_payment_by_payment(sent):
    house, _run, batch, _bank = sent
    wrong = documents.content(batch.file).replace(b"<InstdAmt", b"<InstdAmt", 1).replace(b"SLEV", b"SHAR")
    (refusal,) = answers_to(wrong).values()
    actions.take_answer(refusal, house.place.id, name="refusal.xml", at=NOW)
    assert access.came_back(house.approver).count() == 5
    assert Event.objects.filter(action="payment_came_back").count() == 5
    repair = actions.repay(
        list(access.came_back(house.approver).values_list("pk", flat=True)), by=house.proposer, at=NOW
    )
    assert repair.total == batch.total


def test_a_channel_in_trouble_says_so_and_is_tried_again(tmp_path, settings):
    house = payroll()
    settings.PALKKIO_BANKS = {"mallila": FolderChannel(tmp_path / "away" / "to", tmp_path / "away" / "from")}
    house.month(house.contract(), 4)
    run = house.approve(house.propose())
    payroll_actions.produce_payslips(run.pk, at=NOW)
    batch = actions.make_batch(run.pk, at=NOW)
    payroll_actions.finish_run(run.pk, at=NOW)
    actions.send_batch(batch.pk, by=house.approver, at=NOW)
    with pytest.raises(ChannelError):
        sending.deliver_batch(batch.pk, at=NOW)
    batch.refresh_from_db()
    assert batch.state == "sending"
    assert "No such file" in batch.trouble
    assert answers.take_waiting(house.place.id, settings.PALKKIO_BANKS["mallila"], at=NOW) == 0
    assert "No such file" in terms_of(house.place.id).trouble
    with pytest.raises(WrongState):
        actions.cancel_batch(run.pk, by=house.approver, at=NOW)
    bank = sandbox.Sandbox(tmp_path / "away")
    actions.send_batch(batch.pk, by=house.approver, at=NOW)
    batch = sending.deliver_batch(batch.pk, at=NOW)
    assert (batch.state, batch.trouble) == ("sent", "")
    assert answered(house, bank) == 3
    assert terms_of(house.place.id).trouble == ""


def test_the_version_is_a_matter_of_the_agreement(tmp_path):
    house = payroll()
    actions.change_agreement(by=house.approver, at=NOW, version=PAIN_03, cut_off="12:30", answer_days="")
    house.month(house.contract(), 4)
    run = house.approve(house.propose())
    payroll_actions.produce_payslips(run.pk, at=NOW)
    batch = actions.make_batch(run.pk, at=NOW)
    actions.change_agreement(by=house.approver, at=NOW, version="pain.001.001.09", cut_off="12:30", answer_days="")
    batch.refresh_from_db()
    assert b"pain.001.001.03" in documents.content(batch.file)
    assert write_payment_file(payment_file_of(batch), batch.version) == documents.content(batch.file)
    with pytest.raises(InvalidInput) as refused:
        actions.change_agreement(by=house.approver, at=NOW, version="x", cut_off="noon", answer_days="99")
    assert {error.field for error in refused.value.errors} == {"version", "cut_off", "answer_days"}
    with pytest.raises(NotAllowed):
        actions.change_agreement(by=house.handler, at=NOW, version=PAIN_03, cut_off="12:30", answer_days="")


@pytest.mark.parametrize(
    ("given", "day"),
    [
        (datetime(2026, 6, 8, 13, 59, tzinfo=HELSINKI), "2026-06-09"),
        (datetime(2026, 6, 8, 14, 0, tzinfo=HELSINKI), "2026-06-10"),
        (datetime(2026, 6, 12, 9, 0, tzinfo=HELSINKI), "2026-06-15"),  # a Friday
        (datetime(2026, 6, 13, 23, 0, tzinfo=HELSINKI), "2026-06-16"),  # a Saturday: given on Monday
        (datetime(2026, 6, 18, 15, 0, tzinfo=HELSINKI), "2026-06-23"),  # midsummer's eve is no banking day
    ],
)
def test_the_first_day_on_which_the_bank_pays(given, day):
    assert first_execution_day(given, terms_of(0).cut_off).isoformat() == day


def test_others_see_no_answers(sent):
    house, _run, _batch, bank = sent
    answered(house, bank)
    foreign = payroll(factories.city())
    for stranger in (foreign.approver, house.handler):
        assert not access.answers(stranger).exists()
        assert not access.payments(stranger).exists()
    assert Path(bank.folder / "from" / "read").exists()
