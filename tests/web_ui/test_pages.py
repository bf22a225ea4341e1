"""The catalogue in the browser: accessible, and never wider than the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.slow]
PARTS = {
    "calendar": "?part=calendar",
    "portal": "?part=portal",
    "forms": "?part=forms",
    "desk": "?part=desk&door=desk",
}


BOTH_ENDS = [(320, "sv"), (1280, "fi")]
BETWEEN = [(320, "fi"), (768, "fi"), (768, "sv"), (1280, "sv")]


@pytest.mark.parametrize(
    ("width", "words"), [*BOTH_ENDS, *(pytest.param(*each, marks=pytest.mark.long) for each in BETWEEN)]
)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    window: Callable[..., Page], axe: Callable[[Page], list[str]], width: int, words: str
) -> None:
    page = window(width=width, language=words)
    for part, query in PARTS.items():
        page.goto("/ui/catalogue" + query)
        assert page.locator("html").get_attribute("lang") == words
        assert axe(page) == [], part
        assert page.evaluate("document.documentElement.scrollWidth") <= width, part


def test_everything_opened_is_accessible_too(window: Callable[..., Page], axe: Callable[[Page], list[str]]) -> None:
    for width in (320, 1280):
        page = window(width=width)
        page.goto("/ui/catalogue")
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        page.locator("button[popovertarget=user-menu]").click()
        page.get_by_role("button", name="Kirjaudu ulos").wait_for()
        assert axe(page) == []
        page.keyboard.press("Escape")
        if width == 320:
            page.locator(".menu-button").click()
            page.get_by_role("link", name="Hoitojaksot").wait_for()
            assert axe(page) == []


def test_text_twice_as_large_does_not_scroll_sideways(window: Callable[..., Page]) -> None:
    """WCAG 1.4.4 and 1.4.10: a reader's own large text gets the narrow layout."""
    page = window(width=360)
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": 32}})
    for part, query in PARTS.items():
        page.goto("/ui/catalogue" + query)
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, part


def test_without_javascript_everything_is_there(window: Callable[..., Page]) -> None:
    page = window(width=320, javascript=False)
    page.goto("/ui/catalogue?part=calendar")
    assert page.locator("input[name=type]").first.is_visible()
    assert page.locator("button[value=save]").is_visible()
    assert not page.locator("button[data-do=all]").is_visible()
    page.goto("/ui/catalogue?part=desk&door=desk")
    assert page.locator(".bulk button").first.is_visible()
    assert not page.locator("[data-all]").is_visible()


def test_the_language_is_changed_by_a_button(window: Callable[..., Page]) -> None:
    page = window(javascript=False)
    page.goto("/ui/catalogue?part=forms")
    page.get_by_role("button", name="Svenska").click()
    assert page.locator("html").get_attribute("lang") == "sv"
    assert page.url.endswith("?part=forms")


def test_a_refused_form_takes_the_focus_to_its_summary(window: Callable[..., Page]) -> None:
    page = window()
    page.goto("/ui/catalogue?part=forms")
    assert page.locator(".hds-error-summary").evaluate("(each) => each === document.activeElement")
    page.locator(".hds-error-summary a").nth(3).click()
    assert page.evaluate("document.activeElement.name") == "way"


def test_the_rules_of_a_password_turn_green_and_are_said(window: Callable[..., Page]) -> None:
    """ACC-3."""
    page = window()
    page.goto("/ui/catalogue?part=forms")
    rules = page.locator("[data-rule]")
    field = page.locator("#new-password")
    met = "(all) => all.filter((each) => each.hasAttribute('data-met')).map((each) => each.dataset.rule)"
    field.fill("Ab1")
    assert rules.evaluate_all(met) == ["upper", "lower", "digit"]
    field.fill("Abcdefg1!")
    assert len(rules.evaluate_all(met)) == 5
    said = page.locator("palkkio-checklist [role=status]")
    expect(said).not_to_be_empty()
    page.locator("[data-show=new-password]").click()
    assert field.get_attribute("type") == "text"


def test_the_payslips_lines_print_and_buttons_do_not(window: Callable[..., Page]) -> None:
    page = window()
    page.goto("/ui/catalogue?part=portal")
    page.emulate_media(media="print")
    assert page.locator(".line__sum").first.is_visible() or page.locator(".line .line__sum").first.is_visible()
    for hidden in (".top", ".foot", ".hds-button", ".line__why"):
        assert not page.locator(hidden).first.is_visible(), hidden
