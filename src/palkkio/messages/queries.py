"""Reads of the stage: threads, the desk's list of comments to process, notices, call-back requests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, QuerySet

from palkkio.core.viewer import Viewer
from palkkio.messages import access
from palkkio.messages.actions.comments import PROCESSING
from palkkio.messages.models import CallbackRequest, Comment, NoMail, Notice
from palkkio.messages.open_comments import open_comments
from palkkio.messages.thread_models import Holder
from palkkio.messages.values import CallbackRow, CommentRow, NoticeRow
from palkkio.organisations.queries import local_name
from palkkio.people.queries import matching

if TYPE_CHECKING:
    from palkkio.people.models import Person

ORDERS: Mapping[str, tuple[str, ...]] = {
    "written_at": ("written_at", "pk"),
    "-written_at": ("-written_at", "-pk"),
    "name": ("person__sort_key", "written_at", "pk"),
    "-name": ("-person__sort_key", "written_at", "pk"),
}
NOTICES_SHOWN = 50


def thread(viewer: Viewer, about: str, object_id: int, *, day: date | None = None) -> list[CommentRow]:
    """Comments on one matter, the oldest first; of one day when given. Raises NotAllowed for others' matters."""
    access.matter(viewer, about, object_id)
    found = access.comments(viewer).filter(about=Comment.About(about), object_id=object_id)
    if day is not None:
        found = found.filter(day=day)
    return [_row(each, viewer) for each in found.select_related("author_person").order_by("written_at", "pk")]


def threads_of(viewer: Viewer) -> list[CommentRow]:
    """All comments of a payee's threads, the newest first, for the page of comments."""
    found = access.comments(viewer).select_related("author_person").order_by("-written_at", "-pk")
    return [_row(each, viewer) for each in found]


def to_process(
    viewer: Viewer, *, words: str = "", about: str = "", holder: str = "", order: str = "written_at"
) -> QuerySet[Comment]:
    """Payees' comments that wait on the desk; the viewer's own matters are left to a colleague.

    words   beginnings of the payee's names
    holder  me: those that the viewer has; nobody: those that nobody has
    order   a key of ORDERS, the oldest first otherwise
    The payee comes along; what a sheet is called is asked of `entries.queries.labels`.
    """
    found = access.comments(viewer).filter(is_staff=False, processed_at__isnull=True)
    found = found.exclude(person_id__in=viewer.for_person_ids)
    if holder:
        held = Holder.objects.filter(organisation_id=viewer.organisation_id, about=OuterRef("about"))
        held = held.filter(object_id=OuterRef("object_id"))
        found = found.filter(~Exists(held) if holder == "nobody" else Exists(held.filter(person=viewer.person_id)))
    if words.strip():
        found = found.filter(person__in=matching(viewer.organisation_id, words))
    if about:
        found = found.filter(about=about)
    return found.select_related("person", "author_person").order_by(*ORDERS.get(order, ORDERS["written_at"]))


def open_counts(object_ids: Iterable[int], about: str = Comment.About.SHEET) -> dict[int, int]:
    """Number of payees' comments to process by sheet (or another matter); those without any are left out."""
    found = Comment.objects.filter(
        about=about,
        object_id__in=list(object_ids),
        is_staff=False,
        deleted_at__isnull=True,
        processed_at__isnull=True,
    )
    return dict(found.values_list("object_id").annotate(number=Count("pk")).order_by())


def holders_of(viewer: Viewer, matters: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Person]:
    """Who of the staff has the open comments of these matters; staff's alone."""
    if not viewer.is_staff:
        return {}
    wanted = set(matters)
    rows = Holder.objects.filter(
        organisation_id=viewer.organisation_id, object_id__in={number for _about, number in wanted}
    ).select_related("person")
    return {key: row.person for row in rows if (key := (str(row.about), row.object_id)) in wanted}


def with_open_comments(organisation_id: int, about: str = Comment.About.SHEET) -> QuerySet[Comment]:
    """Ids of the matters that have comments to process, as a subquery: `queue(...).filter(pk__in=...)`."""
    found = open_comments(organisation_id).filter(about=about)
    return found.values("object_id")  # type: ignore[return-value]


def comments_by_day(viewer: Viewer, sheet_id: int) -> dict[date, int]:
    """Number of comments by day of a sheet, for its calendar."""
    found = access.comments(viewer).filter(about=Comment.About.SHEET, object_id=sheet_id, day__isnull=False)
    return {day: number for day, number in found.values_list("day").annotate(number=Count("pk")).order_by() if day}


def notices_of(viewer: Viewer, *, only_unread: bool = False) -> list[NoticeRow]:
    """The viewer's latest notices, the newest first."""
    found = access.notices(viewer)
    if only_unread:
        found = found.filter(read_at__isnull=True)
    rows = list(found.order_by("-created_at", "-pk")[:NOTICES_SHOWN])
    answers = [each.object_id for each in rows if each.kind == Notice.Kind.COMMENT_ANSWERED]
    matters = {pk: (about, at) for pk, about, at in _matters(answers)}
    found_rows = []
    for each in rows:
        about, matter_id = (
            matters.get(each.object_id, ("", None)) if each.kind == Notice.Kind.COMMENT_ANSWERED else ("", None)
        )
        found_rows.append(
            NoticeRow(
                id=each.pk,
                person_id=each.person_id,
                kind=str(each.kind),
                object_id=each.object_id,
                created_at=each.created_at,
                is_read=each.read_at is not None,
                about=about,
                matter_id=matter_id,
            )
        )
    return found_rows


def kinds_without_mail(viewer: Viewer) -> set[str]:
    """Kinds of notices of which the viewer has turned off the e-mail."""
    rows = NoMail.objects.filter(organisation_id=viewer.organisation_id, person_id=viewer.person_id)
    return set(rows.values_list("kind", flat=True))


def unread(viewer: Viewer) -> int:
    """Number of notices that the viewer has not read."""
    return access.notices(viewer).filter(read_at__isnull=True).count()


def callbacks(viewer: Viewer, *, is_handled: bool = False) -> list[CallbackRow]:
    """Call-back requests that wait, the oldest first; or the handled ones, the newest first."""
    found = access.callbacks(viewer).filter(handled_at__isnull=not is_handled)
    order = ("-handled_at", "-pk") if is_handled else ("asked_at", "pk")
    return [_callback(each) for each in found.select_related("contact_point", "person").order_by(*order)]


def waits_for_an_answer(viewer: Viewer, person_id: int) -> bool:
    """True if a person has written or asked to be called, and the county has not answered yet."""
    comments = access.comments(viewer).filter(person_id=person_id, is_staff=False, processed_at__isnull=True)
    return comments.exists() or access.callbacks(viewer).filter(person_id=person_id, handled_at__isnull=True).exists()


def _matters(comment_ids: list[int]) -> Iterable[tuple[int, str, int]]:
    return Comment.objects.filter(pk__in=comment_ids).values_list("pk", "about", "object_id")


def _callback(request: CallbackRequest) -> CallbackRow:
    return CallbackRow(
        id=request.pk,
        contact_point=local_name(request.contact_point),
        person_id=request.person_id,
        name=request.person.name if request.person else "",
        phone=request.phone,
        topic=request.topic,
        asked_at=request.asked_at,
        handled_at=request.handled_at,
    )


def _row(comment: Comment, viewer: Viewer) -> CommentRow:
    is_mine = comment.author_id == viewer.account_id and comment.is_staff == viewer.is_staff
    is_open = comment.processed_at is None
    return CommentRow(
        id=comment.pk,
        about=str(comment.about),
        object_id=comment.object_id,
        day=comment.day,
        text=comment.text,
        author_name=comment.author_person.name,
        is_staff=comment.is_staff,
        is_mine=is_mine,
        written_at=comment.written_at,
        edited_at=comment.edited_at,
        processed_at=comment.processed_at,
        can_change=is_mine and is_open,
        can_process=(
            viewer.role in PROCESSING
            and not comment.is_staff
            and is_open
            and comment.person_id not in viewer.for_person_ids
        ),
    )
