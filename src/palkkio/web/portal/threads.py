"""Comments as the thread component draws them (CARE-11)."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from palkkio.messages.values import CommentRow
from palkkio.web.ui import wording
from palkkio.web.ui.values import Chip, Comment
from palkkio.web.ui.words import moment


def drawn(rows: Iterable[CommentRow]) -> list[Comment]:
    """The comments of a thread; the reader's own can be changed until they are processed."""
    return [_drawn(row) for row in rows]


def _drawn(row: CommentRow) -> Comment:
    at = moment(row.written_at)
    if row.day:
        at = _("%(moment)s, about %(day)s") % {"moment": at, "day": wording.day_short(row.day)}
    chips = []
    if row.edited_at:
        chips.append(Chip(_("Edited")))
    if row.is_processed:
        chips.append(Chip(_("Processed"), "ok"))
    return Comment(
        author=row.author_name,
        at=at,
        text=row.text,
        is_mine=row.is_mine,
        role=_("the county") if row.is_staff else "",
        chips=chips,
        edit=reverse("portal:edit-comment", args=[row.id]) if row.can_change else "",
        delete=reverse("portal:delete-comment", args=[row.id]) if row.can_change else "",
        id=f"comment-{row.id}",
    )
