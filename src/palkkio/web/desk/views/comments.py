"""Comments to process (CARE-11): the list, marking, answering."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from palkkio.contracts import access as contracts
from palkkio.core.problems import InvalidInput, NotAllowed, WrongState
from palkkio.entries.queries import labels
from palkkio.messages import access
from palkkio.messages.actions import comments as actions
from palkkio.messages.actions import holding
from palkkio.messages.actions.holding import reminder_payday
from palkkio.messages.queries import holders_of, thread, to_process
from palkkio.organisations.access import NOT_FOUND
from palkkio.web.desk.forms import AnswerForm, GiveForm, SearchForm
from palkkio.web.desk.lists import page_of, words_of
from palkkio.web.desk.roles import for_reviewers, for_staff
from palkkio.web.desk.threads import drawn
from palkkio.web.numbers import whole
from palkkio.web.refusals import did, put_errors, words
from palkkio.web.ui import wording
from palkkio.web.ui.values import BulkAction, Cell, Column, Row, Table
from palkkio.web.ui.words import moment, period_name

if TYPE_CHECKING:
    from palkkio.messages.models import Comment
    from palkkio.people.models import Person
    from palkkio.web.doors import RoleRequest

ABOUTS = ("sheet", "contract", "other")
SHOWN = 140  # characters of a comment in the list


def holders_to_choose() -> list[tuple[str, str]]:
    return [("", _("All")), ("me", _("Mine")), ("nobody", _("Nobody has it"))]


def about_words(about: str) -> str:
    return {"sheet": _("Care period"), "contract": _("Contract"), "other": _("Other matters")}[about]


@require_safe
@for_reviewers
def comments(request: RoleRequest) -> HttpResponse:
    """Carers' comments that wait, the oldest first."""
    viewer = request.viewer
    typed, about, order = words_of(request, "comments"), request.GET.get("about", ""), request.GET.get("sort", "")
    about, holder = about if about in ABOUTS else "", request.GET.get("holder", "")
    found = to_process(viewer, words=typed, about=about, holder=holder, order=order or "written_at")
    rows, pages = page_of(request, found)
    places = _places(request, rows)
    holders = holders_of(viewer, ((str(row.about), row.object_id) for row in rows))
    columns = [
        Column(_("Carer"), sort="name", place="title"),
        Column(_("About"), place="bare"),
        Column(_("Comment"), place="bare"),
        Column(_("Who has it"), place="bare"),
        Column(_("Written"), sort="written_at", place="side"),
    ]
    table = Table(
        _("Comments to process"),
        columns,
        [
            Row(
                [
                    Cell(row.person.name_family_first, places[row.pk][1]),
                    Cell(places[row.pk][0]),
                    Cell(Truncator(row.text).chars(SHOWN)),
                    _holder_cell(row, holders.get((str(row.about), row.object_id))),
                    Cell(moment(row.written_at)),
                ],
                value=str(row.pk),
                pick_says=_("Pick the comment of %(name)s") % {"name": row.person.name},
            )
            for row in rows
        ],
        pick="comment",
        sort=order or "written_at",
    )
    choices = [("", _("All")), *((each, about_words(each)) for each in ABOUTS)]
    context = {
        "form": SearchForm(
            initial={"q": typed, "about": about, "holder": holder},
            label=_("Name of the carer"),
            menus={"about": (_("About"), choices), "holder": (_("Who has it"), holders_to_choose())},
        ),
        "table": table,
        "bulk": [BulkAction(_("Mark processed"), "processed", kind="primary"), BulkAction(_("Take"), "take")],
        "payday": reminder_payday(viewer.organisation_id, request.clock.today()) if rows else None,
        "picked": {"one": _("%(n)s comment picked"), "many": _("%(n)s comments picked")},
        "pages": pages,
        "is_narrowed": bool(typed or about or holder),
    }
    return render(request, "desk/comments.html", context)


@require_POST
@for_reviewers
def process_many(request: RoleRequest) -> HttpResponse:
    numbers = [number for value in request.POST.getlist("comment") if (number := whole(value)) is not None]
    if not numbers:
        messages.warning(request, _("Pick at least one comment first."))
    elif request.POST.get("do") == "take":
        _take(request, numbers)
    else:
        _mark(request, numbers)
    return redirect("desk:comments")


@require_http_methods(["GET", "POST"])
@for_reviewers
def give(request: RoleRequest, about: str, object_id: int) -> HttpResponse:
    """Who has the open comments of a matter: the reader, a colleague, or nobody in particular."""
    if about not in ABOUTS:
        raise NotAllowed(NOT_FOUND)
    viewer, now = request.viewer, request.clock.now()
    access.matter(viewer, about, object_id)
    holder = holders_of(viewer, [(about, object_id)]).get((about, object_id))
    form = GiveForm(
        request.POST if request.method == "POST" else None,
        colleagues=holding.colleagues_of(viewer.organisation_id, request.clock.today()),
        viewer=viewer,
        initial={"person": holder.pk if holder else viewer.person_id},
    )

    def does() -> None:
        chosen = form.cleaned_data["person"]
        if chosen == GiveForm.NOBODY:
            holding.leave_comments(about, object_id, by=viewer, at=now)
        else:
            holding.give_comments(about, object_id, int(chosen), by=viewer, at=now)

    if form.is_bound and form.is_valid() and did(form, does):
        messages.success(request, _("It is written down who has the comments."))
        return redirect("desk:comments")
    context = {
        "form": form,
        "title": _("Who has the comments?"),
        "lead": about_words(about),
        "button": _("Save"),
        "back_url": reverse("desk:comments"),
    }
    return render(request, "desk/form.html", context, status=422 if form.errors else 200)


@require_POST
@for_reviewers
def process_one(request: RoleRequest, comment_id: int) -> HttpResponse:
    _mark(request, [comment_id])
    return redirect(_back(request, reverse("desk:comments")))


@require_POST
@for_staff
def answer(request: RoleRequest, about: str, object_id: int) -> HttpResponse:
    """Writes to the carer; asked so, the comments of the thread that wait are marked processed in the same act."""
    if about not in ABOUTS:
        raise NotAllowed(NOT_FOUND)
    rows = thread(request.viewer, about, object_id)
    form = AnswerForm.for_thread(rows, request.POST)
    place = place_of(about, object_id)
    if form.is_valid():
        now = request.clock.now()
        try:
            actions.add_comment(about, object_id, form.cleaned_data["text"], by=request.viewer, at=now)
            waiting = [row.id for row in rows if row.can_process]
            if form.cleaned_data.get("processed") and waiting:
                actions.mark_processed(waiting, by=request.viewer, at=now)
        except InvalidInput as refusal:
            put_errors(form, refusal)
        except NotAllowed as refusal:
            form.add_error(None, words(refusal))
        else:
            messages.success(request, _("The answer is sent to the carer."))
            return redirect(place)
    context = {
        "comments": drawn(rows, back=place),
        "answer_form": form,
        "form": form,
        "about": about,
        "object_id": object_id,
        "back_url": place,
    }
    return render(request, "desk/answer.html", context, status=422)


@require_http_methods(["GET", "POST"])
@for_staff
def edit(request: RoleRequest, comment_id: int) -> HttpResponse:
    """An own comment, until it is processed."""
    row = _own(request, comment_id)
    place = place_of(row.about, row.object_id)
    form = AnswerForm(request.POST if request.method == "POST" else None, initial={"text": row.text})
    del form.fields["processed"]
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_comment(comment_id, form.cleaned_data["text"], by=request.viewer, at=request.clock.now())
        except InvalidInput as refusal:
            put_errors(form, refusal)
        except WrongState as refusal:
            form.add_error(None, words(refusal))
        else:
            messages.success(request, _("The comment is changed."))
            return redirect(place)
    context = {"form": form, "title": _("Edit the comment"), "button": _("Save"), "back_url": place}
    return render(request, "desk/form.html", context, status=422 if form.errors else 200)


@require_POST
@for_staff
def delete(request: RoleRequest, comment_id: int) -> HttpResponse:
    row = _own(request, comment_id)
    try:
        actions.delete_comment(comment_id, by=request.viewer, at=request.clock.now())
    except WrongState as refusal:
        messages.warning(request, words(refusal))
    else:
        messages.success(request, _("The comment is deleted."))
    return redirect(place_of(row.about, row.object_id))


def place_of(about: str, object_id: int) -> str:
    """Where a thread stands on the desk."""
    view = {"sheet": "desk:period", "contract": "desk:contract", "other": "desk:person"}[about]
    return reverse(view, args=[object_id]) + "#comments"


def _own(request: RoleRequest, comment_id: int) -> Comment:
    found = access.comments(request.viewer).filter(pk=comment_id, author_id=request.viewer.account_id, is_staff=True)
    row = found.first()
    if row is None:
        raise NotAllowed(NOT_FOUND)
    return row


def _take(request: RoleRequest, numbers: list[int]) -> None:
    """The matters of the picked comments, as far as they are not the reader's own."""
    picked = to_process(request.viewer).filter(pk__in=numbers).order_by().values_list("about", "object_id").distinct()
    count, refused = 0, ""
    for about, object_id in sorted(picked):
        try:
            holding.take_comments(about, object_id, by=request.viewer, at=request.clock.now())
        except (NotAllowed, WrongState) as refusal:
            refused = words(refusal)
        else:
            count += 1
    if refused:
        messages.warning(request, refused)
    if count:
        said = ngettext("You have the comments of %(n)s matter.", "You have the comments of %(n)s matters.", count)
        messages.success(request, said % {"n": count})


def _holder_cell(row: Comment, holder: Person | None) -> Cell:
    return Cell(holder.name if holder else _("nobody"), reverse("desk:give-comments", args=[row.about, row.object_id]))


def _mark(request: RoleRequest, numbers: list[int]) -> None:
    try:
        count = actions.mark_processed(numbers, by=request.viewer, at=request.clock.now())
    except NotAllowed as refusal:
        messages.warning(request, words(refusal))
        return
    said = ngettext("%(n)s comment is marked processed.", "%(n)s comments are marked processed.", count)
    messages.success(request, said % {"n": count})


def _back(request: RoleRequest, default: str) -> str:
    """The page that the button stood on, if it is one of ours."""
    wanted = request.POST.get("back", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else default


def _places(request: RoleRequest, rows: list[Comment]) -> dict[int, tuple[str, str]]:
    """What each comment is about, in words, and where its thread stands; two queries."""
    sheets = labels([row.object_id for row in rows if row.about == "sheet"])
    wanted = [row.object_id for row in rows if row.about == "contract"]
    numbers = dict(contracts.contracts(request.viewer).filter(pk__in=wanted).values_list("pk", "number"))
    found = {}
    for row in rows:
        text = about_words(row.about)
        if row.about == "sheet" and row.object_id in sheets:
            text = period_name(sheets[row.object_id].period)
            if row.day:
                text = f"{text}, {wording.day_short(row.day)}"
        elif row.about == "contract":
            text = _("Contract %(number)s") % {"number": numbers.get(row.object_id, "")}
        found[row.pk] = (text, place_of(row.about, row.object_id))
    return found
