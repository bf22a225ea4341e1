"""The month by keyboard, by hand and with a bad connection. Open days are 1 to 29 May 2026; the 28th is today."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

pytestmark = [pytest.mark.slow]


@pytest.fixture
def page(window: Callable[..., Page]) -> Page:
    page = window()
    page.goto("/ui/catalogue?part=calendar")
    page.locator("palkkio-calendar:defined").wait_for()
    return page


def focused(page: Page) -> int:
    """Number of the day that has the focus, 0 when it is elsewhere."""
    return int(page.evaluate("Number(document.activeElement.value?.match?.(/^2026-05-(..)$/)?.[1] ?? 0)"))


def picked(page: Page) -> list[int]:
    values = page.locator(".day__box:checked").evaluate_all("(all) => all.map((each) => Number(each.value.slice(-2)))")
    return [int(value) for value in values]


def at(page: Page, day: int) -> None:
    page.locator(f'input[value="2026-05-{day:02}"]').focus()


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def is_open(page: Page) -> bool:
    return page.locator(".panel").is_visible()


def live(page: Page) -> str:
    page.wait_for_timeout(250)
    return page.locator("#live").inner_text()


def test_the_calendar_is_one_tab_stop_and_it_is_today(page: Page) -> None:
    page.locator("[data-do=edit]").focus()
    press(page, "Tab")
    assert focused(page) == 28
    press(page, "Tab")
    assert focused(page) == 0


@pytest.mark.parametrize(
    ("start", "keys", "end"),
    [
        (13, ["ArrowRight"], 14),
        (13, ["ArrowLeft", "ArrowLeft"], 11),
        (13, ["ArrowDown"], 20),
        (13, ["ArrowUp"], 6),
        (13, ["Home"], 11),
        (13, ["End"], 17),
        (13, ["PageUp"], 1),
        (13, ["PageDown"], 29),
        (1, ["ArrowUp"], 1),
        (29, ["ArrowRight"], 29),  # the contract ends: no way on
        (26, ["End"], 29),
    ],
)
def test_arrows_move_inside_the_month_and_the_contract(page: Page, start: int, keys: list[str], end: int) -> None:
    at(page, start)
    press(page, *keys)
    assert focused(page) == end
    assert picked(page) == []


def test_space_picks_and_enter_opens_and_escape_gives_the_focus_back(page: Page) -> None:
    """CARE-5: all by keyboard."""
    at(page, 13)
    press(page, "Space")
    assert picked(page) == [13]
    assert not is_open(page)
    press(page, "Enter")
    assert is_open(page)
    assert page.evaluate("document.activeElement.name") == "type"
    press(page, "Escape")
    assert not is_open(page)
    assert focused(page) == 13
    assert picked(page) == [13]


def test_shift_and_arrows_pick_a_stretch(page: Page) -> None:
    at(page, 13)
    press(page, "Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowLeft")
    assert picked(page) == [13, 14]
    press(page, "Shift+ArrowDown")
    assert picked(page) == list(range(13, 22))
    assert page.locator("[data-do=multi]").get_attribute("aria-pressed") == "true"
    assert "9" in live(page)


def test_a_click_picks_one_day_and_opens_the_panel(page: Page) -> None:
    """CARE-3."""
    page.locator(".day", has=page.locator('input[value="2026-05-13"]')).click()
    assert picked(page) == [13]
    assert is_open(page)
    page.locator(".day", has=page.locator('input[value="2026-05-08"]')).click()
    assert picked(page) == [8]
    assert page.locator("input[name=type]:checked").get_attribute("value") == "care"


@pytest.mark.parametrize(("button", "count"), [("all", 29), ("workdays", 19)])
def test_shortcuts_pick_days_of_the_contract(page: Page, button: str, count: int) -> None:
    """CARE-5, CARE-16."""
    page.locator(f"[data-do={button}]").click()
    assert len(picked(page)) == count
    page.locator("[data-do=none]").click()
    assert picked(page) == []


def test_many_days_are_entered_at_once(page: Page) -> None:
    """CARE-5: "Monisyöttö"."""
    page.locator("[data-do=multi]").click()
    for day in (4, 5, 6):
        page.locator(".day", has=page.locator(f'input[value="2026-05-0{day}"]')).click()
    assert picked(page) == [4, 5, 6]
    assert not is_open(page)
    page.locator("[data-do=edit]").click()
    assert is_open(page)
    assert not page.locator("[data-fill]").is_visible()


def test_filled_days_among_many_ask_whether_to_replace(page: Page) -> None:
    """CARE-16."""
    at(page, 7)
    press(page, "Shift+ArrowRight", "Enter")
    assert page.locator("[data-fill]").is_visible()
    page.locator("input[name=type]").first.check()
    page.locator("button[value=save]").click()
    expect(page.locator("[data-fill].is-invalid")).to_be_visible()
    assert picked(page) == [7, 8]
    page.locator("input[name=fill][value=empty]").check()
    page.locator("button[value=save]").click()
    expect(page.locator("[data-said]")).to_be_visible()


def test_editing_without_a_picked_day_says_what_to_do(page: Page) -> None:
    page.locator("[data-do=edit]").click()
    assert not is_open(page)
    assert live(page)
    assert focused(page) == 28


def test_after_saving_the_focus_is_on_the_day_and_the_result_is_heard(page: Page) -> None:
    at(page, 13)
    press(page, "Enter", "Space")
    page.locator("button[value=save]").focus()
    press(page, "Enter")
    expect(page.locator("[data-said]")).to_be_visible()
    assert focused(page) == 13
    assert live(page) == page.locator("[data-said] span").inner_text()
    assert not is_open(page)


def test_on_a_phone_the_day_and_the_way_back_are_in_sight_after_saving(window: Callable[..., Page]) -> None:
    """CARE-3, CARE-16: the sheet at the bottom closes and the page is where it was."""
    page = window(width=320, height=640)
    page.goto("/ui/catalogue?part=calendar")
    page.locator("palkkio-calendar:defined").wait_for()
    page.locator(".day", has=page.locator('input[value="2026-05-13"]')).click()
    page.locator("input[name=type]").first.check()
    page.locator("button[value=save]").click()
    expect(page.locator("[data-said]")).to_be_in_viewport()
    day = page.locator('input[value="2026-05-13"]')
    expect(day).to_be_in_viewport()
    place = day.bounding_box()
    assert place is not None
    middle = [place["x"] + place["width"] / 2, place["y"] + place["height"] / 2]
    top = page.evaluate("([x, y]) => document.elementFromPoint(x, y).closest('.day')?.firstElementChild.value", middle)
    assert top == "2026-05-13"  # not covered by what was said


def test_a_save_is_undone(page: Page) -> None:
    """CARE-16."""
    at(page, 13)
    press(page, "Enter", "Space")
    page.locator("button[value=save]").click()
    page.locator("button[name=undo]").click()
    expect(page.locator("button[name=undo]")).to_have_count(0)
    expect(page.locator("[data-said]")).to_be_visible()


def test_a_refusal_keeps_the_pick_and_the_comment_and_says_why(page: Page) -> None:
    """CARE-13."""
    at(page, 13)
    press(page, "Enter")
    page.locator(".panel .fold summary").click()
    page.locator("textarea[name=comment]").fill("Kurssi peruttiin")
    page.locator("button[value=save]").click()
    expect(page.locator("#calendar-type-error")).to_be_visible()
    assert picked(page) == [13]
    assert page.locator("textarea[name=comment]").input_value() == "Kurssi peruttiin"
    assert page.evaluate("document.activeElement.name") == "type"
    assert live(page)


def fill_in(page: Page) -> None:
    at(page, 13)
    press(page, "Enter", "Space")
    page.locator(".panel .fold summary").click()
    page.locator("textarea[name=comment]").fill("Bussi myöhässä")
    page.locator("button[value=save]").click()


def test_a_lost_connection_keeps_everything_and_offers_to_try_again(page: Page) -> None:
    """CARE-13."""
    page.route("**/ui/catalogue", lambda route: route.abort())
    fill_in(page)
    expect(page.locator("[data-lost]")).to_be_visible()
    assert picked(page) == [13]
    assert page.locator("textarea[name=comment]").input_value() == "Bussi myöhässä"
    assert page.evaluate("document.activeElement.dataset.do") == "retry"
    page.unroute("**/ui/catalogue")
    press(page, "Enter")
    expect(page.locator("[data-said]")).to_be_visible()
    assert not page.locator("[data-lost]").is_visible()


@pytest.mark.parametrize(("status", "words"), [(401, "sayExpired"), (500, "sayFailed")])
def test_a_server_that_fails_takes_nothing_away(page: Page, status: int, words: str) -> None:
    """CARE-13."""
    page.route("**/ui/catalogue", lambda route: route.fulfill(status=status, body="no"))
    fill_in(page)
    expect(page.locator("[data-lost]")).to_be_visible()
    said = page.locator("palkkio-calendar").evaluate(f"(each) => each.dataset.{words}")
    assert said in page.locator("[data-lost]").inner_text()
    assert picked(page) == [13]


def test_a_sign_in_page_never_takes_the_calendars_place(page: Page) -> None:
    """CARE-13."""

    def sign_in(route: Route) -> None:
        route.fulfill(status=200, content_type="text/html", body="<h1>Kirjaudu</h1>")

    page.route("**/ui/catalogue", sign_in)
    fill_in(page)
    expect(page.locator("[data-lost]")).to_be_visible()
    assert picked(page) == [13]
    assert page.locator("h1", has_text="Kirjaudu").count() == 0


def test_the_form_works_without_a_script(window: Callable[..., Page]) -> None:
    page = window(javascript=False, width=320)
    page.goto("/ui/catalogue?part=calendar")
    page.locator('input[value="2026-05-13"]').check(force=True)
    page.locator("button[value=save]").click()
    assert page.locator("#calendar-type-error").is_visible()
    assert picked(page) == [13]
    page.locator("input[name=type]").first.check()
    page.locator("button[value=save]").click()
    assert page.locator("[data-said]").is_visible()
