"""Ilmoita muutos: what a carer reports, and what comes of it (CARE-14)."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from palkkio.entries import actions
from palkkio.entries.models import ChangeReport
from tests import factories
from tests.web_portal.scene import NOW, sign_in

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def informal(client: Client):
    place = factories.county()
    person = factories.person(place, "Oili", "Mallikas")
    viewer = factories.viewer(person, factories.RoleKind.CARER)
    contract = factories.informal_care(place, person)
    sign_in(client, viewer)
    return place, viewer, contract


def test_a_carer_reports_an_illness_with_an_attachment_and_sees_its_state(client: Client) -> None:
    _place, _viewer, contract = informal(client)
    page = client.get(reverse("portal:changes")).content.decode()
    address = reverse("portal:report-change", args=[contract.pk, "own_illness"])
    assert address in page
    assert "I am ill myself" in page

    told = {"first": "1.5.2026", "last": "12.5.2026", "text": "Flu", "attachment": SimpleUploadedFile("t.pdf", PDF)}
    answer = client.post(address, told)
    report = ChangeReport.objects.get()
    assert answer.headers["Location"] == reverse("portal:change", args=[report.pk])
    page = client.get(answer.headers["Location"]).content.decode()
    assert "1.5.2026–12.5.2026" in page
    assert "Waits for the county" in page
    attachment = client.get(reverse("portal:change-attachment", args=[report.pk]))
    assert (attachment.status_code, attachment.headers["Content-Type"]) == (200, "application/pdf")

    client.post(reverse("portal:withdraw-change", args=[report.pk]))
    assert "Taken back" in client.get(reverse("portal:changes")).content.decode()


def test_what_was_typed_stays_beside_what_to_do(client: Client) -> None:
    _place, _viewer, contract = informal(client)
    address = reverse("portal:report-change", args=[contract.pk, "away"])
    answer = client.post(address, {"first": "12.5.2026", "last": "1.5.2026", "text": "Holiday in the north"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Enter a last day that is not before the first day" in page
    assert "Holiday in the north" in page
    assert 'value="12.5.2026"' in page
    assert not ChangeReport.objects.exists()
    assert client.get(reverse("portal:report-change", args=[contract.pk, "lottery"])).status_code == 403


def test_a_returned_report_says_why_and_can_be_reported_again(client: Client) -> None:
    place, viewer, contract = informal(client)
    told = {"kind": "services", "first": "1.6.2026", "interval_care_days": "14", "other_services_hours": "0"}
    report = actions.report_change(contract.pk, by=viewer, at=NOW, values=told)
    actions.return_change(report.pk, by=factories.handler(place), at=NOW, reason="Tell how many hours")
    page = client.get(reverse("portal:change", args=[report.pk])).content.decode()
    assert "Tell how many hours" in page
    assert "14 days" in page
    assert reverse("portal:report-change", args=[contract.pk, "services"]) in page


def test_the_contract_says_that_the_fee_runs_without_entries_and_tells_its_terms(client: Client) -> None:
    """CARE-9."""
    _place, _viewer, contract = informal(client)
    page = client.get(reverse("portal:contract", args=[contract.pk])).content.decode()
    assert "you need not enter days" in page
    assert "Fee class" in page
    assert reverse("portal:periods") + "?contract" not in page


def test_contracts_paid_by_entries_have_nothing_to_report(client: Client) -> None:
    place = factories.county()
    person = factories.person(place, "Oili", "Mallikas")
    viewer = factories.viewer(person, factories.RoleKind.CARER)
    factories.contract(place, person)
    sign_in(client, viewer)
    assert "Nothing to report here" in client.get(reverse("portal:changes")).content.decode()


def test_a_carer_is_told_the_last_day_and_why_before_giving_notice(client: Client) -> None:
    """CON-6: the rule is computed and explained first; then the clerk has it in the queue, and reading it binds."""
    place, viewer, contract = informal(client)
    address = reverse("portal:give-notice", args=[contract.pk])
    assert address in client.get(reverse("portal:contract", args=[contract.pk])).content.decode()
    assert client.get(address).headers["Location"].startswith("/eid/?for=fresh")  # as for a signature

    factories.sign_in(client, viewer, strong=True)
    page = client.get(address).content.decode()
    assert "You give notice on 8.6.2026. The notice period is 1 month (937/2005 9 §)." in page
    assert "The last day of the contract is 8.7.2026." in page
    refused = client.post(address, {"last": "2026-07-07", "text": "I move away"})
    assert refused.status_code == 422
    assert "I move away" in refused.content.decode()
    assert not ChangeReport.objects.exists()

    told = client.post(address, {"last": "2026-07-08", "text": "I move away"}).headers["Location"]
    report = ChangeReport.objects.get()
    page = client.get(told).content.decode()
    assert "Notice by the carer on 8.6.2026, notice period 1 mo: the last day is 8.7.2026 (937/2005 9 §)" in page
    assert "You can take the notice back until the county has read it." in page
    assert "Notice was given on 8.6.2026" in client.get(reverse("portal:contract", args=[contract.pk])).content.decode()
    assert client.get(address).headers["Location"] == told

    desk = Client()
    sign_in(desk, factories.handler(place))
    assert "Notice by the carer" in desk.get(reverse("desk:changes")).content.decode()
    report.refresh_from_db()
    assert report.read_at is None
    shown = desk.get(reverse("desk:change", args=[report.pk])).content.decode()
    assert "the last day is 8.7.2026 (937/2005 9 §)" in shown
    page = client.get(told).content.decode()
    assert "The county read the notice" in page
    assert "Take the notice back" not in page
    desk.post(reverse("desk:change", args=[report.pk]), {"do": "accept", "first": "8.6.2026"})
    contract.refresh_from_db()
    assert contract.valid.last == date(2026, 7, 8)
    assert "Accepted" in client.get(told).content.decode()
