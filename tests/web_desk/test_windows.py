"""The desk in a browser: keys, bulk review, detail beside, phones, no JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.web_desk import scene

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def june(transactional_db: None) -> scene.Scene:
    return scene.make()


def test_the_queue_is_worked_by_keyboard(june: scene.Scene, page: Page) -> None:
    """CARE-8: J and K move, X picks, Enter opens beside; then the picked ones are reviewed."""
    scene.sit_down(page, june.handler)
    page.goto("/desk/queue/?view=confirmed")
    page.locator("#review tbody td a").first.focus()
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("k")
    page.keyboard.press("x")
    page.keyboard.press("j")
    assert page.locator(".bulk [data-count]").inner_text().startswith("2 periods picked")
    page.keyboard.press("Enter")
    page.locator("#queue-detail h2", has_text="Hilla Mallikas").wait_for()
    assert page.evaluate("document.activeElement.textContent") == "Mallikas Hilla"
    assert page.locator("tbody .pick:checked").count() == 2
    page.get_by_role("button", name="Review the picked ones").click()
    page.get_by_text("2 care periods are reviewed.").wait_for()
    assert june.state(0) == june.state(2) == "reviewed"
    assert june.state(1) == "confirmed"


def test_a_day_is_corrected_in_the_calendar(june: scene.Scene, page: Page) -> None:
    """CARE-12, CARE-13."""
    scene.sit_down(page, june.handler)
    page.goto(f"/desk/periods/{june.sheets[0].pk}/")
    page.locator('label.day:has(input[value="2026-05-20"])').click()
    page.locator("#calendar .panel").get_by_text("Care day", exact=True).click()
    page.get_by_role("button", name="Save and close").click()
    page.get_by_text("Saved: Care day, 1 day.").first.wait_for()
    assert june.sheets[0].entries.filter(day="2026-05-20", channel="staff").exists()
    assert page.get_by_text("You keyed in entries of this care period.").is_visible()


def test_the_queue_works_without_javascript(june: scene.Scene, open_page: Callable[..., Page]) -> None:
    window = open_page(javascript=False)
    scene.sit_down(window, june.handler)
    window.goto("/desk/queue/")
    window.get_by_role("link", name="Testaaja Onni").click()
    assert window.locator("#queue-detail h2").inner_text() == "Onni Testaaja"
    window.get_by_label("Pick Onni Testaaja").check()
    window.get_by_role("button", name="Review the picked ones").click()
    assert june.state(1) == "reviewed"
