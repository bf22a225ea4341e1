"""A half month with every kind of alert: who sees which, and the repairs that the employer makes. In Finnish."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from palkkio.calculation.assistance.alert import AlertKind
from tests import factories
from tests.journeys import steps
from tests.journeys.household import at_desk, half_month, household, on_phone, press, shown, titles

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.journey, pytest.mark.long, pytest.mark.django_db(transaction=True)]
DEADLINE = date(2026, 5, 18)
OF_GRANTS = (AlertKind.OVER_TOTAL, AlertKind.OUTSIDE_TIMES, AlertKind.TWO_ASSISTANTS)
OF_HOURS = (AlertKind.OVERTIME, AlertKind.DAILY_REST, AlertKind.WEEKLY_REST)


def add(page: Page, sheet: str, day: str, start: str, end: str, *, also: tuple[str, ...] = ()) -> None:
    """A shift under the basic decision, on further days at once where `also` names them."""
    page.goto(f"{sheet}shifts/add/?day={day}")
    page.locator("[name=start]").fill(start)
    page.locator("[name=end]").fill(end)
    page.locator("[name=decision]").select_option("1.1")
    if also:
        page.locator("summary", has_text=steps.words("The same shift on several days")).click()
    for each in also:
        page.locator(f"label:has([name=also][value='{each}'])").click()
    press(page, "Save the shift")
    page.locator("#days").wait_for()


def test_each_kind_of_alert_reaches_who_may_know_and_is_repaired(
    transactional_db: None, open_page: Callable[..., Page], settings: Any
) -> None:
    """EMP-4, EMP-5, BEY-5, R12 to R14, T7, T8."""
    home = household(settings, DEADLINE, grants={"hours": "21"})
    wide: dict[str, Any] = {"group": 2, "name": "Opiskelu", "hours": "", "per": "", "clock_times": ""}
    factories.decision(home.house.place, home.employer_id, **wide)

    # Given an assistant who works every day of a week, long, late and early again, and lets the employer enter, too
    aila = on_phone(open_page, home.aila.carer_id)
    hers = half_month(aila, "1.–15.5.2026")
    week = tuple(f"2026-05-{day:02}" for day in range(5, 11))
    add(aila, hers, "2026-05-04", "8", "12", also=week)
    add(aila, hers, "2026-05-11", "8", "19")
    add(aila, hers, "2026-05-12", "18", "22")
    add(aila, hers, "2026-05-13", "6", "10")
    press(aila, "Let my employer enter, too")
    aila.locator("#days").wait_for()

    # and another one who works while the first does
    yrjo = on_phone(open_page, home.yrjo.carer_id)
    his = half_month(yrjo, "1.–15.5.2026")
    add(yrjo, his, "2026-05-12", "19", "20")

    # then assistants see what follows from own hours alone
    aila.goto(hers)
    seen = {each.strip() for each in aila.locator(".alerts b").all_inner_texts()}
    assert seen == titles(*OF_HOURS)
    yrjo.goto(his)
    assert yrjo.locator(".alerts").count() == 0

    # and the employer sees all of them, on the days and in the bar of what is granted
    employer = at_desk(open_page, home.employer_id)
    employer.goto("/hours/days/2026-05-12/")
    assert {each.strip() for each in employer.locator("#alerts b").all_inner_texts()} == titles(*OF_GRANTS, *OF_HOURS)
    assert steps.words("Over what is granted") in shown(employer)

    # when the employer cuts the late shift at eight and moves its end and the long days to the other decision
    offered = employer.locator("#alerts form button")
    offered.filter(has_text="jaa työvuoro kahtia klo 20.00").first.click()
    employer.locator("[role=status], .notice").first.wait_for()
    for _turn in range(12):
        employer.goto("/hours/days/2026-05-12/")
        moves = employer.locator("#alerts form button", has_text="2.1")
        if not moves.count():
            break
        moves.first.click()
        employer.locator("[role=status], .notice").first.wait_for()
    left = {each.strip() for each in employer.locator("#alerts b").all_inner_texts()}

    # then nothing is over or outside; two at the same time and the hours of work stay, and nothing was deleted
    assert left == titles(AlertKind.TWO_ASSISTANTS, *OF_HOURS)

    # when the employer asks the other assistant to look at the times, and tells why the first one's hours are right
    employer.locator("#alerts a[href*='?ask=']").first.click()
    assert employer.locator("[name=reason]").input_value()
    press(employer, "Return to the assistant")
    yrjo.goto(his)
    assert "12.5." in shown(yrjo)
    yrjo.locator("#days a", has_text="19.00–20.00").first.click()
    yrjo.locator("[name=start]").fill("16")
    yrjo.locator("[name=end]").fill("18")
    press(yrjo, "Save the shift")
    employer.goto("/hours/")
    employer.locator("main .listed a", has_text="Aila Avustaja").first.click()
    assert titles(AlertKind.TWO_ASSISTANTS).isdisjoint(
        each.strip() for each in employer.locator(".alerts b").all_inner_texts()
    )
    employer.locator("textarea[name=confirmation]").fill("Sovittu, viikko oli poikkeus.")
    press(employer, "Approve the hours")
    employer.locator("main .listed", has_text=steps.words("Approved")).first.wait_for()
