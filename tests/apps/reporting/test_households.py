"""Wages of assistants go to the register by household: PAY-12, P1 to P5 of the register's rules."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import etree

from palkkio.documents import queries as documents
from palkkio.formats import incomes_register as register
from palkkio.formats import schemas
from palkkio.payroll.figures import Figures
from palkkio.payroll.models import Payslip, Run
from palkkio.reporting import actions, deliveries, queries
from palkkio.reporting.households import household_condition
from palkkio.reporting.models import Delivery, Report
from tests import factories
from tests.apps.payroll.scene import NOW, PAYDAY
from tests.apps.reporting.register_scene import FIRST_HALF, Payday, assistant, house_with_accounts, payday, works

pytestmark = pytest.mark.django_db


def xml_of(delivery: Delivery) -> etree._Element:
    return etree.fromstring(documents.content(delivery.file))


def earners(delivery: Delivery) -> set[str]:
    return {each.text for each in xml_of(delivery).iterfind(".//IncomeEarnerIds/Id/Code")}


@pytest.fixture
def paid() -> Payday:
    return payday()


def test_each_household_has_its_own_delivery_with_the_organisation_as_its_substitute_payer(paid: Payday) -> None:
    """One payer block names one actual employer, so N households are N deliveries; the carers' stays whole."""
    assert [each.employer_id for each in paid.deliveries] == [None, paid.minor.pk, paid.grown_up.pk]
    for household in (paid.minor, paid.grown_up):
        root = xml_of(paid.of(household))
        payer = root.find("DeliveryData/Payer")
        assert payer.findtext("PayerIds/Id/Code") == paid.house.place.organisation.business_id
        assert payer.findtext("SubstitutePayer/Acts") == "true"
        assert payer.findtext("SubstitutePayer/EmployerId/Code") == household.identity_code
        period = root.find("DeliveryData/PaymentPeriod")
        days = [period.findtext(name) for name in ("PaymentDate", "StartDate", "EndDate")]
        assert days == ["2026-06-30", "2026-05-01", "2026-05-15"]
    assert xml_of(paid.of(None)).find("DeliveryData/Payer/SubstitutePayer") is None
    assert paid.of(paid.minor).period == FIRST_HALF
    assert paid.of(None).period == factories.MAY


def test_a_minor_is_the_employer_never_who_acts_for_them(paid: Payday) -> None:
    """P5: a report that carries the guardian's id would have to be taken back."""
    assert paid.minor.born.year == 2014
    assert xml_of(paid.of(paid.minor)).findtext(".//EmployerId/Code") == paid.minor.identity_code


def test_one_assistant_of_two_households_is_reported_for_each_with_what_each_paid(paid: Payday) -> None:
    assert earners(paid.of(paid.minor)) == {paid.of_both.identity_code, paid.of_minor.identity_code}
    assert earners(paid.of(paid.grown_up)) == {paid.of_both.identity_code}
    rows = Report.objects.filter(person=paid.of_both)
    assert len({row.report_id for row in rows}) == 2
    wages = {row.employer_id: row.totals["201"] for row in rows}
    slips = {slip.contract.employer_id: slip.gross for slip in Payslip.objects.filter(person=paid.of_both)}
    assert {employer: str(gross) for employer, gross in slips.items()} == wages
    agreement = queries.reconciliation(paid.run)
    assert agreement.is_complete
    assert agreement.agrees


@pytest.mark.parametrize("version", ["v2022", "wage-report-2026"])
def test_deliveries_of_households_are_right_by_both_schemas_and_our_own_check(paid: Payday, version: str) -> None:
    for each in paid.deliveries:
        content = documents.content(each.file)
        assert register.check_delivery(content, today=factories.TODAY) == []
        if (folder := schemas.official_schemas()) is not None:
            assert schemas.validate(content, schemas.wage_report_schema(folder, version)) == []


def test_another_run_of_the_payday_replaces_a_report_in_its_own_pay_period(paid: Payday) -> None:
    """PAY-12: all data again, under the same report id and of the same pay period."""
    first = Report.objects.get(person=paid.carer.person_id)
    contract = paid.house.contract(carer=factories.carer(paid.house.place), name="Toinen")
    later = paid.house.contract(carer=paid.carer, card=False)
    paid.house.month(later, 1)
    run = paid.house.approve(paid.house.propose(is_extra=True, only_contracts=[contract.pk, later.pk]))
    actions.finish_run(run.pk, at=NOW)
    again = Report.objects.get(delivery__run=run)
    assert (again.version, again.action, again.replaces_id) == (2, "replacement", first.pk)
    assert (again.report_id, again.delivery.period) == (first.report_id, first.delivery.period)


def test_made_again_nothing_is_made_twice_and_deliveries_come_in_parts(
    paid: Payday, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = [(each.delivery_id, each.pk) for each in paid.deliveries]
    deliveries.make_deliveries(paid.run.pk, at=NOW)
    assert [(each.delivery_id, each.pk) for each in paid.deliveries] == before
    take_back_deliveries(paid.run)
    with CaptureQueriesContext(connection) as asked:
        deliveries.make_deliveries(paid.run.pk, at=NOW)
    absences = [each for each in asked.captured_queries if 'FROM "entries_careevent"' in each["sql"]]
    assert len(absences) == 1  # of both households of the part together
    monkeypatch.setattr(deliveries, "HOUSEHOLDS_AT_ONCE", 1)
    take_back_deliveries(paid.run)
    made = deliveries.make_deliveries(paid.run.pk, at=NOW)
    assert [(each.part, each.employer_id) for each in made] == [(1, None), (1, paid.minor.pk), (2, paid.grown_up.pk)]
    assert {each.payday for each in made} == {PAYDAY}


def test_deliveries_written_at_once_have_a_history_each(paid: Payday) -> None:
    """Whatever is written together, each row's history begins with it and goes on with each change of it."""
    assert len(paid.deliveries) == 3
    changed = paid.of(paid.minor)
    changed.trouble = "No answer"
    changed.save()
    Delivery.objects.filter(pk=changed.pk).update(trouble="No answer")  # nothing of it changes
    for each in paid.deliveries:
        history = list(each.events.order_by("pgh_id").values_list("pgh_label", "delivery_id", "trouble"))
        updates = [("update", each.delivery_id, "No answer")] if each == changed else []
        assert history == [("insert", each.delivery_id, ""), *updates]


def take_back_deliveries(run: Run) -> None:
    Report.objects.all().delete()
    Delivery.objects.all().delete()
    run.parts.filter(step__startswith="report").delete()


def test_a_household_without_an_id_stops_the_approval(paid: Payday) -> None:
    """P6: the register knows an employer by an id alone, so the gap is shown before anything is made."""
    assert household_condition(paid.run, Figures())[0].is_met
    paid.grown_up.identity_code = ""
    paid.grown_up.save()
    (item,) = household_condition(paid.run, Figures())
    assert (item.is_met, item.params) == (False, {"names": paid.grown_up.name})


def test_an_absence_is_told_as_paid_or_as_unpaid() -> None:
    """Point 3, absence data: an illness that is paid, a family leave that is not, both within the pay period."""
    house = house_with_accounts()
    employer, person = factories.person(house.place, "Eero", "Esimerkki"), assistant(house)
    factories.open_gate(house.place, employer)
    contract = works(house, person, employer, 5, 6)
    factories.event(contract, "sick", date(2026, 5, 7), date(2026, 5, 8))
    factories.event(contract, "family_leave", date(2026, 5, 11), date(2026, 5, 20))
    run = actions.finish_run(house.approve(house.propose()).pk, at=NOW)
    (delivery,) = queries.deliveries_of_run(run.pk)
    root = xml_of(delivery)
    told = [
        [period.findtext(name) for name in ("StartDate", "EndDate", "CauseCode")]
        for name in ("PaidAbsencePeriod", "UnpaidAbsencePeriod")
        for period in root.iter(name)
    ]
    assert told == [["2026-05-07", "2026-05-08", "1"], ["2026-05-11", "2026-05-15", "3"]]
