"""Papers of employments and what waits in personal assistance, on the desk (EMP-9, EMP-13)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from palkkio.contracts.papers import send_paper
from palkkio.core.clock import HELSINKI
from palkkio.core.days import DateRange, halves
from palkkio.core.payslip import ContractKind, TaxCardKind
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.entries.models import CareEvent, Sheet
from palkkio.entries.queries import is_heta_member
from palkkio.messages.queries import notices_of
from tests import factories
from tests.apps.payroll.scene import card
from tests.web_desk.scene import signed_in

if TYPE_CHECKING:
    from django.test import Client

    from palkkio.contracts.models import Contract

pytestmark = pytest.mark.django_db


@dataclass
class Home:
    place: factories.Place
    contract: Contract
    assistant: Viewer
    clerk: Viewer
    desk: Client

    def sent(self, kind: str) -> int:
        values = {"kind": kind, "contract_id": self.contract.pk}
        return send_paper(by=self.assistant, at=factories.NOW, values=values, upload=factories.scan()).pk


@pytest.fixture
def home() -> Home:
    place = factories.county()
    factories.pays(place, ContractKind.PERSONAL_ASSISTANCE, values=factories.HALVES)
    aino = factories.person(place, "Aino", "Avustaja")
    contract = factories.assistance(place, aino)
    clerk = factories.clerk(place)
    return Home(place, contract, factories.viewer(aino, RoleKind.ASSISTANT), clerk, signed_in(clerk))


def test_a_paper_is_found_opened_and_accepted(home: Home) -> None:
    """EMP-9: each paper has a status on the list, on the contract's page and on the person's."""
    paper = home.sent("contract")
    listed = home.desk.get(reverse("desk:employment-papers")).content.decode()
    assert "Employment contract" in listed
    assert "Avustaja" in listed
    page = home.desk.get(reverse("desk:employment-paper", args=[paper])).content.decode()
    assert "Open the paper" in page
    file = home.desk.get(reverse("desk:employment-paper-file", args=[paper, "paper"]))
    assert file.content.startswith(b"%PDF-1.4")

    answer = home.desk.post(reverse("desk:employment-paper", args=[paper]), {"do": "accept", "first": "1.1.2026"})

    assert answer.status_code == 302
    assert "No paper waits" in home.desk.get(reverse("desk:employment-papers")).content.decode()
    person = reverse("desk:person", args=[home.assistant.person_id])
    for address in (reverse("desk:contract", args=[home.contract.pk]), person):
        shown = home.desk.get(address, follow=True).content.decode()
        assert "Employment contract" in shown
        assert "Accepted" in shown


def test_an_accepted_membership_stands_on_all_contracts_of_the_employer(home: Home) -> None:
    """EMP-9, EMP-11: news for members and the collective agreement read it; accepted twice, it is recorded once."""
    employer = home.contract.employer
    bela = factories.person(home.place, "Bela", "Avustaja")
    second = factories.assistance(home.place, bela, employer=employer, first=date(2026, 6, 1))
    assert employer is not None
    values = {"kind": "heta_membership", "contract_id": home.contract.pk}
    given: dict[str, Any] = {"by": home.clerk, "at": factories.NOW, "values": values}

    def sent() -> str:
        paper = send_paper(**given, upload=factories.scan(), receipt=factories.scan("kuitti.pdf")).pk
        return reverse("desk:employment-paper", args=[paper])

    for _time in range(2):
        address = sent()
        assert "records the membership" in home.desk.get(address).content.decode()
        assert home.desk.post(address, {"do": "accept", "first": "1.3.2026"}).status_code == 422
        assert not is_heta_member(employer.pk, date(2026, 2, 28))
        home.desk.post(address, {"do": "accept", "first": "1.3.2026", "last": "28.2.2027"})
    events = CareEvent.objects.filter(kind="heta_member").order_by("contract_id", "valid")
    assert [(each.contract_id, each.valid) for each in events] == [
        (home.contract.pk, DateRange.of_days(date(2026, 3, 1), date(2027, 2, 28))),
        (second.pk, DateRange.of_days(date(2026, 6, 1), date(2027, 2, 28))),
    ]
    assert is_heta_member(employer.pk, factories.TODAY)
    home.desk.post(sent(), {"do": "accept", "first": "1.3.2027", "last": "28.2.2028"})
    next_year = DateRange.of_days(date(2027, 3, 1), date(2028, 2, 28))
    assert [(each.contract_id, each.valid) for each in events.all()[1::2]] == [
        (home.contract.pk, next_year),
        (second.pk, next_year),
    ]


def test_a_returned_paper_tells_its_sender_why(home: Home) -> None:
    paper = home.sent("certificate")
    address = reverse("desk:employment-paper", args=[paper])
    assert home.desk.post(address, {"do": "return", "reason": ""}).status_code == 422
    assert home.desk.post(address, {"do": "return", "reason": "Sivu 2 puuttuu"}).status_code == 302
    assert [each.kind for each in notices_of(home.assistant)] == ["paper_returned"]

    portal = signed_in(home.assistant)
    page = portal.get(reverse("portal:papers")).content.decode()
    assert "Sivu 2 puuttuu" in page
    assert not [each for each in notices_of(home.assistant) if not each.is_read]


def test_staff_scan_a_paper_and_a_refused_file_loses_nothing(home: Home) -> None:
    """ACC-11"""
    address = reverse("desk:scan-paper", args=[home.contract.pk])
    typed = {
        "kind": "heta_membership",
        "contract_id": home.contract.pk,
        "came_on": "5.6.2026",
        "file": factories.scan(),
    }
    refused = home.desk.post(address, typed)
    assert refused.status_code == 422
    assert "Add the receipt of the membership fee too" in refused.content.decode()
    assert 'value="5.6.2026"' in refused.content.decode()
    made = home.desk.post(address, {**typed, "file": factories.scan(), "receipt": factories.scan("kuitti.pdf")})
    assert made.status_code == 302
    assert "Heta membership" in home.desk.get(reverse("desk:employment-papers")).content.decode()


def test_assistant_and_employer_send_papers_in_the_portal(home: Home) -> None:
    """EMP-9; an employer is not offered the assistant's tax card (EMP-12)."""
    portal = signed_in(home.assistant)
    typed = {"kind": "tax_card", "contract_id": home.contract.pk, "file": factories.scan()}
    assert portal.post(reverse("portal:send-paper"), typed).status_code == 302
    assert "Changed tax card" in portal.get(reverse("portal:papers")).content.decode()

    employer = signed_in(factories.viewer(home.contract.employer, RoleKind.EMPLOYER))
    page = employer.get(reverse("portal:send-paper")).content.decode()
    assert "Changed tax card" not in page
    assert "Heta membership" in page
    assert employer.post(reverse("portal:send-paper"), {**typed, "file": factories.scan()}).status_code == 422


def test_the_timetable_of_half_months_is_published_for_those_on_paper_too(home: Home) -> None:
    """R8, EMP-2: both dates of each coming half month, from the one that is paid next."""
    page = signed_in(home.assistant).get(reverse("portal:timetable"))
    rows = [[cell.text.replace("\xa0", " ") for cell in row.cells] for row in page.context["table"].rows]
    assert rows[0] == ["16.–31.5.2026", "Wed 3.6.", "Wed 3.6.", "Mon 15.6."]
    assert rows[1][3] == "Tue 30.6."
    assert len(rows) == 15


def test_hours_that_nobody_approved_stand_on_the_desk_and_not_in_the_queue_of_reviews(home: Home) -> None:
    """EMP-1, EMP-13: the employer approves; staff are reminded of who has not."""
    first, second = halves(factories.MAY)
    for half, day in ((first, 5), (second, 19)):
        sheet = Sheet.objects.create(organisation_id=home.place.id, contract=home.contract, period=half)
        start, end = (datetime(2026, 5, day, hour, 30, tzinfo=HELSINKI) for hour in (8, 16))
        factories.shift(sheet, start, end)
    page = home.desk.get(reverse("desk:assistance"))
    rows = page.context["approvals"].rows
    assert [row.cells[3].text for row in rows] == ["8 h", "8 h"]
    assert all("Late" in row.cells[5].chips[0].text for row in rows)
    assert not home.desk.get(reverse("desk:queue")).context["table"].rows
    factories.approve(sheet)
    assert len(home.desk.get(reverse("desk:assistance")).context["approvals"].rows) == 1


def test_decisions_that_end_and_new_tax_cards_stand_on_the_desk(home: Home) -> None:
    employer = home.contract.employer
    factories.decision(home.place, employer, last=date(2026, 7, 31))
    factories.decision(home.place, employer, group=2, last=date(2026, 6, 1))
    factories.decision(home.place, employer, group=3, last=date(2026, 12, 31))
    card(home.place, home.assistant.person_id, "14", kind=TaxCardKind.WAGE)
    page = home.desk.get(reverse("desk:assistance"))
    decided = [(row.cells[1].text[:3], row.cells[3].chips[0].text) for row in page.context["decisions"].rows]
    assert decided == [("2.1", "Has ended"), ("1.1", "Ends soon")]
    assert [row.cells[0].text for row in page.context["cards"].rows] == ["Avustaja Aino"]
    social = signed_in(factories.social_worker(home.place)).get(reverse("desk:assistance"))
    assert not social.context["sees_cards"]
