"""Every address × every role × own, another person's and another organisation's object.

The table is `url_roles.URL_ROLES`; an address without a row in it fails here, so a new page says who may open it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from palkkio.core.viewer import PORTAL_ROLES, RoleKind, Viewer
from tests import factories
from tests.architecture.url_roles import ANY_ROLE, EVERYBODY, SIGNED_IN, URL_ROLES, Door, World
from tests.architecture.worlds import whole_world

if TYPE_CHECKING:
    from django.http import HttpResponse

pytestmark = pytest.mark.django_db

# Said in the table's notes: the object is named in GET, or only its author may.
REFUSED_TO_ALL = {
    "portal:open-period",
    "portal:paper-file",
    "desk:edit-comment",
    "desk:delete-comment",
}
SHARES = 4  # the walk is cut, so that processes can share it
WITHOUT_NAME = {"ui/language"}  # one more way to `ui:language`


def addresses(patterns: Any = None, space: str = "") -> Iterator[str]:
    """Names of all addresses of the site."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(entry, URLResolver):
            yield from addresses(entry.url_patterns, f"{space}{entry.namespace}:" if entry.namespace else space)
        elif isinstance(entry, URLPattern) and entry.name:
            yield space + entry.name
        else:
            assert str(entry.pattern) in WITHOUT_NAME


def test_every_address_says_who_may_open_it():
    assert set(addresses()) == set(URL_ROLES)


def test_every_door_but_the_public_ones_is_guarded_in_its_first_line():
    for name, door in URL_ROLES.items():
        if door.roles not in (EVERYBODY, SIGNED_IN):
            allowed = door.roles if isinstance(door.roles, frozenset) else frozenset()
            assert allowed <= ANY_ROLE, name
            assert allowed, name


def client_of(viewer: Viewer | None) -> Client:
    client = Client()
    if viewer is not None:
        factories.sign_in(client, viewer, strong=True)
    return client


def viewer_of(place: factories.Place, role: RoleKind, family_name: str) -> Viewer:
    return factories.viewer(factories.person(place, "Vieras", family_name), role)


@contextmanager
def undone() -> Iterator[None]:
    """What a request writes is taken back, so that the next role finds the same object."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def opened(viewer: Viewer | None, name: str, door: Door, world: World, args: tuple[object, ...]) -> HttpResponse:
    client = client_of(viewer)
    address = reverse(name, args=args)
    with undone():
        if door.posts is None:
            return client.get(address)
        return client.post(address, dict(door.posts(world)))


def is_refused(response: HttpResponse) -> bool:
    return response.status_code == 403


def is_sent_to_sign_in(response: HttpResponse) -> bool:
    return response.status_code == 302 and response["Location"].startswith(str(settings.LOGIN_URL))


@pytest.fixture
def here() -> factories.Place:
    return factories.county()


@pytest.fixture
def elsewhere() -> factories.Place:
    return factories.city()


def made(name: str, world: World) -> tuple[object, ...]:
    """Arguments of the address; what its POST needs is made here, outside of what is undone."""
    door = URL_ROLES[name]
    args = door.make(world)
    if door.posts is not None:
        door.posts(world)
    return args


@pytest.mark.long
@pytest.mark.parametrize("share", range(SHARES))
def test_only_who_may_opens_it(share: int, here: factories.Place, elsewhere: factories.Place):
    neighbours = {role: viewer_of(here, role, f"Naapuri{role.value}") for role in RoleKind}
    strangers = {role: viewer_of(elsewhere, role, f"Toisaalla{role.value}") for role in RoleKind}
    world = whole_world(here)
    wrong = []
    for name in sorted(URL_ROLES)[share::SHARES]:
        with undone():
            wrong += _wrongly_opened(name, world, made(name, world), neighbours, strangers)
    assert wrong == []


def _wrongly_opened(
    name: str,
    world: World,
    args: tuple[object, ...],
    neighbours: dict[RoleKind, Viewer],
    strangers: dict[RoleKind, Viewer],
) -> Iterator[tuple[str, str, int]]:
    door = URL_ROLES[name]
    answer = opened(None, name, door, world, args)
    if door.roles == EVERYBODY:
        if answer.status_code not in (200, 302):
            yield name, "nobody signed in should open it", answer.status_code
        return
    if not is_sent_to_sign_in(answer):
        yield name, "nobody signed in opens it", answer.status_code
    if door.roles == SIGNED_IN:
        return
    for role in RoleKind:
        may = role in door.roles
        stranger = opened(strangers[role], name, door, world, args)
        if (not may or door.is_own is not None) and not is_refused(stranger):
            yield name, f"{role.value} of another organisation opens it", stranger.status_code
        neighbour = opened(neighbours[role], name, door, world, args)
        if not may or (door.is_own and role in PORTAL_ROLES) or name in REFUSED_TO_ALL:
            if not is_refused(neighbour):
                yield name, f"another {role.value} opens it", neighbour.status_code
        elif is_refused(neighbour) or neighbour.status_code >= 500:
            yield name, f"a {role.value} should open it", neighbour.status_code


@pytest.mark.long
def test_who_owns_it_opens_it(here: factories.Place):
    world = whole_world(here)
    wrong = {}
    for name in sorted(name for name, door in URL_ROLES.items() if door.is_own and name not in REFUSED_TO_ALL):
        with undone():
            args = made(name, world)
            answer = opened(URL_ROLES[name].owner(world), name, URL_ROLES[name], world, args)
        if answer.status_code not in (200, 302, 303, 409, 422):
            wrong[name] = answer.status_code
    assert wrong == {}
