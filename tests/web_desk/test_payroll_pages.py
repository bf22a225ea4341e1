"""Payslips, files, one-off lines, holds, receivables and tax cards at the desk (PAY-1, PAY-2, PAY-8, PAY-11)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from palkkio.audit.models import Event
from palkkio.documents.models import Document
from palkkio.entries.models import Sheet
from palkkio.payments.models import Batch
from palkkio.payroll.models import OneOffLine, Payslip, Receivable, Run, TaxCard
from palkkio.reporting.models import Delivery
from tests import factories
from tests.web_desk.payroll_scene import Scene, make
from tests.web_desk.scene import signed_in


@pytest.fixture
def at(db: None) -> Scene:
    return make()


def text(response) -> str:
    return response.content.decode().replace("\xa0", " ").replace("&nbsp;", " ")


# --- Files -----------------------------------------------------------------------------------------------------------


def test_the_files_of_a_run_are_downloaded_and_each_download_is_recorded(at):
    """PAY-7: payment file, reports, voucher."""
    run = at.produced()
    page = text(at.second.get(f"/desk/runs/{run.pk}/"))
    batch, delivery = Batch.objects.get(run=run), Delivery.objects.get(run=run)
    for file_id in (batch.file_id, delivery.file_id):
        assert f"/desk/runs/{run.pk}/files/{file_id}/" in page
    response = at.second.get(f"/desk/runs/{run.pk}/files/{batch.file_id}/")
    assert response.content.startswith(b"<?xml")
    assert "pain001-2026-06-30" in response["Content-Disposition"]
    assert Event.objects.get(action="download_file").object_id == batch.file_id


def test_a_file_of_another_run_is_not_downloaded_through_this_one(at):
    run = at.produced()
    april = Batch.objects.exclude(run=run).get()
    assert at.second.get(f"/desk/runs/{run.pk}/files/{april.file_id}/").status_code == 403


def test_the_payment_file_is_marked_as_given_once(at):
    """PAY-11: from then on the run is not cancelled."""
    run = at.produced()
    batch = Batch.objects.get(run=run)
    at.second.post(f"/desk/payment-files/{batch.pk}/sent/")
    batch.refresh_from_db()
    assert batch.state == "sent"
    assert batch.sent_by_id == at.house.approver.account_id
    page = text(at.second.get(f"/desk/runs/{run.pk}/"))
    assert f"/desk/payment-files/{batch.pk}/sent/" not in page
    assert f"/desk/runs/{run.pk}/cancel/" not in page


def test_the_reports_are_marked_and_their_last_day_is_told(at):
    """The incomes register: five calendar days after the payday."""
    run = at.produced()
    delivery = Delivery.objects.get(run=run)
    assert "5.7.2026" in text(at.second.get("/desk/reports/"))
    at.second.post(f"/desk/deliveries/{delivery.pk}/sent/")
    delivery.refresh_from_db()
    assert delivery.sent_at is not None


def test_sums_that_differ_are_marked(at):
    """Reconciliation: payslips = payments = reports = voucher."""
    from palkkio.payments.models import Payment

    run = at.produced()
    page = text(at.second.get(f"/desk/runs/{run.pk}/"))
    assert "chip--error" not in page
    payment = Payment.objects.filter(batch__run=run).first()
    Payment.objects.filter(pk=payment.pk).update(amount=payment.amount + 1)
    page = text(at.second.get(f"/desk/runs/{run.pk}/"))
    assert "chip--error" in page
    assert "+1,00" in page


# --- Payslips --------------------------------------------------------------------------------------------------------


def test_payslips_are_found_by_words_that_stay_out_of_the_address(at):
    response = at.second.post("/desk/payslips/", {"q": "mallik", "year": "2026"})
    assert response.url == "/desk/payslips/?year=2026"
    page = text(at.second.get(response.url))
    assert "Hilla Mallikas" in page
    assert "Hilla Testaaja" not in page


def test_a_payslip_shows_the_same_lines_as_the_payee_sees_and_the_look_is_recorded(at):
    """PAY-8, BEY-1: each line opens to its calculation, rule and law."""
    slip = Payslip.objects.get(contract=at.contracts[0])
    page = text(at.second.get(f"/desk/payslips/{slip.pk}/"))
    assert "877,95" in page
    assert "97,55" in page
    assert slip.number in page
    assert "<details" in page
    assert Event.objects.filter(action="open_payslip", subject_person_id=slip.person_id).exists()


def test_pages_say_so_where_pay_cannot_be_worked_out_again(at, monkeypatch):
    """BEY-1: the sums of then stand, with a plain word about their grounds."""
    slip = Payslip.objects.get(contract=at.contracts[0])
    pages = [f"/desk/payslips/{slip.pk}/", reverse("desk:run-payee", args=[slip.run_id, slip.proposal_id])]
    said = "Palkkio or its figures have changed"
    assert not any(said in text(at.second.get(page)) for page in pages)

    def cannot(_facts):
        raise ValueError

    monkeypatch.setattr("palkkio.payroll.explaining.pay", cannot)
    for page in pages:
        shown = text(at.second.get(page))
        assert said in shown
        assert "877,95" in shown


def test_the_pdf_of_a_payslip_is_the_one_that_was_issued(at):
    """PAY-1: set and kept when it is first opened."""
    slip = Payslip.objects.get(contract=at.contracts[0])
    assert slip.document_id is None
    response = at.second.get(f"/desk/payslips/{slip.pk}/pdf/")
    assert response.content.startswith(b"%PDF-")
    slip.refresh_from_db()
    assert slip.document_id is not None
    assert at.second.get(f"/desk/payslips/{slip.pk}/pdf/").content == response.content


def test_certificate_and_summary_are_made_on_request_and_kept(at):
    """PAY-11."""
    where = f"/desk/people/{at.contracts[0].carer_id}/papers/"
    typed = {"paper": "certificate", "first": "1.1.2026", "last": "8.6.2026", "language": "sv", "purpose": ""}
    assert at.second.post(where, typed).content.startswith(b"%PDF-")
    assert at.second.post(where, {"paper": "summary", "year": "2026", "language": "fi"}).content.startswith(b"%PDF-")
    assert Document.objects.filter(kind="other", person_id=at.contracts[0].carer_id).count() == 2


def test_a_certificate_with_turned_days_says_what_to_do(at):
    where = f"/desk/people/{at.contracts[0].carer_id}/papers/"
    typed = {"paper": "certificate", "first": "8.6.2026", "last": "1.1.2026", "language": "fi"}
    response = at.second.post(where, typed)
    assert response.status_code == 422
    assert 'id="certificate_last-error"' in text(response)


# --- One-off lines ---------------------------------------------------------------------------------------------------

LINE = {"first": "1.5.2026", "last": "31.5.2026", "amount": "120,00", "reason": "Bedding", "is_taxable": "on"}


def test_a_one_off_line_is_added_by_one_and_approved_by_another(at):
    """PAY-11: one-off line with reason and second person."""
    at.first.post("/desk/one-offs/add/", {"contract": at.contracts[0].number, **LINE})
    line = OneOffLine.objects.get()
    assert (line.amount, line.is_taxable, line.is_pensionable) == (Decimal("120.00"), True, False)
    own = text(at.first.get("/desk/one-offs/"))
    assert f"/desk/one-offs/{line.pk}/approve/" not in own
    assert f"/desk/one-offs/{line.pk}/withdraw/" in own
    at.first.post(f"/desk/one-offs/{line.pk}/approve/")
    line.refresh_from_db()
    assert line.approved_at is None
    assert f"/desk/one-offs/{line.pk}/approve/" in text(at.second.get("/desk/one-offs/"))
    at.second.post(f"/desk/one-offs/{line.pk}/approve/")
    line.refresh_from_db()
    assert line.approved_by_id == at.house.approver.account_id


def test_a_paid_one_off_line_is_not_withdrawn(at):
    at.first.post("/desk/one-offs/add/", {"contract": at.contracts[0].number, **LINE})
    line = OneOffLine.objects.get()
    at.second.post(f"/desk/one-offs/{line.pk}/approve/")
    at.produced()
    assert f"/desk/one-offs/{line.pk}/withdraw/" not in text(at.second.get("/desk/one-offs/"))
    at.second.post(f"/desk/one-offs/{line.pk}/withdraw/")
    line.refresh_from_db()
    assert line.withdrawn_at is None


def test_a_line_for_an_unknown_contract_keeps_what_was_typed(at):
    response = at.first.post("/desk/one-offs/add/", {"contract": "1999-001", **LINE})
    assert response.status_code == 422
    assert 'id="id_contract-error"' in text(response)
    assert "Bedding" in text(response)


# --- Receivables -----------------------------------------------------------------------------------------------------


def test_a_receivable_shows_its_lines_and_its_cause(at):
    """PAY-7: a correction downwards after the payment is a receivable, never taken by itself."""
    at.house.correct(Sheet.objects.get(contract=at.contracts[0], period=factories.APRIL), 5)
    at.house.correct(Sheet.objects.get(contract=at.contracts[0], period=factories.MAY), {})
    run = at.produced()
    owed = Receivable.objects.get(run=run)
    assert owed.amount == Decimal("390.20")  # four days of 97.55
    assert "Hilla Mallikas" in text(at.second.get("/desk/receivables/"))
    page = text(at.second.get(f"/desk/receivables/{owed.pk}/"))
    assert "−390,20" in page
    assert "390,20 €" in page


# --- Tax cards -------------------------------------------------------------------------------------------------------


def test_missing_cards_are_listed_before_the_payday_and_recorded_from_paper(at):
    """PAY-2: refreshed close to payday; keyed in from paper."""
    bare = at.house.contract(name="Kokeilija", card=False)
    page = text(at.second.get("/desk/tax-cards/"))
    where = f"/desk/people/{bare.carer_id}/tax-cards/add/"
    assert where in page
    typed = {
        "kind": "informal_care",
        "first": "1.6.2026",
        "last": "",
        "base": "14,5",
        "ceiling": "20 000",
        "additional": "32",
    }
    assert at.second.post(where, typed).status_code == 302
    card = TaxCard.objects.get(person_id=bare.carer_id)
    assert (card.base_percent, card.ceiling, card.additional_percent) == (Decimal("14.5"), Decimal(20000), Decimal(32))
    assert card.source == "paper"
    assert where not in text(at.second.get("/desk/tax-cards/"))


def test_a_card_with_a_wrong_percentage_is_refused_beside_the_field(at):
    where = f"/desk/people/{at.contracts[0].carer_id}/tax-cards/add/"
    typed = {"kind": "informal_care", "first": "1.6.2026", "last": "", "base": "145", "ceiling": "", "additional": "32"}
    response = at.second.post(where, typed)
    assert response.status_code == 422
    assert 'id="id_base-error"' in text(response)


# --- Who may ---------------------------------------------------------------------------------------------------------


def test_a_handler_opens_none_of_the_payroll_pages(at):
    handler = signed_in(at.house.handler)
    slip, run = Payslip.objects.first(), Run.objects.get()
    for where in (
        "runs/",
        f"runs/{run.pk}/",
        "payslips/",
        f"payslips/{slip.pk}/",
        f"payslips/{slip.pk}/pdf/",
        "one-offs/",
        "holds/",
        "receivables/",
        "tax-cards/",
        "reports/",
        "rates/",
        "settings/",
    ):
        assert handler.get(f"/desk/{where}").status_code == 403, where


def test_another_organisations_payslip_and_person_are_refused(at):
    stranger = signed_in(factories.city().second)
    slip = Payslip.objects.first()
    for where in (
        f"payslips/{slip.pk}/",
        f"payslips/{slip.pk}/pdf/",
        f"people/{slip.person_id}/papers/",
        f"people/{slip.person_id}/tax-cards/add/",
        f"people/{slip.person_id}/hold/",
    ):
        assert stranger.get(f"/desk/{where}").status_code == 403, where
    batch = Batch.objects.get()
    assert stranger.post(f"/desk/payment-files/{batch.pk}/sent/").status_code == 403
