"""Informal care support in figures, for the board (OHT-8)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from palkkio.contracts.actions import change_terms
from palkkio.contracts.models import Contract
from palkkio.core.days import DateRange
from palkkio.core.payslip import ContractKind
from palkkio.payroll.models import Payslip
from palkkio.payroll.queries.statistics import Group, care_statistics
from tests import factories
from tests.apps.payroll.scene import payroll
from tests.web_desk.scene import signed_in
from tests.web_portal.scene import map_accounts

pytestmark = pytest.mark.django_db
TODAY = factories.TODAY


def made() -> factories.Place:
    """Two carers of one old person, one of a child whose class rose in May, one who ended last year, one not signed."""
    place = factories.county()
    old = factories.person(place, "Vanha", "Hoidettava", born=date(1940, 6, 9), identity_code="")
    child = factories.person(place, "Lapsi", "Hoidettava", born=date(2012, 1, 1), identity_code="")
    carers = [factories.person(place, "Hoitaja", f"Numero{'abcde'[number]}") for number in range(5)]
    factories.informal_care(place, carers[0], "I", recipient=old)
    factories.informal_care(place, carers[1], "II", recipient=old, first=date(2026, 2, 1), last=date(2026, 3, 31))
    raised = factories.informal_care(place, carers[2], "I", recipient=child, first=date(2025, 1, 1))
    terms = {"fee_class": "III", "agreed_rates": {}, "source": "Decision 20.4.2026"}
    change_terms(raised, by=place.second, at=factories.NOW, first=date(2026, 5, 1), **terms)
    factories.informal_care(place, carers[3], "I", first=date(2025, 1, 1), last=date(2025, 12, 31))
    factories.informal_care(place, carers[4], "I", signed_on=None)
    other = factories.city()
    factories.informal_care(other, factories.person(other))
    return place


def test_clients_are_counted_by_class_age_and_municipality_once_in_all() -> None:
    place = made()
    found = care_statistics(place.id, 2026, TODAY)
    nothing = Decimal(0)
    assert found.total == Group(2, 3, nothing)
    assert found.by_class == {"I": Group(1, 1, nothing), "II": Group(1, 1, nothing), "III": Group(1, 1, nothing)}
    assert found.by_age == {(85, None): Group(1, 2, nothing), (0, 17): Group(1, 1, nothing)}
    assert found.by_municipality == {place.municipality.pk: Group(2, 3, nothing)}
    assert found.last == TODAY


def test_what_was_paid_on_paydays_of_the_year_is_its_cost_also_of_a_contract_that_ended_before() -> None:
    house = payroll()
    factories.pays(house.place, ContractKind.INFORMAL_CARE, first=date(2026, 5, 1))
    carer = factories.carer(house.place)
    house.card(carer.person_id)
    factories.informal_care(house.place, carer.person_id)
    map_accounts(house.place)
    house.paid()
    gross = Payslip.objects.get().gross
    assert care_statistics(house.place.id, 2026, date(2026, 7, 1)).by_class["I"] == Group(1, 1, gross)
    assert care_statistics(house.place.id, 2026, date(2026, 6, 29)).total.gross == 0
    Contract.objects.update(valid=DateRange.of_days(date(2025, 1, 1), date(2025, 12, 31)))
    assert care_statistics(house.place.id, 2026, date(2026, 7, 1)).total == Group(0, 0, gross)


def test_the_board_gets_it_as_a_page_and_as_csv_that_name_nobody() -> None:
    place = made()
    clerk = signed_in(factories.clerk(place))
    shown = clerk.get(reverse("desk:care-statistics", args=[2026])).content.decode()
    assert all(each in shown for each in ("By fee class", "85 or older", "0–17", "Mallila"))
    assert "Hoidettava" not in shown
    assert reverse("desk:care-statistics", args=[2026]) in clerk.get(reverse("desk:reports")).content.decode()
    answer = clerk.get(reverse("desk:care-statistics-csv", args=[2026]))
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "group;name;care_recipients;carers;gross"
    assert lines[-1] == "total;In all;2;3;0,00"
    assert "fee_class;III;1;1;0,00" in lines
    assert clerk.get(reverse("desk:care-statistics", args=[2027])).status_code == 404
    assert "No contracts of informal care" in clerk.get(reverse("desk:care-statistics", args=[2020])).content.decode()
    assert signed_in(factories.handler(place)).get(reverse("desk:care-statistics", args=[2026])).status_code == 403
