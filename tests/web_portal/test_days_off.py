"""Days off as the carer sees them on the contract's page (OHT-6, BEY-12)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.web_portal.scene import sign_in

pytestmark = pytest.mark.django_db


def page_of(client: Client, contract) -> str:
    return " ".join(client.get(reverse("portal:contract", args=[contract.pk])).content.decode().split())


def test_a_carer_sees_days_off_earned_taken_recorded_ahead_and_left(client: Client) -> None:
    place = factories.county()
    person = factories.person(place, "Oili", "Mallikas")
    contract = factories.informal_care(place, person, first=date(2026, 1, 1), is_binding=True)
    factories.event(contract, "days_off", date(2026, 5, 23), date(2026, 5, 24), stood_in="interval_care")
    factories.event(contract, "days_off", date(2026, 6, 7), date(2026, 6, 10), stood_in="locum", hours=Decimal(12))
    sign_in(client, factories.viewer(person, factories.RoleKind.CARER))
    page = page_of(client, contract)
    section = page[page.index("Days off in 2026") : page.index("Days off never lower the care fee.")]
    facts = [section.index(each) for each in ("36 days", "18 days of them by today", "3 days", "1 day", "32 days")]
    assert facts == sorted(facts)
    assert "23.5.2026–24.5.2026" in section
    assert "Interval care" in section
    assert "Substitute carer · 12 h a day" in section
    assert "Take those that are left by 31.12.2026" in section


def test_where_no_act_gives_days_off_or_the_contract_is_over_nothing_is_left_to_take(client: Client) -> None:
    place = factories.county()
    person = factories.person(place, "Oili", "Mallikas")
    ended = factories.informal_care(place, person, first=date(2026, 1, 1), last=date(2026, 4, 30))
    family = factories.family_care(place, person)
    commission = factories.contract(place, person)
    sign_in(client, factories.viewer(person, factories.RoleKind.CARER))
    assert "8 days of them by today" in page_of(client, ended)
    assert "Left this year" not in page_of(client, ended)
    assert "Left this year" in page_of(client, family)
    assert "they do not move to the next year" not in page_of(client, family)
    assert "Days off in" not in page_of(client, commission)
