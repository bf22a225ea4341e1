"""Every page in every language, its folds open: axe finds nothing, nothing scrolls sideways, the language is said.

Finnish at 1280 px, English at 768 px, Swedish at 320 px; what is posted to is opened by its page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.urls import reverse

from palkkio.core.viewer import RoleKind, Viewer
from tests import factories
from tests.architecture.test_every_address import REFUSED_TO_ALL, client_of, undone
from tests.architecture.url_roles import EVERYBODY, SIGNED_IN, URL_ROLES, Door, World

if TYPE_CHECKING:
    from django.test import Client
    from playwright.sync_api import Page

pytestmark = [pytest.mark.journey, pytest.mark.long, pytest.mark.django_db(transaction=True)]

WIDTHS = {"fi": 1280, "en": 768, "sv": 320}
# They open only in the middle of something: an invitation, a visit to the bank, an app that is being added.
MIDWAY = {
    "mfa_deactivate_totp": 404,
    "mfa_remove_webauthn": 404,
    "mfa_view_recovery_codes": 404,
    "portal:accept-invitation": 410,
}
MOST_OF_THEM = 190  # pages


def pages() -> Iterator[tuple[str, Door]]:
    """Addresses that are opened, not posted to."""
    for name, door in URL_ROLES.items():
        if door.posts is None and name not in REFUSED_TO_ALL and name != "ui:catalogue":
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
    readers = Readers(world)
    windows: dict[Viewer | None, Page] = {}
    found: dict[str, object] = {}
    looked_at = 0
    for name, door in pages():
        address, viewer = reverse(name, args=door.make(world)), readers.of(door)
        answer = readers.answer(viewer, address)
        if not answer.get("Content-Type", "").startswith("text/html") or answer.status_code in (
            302,
            303,
            MIDWAY.get(name),
        ):
            continue  # a file, a way to another page
        if answer.status_code != 200:
            found[name] = f"answered {answer.status_code}"
            continue
        if viewer not in windows:
            if viewer is not None:
                change_language(account(viewer.account_id), language, factories.NOW)
            windows[viewer] = seated(open_page, viewer, language, url)
        page = windows[viewer]
        shown = page.goto(address)
        if shown is None or shown.status != 200:
            found[name] = f"answered {shown and shown.status} in the browser"
            continue
        looked_at += 1
        page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
        if wrong := axe(page):
            found[name] = wrong[:3]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"):
            found[f"{name} scrolls sideways"] = page.evaluate("document.documentElement.scrollWidth")
        if page.evaluate("document.documentElement.lang") != language:
            found[f"{name} says another language"] = page.evaluate("document.documentElement.lang")
    assert found == {}
    assert looked_at > MOST_OF_THEM


class Readers:
    """Who reads which page: the owner of what it shows, else somebody in a role that may."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.by_role = {
            RoleKind.CARER: world.carer,
            RoleKind.ASSISTANT: world.assistant,
            RoleKind.EMPLOYER: world.employer,
        }
        self.clients: dict[Viewer | None, Client] = {}

    def of(self, door: Door) -> Viewer | None:
        """None: without signing in."""
        if door.roles == EVERYBODY:
            return None
        owner = door.owner(self.world)
        if door.roles == SIGNED_IN or owner.role in door.roles:
            return owner
        role = min(RoleKind(each) for each in door.roles)
        if role not in self.by_role:
            person = factories.person(self.world.place, "Lukija", role.value.capitalize())
            self.by_role[role] = factories.viewer(person, role)
        return self.by_role[role]

    def answer(self, viewer: Viewer | None, address: str) -> Any:
        if viewer not in self.clients:
            self.clients[viewer] = client_of(viewer)
        with undone():
            return self.clients[viewer].get(address)
