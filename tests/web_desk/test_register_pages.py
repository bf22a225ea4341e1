"""Pages of the register and of fetched cards: refusals in plain words, sending, giving again (PAY-2, PAY-10)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from palkkio.adapters.tax_cards.settings import Service
from palkkio.audit.models import Event
from palkkio.core.clock import Clock
from palkkio.reporting.models import Delivery, Report
from palkkio.web.desk.counts import counts
from tests.apps.payroll.scene import NOW
from tests.apps.reporting.register_scene import Payday, payday
from tests.web_desk.scene import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def paid() -> Payday:
    return payday()


@pytest.fixture
def clerk(paid: Payday) -> Client:
    return signed_in(paid.house.proposer)


def refuse(paid: Payday) -> Report:
    """One report that the register has refused, in a delivery that it has answered for."""
    report = Report.objects.get(person=paid.of_minor)
    report.state, report.errors = "refused", [["EARNER_UNKNOWN", "Nobody"], ["X-17", "Kymmenes merkki on väärin"]]
    report.save()
    Delivery.objects.filter(pk=report.delivery_id).update(sent_at=NOW, answered_at=NOW)
    return report


def text_of(client: Client, name: str, *args: object, **query: object) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_refused_reports_stand_on_the_page_of_reports_with_the_rule_in_plain_words(paid: Payday, clerk: Client) -> None:
    report = refuse(paid)
    page = text_of(clerk, "desk:reports")
    assert "The register knows nobody by this identity code" in page
    assert "Kymmenes merkki on väärin" in page  # a code that nobody knows: the register's own words
    assert reverse("desk:delivery", args=[report.delivery_id]) in page
    delivery = text_of(clerk, "desk:delivery", report.delivery_id)
    assert paid.minor.name in delivery
    assert reverse("desk:report-again", args=[report.delivery_id]) in delivery


def test_a_clerk_reports_again_and_only_the_refused_one_goes(paid: Payday, clerk: Client) -> None:
    report = refuse(paid)
    answer = clerk.post(reverse("desk:report-again", args=[report.delivery_id]))
    assert answer.status_code == 302
    newest = Report.objects.filter(person=paid.of_minor).latest("pk")
    assert (newest.action, newest.replaces_id, newest.delivery.report_count) == ("new", report.pk, 1)
    assert "The register knows nobody" not in text_of(clerk, "desk:reports")


def test_households_of_a_run_stand_on_one_row_that_leads_to_their_deliveries(paid: Payday, clerk: Client) -> None:
    """There may be thousands of them."""
    page = text_of(clerk, "desk:run", paid.run.pk)
    assert "Reports of 2 households" in page
    assert page.count("Reports to the incomes register") == 1
    listed = text_of(clerk, "desk:reports", run=paid.run.pk)
    assert paid.minor.name in listed
    assert paid.grown_up.name in listed


def test_a_delivery_goes_by_hand_without_a_connection_and_its_file_opens(paid: Payday, clerk: Client) -> None:
    delivery = paid.of(paid.minor)
    page = text_of(clerk, "desk:delivery", delivery.pk)
    assert reverse("desk:send-delivery", args=[delivery.pk]) not in page
    assert reverse("desk:mark-delivered", args=[delivery.pk]) in page
    file = clerk.get(reverse("desk:delivery-file", args=[delivery.pk]))
    assert b"SubstitutePayer" in b"".join(file)
    assert clerk.post(reverse("desk:send-delivery", args=[delivery.pk]), follow=True).status_code == 200
    delivery.refresh_from_db()
    assert delivery.sent_at is None


def test_the_menu_counts_deliveries_whose_last_day_is_over(paid: Payday, settings: Any) -> None:
    """PAY-10: five days after the payday the register has them, or it stands beside "Reports"."""
    clerk = paid.house.proposer
    last = max(each.due_on for each in paid.deliveries)
    settings.PALKKIO_CLOCK = Clock(last)
    assert counts(clerk)["findings"] == 0
    settings.PALKKIO_CLOCK = Clock(last + timedelta(days=1))
    assert counts(clerk)["findings"] == len(paid.deliveries) == 3
    Delivery.objects.filter(pk=paid.of(None).pk).update(sent_at=NOW, answered_at=NOW)
    assert counts(clerk)["findings"] == 2


def test_taking_back_asks_once_with_a_reason(paid: Payday, clerk: Client) -> None:
    report = Report.objects.get(person=paid.carer.person_id)
    clerk.post(reverse("desk:mark-delivered", args=[report.delivery_id]))
    url = reverse("desk:take-back-report", args=[report.pk])
    assert clerk.get(url).status_code == 200
    assert Event.objects.get(action="open_report").subject_person_id == paid.carer.person_id
    assert clerk.post(url, {"reason": ""}).status_code == 422
    assert clerk.post(url, {"reason": "Väärä henkilö"}).status_code == 302
    assert Report.objects.get(replaces=report).action == "invalidation"


def test_cards_are_asked_for_on_their_page(paid: Payday, clerk: Client, settings: object) -> None:
    assert reverse("desk:ask-for-tax-cards") not in text_of(clerk, "desk:tax-cards")
    settings.PALKKIO_TAX_CARDS = Service("http://localhost:1", is_sandbox=True)  # type: ignore[attr-defined]
    assert "10 days before the payday" in text_of(clerk, "desk:tax-cards")
    assert clerk.post(reverse("desk:ask-for-tax-cards")).status_code == 302
