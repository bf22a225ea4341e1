"""The carer's pages in a browser: by keyboard and touch, without JavaScript or connection, with two versions."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from palkkio.core.payslip import DayType
from palkkio.entries.models import DayEntry
from tests.web_portal.scene import MAY, Scene, scene

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

OpenPage = Callable[..., "Page"]


@pytest.fixture
def at(transactional_db: None, client: Client) -> Scene:
    return scene(client)


def enter_as_carer(page: Page, at: Scene, url: str) -> None:
    """Opens a page in the session of the carer."""
    cookie = at.client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "domain": "localhost", "path": "/"}])
    page.goto(url)


def expect(open_page: OpenPage, words: str) -> None:
    """htmx tells the console of each request that failed: here that is what the test is about."""
    complaints: list[str] = open_page.__self__.complaints  # type: ignore[attr-defined]
    complaints[:] = [each for each in complaints if words not in each]


def may(at: Scene) -> str:
    return reverse("portal:period", args=[at.sheet().pk])


def entered(at: Scene) -> dict[int, str]:
    return {each.day.day: each.day_type for each in DayEntry.objects.filter(sheet=at.sheet())}


def day(page: Page, number: int) -> str:
    return f'.day__box[value="{MAY.edges[0].replace(day=number).isoformat()}"]'


def test_month_is_entered_by_keyboard_alone(open_page: OpenPage, at: Scene) -> None:
    """CARE-5: all shortcuts work by keyboard."""
    page = open_page(language="en")
    enter_as_carer(page, at, may(at))
    page.locator('[data-do="workdays"]').focus()
    page.keyboard.press("Enter")
    page.locator('[data-do="edit"]').focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Space")  # the first kind: care day
    page.get_by_role("button", name="Save and close").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Saved: Care day, 19 days.").first.wait_for()
    assert set(entered(at).values()) == {"care"}
    assert len(entered(at)) == 19  # 1 May and Ascension Day are public holidays
    page.get_by_role("button", name="Undo").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Undone. The days are as they were before.").first.wait_for()
    assert entered(at) == {}


def test_pick_all_takes_no_days_of_other_months(open_page: OpenPage, at: Scene) -> None:
    """CARE-16, on a narrow phone by touch."""
    phone = open_page(width=320, height=640, touch=True, language="en")
    enter_as_carer(phone, at, may(at))
    phone.get_by_role("button", name="Pick all").tap()
    phone.get_by_role("button", name="Edit days").tap()
    phone.locator("label.type", has_text="Care day").first.tap()
    phone.get_by_role("button", name="Save and close").tap()
    phone.get_by_text("Saved: Care day, 31 days.").first.wait_for()
    assert len(entered(at)) == 31
    assert phone.evaluate("document.documentElement.scrollWidth") <= 320


def test_preview_and_confirmation_follow_a_save(open_page: OpenPage, at: Scene) -> None:
    """BEY-3: the preview changes at once; what is confirmed is what was seen."""
    page = open_page(language="en")
    enter_as_carer(page, at, may(at))
    page.locator(day(page, 4)).click(force=True)
    page.locator("label.type", has_text="Care day").first.click()
    page.get_by_role("button", name="Save and close").click()
    page.locator("#preview .big", has_text="78,72").wait_for()
    page.get_by_role("button", name="Confirm the care period").or_(page.get_by_role("button", name="Confirm")).click()
    page.get_by_text("The period is confirmed.").wait_for()
    assert at.sheet().state == "confirmed"


def test_without_javascript_the_same_form_works(open_page: OpenPage, at: Scene) -> None:
    page = open_page(language="en", javascript=False)
    enter_as_carer(page, at, may(at))
    page.locator(day(page, 4)).check(force=True)
    page.locator(day(page, 5)).check(force=True)
    page.locator('input[name="type"][value="care"]').check()
    page.get_by_role("button", name="Save and close").click()
    assert page.get_by_text("Saved: Care day, 2 days.").is_visible()
    page.get_by_role("button", name="Undo").click()
    assert page.get_by_text("Undone.").first.is_visible()
    assert entered(at) == {}
    page.locator(day(page, 4)).check(force=True)
    page.get_by_role("button", name="Save and close").click()
    assert page.get_by_text("Choose what kind of day it was.").first.is_visible()
    assert page.locator(day(page, 4)).is_checked()


def test_lost_connection_keeps_what_was_typed(open_page: OpenPage, at: Scene) -> None:
    """CARE-13."""
    page = open_page(language="en")
    enter_as_carer(page, at, may(at))
    page.locator(day(page, 4)).click(force=True)
    page.locator("label.type", has_text="Care day").first.click()
    page.get_by_text("Add a comment on the day").click()
    page.get_by_label("Comment", exact=False).first.fill("Typed on the train")
    page.context.set_offline(True)
    page.get_by_role("button", name="Save and close").click()
    page.get_by_role("button", name="Try again").wait_for()
    assert page.locator('textarea[name="comment"]').input_value() == "Typed on the train"
    page.context.set_offline(False)
    page.get_by_role("button", name="Try again").click()
    page.get_by_text("Saved: Care day, 1 day. The comment is sent.").first.wait_for()
    assert entered(at) == {4: "care"}
    expect(open_page, "htmx:")


def test_session_that_ended_keeps_what_was_typed(open_page: OpenPage, at: Scene) -> None:
    """CARE-13: a sign-in page must not take the calendar's place."""
    page = open_page(language="en")
    enter_as_carer(page, at, may(at))
    page.locator(day(page, 4)).click(force=True)
    page.locator("label.type", has_text="Care day").first.click()
    at.client.logout()
    page.get_by_role("button", name="Save and close").click()
    page.get_by_text("You have been signed out.").first.wait_for()
    assert page.locator(day(page, 4)).is_checked()
    assert entered(at) == {}
    expect(open_page, "Error Code 401")


def test_conflict_is_chosen_on_the_page(open_page: OpenPage, at: Scene, axe: Callable[[Page], list[str]]) -> None:
    """CARE-13."""
    page = open_page(language="en")
    enter_as_carer(page, at, may(at))
    at.by_county(4, kind=DayType.CANCELLED)
    page.locator(day(page, 4)).click(force=True)
    page.locator("label.type", has_text="Training day").first.click()
    page.get_by_role("button", name="Save and close").click()
    page.get_by_role("heading", name="Two versions of the same days").wait_for()
    page.wait_for_function("document.activeElement?.id === 'conflict-title'")
    assert axe(page) == []
    page.get_by_role("button", name="Save mine").click()
    page.get_by_text("Saved: Training day, 1 day.").first.wait_for()
    assert entered(at) == {4: "training"}


def test_comment_appears_in_its_thread(open_page: OpenPage, at: Scene) -> None:
    """CARE-11: what is picked in the calendar stays meanwhile."""
    page = open_page(language="en")
    enter_as_carer(page, at, may(at))
    page.get_by_label("Write a comment").fill("Hello there")
    page.get_by_role("button", name="Send the comment").click()
    page.locator("#comment-list", has_text="Hello there").wait_for()
    assert page.get_by_label("Write a comment").input_value() == ""


def test_password_is_shown_and_hidden(open_page: OpenPage, at: Scene) -> None:
    page = open_page(language="en")
    page.goto("/sign-in/")
    page.get_by_label("Password", exact=True).fill("Mallila-2026")
    page.get_by_role("button", name="Show").click()
    assert page.locator("#id_password").get_attribute("type") == "text"


@pytest.mark.long
@pytest.mark.parametrize("language", ["sv"])  # every page in every language: tests/journeys/test_every_page.py
def test_pages_are_accessible(open_page: OpenPage, at: Scene, axe: Callable[[Page], list[str]], language: str) -> None:
    slip = at.pay_april()
    at.enter(4, 5)
    at.account.language = language
    at.account.save(update_fields=["language"])
    page = open_page(width=360, height=740, touch=True, language=language)
    sheet = at.sheet().pk
    addresses = [
        "/",
        reverse("portal:periods"),
        reverse("portal:period", args=[sheet]),
        reverse("portal:print-period", args=[sheet]),
        reverse("portal:add-trip", args=[sheet]),
        reverse("portal:contracts"),
        reverse("portal:contract", args=[at.contract.pk]),
        reverse("portal:payslips"),
        reverse("portal:payslip", args=[slip.pk]),
        reverse("portal:reports"),
        reverse("portal:comments"),
        reverse("portal:my-details"),
        reverse("portal:change-password"),
        reverse("portal:check-details"),
        reverse("portal:contacts"),
        reverse("portal:help"),
        reverse("portal:help-article", args=["recording"]),
        "/periods/999999/",
        "/nothing/",
    ]
    for address in addresses:
        enter_as_carer(page, at, address)
        for line in page.locator("summary").all():
            if line.is_visible():
                line.click()
        assert axe(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, address


def pages_on_paper(page: Page) -> int:
    import io

    from pypdf import PdfReader

    return len(PdfReader(io.BytesIO(page.pdf(format="A4"))).pages)


def test_payslip_and_month_print_on_one_sheet_of_paper(open_page: OpenPage, at: Scene) -> None:
    """ACC-11, CARE-16: payslips can be printed, and the month for those who keep paper."""
    slip = at.pay_april()
    at.enter(4, 5)
    page = open_page(language="en")
    enter_as_carer(page, at, reverse("portal:payslip", args=[slip.pk]))
    assert pages_on_paper(page) == 1
    page.goto(reverse("portal:print-period", args=[at.sheet().pk]))
    assert pages_on_paper(page) == 1
