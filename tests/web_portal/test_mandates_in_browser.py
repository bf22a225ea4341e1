"""Household employer by link, mandates, role switch, account number in a browser (ACC-6 to ACC-10, ACC-14)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail
from django.urls import reverse

from palkkio.accounts.session import STRONG_AT
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.people import queries as people
from palkkio.people.households.queries import gate
from tests import banks, factories
from tests.architecture.test_every_address import client_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.journey, pytest.mark.long, pytest.mark.django_db(transaction=True)]
PASSWORD = "Aurinko-2026"
OpenPage = Callable[..., "Page"]


@pytest.fixture
def bank(settings: Any, open_page: OpenPage) -> Any:
    with banks.opened() as opened:
        settings.PALKKIO_IDENTITY_PROVIDERS = opened.providers()
        open_page.__self__.known.append(opened.sandbox.issuer)  # type: ignore[attr-defined]
        yield opened


def enter(page: Page, viewer: Viewer, url: str) -> None:
    """In the viewer's session, signed in but not strongly authenticated just now."""
    client = client_of(viewer)
    session = client.session
    session.pop(STRONG_AT, None)
    session.save()
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "domain": "localhost", "path": "/"}])
    page.goto(url)


def identify(page: Page, code: str) -> None:
    """From the list of banks, there and back."""
    page.get_by_role("link", name="Testipankki").click()
    page.get_by_label("Henkilötunnus (testi)").fill(code)
    page.get_by_role("button", name="Tunnistaudu").click()


def link_in(message: Any) -> str:
    """The path of the link in an e-mail."""
    found = re.search(r"https?://[^/\s]+(/invitation/[^\s]+)", str(message.body))
    assert found is not None
    return found[1]


def register(page: Page, email: str, code: str) -> None:
    """From the page of an invitation to the taken invitation."""
    page.get_by_role("link", name="Luo ilmainen tili").click()
    page.get_by_label("Sähköposti").fill(email)
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name="Jatka").click()
    page.get_by_role("link", name="Kyllä, linkitä sähköpostini eID:hen").click()
    identify(page, code)
    page.wait_for_url("**/register/code/")
    page.locator("#id_code").fill(re.findall(r"\d{6}", str(mail.outbox[-1].body))[0])
    page.get_by_role("button", name="Linkitä tili").click()
    page.get_by_role("link", name="Jatka").click()


def test_a_household_employer_registers_by_the_link_and_opens_the_gate(
    transactional_db: None, open_page: OpenPage, axe: Callable[[Page], list[str]], bank: Any
) -> None:
    """ACC-8, ACC-10: customer, link, registration, power of attorney, insurances, check, told."""
    place = factories.county()
    employer = factories.person(place, "Irja", "Työnantaja", email="irja@testi.example")
    handler, colleague = factories.handler(place), factories.handler(place, "Kollega", "Kalle")

    desk = open_page(width=1280, height=800)
    enter(desk, handler, reverse("desk:person", args=[employer.pk]))
    reasons = desk.locator('input[name="why"]')  # a person without a contract is opened with a reason
    if reasons.count():
        reasons.first.check(force=True)
        desk.locator("main form button").first.click()
    desk.get_by_role("link", name="Perusta kotitalous").click()
    desk.get_by_role("button", name="Perusta asiakkuus").click()
    desk.get_by_text("Kotitalous on nyt asiakas").wait_for()
    assert axe(desk) == []
    household = desk.url
    desk.get_by_role("link", name="Lähetä rekisteröitymislinkki").click()
    desk.get_by_label("Sähköposti").fill("irja@testi.example")
    desk.get_by_role("button", name="Lähetä linkki").click()
    desk.get_by_text("Linkki on lähetetty").wait_for()
    link = link_in(mail.outbox[-1])

    phone = open_page(width=360, height=740, touch=True)
    phone.goto(link)
    phone.get_by_role("heading", name="Sinulla on kutsu").wait_for()
    assert axe(phone) == []
    assert "Irja" not in phone.content()  # before sign-in nobody is named
    register(phone, "irja@testi.example", employer.identity_code)
    phone.get_by_role("button", name="Jatka").click()
    phone.goto(reverse("portal:home"))
    if phone.get_by_role("button", name="Oikein").count():
        phone.get_by_role("button", name="Oikein").click()
    phone.goto(reverse("portal:household"))
    phone.get_by_text("Nämä puuttuvat vielä").wait_for()
    assert axe(phone) == []
    phone.get_by_role("link", name="Anna valtakirja").click()
    phone.get_by_role("button", name="Anna valtakirja").click()
    phone.get_by_text("Valtakirja on annettu").wait_for()
    for name, number in (("Työeläkevakuutus", "12-34"), ("Työtapaturmavakuutus", "99 88")):
        phone.get_by_role("link", name=re.compile(f"Täytä.*{name}")).click()
        phone.get_by_label("Vakuutusyhtiö").fill("Esimerkki")
        phone.get_by_role("button", name="Tallenna").click()
        phone.get_by_text("Anna vakuutuksen numero").first.wait_for()  # what was typed stays
        assert phone.get_by_label("Vakuutusyhtiö").input_value() == "Esimerkki"
        phone.get_by_label("Vakuutuksen numero").fill(number)
        phone.get_by_label("Vakuutuksen ensimmäinen päivä").fill("8.6.2026")
        phone.get_by_role("button", name="Tallenna").click()
        phone.get_by_text("Vakuutus on tallennettu").wait_for()
    again = open_page(width=360, height=740)
    again.goto(link)
    again.get_by_text("Linkki on jo käytetty").wait_for()

    other = open_page(width=1280, height=800)
    enter(other, colleague, household)
    for _each in range(2):
        other.get_by_role("button", name="Tarkistettu vakuutusyhtiöstä").first.click()
        other.get_by_text("Vakuutus on tarkistettu").wait_for()
    other.get_by_text("Kaikki on nyt kunnossa").wait_for()
    assert gate(employer.pk).is_open(factories.TODAY)
    phone.goto(reverse("portal:household"))
    phone.get_by_text("valtakirja ja vakuutukset ovat kunnossa").wait_for()


@pytest.mark.parametrize(
    ("scope", "sees", "writes", "enters"),
    [
        ("Rajaton", True, True, True),
        ("Valtuutus ajanvaraukseen", False, True, False),
        ("Valtuutus vain", True, False, False),
    ],
)
def test_a_mandate_is_given_online_taken_used_and_ended(
    transactional_db: None,
    open_page: OpenPage,
    axe: Callable[[Page], list[str]],
    bank: Any,
    scope: str,
    sees: bool,
    writes: bool,
    enters: bool,
) -> None:
    """ACC-6, ACC-14: in each of the three scopes."""
    from tests.apps.entries.scene import scene

    may = scene()
    principal = people.contact_person(may.carer.person_id)
    agent = factories.person(may.place, "Asko", "Edustaja")
    own = factories.viewer(agent, RoleKind.CONTRACTOR)

    giver = open_page(width=360, height=740, touch=True)
    enter(giver, may.carer, reverse("portal:mandates"))
    giver.get_by_role("link", name="Anna valtuutus").click()
    identify(giver, principal.identity_code)
    giver.get_by_label("Puolestasi asioivan henkilön sähköposti").fill("asko@testi.example")
    giver.locator("label", has_text=scope).first.click()
    assert axe(giver) == []
    giver.get_by_role("button", name="Lähetä kutsu").click()
    giver.get_by_text("Kutsu on lähetetty").wait_for()

    taker = open_page(width=1280, height=800)
    enter(taker, own, link_in(mail.outbox[-1]))
    identify(taker, agent.identity_code)
    taker.get_by_text(principal.name).first.wait_for()
    assert axe(taker) == []
    taker.get_by_label("Etunimesi").fill("Asko")
    taker.get_by_label("Sukunimesi").fill("Edustaja")
    taker.get_by_label("Henkilötunnuksesi").fill(principal.identity_code)
    taker.get_by_role("button", name="Ota valtuutus vastaan").click()
    taker.get_by_text("Anna henkilötunnus, jolla tunnistauduit").first.wait_for()
    taker.get_by_label("Henkilötunnuksesi").fill(agent.identity_code)
    taker.get_by_role("button", name="Ota valtuutus vastaan").click()
    taker.get_by_text("Sinulla on nyt valtuutus").wait_for()
    assert axe(taker) == []
    taker.get_by_role("button", name=principal.name).click()
    taker.get_by_text(f"Asioit puolesta: {principal.name}").wait_for()

    sheet = reverse("portal:period", args=[may.sheet.pk])
    answer = taker.goto(sheet)
    assert answer is not None
    assert (answer.status == 200) is sees
    if sees:
        assert axe(taker) == []
        assert bool(taker.locator(".day__box:not([disabled])").count()) is enters
        for place in (sheet, reverse("portal:contract", args=[may.sheet.contract_id])):
            taker.goto(place)
            taker.locator("#comments").wait_for()
            assert bool(taker.locator("#comments textarea").count()) is writes
    taker.goto(reverse("portal:comments"))
    assert bool(taker.locator("#comments textarea").count()) is writes
    taker.goto(reverse("portal:change-account-number"))
    assert taker.locator("#id_iban").count() == 0

    # back to the own role without signing in, then the principal ends it
    taker.goto(reverse("portal:choose-role"))
    taker.get_by_role("button", name="Toimeksiantosuhteinen").click()
    assert taker.locator(".acting").count() == 0
    taker.goto(reverse("portal:choose-role"))
    taker.get_by_role("button", name=principal.name).click()
    giver.goto(reverse("portal:mandates"))
    giver.get_by_role("button", name=re.compile("Lopeta valtuutus")).click()
    giver.get_by_text("Valtuutus on päättynyt").wait_for()
    taker.goto(reverse("portal:home"))
    assert taker.locator(".acting").count() == 0


def test_the_owner_changes_the_account_number_after_strong_authentication(
    transactional_db: None, open_page: OpenPage, axe: Callable[[Page], list[str]], bank: Any
) -> None:
    """ACC-7: a wrong number stays typed; every address known before is warned."""
    place = factories.county()
    carer = factories.carer(place, email="hilla@testi.example")
    person, number = people.contact_person(carer.person_id), factories.iban()
    page = open_page(width=360, height=740, touch=True)
    enter(page, carer, reverse("portal:my-details"))
    page.get_by_role("link", name="Vaihda tilinumero").click()
    identify(page, person.identity_code)
    page.get_by_label("Uusi tilinumero").fill("FI00 1234")
    page.get_by_role("button", name="Tallenna tilinumero").click()
    page.get_by_text("Anna tilinumero").first.wait_for()
    assert page.get_by_label("Uusi tilinumero").input_value() == "FI00 1234"
    assert axe(page) == []
    page.get_by_label("Uusi tilinumero").fill(number)
    page.get_by_role("button", name="Tallenna tilinumero").click()
    page.get_by_text("Tilinumero on tallennettu").wait_for()
    assert people.accounts_on([carer.person_id], factories.TODAY) == {carer.person_id: number}
    assert number not in page.content()
