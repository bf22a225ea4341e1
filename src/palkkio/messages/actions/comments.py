"""Comments on a day, a period, a contract or another matter, both ways (CARE-11)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_noop as _

from palkkio.audit.actions import record
from palkkio.core.capabilities import Capability
from palkkio.core.problems import FieldError, InvalidInput, NotAllowed, WrongState
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.messages import access
from palkkio.messages.actions.notices import notify
from palkkio.messages.models import Comment, Notice
from palkkio.messages.open_comments import drop_holders
from palkkio.organisations.access import one

LENGTH = 4000
PROCESSING = (RoleKind.HANDLER, RoleKind.PAYROLL_CLERK)


@transaction.atomic
def add_comment(about: str, object_id: int, text: str, *, by: Viewer, at: datetime, day: date | None = None) -> Comment:
    """Write a comment. A payee's waits on the desk until processed; one by staff is a notice to the payee.

    about  sheet, contract or other (then `object_id` is the payee's person)
    day    day of the sheet that it is about
    Raises NotAllowed (others' matters; staff in their own), InvalidInput on text or day.
    """
    by.require_may(Capability.COMMENT)
    matter = access.matter(by, about, object_id)
    if by.is_staff:
        by.require_not_own(matter.person_id, *matter.others)
    if day is not None and (matter.period is None or day not in matter.period):
        raise InvalidInput(FieldError("day", _("Choose a day of this care period.")))
    comment = Comment.objects.create(
        organisation_id=by.organisation_id,
        about=Comment.About(about),
        object_id=object_id,
        person_id=matter.person_id,
        day=day,
        text=_checked(text),
        author_id=by.account_id,
        author_person_id=by.person_id,
        is_staff=by.is_staff,
        written_at=at,
    )
    if by.is_staff:
        notify(matter.person_id, Notice.Kind.COMMENT_ANSWERED, comment.pk, f"comment-{comment.pk}", at=at)
    _record("add_comment", comment, by=by, at=at)
    return comment


@transaction.atomic
def edit_comment(comment_id: int, text: str, *, by: Viewer, at: datetime) -> Comment:
    """Change an own comment until it is processed. Raises NotAllowed, WrongState, InvalidInput."""
    comment = _own(comment_id, by)
    comment.text, comment.edited_at = _checked(text), at
    comment.save(update_fields=["text", "edited_at"])
    _record("edit_comment", comment, by=by, at=at)
    return comment


@transaction.atomic
def delete_comment(comment_id: int, *, by: Viewer, at: datetime) -> Comment:
    """Take an own comment away until it is processed; its row is kept, unseen. Raises NotAllowed, WrongState."""
    comment = _own(comment_id, by)
    comment.deleted_at = at
    comment.save(update_fields=["deleted_at"])
    _record("delete_comment", comment, by=by, at=at)
    drop_holders(comment.organisation_id)
    return comment


@transaction.atomic
def mark_processed(comment_ids: Iterable[int], *, by: Viewer, at: datetime) -> int:
    """Mark payees' comments as processed; those already processed stay as they are. Returns how many were marked.

    Raises NotAllowed if one of them is not the viewer's to process; then none is marked.
    """
    by.require(*PROCESSING)
    rows = _to_mark(comment_ids, by)
    waiting = [each for each in rows if each.processed_at is None]
    for comment in waiting:
        comment.processed_at, comment.processed_by_id = at, by.account_id
        comment.save(update_fields=["processed_at", "processed_by"])
        _record("process_comment", comment, by=by, at=at)
    drop_holders(by.organisation_id)
    return len(waiting)


@transaction.atomic
def mark_unprocessed(comment_id: int, *, by: Viewer, at: datetime) -> Comment:
    """Put a processed comment back on the desk's list."""
    by.require(*PROCESSING)
    (comment,) = _to_mark([comment_id], by)
    if comment.processed_at is None:
        raise WrongState(_("The comment is not processed yet."))
    comment.processed_at, comment.processed_by_id = None, None
    comment.save(update_fields=["processed_at", "processed_by"])
    _record("unprocess_comment", comment, by=by, at=at)
    return comment


def _to_mark(comment_ids: Iterable[int], by: Viewer) -> list[Comment]:
    """Payees' comments, locked in one order. Raises NotAllowed for unknown ones, others', own matters and staff's."""
    wanted = set(comment_ids)
    rows = list(
        access.comments(by).filter(pk__in=wanted, is_staff=False).select_for_update(of=("self",)).order_by("pk")
    )
    if len(rows) != len(wanted):
        raise NotAllowed(_("A comment is no longer there to process. Reload the list."))
    for comment in rows:
        by.require_not_own(comment.person_id, *access.matter(by, comment.about, comment.object_id).others)
    return rows


def _own(comment_id: int, by: Viewer) -> Comment:
    by.require_may(Capability.COMMENT)
    comment = one(access.comments(by).select_for_update(of=("self",)), comment_id)
    if comment.author_id != by.account_id or comment.is_staff != by.is_staff:
        raise NotAllowed(_("Only who wrote a comment can change it."))
    if comment.processed_at is not None:
        raise WrongState(_("The comment is processed, so it stays as it is. Write a new one."))
    return comment


def _checked(text: str) -> str:
    text = text.strip()
    if not text:
        raise InvalidInput(FieldError("text", _("Write the comment.")))
    if len(text) > LENGTH:
        raise InvalidInput(
            FieldError("text", _("Shorten the comment to %(most)s characters."), params={"most": LENGTH})
        )
    return text


def _record(action: str, comment: Comment, *, by: Viewer, at: datetime) -> None:
    record(
        action,
        by=by,
        at=at,
        object_kind="comment",
        object_id=comment.pk,
        subject_person_id=comment.person_id,
        organisation_id=comment.organisation_id,
        details={"about": str(comment.about), "object": comment.object_id},
    )
