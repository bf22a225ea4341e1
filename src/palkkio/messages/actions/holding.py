"""Taking the open comments of a matter, giving them to a colleague, and the reminder before a payday (CARE-11)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_noop as _

from palkkio.audit.actions import record
from palkkio.core.clock import day_of
from palkkio.core.finland import banking_days_before
from palkkio.core.problems import FieldError, InvalidInput, NotAllowed, WrongState
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.messages import access
from palkkio.messages.actions.comments import PROCESSING
from palkkio.messages.actions.notices import email_notices
from palkkio.messages.models import Notice
from palkkio.messages.open_comments import open_comments
from palkkio.messages.thread_models import Holder
from palkkio.organisations.queries import next_paydays
from palkkio.people.queries import tied_to, with_role

if TYPE_CHECKING:
    from palkkio.people.models import Person

REMIND_BANKING_DAYS_BEFORE = 5


@transaction.atomic
def take_comments(about: str, object_id: int, *, by: Viewer, at: datetime) -> Holder:
    """The open comments of a matter become the viewer's own. Raises NotAllowed, WrongState if nothing is open."""
    return _give(about, object_id, by.person_id, by=by, at=at)


@transaction.atomic
def give_comments(about: str, object_id: int, person_id: int | None, *, by: Viewer, at: datetime) -> Holder:
    """A colleague gets them. Raises NotAllowed, InvalidInput on `person`, WrongState."""
    colleagues = {each.pk for each in colleagues_of(by.organisation_id, day_of(at))}
    if person_id is None or person_id not in colleagues:
        raise InvalidInput(FieldError("person", "Choose to whom the comments are given"))
    return _give(about, object_id, person_id, by=by, at=at)


@transaction.atomic
def leave_comments(about: str, object_id: int, *, by: Viewer, at: datetime) -> None:
    """Nobody in particular has them. Raises NotAllowed."""
    by.require(*PROCESSING)
    matter = access.matter(by, about, object_id)
    by.require_not_own(matter.person_id, *matter.others)
    rows = Holder.objects.filter(organisation_id=by.organisation_id, about=about, object_id=object_id)
    for row in rows.select_for_update():
        _record("leave_comments", row, matter.person_id, by=by, at=at)
        row.delete()


def colleagues_of(organisation_id: int, day: date) -> list[Person]:
    """Who may process comments on a day, by name."""
    found = {each.pk: each for kind in PROCESSING for each in with_role(organisation_id, kind, day)}
    return sorted(found.values(), key=lambda each: (each.sort_key, each.pk))


def reminder_payday(organisation_id: int, today: date) -> date | None:
    """The next payday, when it is so near that open comments are reminded of."""
    payday = next(iter(next_paydays(organisation_id, today)), None)
    if payday is None or today < banking_days_before(payday, REMIND_BANKING_DAYS_BEFORE):
        return None
    return payday


def remind_of_comments(organisation_id: int, *, today: date, at: datetime) -> int:
    """Once before each payday, who has open comments is reminded of them; of those that nobody has, every handler.

    May run twice. Returns how many notices were made; their e-mails are sent before it ends.
    """
    payday = reminder_payday(organisation_id, today)
    if payday is None:
        return 0
    with transaction.atomic():
        here = [each.pk for each in colleagues_of(organisation_id, today)]  # who has left is reminded of nothing
        rows = Holder.objects.filter(organisation_id=organisation_id, person__in=here)
        held = {(row.about, row.object_id): row.person_id for row in rows}
        waiting = set(open_comments(organisation_id).values_list("about", "object_id"))
        people = {held[matter] for matter in waiting if matter in held}
        if waiting - held.keys():
            people |= {each.pk for each in with_role(organisation_id, RoleKind.HANDLER, today)}
        made = [
            Notice(
                organisation_id=organisation_id,
                person_id=person_id,
                kind=Notice.Kind.COMMENTS_WAIT,
                object_id=person_id,
                key=f"comments-{payday.isoformat()}",
                created_at=at,
            )
            for person_id in sorted(people)
        ]
        known = set(
            Notice.objects.filter(key=f"comments-{payday.isoformat()}", person__in=people).values_list(
                "person_id", flat=True
            )
        )
        new = [each for each in made if each.person_id not in known]
        Notice.objects.bulk_create(new, ignore_conflicts=True)
    email_notices(organisation_id, at=at)
    return len(new)


def _give(about: str, object_id: int, person_id: int, *, by: Viewer, at: datetime) -> Holder:
    by.require(*PROCESSING)
    matter = access.matter(by, about, object_id)
    by.require_not_own(matter.person_id, *matter.others)
    day = day_of(at)
    if {matter.person_id, *matter.others} & {person_id, *tied_to(person_id, day)}:
        raise NotAllowed(_("It is the colleague's own matter. Give it to somebody else."))
    if not open_comments(by.organisation_id).filter(about=about, object_id=object_id).exists():
        raise WrongState(_("No comment waits in this matter any more."))
    row, _made = Holder.objects.update_or_create(
        organisation_id=by.organisation_id,
        about=about,
        object_id=object_id,
        defaults={"person_id": person_id, "since": at, "given_by_id": by.person_id},
    )
    action = "take_comments" if person_id == by.person_id else "give_comments"
    _record(action, row, matter.person_id, by=by, at=at)
    return row


def _record(action: str, row: Holder, subject_person_id: int, *, by: Viewer, at: datetime) -> None:
    record(
        action,
        by=by,
        at=at,
        object_kind="comments",
        object_id=row.pk,
        subject_person_id=subject_person_id,
        organisation_id=row.organisation_id,
        details={"about": str(row.about), "object": row.object_id, "holder": row.person_id},
    )
