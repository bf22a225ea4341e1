"""Payslips on page, as PDF, in lists and certificates: PAY-1, PAY-8, PAY-11, BEY-1."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from palkkio.calculation import frozen
from palkkio.calculation.pay import pay
from palkkio.core.days import DateRange
from palkkio.core.payslip import DayType
from palkkio.core.problems import NotAllowed
from palkkio.documents import queries as documents
from palkkio.formats.pdf.payslip import payslip_data
from palkkio.payroll import access, actions
from palkkio.payroll.models import Payslip, Run
from palkkio.payroll.queries import (
    paid_by_month,
    pay_certificate,
    payslip_value,
    payslip_view,
    payslips_of,
    yearly_summary,
)
from tests import factories
from tests.apps.payroll.scene import (
    APRIL,
    IN_MAY,
    MAY,
    NOW,
    PAYDAY,
    PAYDAY_OF_APRIL,
    money,
    payroll,
)
from tests.prepared import prepared

pytestmark = pytest.mark.django_db


@pytest.fixture
def paid():
    """April and May of one carer, paid; May with two rates."""
    return prepared("payslips of two months", pay_two_months)


def pay_two_months():
    house = payroll()
    carer = factories.carer(house.place)
    contract = house.contract(carer=carer)
    factories.rate(house.place, "training", "50.00", source="Board 11.12.2025 § 151")
    house.month(contract, 10, APRIL)
    house.paid(PAYDAY_OF_APRIL, IN_MAY)
    house.month(contract, {DayType.CARE: [1, 2, 29, 30], DayType.TRAINING: [12]})
    (slip,) = house.paid()
    return house, carer, contract, slip


def test_each_line_says_why_it_is_what_it_is(paid):
    """PAY-8, BEY-1: rule, dated rate, inputs, calendar days and the paragraph of law or decision."""
    _house, _carer, contract, slip = paid
    care, training = payslip_view(slip).lines
    assert (care.quantity, care.unit, care.of, care.amount) == (4, "day", money("97.55"), money("390.20"))
    assert care.days == tuple(date(2026, 5, number) for number in (1, 2, 29, 30))
    assert (care.rule, care.law, care.source) == ("care_day", "937/2005 4 a §", contract.number)
    assert care.rate_valid.first == date(2026, 1, 1)
    assert (training.source, training.amount) == ("Board 11.12.2025 § 151", money("50.00"))
    withholding, pension = payslip_view(slip).deductions
    assert (withholding.of, withholding.parts) == (money("440.20"), ((money("440.20"), money("12")),))
    assert pension.law
    assert pension.parts[0][1] == money("7.30")


def test_what_is_kept_is_what_was_paid_and_the_facts_tell_why(paid):
    """BEY-1: an explanation is derived from the frozen facts, it is not stored."""
    _house, _carer, _contract, slip = paid
    assert {key for line in slip.result["lines"] for key in line["working"]} == {"rule"}
    view = payslip_view(slip)
    assert view.is_explained
    assert all(line.source and line.days for line in view.lines)


def test_pay_that_cannot_be_worked_out_again_is_shown_as_it_was_paid(paid, monkeypatch, caplog):
    """BEY-1: the program or a figure is another one by now: the sums of then, and a plain word about it."""
    _house, _carer, _contract, slip = paid
    before = payslip_view(slip)

    def pays_more(facts):
        result = pay(facts)
        return replace(result, lines=tuple(replace(each, amount=each.amount + 1) for each in result.lines))

    def pays_no_more(facts):
        raise ValueError(f"Born {facts.payee.born}")

    for changed in (pays_more, pays_no_more):
        monkeypatch.setattr("palkkio.payroll.explaining.pay", changed)
        view = payslip_view(slip)
        assert not view.is_explained
        assert [(each.code, each.amount, each.quantity, each.of) for each in view.lines] == [
            (each.code, each.amount, each.quantity, each.of) for each in before.lines
        ]
        assert not any(each.source or each.law or each.days for each in view.lines)
        assert view.changes == before.changes
    # Why is told to those who keep the program, without a word of what the facts say.
    assert {each.message for each in caplog.records} == {
        f"Proposal {slip.proposal_id} cannot be computed again: ValueError"
    }
    for language, word in (("fi", "muuttuneet"), ("sv", "ändrats"), ("en", "have changed")):
        (note,) = payslip_data(payslip_value(slip), language=language, made_at=NOW)["notes"]["texts"]
        assert word in str(note)


def test_lines_keep_their_grounds_where_only_a_deduction_is_worked_out_otherwise_by_now(paid, monkeypatch):
    """BEY-1, BEY-2: days that a correction adds are told from the days of the lines that were paid."""
    _house, _carer, _contract, slip = paid
    before = payslip_view(slip)

    def deducts_more(facts):
        result = pay(facts)
        return replace(result, deductions=tuple(replace(each, amount=each.amount + 1) for each in result.deductions))

    monkeypatch.setattr("palkkio.payroll.explaining.pay", deducts_more)
    view = payslip_view(slip)
    assert not view.is_explained
    assert view.lines == before.lines
    assert [each.amount for each in view.deductions] == [each.amount for each in before.deductions]


def test_payslips_of_earlier_versions_of_the_program_keep_the_working_that_they_had(paid, monkeypatch):
    """BEY-1: a result that was frozen with its working is told as it was."""
    _house, _carer, _contract, slip = paid
    before = payslip_view(slip)
    whole = frozen.to_json(pay(frozen.from_json(slip.facts)))
    monkeypatch.setattr("palkkio.payroll.explaining.pay", lambda facts: pytest.fail("It is not worked out again"))
    slip.proposal.result = whole
    assert payslip_view(slip) == before


def test_the_payslip_says_the_year_so_far_and_what_changed(paid):
    _house, carer, _contract, slip = paid
    with CaptureQueriesContext(connection) as asked:
        view = payslip_view(slip)
    assert sum('"payday" BETWEEN' in each["sql"] for each in asked) == 1
    assert (view.year_to_date.gross, view.year_to_date.net) == (
        money("1415.70"),
        sum(each.net for each in Payslip.objects.all()),
    )
    assert view.previous_payday == PAYDAY_OF_APRIL
    changes = {change.code: (change.quantity_before, change.quantity, change.difference) for change in view.changes}
    assert changes["CARE_DAY"] == (10, 4, money("-585.30"))
    assert changes["TRAINING_DAY"] == (0, 1, money("50.00"))
    assert changes["WITHHOLDING"][2] == money("64.24")
    assert [(sheet.period, sheet.revision) for sheet in view.sheets] == [(MAY, 1)]
    assert view.payee.name == carer.name
    assert view.masked_iban.startswith("FI")
    assert "•" in view.masked_iban


def test_the_pdf_is_accessible_kept_and_the_same_each_time(paid):
    """PAY-1: PDF payslip, PDF/UA."""
    house, carer, _contract, slip = paid
    made = actions.make_payslip_documents(slip.run_id, at=NOW)
    assert made == 1
    assert actions.make_payslip_documents(slip.run_id, at=NOW) == 0
    slip.refresh_from_db()
    content = documents.content(slip.document)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith("fi")
    assert slip.document.person_id == carer.person_id
    assert actions.make_payslip_document(slip.pk, at=NOW) == slip.document
    other = Payslip.objects.exclude(pk=slip.pk).get()
    assert documents.content(actions.make_payslip_document(other.pk, at=NOW)).startswith(b"%PDF")
    assert house.place.organisation.name_fi == payslip_value(slip).payer.name


def test_a_payee_sees_own_payslips_once_the_run_is_whole_and_nobody_elses(paid):
    house, carer, contract, slip = paid
    assert [row.id for row in payslips_of(carer)] == [slip.pk, payslip_view(slip).previous_id]
    assert payslips_of(carer, 2025) == []
    assert access.payslip(carer, slip.pk) == slip
    other = factories.carer(house.place, "Toinen")
    foreign = payroll(factories.city())
    for stranger in (other, house.handler, foreign.proposer, factories.carer(foreign.place)):
        assert payslips_of(stranger) == []
        with pytest.raises(NotAllowed):
            access.payslip(stranger, slip.pk)
        with pytest.raises(NotAllowed):
            access.run(stranger, slip.run_id)
        assert not access.tax_cards(stranger).exists()
    assert access.payslip(house.proposer, slip.pk) == slip
    friend = factories.person(house.place, "Asioi", "Puolesta")
    acting = factories.acting(friend, carer.person_id)
    assert len(payslips_of(acting)) == 2
    Run.objects.filter(pk=slip.run_id).update(produced_at=None)
    assert len(payslips_of(carer)) == 1
    assert contract


def test_payments_by_month_of_the_year(paid):
    _house, carer, _contract, slip = paid
    months = paid_by_month(carer, 2026)
    assert len(months) == 12
    assert (months[5].month, months[5].gross, months[5].net) == (6, slip.gross, slip.net)
    assert months[0].gross == 0


def test_a_pay_certificate_and_a_yearly_summary_are_issued_on_request(paid):
    """PAY-11."""
    house, carer, _contract, slip = paid
    certificate = pay_certificate(carer, carer.person_id, first=date(2026, 6, 1), last=date(2026, 6, 30), language="fi")
    assert [payment.net for payment in certificate.payments] == [slip.net]
    summary = yearly_summary(house.proposer, carer.person_id, year=2026, language="sv")
    assert summary.by_income_type == ((319, money("1415.70")),)
    document = actions.issue_yearly_summary(carer.person_id, by=carer, at=NOW, year=2026, language="sv")
    assert documents.content(document).startswith(b"%PDF")
    document = actions.issue_pay_certificate(
        carer.person_id, by=house.proposer, at=NOW, first=date(2026, 1, 1), last=date(2026, 12, 31), language="en"
    )
    assert document.person_id == carer.person_id
    with pytest.raises(NotAllowed):
        actions.issue_yearly_summary(carer.person_id, by=factories.carer(house.place), at=NOW, year=2026, language="fi")
    with pytest.raises(NotAllowed):
        actions.issue_yearly_summary(carer.person_id, by=house.handler, at=NOW, year=2026, language="fi")


def test_payslip_numbers_have_no_gaps_within_a_payer_and_year():
    house, other = payroll(), payroll(factories.city())
    for each in (house, other):
        for number in range(3):
            each.month(each.contract(name=f"Testaaja{number}"), 2)
    assert [slip.number for slip in house.paid()] == ["2026-000001", "2026-000002", "2026-000003"]
    assert [slip.number for slip in other.paid()] == ["2026-000001", "2026-000002", "2026-000003"]


def test_a_payslip_keeps_its_facts_when_the_terms_change_later(paid):
    """STYLE: a payslip keeps the facts and figures it was computed from."""
    from palkkio.contracts.models import AgreedRate

    _house, _carer, contract, slip = paid
    before = payslip_view(slip)
    AgreedRate.objects.filter(terms__contract=contract).update(amount="1.00")
    assert payslip_view(Payslip.objects.get(pk=slip.pk)) == before
    assert slip.facts["months"][0]["terms"][0]["rates"]["care"]["amount"].startswith("97.55")


def test_periods_of_a_payslip_name_the_care_month(paid):
    _house, _carer, _contract, slip = paid
    assert slip.period == DateRange.of_month(2026, 5)
    assert slip.payday == PAYDAY


def test_a_payslip_that_cannot_be_set_keeps_nobody_waiting(monkeypatch):
    from palkkio.formats.pdf import DocumentError
    from palkkio.payroll.actions import documents as making

    house = payroll()
    for number in range(3):
        house.month(house.contract(name=f"Testaaja{number}"), 2)
    house.paid()
    real = making.payslip_pdf

    def fails_for_the_second(value, **how):
        if value.number == "2026-000002":
            raise DocumentError("no such letter")
        return real(value, **how)

    monkeypatch.setattr(making, "payslip_pdf", fails_for_the_second)
    run = Run.objects.get()
    assert actions.make_payslip_documents(run.pk, at=NOW) == 2
    assert Payslip.objects.get(document=None).number == "2026-000002"
    with pytest.raises(DocumentError):
        actions.make_payslip_document(Payslip.objects.get(document=None).pk, at=NOW)
    monkeypatch.setattr(making, "payslip_pdf", real)
    assert actions.make_payslip_documents(run.pk, at=NOW) == 1
