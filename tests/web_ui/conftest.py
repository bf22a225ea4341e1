"""The catalogue on a small server of its own: its pages read no table, so no database is needed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.test import RequestFactory
from django.utils import translation

from palkkio.web.ui import menus
from palkkio.web.ui.menus import MenuItem

from .. import browsers

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ITEMS = {
    "portal": ("Etusivu", "Hoitojaksot", "Sopimukset", "Palkkiot", "Raportit", "Kommentit"),
    "desk": ("Tarkistettavat", "Kommentit", "Sopimukset", "Henkilöt", "Maksuajot", "Raportit", "Asetukset"),
    "footer": ("Yhteystiedot", "Saavutettavuusseloste"),
}


@pytest.fixture
def some_menus(monkeypatch: pytest.MonkeyPatch) -> None:
    """Menus whose items lead to the catalogue; the first one of each is where one is."""
    monkeypatch.setattr(menus, "_items", {})
    monkeypatch.setattr(menus, "_counts", {})
    for place, texts in ITEMS.items():
        first, *others = texts
        items = [MenuItem(first, "ui:catalogue", count="first")]
        menus.register(place, items + [MenuItem(text, "ui:language") for text in others], lambda _: {"first": 3012})
    menus.register(
        "user",
        (
            MenuItem("Vaihda roolia", "ui:catalogue", icon="swap", shown=lambda viewer: viewer.roles_count > 1),
            MenuItem("Kirjaudu ulos", "ui:language", icon="lock", posts=True),
        ),
    )


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def site(some_menus: None) -> Generator[str]:
    """Address of a server of the whole site; it greets a made-up reader."""
    from django.core.handlers.wsgi import WSGIHandler

    server = make_server("127.0.0.1", 0, WSGIHandler(), handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def window(browser: Browser, site: str) -> Generator[Callable[..., Page]]:
    """window(width=320, language="sv", javascript=False): a visitor's window on the site."""
    with browsers.Windows(browser, site) as windows:
        yield windows.open
    # htmx writes refused and lost requests to the console, which some tests bring about.
    assert [each for each in windows.complaints if "[object HTMLElement]" not in each] == []


@pytest.fixture(params=["fi", "sv", "en"])
def language(request: pytest.FixtureRequest) -> Generator[str]:
    with translation.override(request.param):
        yield request.param


@pytest.fixture
def finnish() -> Generator[None]:
    with translation.override("fi"):
        yield


@pytest.fixture
def get() -> RequestFactory:
    return RequestFactory()
