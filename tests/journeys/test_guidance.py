"""Help, news and a call-back as people meet them (HELP-1 to HELP-4), in three languages and two windows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils.translation import gettext, override

from palkkio.accounts.actions import change_language, confirm_details
from palkkio.accounts.queries import account
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.messages.models import CallbackRequest
from palkkio.organisations.actions import save_contact_point
from palkkio.organisations.queries import DayHours
from palkkio.web import help_articles
from palkkio.web.question_mark import address_for
from tests import factories
from tests.architecture.url_roles import World
from tests.journeys import steps
from tests.journeys.steps import words
from tests.journeys.test_every_page import seated

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

ALL_DAY = [DayHours(weekday, time(0, 0), time(23, 59, 59)) for weekday in range(7)]


@pytest.fixture
def world(transactional_db: None) -> World:
    made = World(factories.county())
    confirm_details(made.carer, at=factories.NOW)
    values = {"name_fi": "Neuvonta", "name_sv": "Rådgivning", "name_en": "Advice", "phone": "09 000 0000"}
    values |= {"takes_callbacks": "on"}
    hours = {"hours": ALL_DAY, "callback_hours": ALL_DAY}
    save_contact_point(None, by=made.place.maker, at=factories.NOW, values=values, **hours)
    return made


def reads(viewer: Viewer, language: str) -> Viewer:
    change_language(account(viewer.account_id), language, factories.NOW)
    return viewer


@pytest.mark.parametrize("language", ["fi", *(pytest.param(each, marks=pytest.mark.long) for each in ("sv", "en"))])
def test_the_question_mark_opens_the_article_of_five_pages(
    world: World, open_page: Callable[..., Page], axe: Callable[[Page], list[str]], live_server: Any, language: str
) -> None:
    """HELP-1, HELP-2: also who has not signed in finds an article by a word."""
    page = seated(open_page, reads(world.carer, language), language, live_server.url)
    with override(language):
        mark = gettext("Help for this page")
    for name, args in (
        ("portal:home", ()),
        ("portal:period", (world.sheet.pk,)),
        ("portal:contracts", ()),
        ("portal:contacts", ()),
        ("portal:notices", ()),
    ):
        page.goto(reverse(name, args=args))
        steps.follow(page, page.get_by_role("link", name=mark))
        assert page.url.endswith(address_for(name, "carer"))
        slug = page.url.rstrip("/").rpartition("/")[2]
        assert page.locator("h1").inner_text() == help_articles.article(slug, language).title
    assert axe(page) == []

    visitor = seated(open_page, None, language, live_server.url)
    visitor.goto("/help/")
    word = {"fi": "verokorttia", "sv": "skattekortet", "en": "tax card"}[language]
    visitor.locator("input[name=q]").fill(word)
    visitor.keyboard.press("Enter")
    title = help_articles.article("tax-card", language).title
    found = visitor.locator("section[aria-labelledby=found]")
    steps.follow(visitor, found.get_by_role("link", name=title, exact=True))
    assert visitor.locator("h1").inner_text() == title
    assert axe(visitor) == []


@pytest.mark.long
def test_a_call_back_is_asked_for_and_handled(world: World, open_page: Callable[..., Page], live_server: Any) -> None:
    """HELP-3: the request lands on the desk, is called, and leaves the list."""
    carer = seated(open_page, reads(world.carer, "fi"), "fi", live_server.url)
    carer.goto("/contacts/")
    carer.get_by_role("link", name=words("Ask to be called")).first.click()
    carer.locator("input[name=phone]").fill("040 123 4567")
    carer.locator("input[name=topic]").fill("Maksupäivä")
    carer.get_by_role("button", name=words("Ask to be called")).click()
    carer.wait_for_url("**/contacts/")

    handler = reads(factories.handler(world.place), "fi")
    desk = seated(open_page, handler, "fi", live_server.url)
    desk.goto("/desk/callbacks/")
    row = desk.locator("tr", has_text="0401234567")
    assert "Maksupäivä" in row.inner_text()
    row.get_by_role("button", name="Soitettu").click()
    desk.wait_for_url("**/desk/callbacks/")
    assert desk.locator("tr", has_text="0401234567").count() == 0
    request = CallbackRequest.objects.get()
    assert (request.handled_by_id, request.handled_at is not None) == (handler.account_id, True)


@pytest.mark.long
def test_news_that_staff_tell_are_read_by_whom_they_concern(
    world: World, open_page: Callable[..., Page], live_server: Any
) -> None:
    writer = seated(open_page, reads(factories.handler(world.place), "fi"), "fi", live_server.url)
    writer.goto("/desk/news/add/")
    writer.locator("input[name=kind][value=service]").check()
    writer.get_by_label("Otsikko suomeksi").fill("Puhelin on kiinni tiistaina")
    writer.get_by_label("Teksti suomeksi").fill("Palvelemme taas **keskiviikkona**.")
    writer.get_by_role("button", name="Tallenna").click()
    # What is missing is said beside its field, and nothing typed is lost.
    assert writer.get_by_label("Otsikko suomeksi").input_value() == "Puhelin on kiinni tiistaina"
    assert writer.locator("text=Valitse, kuka sen lukee").count() > 0
    writer.locator("input[name=roles][value=carer]").check()
    writer.get_by_label("Otsikko ruotsiksi").fill("Telefonen är stängd på tisdag")
    writer.get_by_label("Teksti ruotsiksi").fill("Vi betjänar igen på onsdag.")
    writer.get_by_role("button", name="Tallenna").click()
    writer.wait_for_url("**/desk/news/")

    carer = seated(open_page, reads(world.carer, "sv"), "sv", live_server.url)
    carer.goto("/")
    assert "Telefonen är stängd på tisdag" in carer.locator("main").inner_text()
    stranger = factories.viewer(factories.person(world.place, "Eero", "Esimerkki"), RoleKind.CONTRACTOR)
    confirm_details(stranger, at=factories.NOW)
    other = seated(open_page, reads(stranger, "fi"), "fi", live_server.url)
    other.goto("/news/")
    assert "Puhelin on kiinni" not in other.locator("main").inner_text()
