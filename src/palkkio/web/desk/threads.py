"""Comments as the desk reads them: each of a carer's with its mark (CARE-11)."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from palkkio.messages.values import CommentRow
from palkkio.web.ui import wording
from palkkio.web.ui.values import Action, Chip, Comment
from palkkio.web.ui.words import moment


def drawn(rows: Iterable[CommentRow], *, back: str) -> list[Comment]:
    """The comments of a thread; `back` is the page they stand on."""
    return [_drawn(row, back) for row in rows]


def _drawn(row: CommentRow, back: str) -> Comment:
    at = moment(row.written_at)
    if row.day:
        at = _("%(moment)s, about %(day)s") % {"moment": at, "day": wording.day_short(row.day)}
    chips = []
    if row.edited_at:
        chips.append(Chip(_("Edited")))
    if row.is_processed:
        chips.append(Chip(_("Processed"), "ok"))
    elif not row.is_staff:
        chips.append(Chip(_("To process"), "you"))
    actions = []
    if row.can_process:
        address = reverse("desk:process-comment", args=[row.id])
        actions.append(Action(_("Mark processed"), href=address, name="back", value=back, icon="check"))
    return Comment(
        author=row.author_name,
        at=at,
        text=row.text,
        is_mine=row.is_mine,
        role=_("the county") if row.is_staff else _("carer"),
        chips=chips,
        edit=reverse("desk:edit-comment", args=[row.id]) if row.can_change else "",
        delete=reverse("desk:delete-comment", args=[row.id]) if row.can_change else "",
        actions=actions,
        id=f"comment-{row.id}",
    )
