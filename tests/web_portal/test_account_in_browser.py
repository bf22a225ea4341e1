"""A new carer's way from the first page to home, a passkey and a device signed out from afar, in a browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail
from django.utils import timezone

from palkkio.accounts.models import MailedCode
from palkkio.core.viewer import RoleKind
from tests import banks, factories

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.journey, pytest.mark.long, pytest.mark.django_db(transaction=True)]
EMAIL = "uuno@testi.example"
PASSWORD = "Aurinko-2026"


def with_authenticator(page: Page) -> None:
    """A device that makes passkeys, and whose owner is there."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_new_carer_registers_adds_a_passkey_and_signs_a_device_out(
    transactional_db: None, open_page: Callable[..., Page], axe: Callable[[Page], list[str]], settings: Any
) -> None:
    """ACC-1 to ACC-7, ACC-12, ACC-13."""
    person = factories.person(factories.county(), "Uuno", "Uusi")
    factories.role(person, RoleKind.CARER)
    with banks.opened() as bank:
        settings.PALKKIO_IDENTITY_PROVIDERS = bank.providers()
        open_page.__self__.known.append(bank.sandbox.issuer)  # type: ignore[attr-defined]
        page = open_page(width=360, height=740, touch=True)

        # E-mail and password: each requirement is met as it is typed (ACC-3)
        page.goto("/sign-in/")
        page.get_by_role("link", name="Luo ilmainen tili").click()
        page.get_by_label("Sähköposti").fill(EMAIL)
        met, typed = page.locator(".checklist li[data-met]"), page.locator("#id_password")
        assert met.count() == 0
        typed.press_sequentially(PASSWORD[:7])
        assert met.count() == 2  # an upper case letter, a lower case one
        typed.press_sequentially(PASSWORD[7:])
        assert met.count() == page.locator(".checklist li").count() == 5
        page.get_by_text("Salasana täyttää kaikki ehdot").wait_for()  # said aloud too
        assert axe(page) == []
        page.get_by_role("button", name="Jatka").click()

        # the bank (ACC-4)
        page.get_by_role("link", name="Kyllä, linkitä sähköpostini eID:hen").click()
        assert axe(page) == []
        page.get_by_role("link", name="Testipankki").click()
        page.get_by_label("Henkilötunnus (testi)").fill(person.identity_code)
        page.get_by_role("button", name="Tunnistaudu").click()

        # the code (ACC-5): a reload loses nothing
        page.wait_for_url("**/register/code/")
        page.reload()
        assert EMAIL in page.locator("main").inner_text()
        code = re.findall(r"\d{6}", str(mail.outbox[-1].body))[0]
        assert len(mail.outbox) == 1
        page.locator("#id_code").fill(code)
        page.get_by_role("button", name="Linkitä tili").click()
        page.get_by_role("heading", name="Vahva tunnistautuminen on liitetty tiliisi").wait_for()
        page.get_by_role("link", name="Jatka").click()
        page.get_by_role("button", name="Oikein").click()
        page.wait_for_url(lambda address: address.endswith("/"))

        # a passkey, without any password next time (ACC-13)
        with_authenticator(page)
        page.goto("/me/security/")
        page.get_by_role("link", name="Lisää pääsyavain").click()
        page.get_by_role("button", name="Lisää pääsyavain").click()
        page.get_by_role("heading", name="Varakoodit").wait_for()
        page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
        page.goto("/sign-in/")
        page.get_by_role("button", name="Kirjaudu pääsyavaimella").click()
        page.wait_for_url(lambda address: "/sign-in" not in address)

        # another device by eID, signed out from here (ACC-7)
        other = open_page(width=1280, height=800)
        other.goto("/eid/")
        other.get_by_role("link", name="Mallipankki").click()
        other.get_by_label("Henkilötunnus (testi)").fill(person.identity_code)
        other.get_by_role("button", name="Tunnistaudu").click()
        other.wait_for_url(
            lambda address: "localhost" in address and "/eid/" not in address and "authorize" not in address
        )
        assert mail.outbox[-1].subject == "Palkkioon kirjauduttiin uudella laitteella"
        page.goto("/me/security/")
        assert axe(page) == []
        page.get_by_role("button", name="Kirjaa laite ulos").first.click()
        page.get_by_text("Laite on kirjattu ulos").wait_for()
        other.goto("/me/")
        assert "/sign-in/" in other.url


def test_an_uninvited_person_is_told_so_once_wrong_and_expired_codes_are_behind(
    transactional_db: None, open_page: Callable[..., Page], axe: Callable[[Page], list[str]], settings: Any
) -> None:
    """ACC-2, ACC-5: the code's page stays with the error beside the field; without a role one is told whom to ask."""
    code_of_nobody, _ = factories.identity_code()
    with banks.opened() as bank:
        settings.PALKKIO_IDENTITY_PROVIDERS = bank.providers()
        open_page.__self__.known.append(bank.sandbox.issuer)  # type: ignore[attr-defined]
        page = open_page(width=360, height=740, touch=True)
        page.goto("/register/")
        page.get_by_label("Sähköposti").fill(EMAIL)
        page.locator("#id_password").fill(PASSWORD)
        page.get_by_role("button", name="Jatka").click()
        page.get_by_role("link", name="Kyllä, linkitä sähköpostini eID:hen").click()
        page.get_by_role("link", name="Testipankki").click()
        page.get_by_label("Henkilötunnus (testi)").fill(code_of_nobody)
        page.get_by_role("button", name="Tunnistaudu").click()
        page.wait_for_url("**/register/code/")

        def typed(code: str) -> None:
            page.locator("#id_code").fill(code)
            page.get_by_role("button", name="Linkitä tili").click()

        def mailed() -> str:
            return re.findall(r"\d{6}", str(mail.outbox[-1].body))[0]

        refused = page.get_by_text("Koodi ei täsmää tai se ei ole enää voimassa").first
        typed("000000" if mailed() != "000000" else "111111")
        refused.wait_for()
        assert axe(page) == []
        MailedCode.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        typed(mailed())
        refused.wait_for()
        first = len(mail.outbox)
        page.locator('form[action$="/register/code/again/"] button').click()
        page.wait_for_load_state()
        assert len(mail.outbox) == first + 1
        typed(mailed())
        page.get_by_role("heading", name="Vahva tunnistautuminen on liitetty tiliisi").wait_for()
        page.get_by_role("link", name="Jatka").click()
        page.get_by_text("Sinulla ei ole vielä roolia").first.wait_for()
        assert axe(page) == []
        page.goto("/payslips/")
        assert page.url.endswith("/role/")
