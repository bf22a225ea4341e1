"""The social worker's decisions: SPEC EMP-3, EMP-4, EMP-10."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from palkkio.core.clock import HELSINKI
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.decisions.models import Decision, PayGroupDecision, PayGroupNotice
from tests import factories
from tests.web_desk.scene import signed_in

if TYPE_CHECKING:
    from django.test import Client

    from palkkio.people.models import Person

pytestmark = pytest.mark.django_db

TYPED = {
    "group": "1",
    "name": "Henkilökohtainen apu",
    "first": "1.5.2026",
    "hours": "37,25",
    "per": "month",
    "weekdays": ["1", "2"],
    "clock_times": "7.13-21.47",
    "ground": "Vammaispalvelulaki 675/2023",
    "office_holder": "Sanna, sosiaalityöntekijä",
    "decided_on": "20.4.2026",
}


class World:
    def __init__(self) -> None:
        self.place = factories.county()
        self.employer: Person = factories.person(self.place, "Eero", "Työnantaja")
        self.worker: Viewer = factories.social_worker(self.place)
        self.client: Client = signed_in(self.worker)

    def add(self, **values: object) -> int:
        address = reverse("desk:add-decision", args=[self.employer.pk])
        return self.client.post(address, {**TYPED, **values}).status_code


@pytest.fixture
def world() -> World:
    return World()


def test_a_social_worker_adds_a_decision_changes_it_and_sees_its_history(world: World) -> None:
    assert world.add() == 302
    decision = Decision.objects.get()
    page = world.client.get(reverse("desk:employer-decisions", args=[world.employer.pk])).content.decode()
    assert "Decision 1.1 is saved." in page
    assert "37,25 h a month" in page
    form = world.client.get(reverse("desk:change-decision", args=[decision.pk])).content.decode()
    assert 'value="37,25"' in form
    assert 'value="07:13-21:47"' in form
    changed = {**TYPED, "first": "1.6.2026", "last": "31.12.2026", "hours": "40", "two_at_once": "on"}
    del changed["group"], changed["name"]
    answer = world.client.post(reverse("desk:change-decision", args=[decision.pk]), changed)
    assert (answer.status_code, answer["Location"]) == (302, reverse("desk:decision", args=[decision.pk]))
    history = world.client.get(answer["Location"]).content.decode()
    assert history.index("40 h a month") < history.index("37,25 h a month")
    assert "Mon, Tue, between 07.13–21.47" in history
    for words in ("1.6.2026–31.12.2026", "from 1.5.2026 for the time being", "Sanna Sosiaalityöntekijä", "In force"):
        assert words in history


def test_what_cannot_be_taken_is_said_beside_its_field_and_nothing_typed_is_lost(world: World) -> None:
    address = reverse("desk:add-decision", args=[world.employer.pk])
    answer = world.client.post(address, {**TYPED, "name": "Apu 37 h", "clock_times": "aamulla", "per": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in ("Write the name without figures", "Enter the times as from and to", "Choose what the hours"):
        assert words in page
    for typed in ("Apu 37 h", "aamulla", "37,25", "Vammaispalvelulaki 675/2023"):
        assert typed in page


def test_decisions_are_searched_by_the_employers_name_which_stays_out_of_the_address(world: World) -> None:
    world.add()
    found = world.client.post(reverse("desk:search", args=["decisions"]), {"q": "työn", "state": "valid"})
    assert found["Location"] == reverse("desk:decisions") + "?state=valid"
    assert "Työnantaja Eero" in world.client.get(found["Location"]).content.decode()
    world.client.post(reverse("desk:search", args=["decisions"]), {"q": "nobody"})
    assert "No decision fits" in world.client.get(reverse("desk:decisions")).content.decode()


def test_a_pay_group_is_decided_and_the_notice_of_an_assistant_recorded_by_payroll(world: World) -> None:
    """EMP-10."""
    assistant = factories.viewer(factories.person(world.place, "Aila", "Avustaja"), RoleKind.ASSISTANT)
    factories.assistance(world.place, assistant.person_id, employer=world.employer)
    typed = {name: TYPED[name] for name in ("first", "ground", "office_holder", "decided_on")}
    address = reverse("desk:add-pay-group", args=[world.employer.pk])
    assert world.client.post(address, {**typed, "pay_group": "B1"}).status_code == 302
    decided = PayGroupDecision.objects.get()
    clerk = signed_in(factories.clerk(world.place))
    notice = reverse("desk:add-notice", args=[decided.pk])
    assert "Aila Avustaja" in clerk.get(notice).content.decode()
    told = {"assistant_id": assistant.person_id, "first": "16.5.2026", "came_on": "20.5.2026"}
    assert clerk.post(notice, told).status_code == 302
    assert PayGroupNotice.objects.get().assistant_id == assistant.person_id
    again = clerk.post(notice, told)
    assert (again.status_code, "has come already" in again.content.decode()) == (422, True)
    page = clerk.get(reverse("desk:employer-decisions", args=[world.employer.pk])).content.decode()
    assert "Aila Avustaja: paid by it from 16.5.2026" in page
    assert "Add a decision" not in page


def test_an_employers_page_asks_as_many_questions_however_many_decisions_and_shifts_there_are(
    world: World, django_assert_max_num_queries: object
) -> None:
    from palkkio.entries.actions import ensure_sheets
    from palkkio.entries.models import Sheet

    for group in (1, 1, 1, 2, 3):
        factories.decision(world.place, world.employer, by=world.worker, group=group)
    assistant = factories.person(world.place, "Aila", "Avustaja")
    contract = factories.assistance(world.place, assistant.pk, employer=world.employer)
    ensure_sheets(world.place.id, today=factories.TODAY)
    sheet = Sheet.objects.get(contract=contract, period__contains=date(2026, 6, 4))
    for day in range(1, 8):
        start = datetime(2026, 6, day, 9, tzinfo=HELSINKI)
        factories.shift(sheet, start, start.replace(hour=12), decision="1.1")
    with django_assert_max_num_queries(30):  # type: ignore[operator]
        page = world.client.get(reverse("desk:employer-decisions", args=[world.employer.pk])).content.decode()
    assert "<b>9 h</b>" in page
    assert 'value="21.00" max="30.0000"' in page
