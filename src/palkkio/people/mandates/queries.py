"""Reads who acts for whom on a day. A guardianship ends on the day the child turns 18, whatever was recorded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from palkkio.core.capabilities import OF_MINORS
from palkkio.core.days import add_months
from palkkio.core.viewer import PORTAL_ROLES
from palkkio.people import access
from palkkio.people.models import Person, Representation, Role

if TYPE_CHECKING:
    from palkkio.core.viewer import Viewer

OF_AGE = 18


def in_force(day: date) -> QuerySet[Representation]:
    """Representations whose days hold `day` and that nobody has ended; a minor's also end at 18: see `is_in_force`."""
    return Representation.objects.filter(valid__contains=day, ended_at__isnull=True)


def is_in_force(row: Representation, day: date) -> bool:
    """Whether it covers the day; the age of a minor is counted by the day, from what is known of their birth now."""
    if row.ended_at is not None or day not in row.valid:
        return False
    return row.scope not in OF_MINORS or is_minor(row.principal, day)


def is_minor(person: Person, day: date) -> bool:
    """Under 18 on `day`; somebody whose day of birth is not known is not taken for a minor."""
    return person.born is not None and day < comes_of_age(person.born)


def comes_of_age(born: date) -> date:
    """The 18th birthday; who is born on 29 February comes of age on 1 March of a year without that day."""
    day = add_months(born, 12 * OF_AGE)
    return day if day.day == born.day else date(day.year, 3, 1)


def have_principals(column: str, day: date) -> Exists:
    """Whether the person whom a column of other rows names may act for somebody on `day`: then ask `principals_of`."""
    return Exists(in_force(day).filter(agent_id=OuterRef(column)))


def principals_of(person_ids: Iterable[int], day: date) -> list[Representation]:
    """Those for whom these people act on `day`, with the principals' organisations; no query for nobody."""
    wanted = set(person_ids)
    if not wanted:
        return []
    rows = in_force(day).filter(agent_id__in=wanted)
    found = rows.select_related("principal", "agent", "organisation").order_by("principal__sort_key", "pk")
    return [row for row in found if is_in_force(row, day)]


def agents_of(person_id: int, day: date) -> list[Representation]:
    """Those who act for a person on `day`."""
    rows = in_force(day).filter(principal_id=person_id).select_related("principal", "agent").order_by("pk")
    return [row for row in rows if is_in_force(row, day)]


def roles_to_act_in(rows: Iterable[Representation], day: date) -> dict[int, list[Role]]:
    """Roles of the portal that each principal has on `day`, by principal; no one acts for staff in their work."""
    wanted = {row.principal_id for row in rows}
    held = Role.objects.filter(
        person_id__in=wanted, valid__contains=day, kind__in=[kind.value for kind in PORTAL_ROLES]
    )
    found: dict[int, list[Role]] = {}
    for role in held.select_related("person", "organisation").order_by("kind", "pk"):
        found.setdefault(role.person_id, []).append(role)
    return found


def is_agent(person_id: int, day: date) -> bool:
    """Whether the person acts for somebody on `day`: a way in for those who have no role of their own."""
    return bool(principals_of([person_id], day))


def tied_to(person_id: int, day: date) -> frozenset[int]:
    """A person, those they act for and those who act for them: matters that staff leave to a colleague."""
    rows = in_force(day).filter(Q(agent_id=person_id) | Q(principal_id=person_id)).select_related("principal")
    ties = [(row.agent_id, row.principal_id) for row in rows if is_in_force(row, day)]
    return frozenset({person_id}.union(*ties))


def given_by(viewer: Viewer) -> QuerySet[Representation]:
    """Who acts, or acted, for the person whose matters these are, the latest first."""
    return access.representations(viewer).filter(principal_id=viewer.subject_person_id).order_by("-valid", "-pk")


def held_by(viewer: Viewer) -> QuerySet[Representation]:
    """For whom the viewer themself acts, or acted, the latest first."""
    return access.representations(viewer).filter(agent_id=viewer.person_id).order_by("-valid", "-pk")
