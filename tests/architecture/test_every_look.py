"""Every address that shows another person's data leaves a look (ACC-12, BEY-10); a page that does not fails here."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from palkkio.accounts.actions import confirm_details
from palkkio.audit.models import Event
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.web.looks import LOOKS
from tests import factories
from tests.architecture.test_every_address import addresses, client_of, undone, viewer_of
from tests.architecture.url_roles import STAFF, URL_ROLES, World
from tests.architecture.worlds import whole_world

pytestmark = [pytest.mark.long, pytest.mark.django_db]

FAMILY_NAME = "Kurkistettava"
FILES = ("application/pdf", "application/xml", "text/csv", "image/")
# Redirects and pages without names need no look; these say why they show the carer's name and are none.
NO_LOOK = {
    "desk:reason-to-open": "asks why, before anything is shown; the name is not on it",
    "desk:answer": "shows the thread that its own page has recorded",
    "desk:care-statistics-csv": "figures of groups: it names nobody",
}
SHOWN = {"desk:person", "desk:contract", "desk:period", "desk:payslip", "desk:people", "desk:run-csv"}
WHOLE = ("run", "document", "payment_file", "bank_answer", "delivery", "year")  # who is in them can be told afterwards
SHARES = 2  # the walk is cut, so that processes can share it


def shows(response: HttpResponse, person_id: int) -> bool:
    """True if the answer is about the carer: by name, by a link to them, or as a file."""
    if response.status_code != 200:
        return False
    if response["Content-Type"].startswith(FILES):
        return True
    text = response.content.decode()
    return FAMILY_NAME in text or f"/desk/people/{person_id}/" in text


def is_on(response: HttpResponse) -> bool:
    """True unless it is a list for spreadsheets that the carer does not stand on: that one names others."""
    return not response["Content-Type"].startswith("text/csv") or FAMILY_NAME in response.content.decode()


def looks_at(client: Client, name: str, world: World) -> tuple[HttpResponse, list[Event]]:
    """What an address answers, and the looks that it left."""
    door = URL_ROLES[name]
    args = door.make(world)
    posted = None if door.posts is None else dict(door.posts(world))
    before = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    address = reverse(name, args=args)
    client.raise_request_exception = False  # a page that breaks is found by the walk of addresses
    response = client.get(address) if posted is None else client.post(address, posted)
    return response, list(Event.objects.filter(pk__gt=before, is_read=True))


def names_the_carer(look: Event, world: World) -> bool:
    """The look has the carer for its subject, or among those whom its list showed; or it names a run, file or year,
    whose people stand in its tables.
    """
    shown = look.details.get("people", ())
    names_all = look.object_kind in WHOLE and look.object_id is not None
    return look.subject_person_id == world.carer.person_id or world.carer.person_id in shown or names_all


def test_every_address_of_the_table_of_looks_exists() -> None:
    assert set(LOOKS) <= set(addresses())


def staff_who_may(name: str, staff: dict[RoleKind, Viewer]) -> Viewer | None:
    roles = URL_ROLES[name].roles
    return next((staff[role] for role in sorted(STAFF) if not isinstance(roles, str) and role in roles), None)


@pytest.mark.parametrize("share", range(SHARES))
def test_every_page_about_another_person_leaves_a_look(share: int) -> None:
    place = factories.county()
    world = whole_world(place, FAMILY_NAME)
    staff = {role: viewer_of(place, role, f"Katsoja{role.value}") for role in STAFF}
    clients = {role: client_of(viewer) for role, viewer in staff.items()}
    without, unnamed, shown = [], [], set()
    names = sorted(name for name in URL_ROLES if name not in NO_LOOK)[share::SHARES]
    for name in names:
        viewer = staff_who_may(name, staff)
        if viewer is None:
            continue
        with undone():
            response, looks = looks_at(clients[viewer.role], name, world)
            if shows(response, world.carer.person_id):
                shown.add(name)
                if not any(look.actor_person_id == viewer.person_id for look in looks):
                    without.append(name)
                elif is_on(response) and not any(names_the_carer(look, world) for look in looks):
                    unnamed.append(name)
    assert without == []
    assert unnamed == []
    assert {name for name in names if name in SHOWN} <= shown


def test_who_acts_for_another_leaves_a_look_on_every_page_about_them() -> None:
    place = factories.county()
    world = whole_world(place, FAMILY_NAME)
    agent = client_of(factories.acting(factories.person(place, "Aino", "Edustaja"), world.carer.person_id))
    without, shown = [], set()
    for name in sorted(name for name in URL_ROLES if name.startswith("portal:")):
        door = URL_ROLES[name]
        if isinstance(door.roles, str) or RoleKind.CARER not in door.roles:
            continue
        with undone():
            response, looks = looks_at(agent, name, world)
            if response.status_code == 200 and (door.is_own or name in LOOKS):
                shown.add(name)
                if {look.subject_person_id for look in looks} != {world.carer.person_id}:
                    without.append(name)
    assert without == []
    assert {"portal:home", "portal:period", "portal:contract", "portal:payslip", "portal:payslip-pdf"} <= shown


def test_nobody_leaves_a_look_on_their_own_pages() -> None:
    world = World(factories.county(), FAMILY_NAME)
    confirm_details(world.carer, at=factories.NOW)
    for name in ("portal:home", "portal:period", "portal:contract", "portal:payslip"):
        response, looks = looks_at(client_of(world.carer), name, world)
        assert response.status_code == 200
        assert looks == []
