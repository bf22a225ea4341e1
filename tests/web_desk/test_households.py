"""Household employers on the desk, and the days within which a changed account number waits (ACC-7 to ACC-10)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from palkkio.documents.models import Document
from palkkio.people.bank_accounts import usable_from
from palkkio.people.households.models import Insurance
from tests import factories

pytestmark = pytest.mark.django_db


def browser(viewer: Any) -> Client:
    client = Client()
    factories.sign_in(client, viewer)
    return client


def test_the_list_tells_who_lacks_what_and_is_searched_by_name() -> None:
    """ACC-10: power of attorney, both insurances and the day on which work may begin."""
    place, city = factories.county(), factories.city()
    ready = factories.open_gate(place, factories.person(place, "Irja", "Valmis"), date(2026, 5, 4))
    waits = factories.open_gate(place, factories.person(place, "Kalle", "Kesken"))
    Insurance.objects.filter(household=waits, kind="accident").update(confirmed_at=None, confirmed_by=None)
    factories.open_gate(city, factories.person(city, "Vieras", "Kotitalous"))
    client = browser(factories.handler(place))

    page = client.get("/desk/households/").content.decode()
    assert f"/desk/households/{ready.pk}/" in page
    assert f"/desk/households/{waits.pk}/" in page
    assert "4.5.2026" in page
    assert "tarkistettava" in page
    assert "Vieras" not in page
    for state, (shown, left_out) in {"open": ("Valmis", "Kesken"), "closed": ("Kesken", "Valmis")}.items():
        page = client.get("/desk/households/", {"state": state}).content.decode()
        assert (shown in page, left_out in page) == (True, False)
    answer = client.post("/desk/search/households/", {"q": "kesk", "state": ""}, follow=True)
    assert answer.redirect_chain[-1][0] == "/desk/households/"  # words stay out of the address
    assert "Kesken" in answer.content.decode()
    assert "Valmis" not in answer.content.decode()


def test_the_administrator_sets_how_near_a_payday_a_changed_account_number_waits() -> None:
    """ACC-7: the payday of May's care is 30 June."""
    place = factories.county()
    client, address = browser(factories.administrator(place)), "/desk/settings/account-numbers/"
    assert client.get(address).status_code == 200
    for wrong in ("21", "-1", "soon", ""):
        assert client.post(address, {"account_change_days": wrong}).status_code == 422
    assert usable_from(place.id, date(2026, 6, 24)) == date(2026, 6, 24)
    assert client.post(address, {"account_change_days": "6"})["Location"] == "/desk/settings/"
    assert usable_from(place.id, date(2026, 6, 24)) == date(2026, 7, 1)
    assert "6 päivää ennen maksupäivää" in client.get("/desk/settings/").content.decode()


def test_a_mandate_that_is_refused_leaves_no_paper_behind() -> None:
    """ACC-14: the scan is kept together with what it is a scan of."""
    place = factories.county()
    principal, agent = factories.person(place, "Maija", "Mallikas"), factories.person(place, "Aino", "Edustaja")
    client, address = browser(factories.handler(place)), f"/desk/people/{principal.pk}/acting/record/"
    wrong = {"first": "8.6.2026", "last": "1.6.2026"}
    for typed, status, papers in ((wrong, 422, 0), ({"first": "8.6.2026"}, 302, 1)):
        values = {"agent": agent.identity_code, "scope": "unlimited", **typed}
        answer = client.post(address, {**values, "file": SimpleUploadedFile("valtakirja.pdf", b"%PDF-1.4 valtakirja")})
        assert (answer.status_code, Document.objects.count()) == (status, papers)
