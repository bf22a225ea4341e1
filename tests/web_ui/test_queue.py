"""The queue by keyboard and in bulk."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.slow]


@pytest.fixture
def page(window: Callable[..., Page]) -> Page:
    page = window()
    page.goto("/ui/catalogue?part=desk&door=desk")
    page.locator("palkkio-queue:defined").wait_for()
    return page


def picked(page: Page) -> list[str]:
    found: list[str] = page.locator("tbody .pick:checked").evaluate_all("(all) => all.map((each) => each.value)")
    return found


def test_letters_move_and_pick_inside_the_table_only(page: Page) -> None:
    page.locator("tbody a").first.focus()
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert picked(page) == ["1402"]
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.textContent") == "Maija Testaaja"
    page.locator("input[name=q]").focus()
    page.keyboard.type("x")
    assert picked(page) == ["1402"]
    assert page.locator("input[name=q]").input_value() == "x"


def test_the_bar_counts_what_is_picked_and_what_wants_attention(page: Page) -> None:
    bar = page.locator(".bulk")
    assert not bar.is_visible()
    page.locator("[data-all]").check()
    assert len(picked(page)) == 5
    assert "5" in bar.inner_text()
    assert "3" in page.locator("[data-count]").inner_text()
    page.locator("tbody .pick").first.uncheck()
    assert page.locator("[data-all]").evaluate("(each) => each.indeterminate")


def test_shift_and_a_click_picks_the_rows_between(page: Page) -> None:
    boxes = page.locator("tbody .pick")
    boxes.nth(0).click()
    boxes.nth(3).click(modifiers=["Shift"])
    assert picked(page) == ["1401", "1402", "1403", "1404"]


def test_enter_on_a_checkbox_opens_the_row_and_approves_nothing(page: Page) -> None:
    page.locator("tbody .pick").nth(1).focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith("/ui/catalogue")
    assert page.evaluate("performance.getEntriesByType('navigation')[0].type") == "navigate"
