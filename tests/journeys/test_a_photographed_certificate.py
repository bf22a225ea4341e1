"""A certificate is photographed with a phone, page by page, and handled on the desk (EMP-9)."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from PIL import Image

from palkkio.documents.models import Document
from palkkio.documents.queries import content
from tests import factories
from tests.journeys.test_every_page import seated
from tests.journeys.test_guidance import reads, world

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.architecture.url_roles import World

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
__all__ = ["world"]


def photo(folder: Path, name: str) -> Path:
    """A sheet that lies on its side, with its writing at the left."""
    picture = Image.new("RGB", (400, 300), "white")
    picture.paste("navy", (20, 20, 60, 280))
    picture.save(folder / name, "JPEG")
    return folder / name


def test_a_certificate_of_two_pages_is_photographed_turned_sent_and_accepted(
    world: World, open_page: Callable[..., Page], axe: Callable[[Page], list[str]], live_server: Any, tmp_path: Path
) -> None:
    phone = seated(open_page, reads(world.carer, "fi"), "fi", live_server.url, width=360, height=740, touch=True)
    phone.goto("/documents/")
    phone.get_by_role("link", name="Lähetä asiakirja").click()
    phone.get_by_label("Todistus").check()
    camera = phone.get_by_label("Ota kuva sivusta")
    assert camera.is_visible()
    assert camera.get_attribute("capture") == "environment"
    for name in ("sivu1.jpg", "sivu2.jpg", "huono.jpg"):
        camera.set_input_files(photo(tmp_path, name))
    pages = phone.locator(".pages__page")
    pages.nth(2).get_by_role("button", name="Poista 3").click()
    pages.nth(1).get_by_role("button", name="Käännä 2").click()
    assert pages.count() == 2
    assert axe(phone) == []
    phone.get_by_role("button", name="Lähetä", exact=True).click()
    phone.wait_for_url("**/documents/")
    assert "Saapunut" in phone.locator("main li", has_text="Todistus").inner_text()

    made = Document.objects.get(kind="certificate", person=world.carer.person_id)
    assert made.file_name == "sivu1.pdf"
    with pikepdf.open(BytesIO(content(made))) as opened:
        boxes = [[float(side) for side in page.mediabox[2:]] for page in opened.pages]
    assert [width < height for width, height in boxes] == [False, True]

    desk = seated(open_page, reads(factories.handler(world.place), "fi"), "fi", live_server.url)
    desk.goto("/desk/documents/")
    desk.get_by_role("link", name="Todistus").click()
    assert axe(desk) == []
    desk.get_by_label("Voimassa saakka").fill("31.12.2026")
    desk.get_by_role("button", name="Hyväksy asiakirja").click()
    assert "Hyväksytty" in desk.locator("main").inner_text()
    phone.reload()
    assert "Hyväksytty" in phone.locator("main li", has_text="Todistus").inner_text()
