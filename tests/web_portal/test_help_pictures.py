"""Pictures of the instructions, taken from the pages themselves (HELP-1).

`bin/pictures` puts them where the instructions show them; pictures that need the whole demo: tests/journeys.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from palkkio.contracts.signing.actions import open_version
from palkkio.web.portal import apps
from tests import factories
from tests.apps.contracts.signing_scene import made, to_sign
from tests.journeys.test_pictures import keep
from tests.web_portal.scene import MAY, Scene, scene

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
TAKEN = ("periods", "calendar", "day-panel", "documents", "signing")
KEPT = Path(apps.__file__).parent / "static" / "portal" / "help"


@pytest.fixture
def at(transactional_db: None, client: Client) -> Scene:
    made = scene(client)
    made.enter(1, 2, 8, 9, 15, 16)
    return made


def take(page: Page, at: Scene, folder: Path) -> None:
    """The list of periods, the calendar with a day picked, the panel of the day."""
    page.goto(reverse("portal:periods"))
    page.set_viewport_size({"width": 760, "height": 620})
    keep(page, folder / "periods.png")
    page.set_viewport_size({"width": 760, "height": 900})
    page.goto(reverse("portal:period", args=[at.sheet().pk]))
    keep(page.locator(".cal-card"), folder / "calendar.png")
    day = MAY.edges[0].replace(day=22).isoformat()
    page.locator(f'.day__box[value="{day}"]').click(force=True)
    keep(page.locator(".panel"), folder / "day-panel.png")


def take_papers(page: Page, at: Scene, folder: Path, photos: list[Path]) -> None:
    """A document of two photographed pages before it is sent, and a contract that is opened and waits."""
    page.goto(reverse("portal:send-document"))
    page.locator('input[name="kind"]').first.check()
    for photographed in photos:
        page.locator("input[data-camera]").set_input_files(photographed)
    page.locator(".pages__page").nth(1).locator("[data-turn]").click()
    page.evaluate("scrollTo(0, 0)")
    camera, pages = page.locator(".pages__camera").bounding_box(), page.locator(".pages__list").bounding_box()
    assert camera is not None
    assert pages is not None  # without the browser's own control, whose words are in the browser's language
    height = pages["y"] + pages["height"] - camera["y"]
    clip = {"x": pages["x"] - 8, "y": camera["y"] - 4, "width": pages["width"] + 16, "height": height + 12}
    keep(page, folder / "documents.png", full_page=True, clip=clip)

    version = made(to_sign(at.place, at.carer), factories.handler(at.place))
    open_version(version.pk, by=at.carer, at=factories.NOW)
    page.goto(reverse("portal:signature", args=[version.pk]))
    keep(page.locator("main"), folder / "signing.png")


def photo(path: Path) -> Path:
    """A sheet with lines of writing, as a camera sees it."""
    sheet = Image.new("RGB", (300, 400), "white")
    for top in range(40, 340, 30):
        sheet.paste("#333", (40, top, 260 if top % 90 else 160, top + 8))
    sheet.save(path, "JPEG")
    return path


@pytest.mark.parametrize("language", ["sv", *(pytest.param(each, marks=pytest.mark.long) for each in ("fi", "en"))])
def test_instructions_have_pictures_of_the_pages_as_they_are(
    open_page: Callable[..., Page], at: Scene, tmp_path: Path, settings: Any, language: str
) -> None:
    at.account.language = language
    at.account.save(update_fields=["language"])
    settings.VAR = tmp_path  # own keys of signing
    page = open_page(width=760, height=900, language=language, touch=True)
    cookie = at.client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "domain": "localhost", "path": "/"}])
    folder = (KEPT if os.environ.get("PALKKIO_PICTURES") else tmp_path) / language
    folder.mkdir(parents=True, exist_ok=True)
    take(page, at, folder)
    take_papers(page, at, folder, [photo(tmp_path / f"IMG_041{number}.jpg") for number in (1, 2)])
    for name in TAKEN:
        assert 4_000 < (folder / f"{name}.png").stat().st_size < 200_000
