"""From an approved run to its files: payments, reports and voucher agree to the cent (PAY-7, PAY-12)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from lxml import etree

from palkkio.core.problems import WrongState
from palkkio.documents import queries as documents
from palkkio.formats import schemas
from palkkio.payments import actions as payments
from palkkio.payments.models import Batch, Payment
from palkkio.payments.queries import is_sent, payment_states
from palkkio.payments.writing import write
from palkkio.payroll.figures import figures_of
from palkkio.payroll.models import Payslip, Run
from palkkio.reporting import actions, queries
from palkkio.reporting.accounts import unmapped
from palkkio.reporting.models import Delivery, Report, Voucher
from tests import factories
from tests.apps.payroll.scene import NOW, PAYDAY, payroll

pytestmark = pytest.mark.django_db

ACCOUNTS = {
    "CARE_DAY": "4520",
    "TRAINING_DAY": "4521",
    "CANCELLED_DAY": "4522",
    "WITHHOLDING": "2920",
    "PENSION": "2921",
    "NET": "2980",
}


@pytest.fixture
def scene():
    made = payroll()
    by = factories.administrator(made.place)
    for code, account in ACCOUNTS.items():
        actions.map_account(by=by, at=NOW, contract_kind="", code=code, account=account, first="1.1.2026")
    return made


def finished(scene, **values) -> Run:
    run = scene.propose(**values)
    scene.approve(run)
    return actions.finish_run(run.pk, at=NOW)


def xml_of(document):
    return etree.fromstring(documents.content(document))


def test_payslips_payments_reports_and_voucher_agree_to_the_cent(scene):
    for number in range(3):
        scene.month(scene.contract(name=f"Mallikas{number}"), 4 + number)
    run = finished(scene)
    assert run.state == "produced"
    files = queries.files_of(run)
    pain = xml_of(files.batch.file)
    net = sum(slip.net for slip in Payslip.objects.filter(run=run))
    assert Decimal(pain.findtext(".//{*}GrpHdr/{*}CtrlSum")) == net == files.batch.total
    assert schemas.validate(documents.content(files.batch.file), schemas.payment_schema()) == []
    agreement = queries.reconciliation(run)
    assert agreement.is_complete
    assert agreement.agrees
    assert all(row.voucher == row.payslips for row in agreement.rows)
    lines = list(files.voucher.lines.order_by("position"))
    assert sum(line.debit for line in lines) == sum(line.credit for line in lines)


def test_the_report_says_319_for_substitute_care_with_tax_and_pension(scene):
    scene.month(scene.contract(), 2)
    (delivery,) = queries.files_of(finished(scene)).deliveries
    report = xml_of(delivery.file)
    codes = {each.findtext(".//TransactionCode"): each.findtext(".//Amount") for each in report.iter("Transaction")}
    assert codes == {"319": "195.10", "402": "23.41", "413": "14.24"}
    assert delivery.due_on.isoformat() == "2026-07-05"


def test_finishing_twice_makes_nothing_twice(scene):
    scene.month(scene.contract(), 4)
    run = finished(scene)
    before = [model.objects.count() for model in (Payslip, Payment, Batch, Delivery, Report, Voucher)]
    actions.finish_run(run.pk, at=NOW)
    assert [model.objects.count() for model in (Payslip, Payment, Batch, Delivery, Report, Voucher)] == before


def test_a_run_without_ledger_accounts_is_not_approved():
    scene = payroll()
    scene.month(scene.contract(), 4)
    run = scene.propose()
    assert {code for _kind, code in unmapped(run, figures_of(run))} >= {"CARE_DAY", "NET"}
    with pytest.raises(WrongState):
        scene.approve(run)


def test_a_second_run_of_the_payday_replaces_the_report_with_both_payslips(scene):
    carer = factories.carer(scene.place)
    first = scene.contract(carer=carer)
    scene.month(first, 4)
    finished(scene)
    second = scene.contract(carer=carer, card=False)
    scene.month(second, 2)
    run = finished(scene, payday=PAYDAY, is_extra=True, only_contracts=[second.pk])
    newest = Report.objects.get(delivery__run=run)
    assert newest.version == 2
    assert newest.replaces is not None
    assert newest.report_id == newest.replaces.report_id
    assert newest.totals["319"] == "585.30"


def test_a_cancelled_run_leaves_nothing_standing_and_pays_again(scene):
    scene.month(scene.contract(), 4)
    run = finished(scene)
    actions.cancel_run(run.pk, by=scene.approver, at=NOW, reason="Wrong payday")
    files = queries.files_of(run)
    assert (files.batch, files.deliveries, files.voucher) == (None, (), None)
    again = finished(scene)
    assert queries.files_of(again).batch.total == Payslip.objects.get(run=again).net
    assert Payment.objects.filter(is_cancelled=False).count() == 1


def test_a_sent_file_is_not_cancelled(scene):
    scene.month(scene.contract(), 4)
    run = finished(scene)
    batch = queries.files_of(run).batch
    payments.mark_sent(batch.pk, by=scene.approver, at=NOW)
    assert is_sent(run.pk)
    slip = Payslip.objects.get(run=run)
    assert payment_states([slip.pk])[slip.pk].state == "sent"
    with pytest.raises(WrongState):
        actions.cancel_run(run.pk, by=scene.approver, at=NOW, reason="Too late")
    assert not Payment.objects.filter(is_cancelled=True).exists()


def test_the_same_batch_written_again_is_the_same_file(scene):
    scene.month(scene.contract(), 4)
    run = finished(scene)
    batch = queries.files_of(run).batch
    rows = tuple(payments._payments(run.pk, batch.number))
    again = write(
        rows,
        organisation_id=run.organisation_id,
        number=batch.number,
        execution_date=batch.execution_date,
        at=batch.made_at,
    )
    assert again.content == documents.content(batch.file)
