"""The nightly proof and the sums of bank, register and ledger: PAY-7, PAY-10, BEY-7."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError

from palkkio.adapters.bank.sandbox_messages import Fault, answers_to
from palkkio.core.clock import HELSINKI
from palkkio.core.problems import NotAllowed
from palkkio.documents import queries as documents
from palkkio.payments import actions as payments
from palkkio.payments.models import Payment
from palkkio.payments.queries import answers_of_run
from palkkio.payroll.models import Payslip
from palkkio.reporting import access, actions, proofs, queries
from palkkio.reporting.models import Delivery, NightlyFinding, Report, Voucher
from palkkio.reporting.years import missing_figures, year_end
from tests import factories
from tests.apps.payroll.scene import NOW, PAYDAY, payroll
from tests.prepared import prepared

pytestmark = pytest.mark.django_db

IN_JULY = datetime(2026, 7, 8, 3, tzinfo=HELSINKI)
ACCOUNTS = {"CARE_DAY": "4520", "WITHHOLDING": "2920", "PENSION": "2921", "NET": "2980"}


@pytest.fixture
def paid():
    """A run of three payees, given to the bank and to the register, with the answers of neither."""
    return prepared("a run without answers", pay)


def pay():
    house = payroll()
    by = factories.administrator(house.place)
    for code, account in ACCOUNTS.items():
        actions.map_account(by=by, at=NOW, contract_kind="", code=code, account=account, first="1.1.2026")
    payments.change_agreement(by=by, at=NOW, version="pain.001.001.09", cut_off="14:00", answer_days=2)
    for number in range(3):
        house.month(house.contract(name=f"Mallikas{number}"), 4 + number)
    run = house.approve(house.propose())
    actions.finish_run(run.pk, at=NOW)
    run.refresh_from_db()
    files = queries.files_of(run)
    payments.mark_sent(files.batch.pk, by=house.approver, at=NOW)
    Delivery.objects.filter(run=run).update(sent_at=NOW)
    return house, run, files.batch


def kinds(house) -> list[str]:
    proofs.prove(house.place.id, at=IN_JULY)
    return sorted(access.findings(house.approver).values_list("kind", flat=True))


def answer(batch, faults=None) -> None:
    for name, content in answers_to(documents.content(batch.file), faults or {}).items():
        payments.take_answer(content, batch.organisation_id, name=name, at=NOW)


def test_the_night_finds_what_must_not_be_until_it_is_mended(paid):
    house, run, batch = paid
    assert kinds(house) == ["no_bank_answer"]
    (found,) = access.findings(house.approver)
    assert (found.batch_id, found.amount, found.payday) == (batch.pk, batch.total, PAYDAY)
    answer(batch)
    assert kinds(house) == []
    assert NightlyFinding.objects.get().gone_on == IN_JULY.date()

    report = Report.objects.filter(delivery__run=run).earliest("pk")
    Report.objects.filter(pk=report.pk).update(state="refused")
    Voucher.objects.filter(run=run).update(is_cancelled=True)
    assert kinds(house) == ["no_voucher", "paid_not_reported"]
    assert kinds(house) == ["no_voucher", "paid_not_reported"]
    assert NightlyFinding.objects.count() == 3  # the same thing found twice stands once
    unpaid = access.findings(house.approver).get(kind="paid_not_reported")
    assert unpaid.person_id == report.person_id
    assert unpaid.amount == Payslip.objects.get(run=run, person=report.person_id).taxable
    Report.objects.filter(pk=report.pk).update(state="accepted")
    Voucher.objects.filter(run=run).update(is_cancelled=False)
    assert kinds(house) == []

    stranger = factories.person(house.place, "Outo", "Mallikas")
    Report.objects.filter(pk=report.pk).update(person=stranger)
    assert kinds(house) == ["paid_not_reported", "reported_not_paid"]


def test_a_contract_paid_by_the_month_and_left_out_is_found(paid):
    house, _run, batch = paid
    answer(batch)
    forgotten = factories.informal_care(house.place, factories.carer(house.place, "Unohdettu").person_id)
    found = [
        (row.kind, row.contract_id)
        for _ in [proofs.prove(house.place.id, at=IN_JULY)]
        for row in access.findings(house.approver)
    ]
    kinds_paid = set(Payslip.objects.values_list("contract__kind", flat=True))
    expected = [("month_without_pay", forgotten.pk)] if forgotten.kind in kinds_paid else []
    assert found == expected


def test_a_proof_that_is_stopped_says_so_and_is_tried_again(paid, monkeypatch):
    house, _run, _batch = paid
    with monkeypatch.context() as patch:
        patch.setattr(proofs, "unanswered", lambda *_: (_ for _ in ()).throw(DatabaseError("gone")))
        with pytest.raises(DatabaseError):
            proofs.prove(house.place.id, at=IN_JULY)
    state = access.proof(house.approver)
    assert (state.trouble, state.ended_at) == ("DatabaseError", None)
    assert not NightlyFinding.objects.exists()
    proofs.prove_again(by=house.approver, at=IN_JULY)
    state = access.proof(house.approver)
    assert (state.trouble, state.ended_at) == ("", IN_JULY)
    with pytest.raises(NotAllowed):
        proofs.prove_again(by=house.handler, at=IN_JULY)


def test_bank_and_register_agree_with_the_payslips_when_all_is_mended(paid):
    """The reconciliation is red while a payment is out, and green when it is paid anew and accepted."""
    house, run, batch = paid
    assert [row.bank for row in queries.reconciliation(run).rows] == [None] * 4
    slip = Payslip.objects.filter(run=run).earliest("number")
    answer(batch, {slip.iban: Fault(True, "AC04")})
    compared = queries.reconciliation(run)
    accounts = compared.rows[-1]
    assert not compared.agrees
    assert accounts.payslips - accounts.bank == slip.net
    assert (answers_of_run(run.pk).settled, answers_of_run(run.pk).came_back) == (2, 1)
    factories.bank_account(slip.person_id, factories.iban(), first=NOW.date())
    old = Payment.objects.get(payslip=slip)
    repair = payments.repay([old.pk], by=house.proposer, at=NOW)
    payments.mark_sent(repair.pk, by=house.approver, at=NOW)
    answer(repair)
    assert answers_of_run(run.pk).is_paid
    Delivery.objects.filter(run=run).update(answered_at=NOW)
    refused = Report.objects.filter(delivery__run=run).earliest("pk")
    Report.objects.filter(delivery__run=run).exclude(pk=refused.pk).update(state="accepted")
    Report.objects.filter(pk=refused.pk).update(state="refused")
    compared = queries.reconciliation(run)
    assert not compared.agrees
    assert compared.rows[1].reports == compared.rows[1].payslips != compared.rows[1].register
    Report.objects.filter(pk=refused.pk).update(state="accepted")
    compared = queries.reconciliation(run)
    assert compared.agrees
    assert compared.is_complete
    assert all(row.register == row.payslips for row in compared.rows[1:3])
    assert compared.rows[-1].bank == compared.rows[-1].payslips


def test_the_year_is_compared_with_the_register_and_says_what_the_next_one_lacks(paid):
    house, run, _batch = paid
    made = year_end(house.place.id, 2026)
    assert [each.net for each in made.payees] == [
        slip.net for slip in Payslip.objects.filter(run=run).order_by("person__sort_key")
    ]
    assert made.agrees
    assert made.rows[0].reports == sum(each.withholding for each in made.payees)
    Report.objects.filter(delivery__run=run).update(totals={"402": "0.01"})
    assert not year_end(house.place.id, 2026).agrees
    assert not year_end(house.place.id, 2025).payees
    assert missing_figures(factories.TODAY.replace(month=1, day=1, year=2027))
    assert Decimal(0) == sum(row.payslips for row in year_end(house.place.id, 2024).rows)


def test_others_see_no_findings(paid):
    house, _run, _batch = paid
    proofs.prove(house.place.id, at=IN_JULY)
    foreign = payroll(factories.city())
    for stranger in (foreign.approver, house.handler):
        assert not access.findings(stranger).exists()
    assert access.proof(foreign.approver) is None
