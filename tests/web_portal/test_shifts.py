"""The assistant's half month and the employer's approval, as pages (EMP-1, EMP-2, EMP-3, EMP-6, EMP-8, EMP-12)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from palkkio.core.days import DateRange
from palkkio.core.viewer import RoleKind
from palkkio.entries import actions, queries
from tests import factories
from tests.prepared import prepared
from tests.web_portal.scene import sign_in

if TYPE_CHECKING:
    from palkkio.entries.models import Sheet

pytestmark = pytest.mark.django_db
SECOND = DateRange.of_days(date(2026, 5, 16), date(2026, 5, 31))
OCTOBER = DateRange.of_days(date(2026, 10, 16), date(2026, 10, 31))


class House:
    """Eero employs Aila, and May has its two halves; both are signed in once they arrive."""

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

    def arrive(self) -> None:
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
    found = prepared("a household on the portal", House)
    found.arrive()
    return found


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
    factories.decision(house.place, house.employer, by=worker, hours="77.25")
    address = reverse("portal:add-shift", args=[house.sheet().pk])
    assert 'name="decision"' not in house.helper.get(address).content.decode()
    factories.decision(house.place, house.employer, by=worker, group=2, name="Opiskelu", hours="77.25")
    text = house.helper.get(address).content.decode()
    assert "2.1 Opiskelu" in text
    assert not re.search(r"77[.,]", text)  # two digits alone may stand in a random token
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


def test_an_employer_sees_gross_by_line_and_no_net_tax_account_or_identity_code(house: House) -> None:
    """EMP-12: 4.5 h at 14.50 EUR are the only sums on the pages."""
    house.add(day="2026-05-18")
    text = house.page("hours-of", house.eero) + house.eero.get(reverse("portal:hours")).content.decode()
    text += house.eero.get(reverse("portal:hours-days", args=["2026-05-18"])).content.decode()
    assert set(re.findall(r"[\d,]+(?=\s€)", text)) == {"65,25"}
    assert not re.search(r"\bFI\d\d", text)  # no account number
    assert not re.search(r"\btax", text.lower())  # not inside the token of a form, which is chance


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


# --- Alerts, the calendar of all assistants, entering for the assistant ----------------------------------------------


def grant(house: House, **values: str) -> None:
    worker = factories.social_worker(house.place)
    factories.decision(house.place, house.employer, by=worker, **values)


def test_the_employer_is_asked_why_before_hours_with_alerts_are_approved(house: House) -> None:
    """R13, EMP-5: on the page of one assistant and in the calendar of all; blank is refused beside the field."""
    grant(house, clock_times="8-10", hours="100")
    house.add(day="2026-05-18")
    text = house.page("hours-of", house.eero)
    assert "Outside the granted times" in text
    assert 'name="confirmation"' in text
    assert "1 alert" in house.eero.get(reverse("portal:hours")).content.decode()
    sheet = house.sheet()
    post = {"sheet": f"{sheet.pk}.{sheet.version}"}
    listed = house.eero.post(reverse("portal:approve-hours"), post)
    assert listed.status_code == 422
    assert "There are alerts" in listed.content.decode()
    assert house.eero.post(reverse("portal:approve-hours"), {**post, "confirmation": " "}).status_code == 422
    assert house.sheet().state == "open"
    done = house.eero.post(reverse("portal:approve-hours"), {**post, "confirmation": "Sovittu"})
    assert done.status_code == 302
    assert house.sheet().state == "reviewed"
    assert "Sovittu" not in house.page()


def test_the_employers_first_page_leads_to_the_alerts(house: House) -> None:
    """BEY-5: one line for each half month with alerts; none when there are none."""
    grant(house, clock_times="8-10", hours="100")
    home = reverse("portal:household")
    assert "on the hours of your assistants" not in house.eero.get(home).content.decode()
    house.add(day="2026-05-18")
    text = house.eero.get(home).content.decode()
    assert "1 alert on the hours of your assistants" in text
    assert f"{reverse('portal:hours-days', args=['2026-05-16'])}#alerts" in text


def test_the_calendar_shows_all_assistants_decisions_and_alerts(house: House) -> None:
    """EMP-1, EMP-4, EMP-5: hours granted, used and left as numbers and a bar; approve the chosen ones."""
    grant(house, hours="10", clock_times="")
    second = factories.viewer(factories.person(house.place, "Yrjö", "Avustaja"), RoleKind.ASSISTANT)
    theirs = factories.assistance(house.place, second.person_id, employer=house.employer)
    actions.ensure_sheets(house.place.id, today=factories.TODAY)
    house.add(day="2026-05-18")
    other = queries.periods_of_employer(house.owner, on=date(2026, 5, 18))
    sheet_id = next(row.id for row in other if row.contract_id == theirs.pk)
    client = Client()
    sign_in(client, second)
    client.post(
        reverse("portal:add-shift", args=[sheet_id]),
        {"start": "12", "end": "16", "day": "2026-05-18", "version": "1"},
    )
    text = house.eero.get(reverse("portal:hours-days", args=["2026-05-20"])).content.decode()
    for words in ("Aila Avustaja", "Yrjö Avustaja", "Two assistants at the same time", "12.00–12.45", "1.1"):
        assert words in text, words
    assert "8,50 of 10 hours used" in text
    assert "1,50 h left" in text
    assert "<progress" in text
    asked = house.eero.get(reverse("portal:hours-of", args=[sheet_id])).content.decode()
    assert "Two assistants at the same time" in asked
    assert house.helper.get(reverse("portal:hours-days", args=["2026-05-20"])).status_code == 403
    for wrong in ("2026-13-40", "x"):
        assert house.eero.get(reverse("portal:hours-days", args=[wrong])).status_code == 403


def test_the_employer_enters_and_repairs_where_the_assistant_agrees(house: House) -> None:
    """EMP-1, BEY-5: the assistant agrees on the own page; what the employer enters is marked to both."""
    grant(house, clock_times="8-12", hours="100")
    add = reverse("portal:add-shift", args=[house.sheet().pk])
    posted = {"start": "8", "end": "14", "day": "2026-05-20", "version": str(house.sheet().version)}
    assert house.eero.post(add, posted).status_code in (403, 422)
    house.helper.post(reverse("portal:agree-entering", args=[house.sheet().pk]), {"do": "give"})
    assert house.eero.post(add, posted).status_code == 302
    assert "entered by the employer" in house.page()
    days = house.eero.get(reverse("portal:hours-days", args=["2026-05-20"])).content.decode()
    assert "cut the shift at 12.00" in days
    shift = queries.sheet_view(house.sheet()).shifts[0]
    repair = {"shift": shift.id, "kind": "split", "at": "2026-05-20T12:00:00+03:00", "version": house.sheet().version}
    house.eero.post(reverse("portal:repair-shift", args=[house.sheet().pk]), repair)
    assert len(queries.sheet_view(house.sheet()).shifts) == 2
    house.helper.post(reverse("portal:agree-entering", args=[house.sheet().pk]), {"do": "withdraw"})
    assert house.eero.post(add, {**posted, "day": "2026-05-21"}).status_code in (403, 422)


def test_a_repair_is_asked_of_the_assistant_where_the_employer_does_not_enter(house: House) -> None:
    """EMP-5: the reason of the return is filled in, and the employer writes on."""
    grant(house, clock_times="8-10", hours="100")
    house.add(day="2026-05-18")
    shift = queries.sheet_view(house.sheet()).shifts[0]
    address = reverse("portal:hours-of", args=[house.sheet().pk])
    assert f"ask={shift.id}.split" in house.page("hours-of", house.eero)
    asked = house.eero.get(address, {"ask": f"{shift.id}.split.2026-05-18T10:00:00+03:00"}).content.decode()
    assert "cut the shift at 10.00</textarea>" in asked
    for nonsense in ("x", f"{shift.id}.split.2026-99-99T10:00", "0.move.2.1"):
        assert house.eero.get(address, {"ask": nonsense}).status_code == 200


def test_staff_read_the_alerts_and_what_the_employer_said_of_them(house: House) -> None:
    """EMP-4, R13: the county's page of the half month."""
    grant(house, clock_times="8-10", hours="100")
    house.add(day="2026-05-18")
    client = Client()
    sign_in(client, factories.handler(house.place))
    address = reverse("desk:period", args=[house.sheet().pk])
    assert "Outside the granted times" in client.get(address).content.decode()
    sheet = house.sheet()
    said = {"sheet": f"{sheet.pk}.{sheet.version}", "confirmation": "Sovittu sosiaalityöntekijän kanssa"}
    house.eero.post(reverse("portal:approve-hours"), said)
    assert "Sovittu sosiaalityöntekijän kanssa" in client.get(address).content.decode()


def test_before_the_gate_the_employer_reads_what_is_missing_and_the_assistant_that_something_is(house: House) -> None:
    """ACC-10, R18."""
    from palkkio.people.households.models import Insurance

    Insurance.objects.filter(kind="accident").update(confirmed_at=None, confirmed_by=None)
    assert "Staff have not checked the insurance against accidents" in house.page("hours-of", house.eero)
    text = house.page()
    assert "The matters of your employer are not in order" in text
    assert "nsurance" not in text
    refused = house.add(day="2026-05-18")
    assert refused.status_code == 422  # type: ignore[attr-defined]
    assert "18.5.2026" in refused.content.decode()  # type: ignore[attr-defined]


def test_an_assistant_copies_a_day_and_a_week_and_enters_several_days_at_once(house: House) -> None:
    """Over midnight, too."""
    house.add(day="2026-05-18", start="20", end="1.30")
    sheet = house.sheet()
    copy = reverse("portal:copy-shifts", args=[sheet.pk])
    assert house.helper.get(copy, {"day": "2026-05-18"}).status_code == 200
    posted = {"what": "day", "day": "2026-05-18", "weeks": "1", "version": sheet.version}
    assert house.helper.post(copy, posted).status_code == 422
    assert house.helper.post(copy, {**posted, "to": ["2026-05-19", "2026-05-21"]}).status_code == 302
    assert [row.day.day for row in queries.sheet_view(house.sheet()).shifts] == [18, 19, 21]
    week = {**posted, "what": "week", "version": house.sheet().version}
    house.helper.post(copy, week)
    assert [row.day.day for row in queries.sheet_view(house.sheet()).shifts] == [18, 19, 21, 25, 26, 28]
    several = {"start": "6", "end": "7", "day": "2026-05-29", "also": ["2026-05-30"], "version": house.sheet().version}
    assert house.helper.post(reverse("portal:add-shift", args=[sheet.pk]), several).status_code == 302
    assert len(queries.sheet_view(house.sheet()).shifts) == 8
    assert "Undo the latest save" in house.page()


def test_the_certificate_is_asked_after_three_days_and_sent_in_on_the_page(house: House) -> None:
    """EMP-7, K1: shifts of the days stay as planned; three days ask for nothing."""
    house.add(day="2026-05-18")
    report = reverse("portal:report-change", args=[house.contract.pk, "own_illness"])
    short = house.helper.post(report, {"first": "18.5.2026", "last": "20.5.2026"})
    assert "Send the medical certificate" not in house.helper.get(short["Location"]).content.decode()
    long = house.helper.post(report, {"first": "18.5.2026", "last": "21.5.2026"})
    text = house.helper.get(long["Location"]).content.decode()
    assert "Send the medical certificate" in text
    assert "planned, not worked" in house.page()
    address = long["Location"] + "certificate/"
    assert house.helper.post(address, {}).status_code == 422
    paper = SimpleUploadedFile("todistus.pdf", b"%PDF-1.4 testi", content_type="application/pdf")
    assert house.helper.post(address, {"file": paper}).status_code == 302
    text = house.helper.get(long["Location"]).content.decode()
    assert "Open the attachment" in text
    assert "Send the medical certificate" not in text


def test_a_save_needs_as_many_statements_however_many_shifts_there_are(house: House) -> None:
    """A save is quick; times are measured by bin/bench shifts."""
    counts = []
    for days in ((18,), (19, 20, 21, 22, 23)):
        for day in days:
            with CaptureQueriesContext(connection) as caught:
                assert house.add(day=f"2026-05-{day}").status_code == 302  # type: ignore[attr-defined]
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 16


def test_the_pages_of_a_half_month_need_as_many_statements_however_many_shifts_there_are(house: House) -> None:
    """The employer's page, and the assistant's own, need a bounded number of queries."""
    pages = (
        (house.eero, reverse("portal:hours-days", args=["2026-05-20"]), 30),
        (house.helper, reverse("portal:period", args=[house.sheet().pk]), 52),
    )
    counts = []
    for days in ((18,), (19, 20, 21, 22, 23)):
        for day in days:
            assert house.add(day=f"2026-05-{day}").status_code == 302  # type: ignore[attr-defined]
        for client, address, most in pages:
            with CaptureQueriesContext(connection) as caught:
                assert client.get(address).status_code == 200
            assert len(caught) <= most, address
            counts.append(len(caught))
    assert counts[:2] == counts[2:]
