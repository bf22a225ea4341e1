"""Contracts in a browser: from the template to both signatures, on paper, ended by notice, changed by the index.

CON-1 to CON-6, PAY-13.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail

from palkkio.accounts.actions import confirm_details
from palkkio.adapters.signing.sealing import check
from palkkio.audit.sealing import seal_events
from palkkio.contracts.indexing import changes
from palkkio.contracts.signing import mass
from palkkio.contracts.signing.models import Version
from palkkio.core.clock import Clock
from palkkio.messages import from_events
from palkkio.messages.actions import email_notices
from tests import banks, factories
from tests.apps.contracts.signing_scene import pdfsig, to_sign
from tests.journeys import steps
from tests.journeys.test_every_page import seated
from tests.journeys.test_guidance import reads

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from palkkio.core.viewer import Viewer

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 740, "touch": True}
Open = Callable[..., "Page"]


@pytest.fixture
def place(transactional_db: None, settings: Any, tmp_path: Path) -> factories.Place:
    settings.VAR = tmp_path
    return factories.county()


def carer_at(place: factories.Place, family_name: str = "Mallikas") -> Viewer:
    carer = factories.carer(place, family_name, email=f"{family_name.lower()}@testi.example")
    confirm_details(carer, at=factories.NOW)
    return reads(carer, "fi")


def press(page: Page, message: str) -> None:
    page.get_by_role("button", name=steps.words(message), exact=True).first.click()


def follow(page: Page, message: str) -> None:
    page.get_by_role("link", name=steps.words(message), exact=True).first.click()


def grow_stale(page: Page) -> None:
    """The strong authentication of this window was long ago."""
    from django.conf import settings
    from django.contrib.sessions.backends.db import SessionStore

    from palkkio.accounts.session import STRONG_AT

    key = next(each["value"] for each in page.context.cookies() if each["name"] == settings.SESSION_COOKIE_NAME)
    session = SessionStore(session_key=key)
    session.pop(STRONG_AT, None)
    session.save()


def identify(page: Page, code: str) -> None:
    """At the bank, and back to the page that asked for it."""
    page.wait_for_url("**/eid/**")
    page.get_by_role("link", name="Testipankki").click()
    page.get_by_label("Henkilötunnus (testi)").fill(code)
    page.get_by_role("button", name="Tunnistaudu").click()
    page.wait_for_url("**/sign/")


def opened(page: Page) -> bytes:
    """What the button "Open the document" gives."""
    address = page.get_by_role("link", name=steps.words("Open the document"), exact=True).first.get_attribute("href")
    answer = page.context.request.get(f"{address}")
    assert answer.headers["content-type"] == "application/pdf"
    return answer.body()


def code_of(viewer: Viewer) -> str:
    from palkkio.people import access

    return access.own_person(viewer).identity_code


def test_a_contract_goes_from_the_template_to_both_signatures_on_two_devices(
    place: factories.Place,
    open_page: Open,
    axe: Callable[[Page], list[str]],
    live_server: Any,
    settings: Any,
    tmp_path: Path,
) -> None:
    carer, handler = carer_at(place), reads(factories.handler(place), "fi")
    contract = to_sign(place, carer)
    plan = tmp_path / "suunnitelma.pdf"
    with banks.opened() as bank:
        settings.PALKKIO_IDENTITY_PROVIDERS = bank.providers()
        open_page.__self__.known.append(bank.sandbox.issuer)  # type: ignore[attr-defined]

        # a handler makes the document from the contract's terms
        desk = seated(open_page, handler, "fi", live_server.url, width=1280)
        desk.goto(f"/desk/contracts/{contract.pk}/")
        assert axe(desk) == []
        follow(desk, "Make the document to sign")
        desk.locator("[name=days_off_plan]").fill("Kolme vapaata kuukaudessa; lomittaja hoitaa sillä aikaa.")
        plan.write_bytes(_plan())
        desk.locator("#id_plan").set_input_files(plan)
        desk.locator("[name=applied_on]").fill("20.5.2026")
        desk.locator("[name=decided_on]").fill("5.6.2026")
        desk.locator("#id_decision").set_input_files(plan)
        assert axe(desk) == []
        press(desk, "Make the document")
        desk.wait_for_url("**/desk/signatures/*/")
        version = Version.objects.get(contract=contract)

        # the carer gets an e-mail that says nothing of it, and finds it on the home page
        seal_events(at=factories.NOW, is_whole=True)  # the worker's jobs
        from_events.tell(at=factories.NOW)
        email_notices(place.id, at=factories.NOW)
        sent = [each for each in mail.outbox if "mallikas@testi.example" in each.to]
        assert len(sent) == 1
        assert not any(word in f"{sent[0].subject} {sent[0].body}" for word in ("Mallikas", contract.number, "sopim"))
        phone = seated(open_page, carer, "fi", live_server.url, **PHONE)
        phone.goto("/")
        phone.get_by_role("link", name=steps.words("Read and sign")).first.click()

        # opened before it is signed, soon after strong authentication
        phone.wait_for_url("**/signatures/*/")
        assert axe(phone) == []
        assert phone.get_by_role("link", name=steps.words("Sign"), exact=True).count() == 0
        shown = opened(phone)
        assert "530,00" in steps.text_of(shown)
        phone.reload()
        grow_stale(phone)
        follow(phone, "Sign")
        identify(phone, code_of(carer))
        assert axe(phone) == []
        press(phone, "Sign")
        phone.get_by_text(steps.words("You have signed. The contract now waits for the other party.")).wait_for()

        # then the office holder, on another device
        desk.goto("/desk/signatures/")
        assert axe(desk) == []
        desk.get_by_role("link", name=contract.number).click()
        opened(desk)
        desk.reload()
        grow_stale(desk)
        follow(desk, "Sign for the county")
        identify(desk, code_of(handler))
        press(desk, "Sign")
        desk.get_by_text(steps.words("The contract is signed by all.")).first.wait_for()
        assert axe(desk) == []

    # the carer has it: what was shown is what is sealed, and readers that are not ours verify it
    phone.reload()
    sealed = opened(phone)
    assert sealed.startswith(shown)
    told = phone.locator("aside").inner_text().split()
    assert [told.count(part) for part in (version.document.sha256[:8], version.document.sha256[-8:])] == [2, 2]  # type: ignore[union-attr]
    trusted = [tmp_path / "signing" / "mallila.pem"]
    assert [each.is_intact and each.is_trusted for each in check(sealed, trusted)] == [True, True]
    assert pdfsig(sealed, tmp_path) in ([], ["Signature is Valid."] * 2)
    broken = bytearray(sealed)
    broken[len(shown) // 3] ^= 1
    assert not any(each.is_intact for each in check(bytes(broken), trusted))
    assert "Signature is Valid." not in pdfsig(bytes(broken), tmp_path)
    contract.refresh_from_db()
    assert contract.signed_on == factories.TODAY


@pytest.mark.long
def test_a_contract_on_paper_is_recorded_with_its_scan(
    place: factories.Place, open_page: Open, axe: Callable[[Page], list[str]], live_server: Any, tmp_path: Path
) -> None:
    contract = to_sign(place, carer_at(place))
    handler = reads(factories.handler(place), "fi")
    desk = seated(open_page, handler, "fi", live_server.url, width=1280)
    desk.goto(f"/desk/contracts/{contract.pk}/")
    follow(desk, "Record a contract signed on paper")
    desk.locator("[name=signed_on]").fill("5.6.2026")
    scan = tmp_path / "sopimus.pdf"
    scan.write_bytes(_plan())
    desk.locator("#id_file").set_input_files(scan)
    press(desk, "Record as signed")
    desk.wait_for_url("**/desk/signatures/*/")
    assert axe(desk) == []
    done = Version.objects.get(contract=contract)
    assert (done.closed_as, done.closed_by_id) == ("signed", handler.person_id)
    assert desk.get_by_role("link", name=steps.words("Scan of the signed contract")).count() == 1
    contract.refresh_from_db()
    assert contract.signed_on == date(2026, 6, 5)


@pytest.mark.long
def test_a_carer_gives_notice_on_31_january_and_the_clerk_finds_it_in_the_queue(
    place: factories.Place, open_page: Open, axe: Callable[[Page], list[str]], live_server: Any, settings: Any
) -> None:
    """L15, CON-6: a month after 31 January is the last day of February; told before, taken back until it is read."""
    settings.PALKKIO_CLOCK = Clock(date(2026, 1, 31))
    carer, handler = carer_at(place), reads(factories.handler(place), "fi")
    contract = factories.informal_care(place, carer.person_id, first=date(2025, 1, 1))

    # the rule is computed and explained before she confirms
    phone = seated(open_page, carer, "fi", live_server.url, **PHONE)
    phone.goto(f"/contracts/{contract.pk}/")
    for again in (False, True):
        follow(phone, "Give notice")
        phone.wait_for_url("**/notice/")
        why = phone.locator("main").inner_text()
        for said in ("31.1.2026", "28.2.2026", "937/2005 9 §", "ei ole päivää 31"):
            assert said in why
        assert axe(phone) == []
        press(phone, "Give notice")
        phone.wait_for_url("**/changes/*/")
        if not again:  # she thinks better of it, and then again
            press(phone, "Take the notice back")
            phone.get_by_text(steps.words("The report is taken back. Nothing changes.")).wait_for()
            phone.goto(f"/contracts/{contract.pk}/")
    assert axe(phone) == []
    contract.refresh_from_db()
    assert contract.valid.last is None

    # the county finds it in the queue; opened, it can no more be taken back
    desk = seated(open_page, handler, "fi", live_server.url, width=1280)
    desk.goto("/desk/")
    desk.get_by_role("link", name=steps.words("Changes")).first.click()
    desk.get_by_role("link", name=steps.words("Notice by the carer")).first.click()
    desk.wait_for_url("**/desk/changes/*/")
    assert axe(desk) == []
    phone.reload()
    assert phone.get_by_role("button", name=steps.words("Take the notice back")).count() == 0
    assert "28.2.2026" in phone.locator("main").inner_text()
    press(desk, "Record the notice")
    desk.wait_for_url("**/desk/changes/")
    contract.refresh_from_db()
    assert contract.valid.last == date(2026, 2, 28)

    # in March it is among the finished ones
    settings.PALKKIO_CLOCK = Clock(date(2026, 3, 1))
    phone = seated(open_page, carer, "fi", live_server.url, **PHONE)
    phone.goto("/contracts/")
    assert "28.2.2026" in phone.locator("section[aria-labelledby=finished]").inner_text()


@pytest.mark.long
def test_an_index_is_previewed_made_by_two_and_seen_as_a_new_version(
    place: factories.Place, open_page: Open, axe: Callable[[Page], list[str]], live_server: Any
) -> None:
    """PAY-13: 1 000.00 × 1.712 / 1.673 = 1 023.31 from 1 January 2026."""
    carer = carer_at(place)
    factories.family_care(place, carer.person_id, first=date(2024, 1, 1))
    for name, button in (("Ehdottaja", "Propose the index"), ("Hyväksyjä", "Approve and make")):
        clerk = reads(factories.clerk(place, name), "fi")
        desk = seated(open_page, clerk, "fi", live_server.url, width=1280)
        desk.goto("/desk/rates/index/?year=2026")
        assert "1 023,31" in desk.locator("main").inner_text().replace("\xa0", " ")  # seen before it is made
        press(desk, button)
        desk.locator("[role=status], .notice").first.wait_for()
    (change,) = changes(clerk)
    mass.tell_index(change.pk, person_id=clerk.person_id, at=factories.NOW)  # the worker's job
    phone = seated(open_page, carer, "fi", live_server.url, **PHONE)
    phone.goto("/signatures/")
    assert axe(phone) == []
    phone.locator("section[aria-labelledby=in-force] h3 a").click()
    phone.wait_for_url("**/signatures/*/")
    assert steps.words("In force without signatures") in phone.locator("main").inner_text()
    assert "1 023,31" in steps.text_of(opened(phone)).replace("\xa0", " ")


def _plan() -> bytes:
    """A page that is really a PDF, as a scanner makes."""
    from datetime import datetime

    from palkkio.core.payslip import Party
    from palkkio.documents.typesetting import typesetter
    from palkkio.formats.pdf import MandateForm, mandate_form_pdf

    form = MandateForm(Party("Mallilan hyvinvointialue"), "Mallila")
    at: datetime = factories.NOW
    return mandate_form_pdf(form, typesetter=typesetter(), language="fi", made_at=at)
