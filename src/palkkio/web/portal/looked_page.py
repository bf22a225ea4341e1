"""The values of "Who has looked at my data": visits of a day, each with role, what was opened, and why (BEY-10)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from palkkio.audit.queries import EventRow, lists_with, looks_at
from palkkio.core.clock import HELSINKI, day_of
from palkkio.core.viewer import STAFF_ROLES, RoleKind, Viewer
from palkkio.people.queries import names_of
from palkkio.web.look_words import list_words, opened_words, reason_words
from palkkio.web.ui import wording
from palkkio.web.ui.values import Cell, Column, Row, Table
from palkkio.web.ui.words import role_name

Key = tuple[date, int | None, str, str]
MOST_LISTED = 50  # rows of the table of lists


@dataclass(frozen=True, slots=True)
class Visit:
    """What one reader opened on one day for one reason."""

    day: date
    times: str
    who: str
    opened: tuple[str, ...]
    reason: str


def visits_of(viewer: Viewer) -> list[Visit]:
    """Visits to the viewer's own data, the newest first."""
    looks = looks_at(viewer.organisation_id, viewer.person_id)
    agents = names_of({look.actor_person_id for look in looks if look.actor_person_id and not _is_staff(look)})
    together: dict[Key, list[EventRow]] = {}  # in the order of their newest looks, as the looks come
    for look in looks:
        together.setdefault(_key(look), []).append(look)
    return [_visit(key, group, agents) for key, group in together.items()]


def table_of(visits: Iterable[Visit]) -> Table:
    columns = [
        Column(_("Day"), place="title"),
        Column(_("Time"), place="side"),
        Column(_("Who")),
        Column(_("What was opened")),
        Column(_("Why")),
    ]
    rows = [
        Row(
            [
                Cell(wording.day(visit.day)),
                Cell(visit.times),
                Cell(visit.who),
                Cell(", ".join(visit.opened)),
                Cell(visit.reason),
            ]
        )
        for visit in visits
    ]
    return Table(_("Who has looked at my data"), columns, rows)


def lists_table(viewer: Viewer) -> Table | None:
    """The staff's lists on which the viewer's name stood, by day and role, the newest first; None: there are none."""
    listed: dict[tuple[date, str], dict[str, None]] = {}
    for look in lists_with(viewer.organisation_id, viewer.person_id):
        listed.setdefault((_day(look), look.actor_role), {})[list_words(look.action)] = None
    columns = [Column(_("Day"), place="title"), Column(_("Who")), Column(_("On which list"))]
    rows = [
        Row([Cell(wording.day(day)), Cell(_role(role)), Cell(", ".join(names))])
        for (day, role), names in list(listed.items())[:MOST_LISTED]
    ]
    return Table(_("Lists that your name stood on"), columns, rows) if rows else None


def _visit(key: Key, looks: list[EventRow], agents: dict[int, str]) -> Visit:
    day, _actor, _role, reason = key
    times = sorted(f"{look.at.astimezone(HELSINKI):%H.%M}" for look in looks)
    opened = dict.fromkeys(opened_words(look.object_kind) for look in reversed(looks))
    first, last = times[0], times[-1]
    who = _who(looks[0], agents)
    return Visit(day, first if first == last else f"{first}–{last}", who, tuple(opened), reason_words(reason))


def _who(look: EventRow, agents: dict[int, str]) -> str:
    if _is_staff(look):
        return _role(look.actor_role)
    return _("%(name)s, who acts for you") % {"name": agents.get(look.actor_person_id or 0, "–")}


def _role(kind: str) -> str:
    return capfirst(role_name(kind))


def _day(look: EventRow) -> date:
    return day_of(look.at)


def _is_staff(look: EventRow) -> bool:
    return look.actor_role in set(RoleKind) and RoleKind(look.actor_role) in STAFF_ROLES


def _key(look: EventRow) -> Key:
    return _day(look), look.actor_account_id, look.actor_role, look.reason
