"""All own threads, by what they are about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from palkkio.contracts import access as contracts
from palkkio.core.viewer import Viewer
from palkkio.entries.queries import labels
from palkkio.messages.queries import threads_of
from palkkio.messages.values import CommentRow
from palkkio.web.portal.threads import drawn
from palkkio.web.ui.values import Comment
from palkkio.web.ui.words import period_name

OTHER = "other"


@dataclass(frozen=True, slots=True)
class Thread:
    """One conversation with its place."""

    title: str
    href: str
    comments: Sequence[Comment]
    waits: bool  # the last word is the carer's and it is not processed


def threads(viewer: Viewer) -> list[Thread]:
    """Conversations, the one with the latest comment first; other matters always have their place."""
    by_matter: dict[tuple[str, int], list[CommentRow]] = {}
    for row in threads_of(viewer):
        by_matter.setdefault((row.about, row.object_id), []).append(row)
    titles = _titles(viewer, list(by_matter))
    return [
        Thread(
            title=titles[matter][0],
            href=titles[matter][1],
            comments=drawn(reversed(rows)),
            waits=not rows[0].is_staff and not rows[0].is_processed,
        )
        for matter, rows in by_matter.items()
    ]


def _titles(viewer: Viewer, matters: Sequence[tuple[str, int]]) -> dict[tuple[str, int], tuple[str, str]]:
    sheets = labels([number for about, number in matters if about == "sheet"])
    wanted = [number for about, number in matters if about == "contract"]
    numbers = dict(contracts.contracts(viewer).filter(pk__in=wanted).values_list("pk", "number"))
    found = {}
    for about, number in matters:
        if about == "sheet" and number in sheets:
            label = sheets[number]
            month = period_name(label.period)
            title = _("Care period %(month)s") % {"month": month}
            if label.recipient_name:
                title = f"{title}, {label.recipient_name}"
            found[about, number] = (title, reverse("portal:period", args=[number]) + "#comments")
        elif about == "contract":
            title = _("Contract %(number)s") % {"number": numbers.get(number, "")}
            found[about, number] = (title, reverse("portal:contract", args=[number]) + "#comments")
        else:
            found[about, number] = (_("Other matters"), "")
    return found
