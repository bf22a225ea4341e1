"""A new household employer: link, registration, insurances, both told, the gate opens. In Finnish (ACC-8, ACC-10)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail

from palkkio.core.payslip import ContractKind
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.messages.actions import email_notices
from tests import banks, factories
from tests.journeys import steps
from tests.journeys.household import half_month, on_phone, press, shown
from tests.journeys.test_a_half_month import add_shift
from tests.journeys.test_a_month import SIZES, email_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.journey, pytest.mark.long, pytest.mark.django_db(transaction=True)]
EMAIL = "irja@testi.example"
MAKER = "kaisa@testi.example"
PASSWORD = "Aurinko-2026"


def staff(open_page: Callable[..., Page], viewer: Viewer) -> Page:
    factories.app(viewer)
    page = open_page(**SIZES["desktop"])
    steps.sign_in(page, email_of(viewer.account_id))
    return page


def test_a_new_employer_registers_by_the_link_and_the_assistant_may_enter_a_shift(
    transactional_db: None, open_page: Callable[..., Page], settings: Any
) -> None:
    from palkkio.entries.actions import ensure_sheets

    place = factories.county()
    factories.pays(place, ContractKind.PERSONAL_ASSISTANCE, values=factories.HALVES)
    irja = factories.person(place, "Irja", "Työnantaja", email=EMAIL)
    aila = factories.person(place, "Aila", "Avustaja")
    factories.viewer(aila, RoleKind.ASSISTANT)
    factories.assistance(place, aila, employer=irja, first=factories.TODAY)
    ensure_sheets(place.id, today=factories.TODAY)

    # Given a household that a member of staff makes a customer, and to whom the link goes
    maker = factories.handler(place, "Kokoaja", "Kaisa", email=MAKER)
    desk = staff(open_page, maker)
    desk.goto(f"/desk/people/{irja.pk}/household/add/")
    press(desk, "Make the customer")
    steps.follow(desk, desk.get_by_role("link", name=steps.words("Send the link to register")))
    customer = desk.url.replace("invite/", "")
    desk.locator("[name=email]").fill(EMAIL)
    press(desk, "Send the link")
    desk.wait_for_url(customer)
    link = re.search(r"/invitation/[\w-]+/", str(mail.outbox[-1].body))
    assert link is not None

    # and an assistant, whose first shift is refused before all is in order, without a word of what is missing
    assistant = on_phone(open_page, aila.pk)
    hers = half_month(assistant, "1.–15.6.2026")
    add_shift(assistant, hers, "2026-06-08", "10", "14")
    assistant.locator(".error-summary, [role=alert]").first.wait_for()
    assert "8.6.2026" in shown(assistant)
    assert "vakuutu" not in shown(assistant).lower()

    # when the employer opens the link, chooses a password, shows by the bank who it is, and takes the role
    with banks.opened() as bank:
        settings.PALKKIO_IDENTITY_PROVIDERS = bank.providers()
        open_page.__self__.known.append(bank.sandbox.issuer)  # type: ignore[attr-defined]
        employer = open_page(**SIZES["desktop"])
        employer.goto(link[0])
        employer.get_by_role("link", name=steps.words("Create a free account")).click()
        employer.get_by_label("Sähköposti").fill(EMAIL)
        employer.locator("#id_password").fill(PASSWORD)
        employer.get_by_role("button", name="Jatka").click()
        employer.get_by_role("link", name="Kyllä, linkitä sähköpostini eID:hen").click()
        employer.get_by_role("link", name="Testipankki").click()
        employer.get_by_label("Henkilötunnus (testi)").fill(irja.identity_code)
        employer.get_by_role("button", name="Tunnistaudu").click()
        employer.wait_for_url("**/register/code/")
        employer.locator("#id_code").fill(re.findall(r"\d{6}", str(mail.outbox[-1].body))[0])
        employer.get_by_role("button", name="Linkitä tili").click()
        employer.get_by_role("link", name="Jatka").click()
        employer.wait_for_url("**/invitation/accept/")
        press(employer, "Continue")
        if "/me/check" in employer.url:
            employer.get_by_role("button", name="Oikein").click()
        employer.goto("/household/")

        # and gives the power of attorney
        employer.get_by_role("link", name=steps.words("Give the power of attorney")).click()
        press(employer, "Give the power of attorney")
        employer.locator("#attorney-title").wait_for()
    assert steps.words("Not yet") in shown(employer)

    # and one member of staff records the insurances, and another checks them with the insurer
    for kind in ("accident", "pension"):
        desk.goto(f"{customer}insurance/{kind}/")
        desk.locator("[name=insurer]").fill("Esimerkkivakuutus")
        desk.locator("[name=policy_number]").fill("12345678")
        desk.locator("[name=first]").fill("8.6.2026")
        press(desk, "Save")
        desk.wait_for_url(customer)
    told_before = len(mail.outbox)
    colleague = staff(open_page, factories.clerk(place))
    for _insurance in range(2):
        colleague.goto(customer)
        press(colleague, "Checked with the insurer")
        colleague.locator("[role=status], .notice").first.wait_for()
    colleague.goto(customer)
    assert steps.words("In order") in shown(colleague)

    # then both are told by e-mail, the employer's page says yes, and the shift goes in
    email_notices(place.id, at=factories.NOW)  # the worker's job
    assert {address for each in mail.outbox[told_before:] for address in each.to} == {EMAIL, MAKER}
    employer.goto("/household/")
    assert employer.locator("section .chip", has_text=steps.words("Yes")).count() == 1
    add_shift(assistant, hers, "2026-06-08", "10", "14")
    assistant.locator("#days").get_by_text("10.00–14.00").first.wait_for()
