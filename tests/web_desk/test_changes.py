"""Reported changes at the desk, events, terms of every kind, the effect of a rate (CARE-14, CON-5, CON-6, BEY-11)."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from palkkio.contracts.models import Contract
from palkkio.core.payslip import ContractKind
from palkkio.entries import actions
from palkkio.entries.models import CareEvent, ChangeReport
from palkkio.rates.actions import propose_rate
from tests import factories
from tests.factories import NOW
from tests.web_desk.scene import signed_in

pytestmark = pytest.mark.django_db


def desk(make=factories.handler):
    place = factories.county()
    carer = factories.carer(place)
    contract = factories.informal_care(place, carer.person_id)
    viewer = make(place)
    return place, carer, contract, viewer, signed_in(viewer)


def report(contract: Contract, carer, **more: object) -> ChangeReport:
    told = {"kind": "own_illness", "first": "1.5.2026", "last": "12.5.2026", **more}
    return actions.report_change(contract.pk, by=carer, at=NOW, values=told)


def test_the_effect_is_shown_before_the_change_is_accepted_as_corrected() -> None:
    _place, carer, contract, _viewer, client = desk()
    sent = report(contract, carer)
    assert contract.carer.family_name in client.get(reverse("desk:changes")).content.decode()
    address = reverse("desk:change", args=[sent.pk])
    page = client.get(address).content.decode()
    assert "444,52" in page  # 530.00 less 5 of 31 days
    page = client.post(address, {"do": "preview", "first": "1.5.2026", "last": "10.5.2026"}).content.decode()
    assert "478,71" in page  # 3 of 31 days
    assert not CareEvent.objects.exists()
    answer = client.post(address, {"do": "accept", "first": "1.5.2026", "last": "10.5.2026", "note": ""})
    assert answer.headers["Location"] == reverse("desk:changes")
    assert CareEvent.objects.get().valid.last == date(2026, 5, 10)
    assert client.get(address).status_code == 200
    assert client.get(reverse("desk:changes") + "?view=handled").status_code == 200


def test_a_report_is_returned_only_with_a_reason() -> None:
    _place, carer, contract, _viewer, client = desk()
    sent = report(contract, carer)
    address = reverse("desk:change", args=[sent.pk])
    assert client.post(address, {"do": "return", "reason": ""}).status_code == 422
    assert client.post(address, {"do": "return", "reason": "Until which day?"}).status_code == 302
    sent.refresh_from_db()
    assert (sent.state, sent.reason) == ("returned", "Until which day?")


def test_who_keyed_a_report_in_does_not_accept_it() -> None:
    _place, _carer, contract, _viewer, client = desk()
    address = reverse("desk:key-in-change", args=[contract.pk, "hospital"])
    assert client.get(address).status_code == 200
    assert client.post(address, {"channel": "paper", "first": "1.5.2026"}).status_code == 422  # the scan is missing
    assert client.post(address, {"channel": "staff", "first": "1.5.2026"}).status_code == 302
    page = client.get(reverse("desk:change", args=[ChangeReport.objects.get().pk])).content.decode()
    assert 'value="accept"' not in page


def test_a_notice_tells_the_last_day_and_its_law() -> None:
    _place, _carer, contract, _viewer, client = desk()
    address = reverse("desk:record-event", args=[contract.pk, "notice"])
    assert client.post(address, {"first": "15.5.2026"}).status_code == 422
    typed = {"first": "15.5.2026", "given_by": "county"}
    shown = client.post(address, typed)  # first it is computed and explained, and nothing ends
    assert (shown.status_code, shown.context["last_day"]) == (200, "2026-07-15")
    assert "15.7.2026 (937/2005 9 §)" in shown.content.decode()
    contract.refresh_from_db()
    assert contract.valid.last is None
    page = client.post(address, {**typed, "last_day": "2026-07-15"}, follow=True).content.decode()
    assert "15.7.2026" in page
    assert "937/2005 9 §" in page
    contract.refresh_from_db()
    assert contract.valid.last == date(2026, 7, 15)


@pytest.mark.parametrize(
    ("kind", "on", "last", "law"),
    [
        ("recipient_moves_out", "5.5.2026", date(2026, 5, 31), "937/2005 9 §"),  # L17: the end of that month
        ("terminated", "5.5.2026", date(2026, 5, 5), "937/2005 9 §"),  # L16: at once
    ],
)
def test_each_other_end_is_computed_and_explained_before_it_is_recorded(
    kind: str, on: str, last: date, law: str
) -> None:
    """CON-6."""
    _place, _carer, contract, _viewer, client = desk()
    address = reverse("desk:record-event", args=[contract.pk, kind])
    shown = client.post(address, {"first": on})
    assert shown.context["last_day"] == last.isoformat()
    assert law in shown.context["foreseen"]
    assert client.post(address, {"first": on, "last_day": last.isoformat()}).status_code == 302
    contract.refresh_from_db()
    assert contract.valid.last == last


def test_an_event_is_withdrawn_with_a_reason_and_stays_on_the_contract() -> None:
    _place, _carer, contract, _viewer, client = desk()
    client.post(reverse("desk:record-event", args=[contract.pk, "carer_ill"]), {"first": "1.5.2026", "last": ""})
    event = CareEvent.objects.get()
    address = reverse("desk:withdraw-event", args=[event.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": ""}).status_code == 422
    page = client.post(address, {"reason": "Wrong carer"}, follow=True).content.decode()
    assert "Wrong carer" in page


def test_the_terms_form_asks_what_the_kind_of_contract_has() -> None:
    """CON-5."""
    place, _carer, contract, _viewer, client = desk()
    page = client.get(reverse("desk:add-contract") + "?kind=informal_care").content.decode()
    assert 'name="interval_care_days"' in page
    assert 'name="pay_group"' not in page
    address = reverse("desk:change-terms", args=[contract.pk])
    values = {"first": "1.7.2026", "fee_class": "II", "interval_care_days": "2,5", "source": "Decision 1.6.2026 § 4"}
    assert client.post(address, values).status_code == 302
    page = client.get(reverse("desk:contract", args=[contract.pk])).content.decode()
    assert "2,5" in page
    assert "Decision 1.6.2026 § 4" in page
    factories.pays(place, ContractKind.PERSONAL_ASSISTANCE)
    assistant = factories.person(place, "Aino", "Avustaja")
    employer = factories.person(place, "Timo", "Työnantaja")
    typed = {
        "kind": "personal_assistance",
        "carer_id": assistant.pk,
        "recipient_id": employer.pk,
        "employer_id": employer.pk,
        "first": "1.6.2026",
        "pay_group": "A",
        "area": "rest",
        "agreement": "by_date",
        "leave_rule": "days14",
        "working_time": "normal",
        "weekly_hours": "20",
        "unit_id": place.unit.pk,
        "municipality_id": place.municipality.pk,
    }
    assert client.post(reverse("desk:add-contract"), typed).status_code == 302
    made = Contract.objects.get(kind="personal_assistance")
    assert made.employer_id == employer.pk
    assert "Työnantaja" in client.get(reverse("desk:contract", args=[made.pk])).content.decode()


def test_the_effect_of_a_rate_names_who_gains_and_who_loses() -> None:
    """BEY-11."""
    place, _carer, contract, viewer, client = desk(factories.clerk)
    lower = factories.informal_care(place, factories.carer(place, "Toinen").person_id, rates={"lower_fee": "300"})
    rate = propose_rate(
        by=viewer,
        at=NOW,
        contract_kind="informal_care",
        code="class_I",
        first="1.7.2026",
        amount="560",
        source="Board 4.6.2026",
    )
    page = client.get(reverse("desk:rate-effect", args=[rate.pk])).content.decode()
    assert contract.number in page
    assert "+30,00" in page
    assert lower.number not in page
    rate.refresh_from_db()
    assert rate.approved_at is None
