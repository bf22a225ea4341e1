"""Pictures of the instructions, taken from the pages themselves (HELP-1).

`bin/pictures` puts them where the instructions show them; pictures that need the whole demo: tests/journeys.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from palkkio.web.portal import apps
from tests.web_portal.scene import MAY, Scene, scene

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
KEPT = Path(apps.__file__).parent / "static" / "portal" / "help"


@pytest.fixture
def at(transactional_db: None, client: Client) -> Scene:
    made = scene(client)
    made.enter(1, 2, 8, 9, 15, 16)
    return made


def take(page: Page, at: Scene, folder: Path) -> None:
    """The list of periods, the calendar with a day picked, the panel of the day."""
    folder.mkdir(parents=True, exist_ok=True)
    page.goto(reverse("portal:periods"))
    page.screenshot(path=folder / "periods.png", clip={"x": 0, "y": 0, "width": 760, "height": 620})
    page.goto(reverse("portal:period", args=[at.sheet().pk]))
    page.locator(".cal-card").screenshot(path=folder / "calendar.png")
    day = MAY.edges[0].replace(day=22).isoformat()
    page.locator(f'.day__box[value="{day}"]').click(force=True)
    page.locator(".panel").screenshot(path=folder / "day-panel.png")


@pytest.mark.parametrize("language", ["sv", *(pytest.param(each, marks=pytest.mark.long) for each in ("fi", "en"))])
def test_instructions_have_pictures_of_the_pages_as_they_are(
    open_page: Callable[..., Page], at: Scene, tmp_path: Path, language: str
) -> None:
    at.account.language = language
    at.account.save(update_fields=["language"])
    page = open_page(width=760, height=900, language=language)
    cookie = at.client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "domain": "localhost", "path": "/"}])
    folder = (KEPT if os.environ.get("PALKKIO_PICTURES") else tmp_path) / language
    take(page, at, folder)
    for name in ("periods", "calendar", "day-panel"):
        assert 4_000 < (folder / f"{name}.png").stat().st_size < 200_000
