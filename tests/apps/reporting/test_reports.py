"""Register reports and vouchers in detail: PAY-7, PAY-11, PAY-12."""

from __future__ import annotations

from decimal import Decimal

import pytest
from lxml import etree

from palkkio.core.payslip import ContractKind, DayType, TaxCardKind
from palkkio.core.problems import InvalidInput, NotAllowed, WrongState
from palkkio.documents import queries as documents
from palkkio.formats import schemas
from palkkio.payroll.models import Run
from palkkio.reporting import access, actions, deliveries, queries
from palkkio.reporting.models import Report
from tests import factories
from tests.apps.payroll.scene import NOW, payroll

pytestmark = pytest.mark.django_db

ACCOUNTS = {"CARE_DAY": "4520", "VISIT": "4530", "WITHHOLDING": "2920", "PENSION": "2921", "NET": "2980"}


@pytest.fixture
def house():
    made = payroll()
    by = factories.administrator(made.place)
    for code, account in ACCOUNTS.items():
        actions.map_account(by=by, at=NOW, contract_kind="", code=code, account=account, first="1.1.2026")
    return made


def finished(house) -> Run:
    return actions.finish_run(house.approve(house.propose()).pk, at=NOW)


def xml_of(document):
    return etree.fromstring(documents.content(document))


def visitor(house, carer):
    """A commission of the same carer, paid by the visit under its own kind of card."""
    contract = house.contract(carer=carer, kind=ContractKind.OTHER_COMMISSION, rates={"visit": "30.00"}, card=False)
    house.card(carer.person_id, kind=TaxCardKind.WORK_COMPENSATION)
    house.month(contract, {DayType.VISIT: [4, 5]})
    return contract


def test_one_report_adds_up_the_payslips_of_an_earner_with_two_contracts(house):
    """PAY-12: one register report per earner, payer and payday; 319 and 336 by kind of contract."""
    carer = factories.carer(house.place)
    house.month(house.contract(carer=carer), 2)
    visitor(house, carer)
    house.month(house.contract(name="Toinen"), 1)
    run = finished(house)
    assert run.payslips.count() == 3
    (delivery,) = queries.files_of(run).deliveries
    assert delivery.report_count == 2
    totals = Report.objects.get(person_id=carer.person_id).totals
    assert (totals["319"], totals["336"]) == ("195.10", "60.00")
    assert Decimal(totals["402"]) == sum(slip.withholding for slip in run.payslips.filter(person_id=carer.person_id))


def test_reports_validate_against_the_official_schema(house):
    folder = schemas.official_schemas()
    if folder is None:
        pytest.skip("not run: official schemas not found")
    house.month(house.contract(), 2)
    (delivery,) = queries.files_of(finished(house)).deliveries
    assert schemas.validate(documents.content(delivery.file), schemas.wage_report_schema(folder)) == []


def test_many_earners_go_in_several_deliveries(house, monkeypatch):
    monkeypatch.setattr(deliveries, "REPORTS_AT_ONCE", 2)
    for number in range(5):
        house.month(house.contract(name=f"Testaaja{number}"), 1)
    made = queries.files_of(finished(house)).deliveries
    assert [(each.part, each.report_count) for each in made] == [(1, 2), (2, 2), (3, 1)]
    assert len({each.delivery_id for each in made}) == 3
    assert Report.objects.count() == 5


def test_the_voucher_balances_by_account_cost_centre_and_municipality(house):
    for number in range(2):
        house.month(house.contract(name=f"Testaaja{number}"), 2)
    run = finished(house)
    lines = list(queries.files_of(run).voucher.lines.order_by("position"))
    debit = {line.account: line for line in lines if line.debit}
    assert debit["4520"].debit == Decimal("390.20")
    assert (debit["4520"].cost_centre, debit["4520"].municipality) == (
        house.place.unit.cost_centre,
        house.place.municipality.code,
    )
    assert sum(line.debit for line in lines) == sum(line.credit for line in lines)


def test_accounts_are_dated_and_of_a_kind_before_all_kinds(house):
    by = factories.administrator(house.place)
    actions.map_account(by=by, at=NOW, contract_kind="", code="CARE_DAY", account="4599", first="1.7.2026")
    actions.map_account(
        by=by, at=NOW, contract_kind="substitute_care", code="NET", account="2981", first="1.1.2026", product="77"
    )
    house.month(house.contract(), 2)
    run = finished(house)
    accounts = {line.code: (line.account, line.product) for line in queries.voucher_of_run(run.pk).lines.all()}
    assert accounts["CARE_DAY"][0] == "4520"
    assert accounts["NET"] == ("2981", "77")
    with pytest.raises(InvalidInput):
        actions.map_account(by=by, at=NOW, contract_kind="", code="NOTHING", account="", first="1.7.2026")
    with pytest.raises(NotAllowed):
        actions.map_account(by=house.handler, at=NOW, contract_kind="", code="NET", account="1", first="1.7.2026")


def test_what_the_register_has_is_not_cancelled(house):
    house.month(house.contract(), 2)
    run = finished(house)
    (delivery,) = queries.files_of(run).deliveries
    with pytest.raises(NotAllowed):
        actions.mark_delivered(delivery.pk, by=house.handler, at=NOW)
    actions.mark_delivered(delivery.pk, by=house.proposer, at=NOW)
    with pytest.raises(WrongState):
        actions.mark_delivered(delivery.pk, by=house.proposer, at=NOW)
    with pytest.raises(WrongState):
        actions.cancel_run(run.pk, by=house.proposer, at=NOW, reason="Too late")
    run.refresh_from_db()
    assert run.state == Run.State.PRODUCED


def test_an_account_that_is_missing_at_the_end_is_said_on_the_run_and_mended(house):
    from palkkio.reporting.models import AccountMapping

    house.month(house.contract(), 2)
    run = house.approve(house.propose())
    AccountMapping.objects.filter(series__code="NET").delete()
    with pytest.raises(WrongState):
        actions.finish_run(run.pk, at=NOW)
    run.refresh_from_db()
    assert (run.state, "NET" in str(run.trouble_params)) == ("approved", True)
    (delivery,) = queries.files_of(run).deliveries  # made already, but the run may still be cancelled
    with pytest.raises(WrongState, match="still being made"):
        actions.mark_delivered(delivery.pk, by=house.proposer, at=NOW)
    by = factories.administrator(house.place)
    actions.map_account(by=by, at=NOW, contract_kind="", code="NET", account="2980", first="1.1.2026")
    run = actions.finish_run(run.pk, at=NOW)
    assert (run.state, run.trouble) == ("produced", "")
    assert queries.reconciliation(run).agrees


def test_others_see_neither_reports_nor_vouchers(house):
    house.month(house.contract(), 2)
    files = queries.files_of(finished(house))
    foreign = payroll(factories.city())
    for stranger in (foreign.proposer, house.handler, factories.carer(house.place)):
        with pytest.raises(NotAllowed):
            access.delivery(stranger, files.deliveries[0].pk)
        with pytest.raises(NotAllowed):
            access.voucher(stranger, files.voucher.pk)
        assert not access.account_mappings(stranger).exists()
    assert xml_of(files.deliveries[0].file).tag.endswith("WageReportsRequestToIR")
