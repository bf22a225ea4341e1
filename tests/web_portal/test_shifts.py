"""The assistant's half month and the employer's approval, as pages (EMP-1, EMP-2, EMP-3, EMP-6, EMP-8, EMP-12)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from palkkio.core.days import DateRange
from palkkio.core.viewer import RoleKind
from palkkio.entries import actions, queries
from tests import factories
from tests.web_portal.scene import sign_in

if TYPE_CHECKING:
    from palkkio.entries.models import Sheet

pytestmark = pytest.mark.django_db
SECOND = DateRange.of_days(date(2026, 5, 16), date(2026, 5, 31))
OCTOBER = DateRange.of_days(date(2026, 10, 16), date(2026, 10, 31))


class House:
    """Eero employs Aila; both are signed in, and May has its two halves."""

    def __init__(self) -> None:
        place = self.place = factories.county()
        self.employer = factories.person(place, "Eero", "Työnantaja")
        aila = factories.person(place, "Aila", "Avustaja")
        self.owner = factories.viewer(self.employer, RoleKind.EMPLOYER)
        self.assistant = factories.viewer(aila, RoleKind.ASSISTANT)
        rates = {"hourly": "14.50"}
        self.contract = factories.assistance(place, self.assistant.person_id, employer=self.employer, rates=rates)
        factories.open_gate(place, self.employer)
        actions.ensure_sheets(place.id, today=factories.TODAY)
        self.helper, self.eero = Client(), Client()
        sign_in(self.helper, self.assistant)
        sign_in(self.eero, self.owner)

    def sheet(self, period: DateRange = SECOND) -> Sheet:
        from palkkio.entries.models import Sheet

        found, _ = Sheet.objects.get_or_create(organisation_id=self.place.id, contract=self.contract, period=period)
        return found

    def add(self, period: DateRange = SECOND, **values: str) -> object:
        sheet = self.sheet(period)
        posted = {"start": "8.15", "end": "12.45", "version": str(sheet.version), **values}
        return self.helper.post(reverse("portal:add-shift", args=[sheet.pk]), posted)

    def page(self, name: str = "period", client: Client | None = None) -> str:
        answer = (client or self.helper).get(reverse(f"portal:{name}", args=[self.sheet().pk]))
        assert answer.status_code == 200, name
        return answer.content.decode()


@pytest.fixture
def house() -> House:
    return House()


def test_an_assistant_records_a_half_month_and_the_employer_approves_it(house: House) -> None:
    """EMP-1: add, change, remove, undo; then the employer returns with a reason and approves."""
    assert house.add(day="2026-05-18").status_code == 302  # type: ignore[attr-defined]
    assert house.add(day="2026-05-19", start="22", end="2:30", note="Yövuoro").status_code == 302  # type: ignore[attr-defined]
    text = house.page()
    assert "8.15–12.45" in text
    assert "4 h 30 min" in text
    assert "Yövuoro" in text
    assert "16.–31.5.2026" in text
    assert "onfirm" not in text.replace("confirmed_", "")  # nobody confirms an assistant's hours
    overlapping = house.add(day="2026-05-18", start="12.00", end="13.00")
    assert overlapping.status_code == 422  # type: ignore[attr-defined]
    assert "another shift" in overlapping.content.decode()  # type: ignore[attr-defined]
    first = queries.sheet_view(house.sheet()).shifts[0]
    edit = reverse("portal:edit-shift", args=[house.sheet().pk, first.id])
    assert 'value="8.15"' in house.helper.get(edit).content.decode()
    remove = reverse("portal:remove-shift", args=[house.sheet().pk, first.id])
    house.helper.post(remove, {"version": house.sheet().version})
    assert ">8.15–12.45<" not in house.page()
    change = queries.history(house.sheet())[0]
    undo = reverse("portal:undo-shift", args=[house.sheet().pk])
    house.helper.post(undo, {"version": house.sheet().version, "undo": change.id})
    assert ">8.15–12.45<" in house.page()

    listed = house.eero.get(reverse("portal:hours")).content.decode()
    assert "Aila Avustaja" in listed
    assert "9 h" in listed
    assert "Approve all" in listed
    sheet = house.sheet()
    back = reverse("portal:return-hours", args=[sheet.pk])
    assert house.eero.post(back, {"version": sheet.version, "reason": ""}).status_code == 422
    house.eero.post(back, {"version": sheet.version, "reason": "Tiistai puuttuu"})
    assert "Tiistai puuttuu" in house.page()
    sheet = house.sheet()
    house.eero.post(reverse("portal:approve-hours"), {"sheet": f"{sheet.pk}.{sheet.version}"})
    assert house.sheet().state == "reviewed"
    text = house.page()
    assert "approved" in text
    assert "Add a shift" not in text
    assert "Approved the hours" in house.page("hours-of", house.eero)


def test_the_page_asks_which_of_two_equal_times_is_meant_on_the_night_of_the_clocks(house: House) -> None:
    """EMP-1: 3.30 comes twice on 25.10.2026."""
    asked = house.add(OCTOBER, day="2026-10-25", start="1.00", end="3.30")
    assert asked.status_code == 422  # type: ignore[attr-defined]
    assert 'name="end_fold"' in asked.content.decode()  # type: ignore[attr-defined]
    house.add(OCTOBER, day="2026-10-25", start="1.00", end="3.30", end_fold="1")
    assert queries.sheet_view(house.sheet(OCTOBER)).hours == timedelta(hours=3, minutes=30)


def test_the_decision_is_asked_when_two_are_in_force(house: House) -> None:
    """EMP-3: with their names, and without one figure of theirs."""
    worker = factories.social_worker(house.place)
    factories.decision(house.place, house.employer, by=worker, hours="77")
    address = reverse("portal:add-shift", args=[house.sheet().pk])
    assert 'name="decision"' not in house.helper.get(address).content.decode()
    factories.decision(house.place, house.employer, by=worker, group=2, name="Opiskelu", hours="77")
    text = house.helper.get(address).content.decode()
    assert "2.1 Opiskelu" in text
    assert "77" not in text.replace("7737546", "")
    assert house.add(day="2026-05-18").status_code == 422  # type: ignore[attr-defined]
    assert house.add(day="2026-05-18", decision="2.1").status_code == 302  # type: ignore[attr-defined]


def test_lists_name_the_half_months_and_count_hours(house: House) -> None:
    """EMP-2; the pages of an assistant say nothing of care days or confirming."""
    house.add(day="2026-05-18")
    text = house.helper.get(reverse("portal:periods")).content.decode()
    assert "16.–31.5.2026" in text
    assert "1.–15.5.2026" in text
    assert "4 h 30 min, 1 shift" in text
    assert "confirm" not in text
    home = house.helper.get(reverse("portal:home")).content.decode()
    assert "16.–31.5.2026" in home
    assert "Confirm" not in home


def test_an_employer_sees_no_pay_tax_account_or_identity_code(house: House) -> None:
    """EMP-12."""
    house.add(day="2026-05-18")
    text = house.page("hours-of", house.eero) + house.eero.get(reverse("portal:hours")).content.decode()
    assert "€" not in text
    assert "FI" not in text.replace("FI</", "")
    assert "tax" not in text.lower()


def test_another_employer_and_the_assistant_do_not_get_the_page_of_hours(house: House) -> None:
    """R6, ACC-11."""
    other = factories.viewer(factories.person(house.place, "Olli", "Outo"), RoleKind.EMPLOYER)
    client = Client()
    sign_in(client, other)
    address = reverse("portal:hours-of", args=[house.sheet().pk])
    assert client.get(address).status_code == 403
    assert house.helper.get(address).status_code == 403
    sheet = house.sheet()
    house.helper.post(reverse("portal:approve-hours"), {"sheet": f"{sheet.pk}.{sheet.version}"})
    client.post(reverse("portal:approve-hours"), {"sheet": f"{sheet.pk}.{sheet.version}"})
    assert house.sheet().state == "open"


def test_the_desk_opens_an_assistants_half_month(house: House) -> None:
    house.add(day="2026-05-18")
    client = Client()
    sign_in(client, factories.handler(house.place))
    answer = client.get(reverse("desk:period", args=[house.sheet().pk]))
    assert answer.status_code == 200
    assert "8.15–12.45" in answer.content.decode()
