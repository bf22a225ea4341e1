"""Pages of signing: on the home page, opened before it is signed, the county's own signature (CON-1 to CON-3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from palkkio.contracts.signing.models import Version
from palkkio.documents.queries import content
from tests import factories
from tests.apps.contracts.signing_scene import made, to_sign

if TYPE_CHECKING:
    from tests.web_portal.scene import Scene


@pytest.fixture(autouse=True)
def own_keys(tmp_path_factory: pytest.TempPathFactory, settings: Any) -> None:
    settings.VAR = tmp_path_factory.getbasetemp() / "var"


def test_a_contract_is_read_signed_by_both_and_saved(at: Scene) -> None:
    handler = factories.handler(at.place)
    version = made(to_sign(at.place, at.carer), handler)
    assert version.document is not None
    page = f"/signatures/{version.pk}/"

    home = at.client.get("/")
    assert home.context["home"].todos[0].title == f"A contract waits for your signature: {version.contract.number}"
    shown = at.client.get(page).content.decode()
    assert version.document.sha256[:8] in shown
    assert f"{page}sign/" not in shown  # it must be opened first
    assert at.place.unit.phone in shown  # CON-3
    factories.sign_in(at.client, at.carer, strong=True)
    assert at.client.get(f"{page}sign/").headers["Location"] == page

    assert at.client.get(f"{page}contract.pdf").content == content(version.document)
    assert f"{page}sign/" in at.client.get(page).content.decode()
    factories.sign_in(at.client, at.carer)
    session = at.client.session
    session.pop("palkkio_strong_at", None)
    session.save()
    factories.sign_in(at.client, at.carer, strong=True)
    asked = at.client.get(f"{page}sign/")
    assert asked.context["sha256"] == version.document.sha256
    assert at.client.post(f"{page}sign/", {"sha256": "0" * 64}).status_code == 422
    assert at.client.post(f"{page}sign/", {"sha256": version.document.sha256}).headers["Location"] == page

    desk = Client()
    factories.sign_in(desk, handler, strong=True)
    desk_page = f"/desk/signatures/{version.pk}/"
    assert version.contract.number in desk.get("/desk/signatures/").content.decode()
    assert desk.get(desk_page).status_code == 200
    desk.get(f"{desk_page}contract.pdf")
    assert desk.get(f"{desk_page}act/sign/").status_code == 200
    desk.post(f"{desk_page}act/sign/", {"sha256": version.document.sha256})

    done = Version.objects.get(pk=version.pk)
    assert done.closed_as == "signed"
    assert done.sealed is not None
    after = at.client.get(page)
    told = {each.term: each.text for each in after.context["facts"]}
    assert told["Checksum of what was sealed"] == told["Checksum of the document (SHA-256)"]
    assert at.client.get(f"{page}contract.pdf").content == content(done.sealed)
    assert [card["title"] for card in at.client.get("/signatures/").context["in_force"]]


def test_signing_wants_strong_authentication_not_older_than_ten_minutes(at: Scene) -> None:
    """ACC-13."""
    version = made(to_sign(at.place, at.carer), factories.handler(at.place))
    at.client.get(f"/signatures/{version.pk}/contract.pdf")
    asked = at.client.get(f"/signatures/{version.pk}/sign/")
    assert asked.status_code == 302
    assert asked.headers["Location"].startswith("/eid/?for=fresh")


def test_who_does_not_sign_is_asked_why(at: Scene) -> None:
    version = made(to_sign(at.place, at.carer), factories.handler(at.place))
    page = f"/signatures/{version.pk}/decline/"
    assert at.client.post(page, {"reason": ""}).status_code == 422
    at.client.post(page, {"reason": "Palkkioluokka on väärä"})
    assert Version.objects.get(pk=version.pk).closed_as == "declined"


def test_the_desk_makes_the_document_from_the_contracts_page(at: Scene) -> None:
    """CON-4: what the template asks for is asked beside its field, nothing typed is lost."""
    contract = to_sign(at.place, at.carer)
    desk = Client()
    factories.sign_in(desk, factories.handler(at.place))
    address = f"/desk/contracts/{contract.pk}/document/"
    assert address in desk.get(f"/desk/contracts/{contract.pk}/").content.decode()
    typed = {"language": "fi", "days_off_plan": "", "days_to_sign": "14", "decided_on": "5.6.2026"}
    refused = desk.post(address, typed)
    assert refused.status_code == 422
    assert set(refused.context["form"].errors) == {"days_off_plan", "plan", "decision", "applied_on"}
    whole = {**typed, "days_off_plan": "Kolme vapaata", "applied_on": "20.5.2026"}
    made_now = desk.post(address, {**whole, "plan": factories.scan(), "decision": factories.scan("päätös.pdf")})
    assert made_now.status_code == 302, made_now.context["form"].errors
    version = Version.objects.get(contract=contract)
    assert version.expires_on.isoformat() == "2026-06-22"  # type: ignore[union-attr]
    for part in ("plan", "decision"):  # OHT-4: all three go to the carer
        given = at.client.get(f"/signatures/{version.pk}/file/{part}/")
        assert (given.status_code, given.headers["Content-Type"]) == (200, "application/pdf")
    assert at.client.get(f"/signatures/{version.pk}/file/scan/").status_code == 403


def test_an_administrator_writes_the_template_of_a_kind(at: Scene) -> None:
    """CON-4: a template per kind and organisation."""
    desk = Client()
    factories.sign_in(desk, factories.administrator(at.place))
    assert desk.get("/desk/settings/signing/").status_code == 200
    desk.post("/desk/settings/signing/", {"days_to_sign": "10", "remind_after_days": "3"})
    desk.post("/desk/settings/signing/informal-care/", {"clauses_fi": "Hoitaja ilmoittaa muutoksista viikon kuluessa."})
    version = made(to_sign(at.place, at.carer), factories.handler(at.place))
    assert version.expires_on.isoformat() == "2026-06-18"  # type: ignore[union-attr]
    from tests.journeys.steps import text_of

    assert version.document is not None
    assert "muutoksista viikon kuluessa" in text_of(content(version.document))
