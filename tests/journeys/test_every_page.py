"""Every page in every language, its folds open: axe finds nothing, nothing scrolls sideways, the language is said.

Finnish at 1280 px, English at 768 px, Swedish at 320 px; what is posted to is opened by its page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.urls import reverse

from palkkio.core.viewer import PAYEE_ROLES, RoleKind, Viewer
from tests import factories
from tests.architecture.test_every_address import REFUSED_TO_ALL, client_of
from tests.architecture.url_roles import EVERYBODY, SIGNED_IN, URL_ROLES, Door, World

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.journey, pytest.mark.long, pytest.mark.django_db(transaction=True)]

WIDTHS = {"fi": 1280, "en": 768, "sv": 320}
FILES = ("-pdf", "-csv", "run-file", "run-progress", "receipt", "scan", "open-period", "ui:catalogue")
FILES += ("mfa_remove_webauthn", "mfa_deactivate_totp")  # nobody here has a passkey or an app


def pages() -> Iterator[tuple[str, Door]]:
    """Addresses that are opened and answer with a page."""
    for name, door in URL_ROLES.items():
        if door.posts is None and name not in REFUSED_TO_ALL and not name.endswith(FILES):
            yield name, door


@pytest.fixture
def world(transactional_db: None) -> World:
    return World(factories.county())


def seated(open_page: Callable[..., Page], viewer: Viewer | None, language: str, url: str, **window: Any) -> Page:
    """A window of somebody who has signed in; `window`: its size, and whether fingers touch it."""
    page = open_page(language=language, **{"width": WIDTHS[language], "height": 900, **window})
    cookies = [{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": url}]
    if viewer is not None:
        session = client_of(viewer).cookies[settings.SESSION_COOKIE_NAME].value
        cookies.append({"name": settings.SESSION_COOKIE_NAME, "value": session, "url": url})
    page.context.add_cookies(cookies)  # type: ignore[arg-type]
    return page


@pytest.mark.parametrize("language", sorted(WIDTHS))
def test_every_page_is_accessible_and_fits(
    world: World,
    open_page: Callable[..., Page],
    axe: Callable[[Page], list[str]],
    live_server: object,
    language: str,
) -> None:
    from palkkio.accounts.actions import change_language
    from palkkio.accounts.queries import account

    url: str = live_server.url  # type: ignore[attr-defined]
    viewers: dict[RoleKind, Viewer] = {}
    windows: dict[RoleKind | None, Page] = {None: seated(open_page, None, language, url)}
    found: dict[str, object] = {}
    for name, door in pages():
        args = door.make(world)
        role = _reader(door)
        if role is not None and role not in windows:
            viewers[role] = _viewer(world, role)
            change_language(account(viewers[role].account_id), language, factories.NOW)
            windows[role] = seated(open_page, viewers[role], language, url)
        page = windows[role]
        answer = page.goto(reverse(name, args=args))
        assert answer is not None
        if answer.status != 200:
            found[name] = f"answered {answer.status}"
            continue
        page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
        if wrong := axe(page):
            found[name] = wrong[:3]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"):
            found[f"{name} scrolls sideways"] = page.evaluate("document.documentElement.scrollWidth")
        if page.evaluate("document.documentElement.lang") != language:
            found[f"{name} says another language"] = page.evaluate("document.documentElement.lang")
    assert found == {}


def _reader(door: Door) -> RoleKind | None:
    """In which role the page is read here; None: without signing in."""
    if door.roles == EVERYBODY:
        return None
    if door.roles == SIGNED_IN:
        return RoleKind.CARER
    return min(door.roles, key=lambda role: (role != RoleKind.CARER, role))


def _viewer(world: World, role: RoleKind) -> Viewer:
    if role in PAYEE_ROLES:
        return world.carer
    return factories.viewer(factories.person(world.place, "Lukija", role.value.capitalize()), role)
