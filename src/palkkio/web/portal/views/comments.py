"""Comments (Kommentit, CARE-11): all own threads, and writing, changing and deleting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from palkkio.core.problems import InvalidInput, NotAllowed, WrongState
from palkkio.entries import access as entries
from palkkio.messages import actions
from palkkio.messages.queries import notices_of, thread, threads_of
from palkkio.messages.values import CommentRow
from palkkio.organisations.access import NOT_FOUND
from palkkio.web.doors import for_payees, for_portal
from palkkio.web.portal.comments_page import threads
from palkkio.web.portal.forms import CommentForm
from palkkio.web.portal.threads import drawn
from palkkio.web.refusals import put_errors, words

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest


@require_safe
@for_portal
def comments(request: RoleRequest) -> HttpResponse:
    """All conversations, the latest first; answers count as read once they have been here."""
    unread = [each.id for each in notices_of(request.viewer, only_unread=True) if each.kind == "comment_answered"]
    if unread:
        actions.mark_read(unread, by=request.viewer, at=request.clock.now())
    return render(request, "portal/comments.html", {"threads": threads(request.viewer), "form": CommentForm()})


@require_POST
@for_payees
def comment_period(request: RoleRequest, sheet_id: int) -> HttpResponse:
    entries.sheet(request.viewer, sheet_id)
    return _add(request, "sheet", sheet_id, reverse("portal:period", args=[sheet_id]))


@require_POST
@for_payees
def comment_contract(request: RoleRequest, contract_id: int) -> HttpResponse:
    return _add(request, "contract", contract_id, reverse("portal:contract", args=[contract_id]))


@require_POST
@for_portal
def comment_other(request: RoleRequest) -> HttpResponse:
    """About other matters: the thread is the payee's own."""
    return _add(request, "other", request.viewer.subject_person_id, reverse("portal:comments"))


@require_http_methods(["GET", "POST"])
@for_portal
def edit_comment(request: RoleRequest, comment_id: int) -> HttpResponse:
    row = _own(request, comment_id)
    form = CommentForm(request.POST if request.method == "POST" else None, initial={"text": row.text})
    form.fields["text"].label = _("Your comment")
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_comment(comment_id, form.cleaned_data["text"], by=request.viewer, at=request.clock.now())
        except InvalidInput as refusal:
            put_errors(form, refusal)
        except WrongState as refusal:
            form.add_error(None, words(refusal))
        else:
            messages.success(request, _("The comment is changed."))
            return redirect(_place(row))
    context = {"form": form, "row": row, "back_url": _place(row)}
    return render(request, "portal/edit_comment.html", context, status=422 if form.errors else 200)


@require_POST
@for_portal
def delete_comment(request: RoleRequest, comment_id: int) -> HttpResponse:
    row = _own(request, comment_id)
    try:
        actions.delete_comment(comment_id, by=request.viewer, at=request.clock.now())
    except WrongState as refusal:
        messages.warning(request, words(refusal))
    else:
        messages.success(request, _("The comment is deleted."))
    return redirect(_place(row))


def _own(request: RoleRequest, comment_id: int) -> CommentRow:
    found = next((row for row in threads_of(request.viewer) if row.id == comment_id and row.is_mine), None)
    if found is None:
        raise NotAllowed(NOT_FOUND)
    return found


def _place(row: CommentRow) -> str:
    """Where the comment stands."""
    if row.about == "sheet":
        return reverse("portal:period", args=[row.object_id]) + "#comments"
    if row.about == "contract":
        return reverse("portal:contract", args=[row.object_id]) + "#comments"
    return reverse("portal:comments")


def _add(request: RoleRequest, about: str, object_id: int, back: str) -> HttpResponse:
    """Writes a comment; htmx gets the thread anew, others the page it stands on."""
    form = CommentForm(request.POST)
    said = ""
    if form.is_valid():
        try:
            actions.add_comment(about, object_id, form.cleaned_data["text"], by=request.viewer, at=request.clock.now())
        except InvalidInput as refusal:
            put_errors(form, refusal)
        else:
            said, form = _("The comment is sent to the county."), CommentForm()
    if said and not request.htmx:
        messages.success(request, said)
        return redirect(f"{back}#comments")
    context = {
        "comments": drawn(thread(request.viewer, about, object_id)),
        "comment_form": form,
        "form": form,
        "comment_said": said,
        "comment_url": request.path,
        "back_url": back,
    }
    template = "portal/thread.html" if request.htmx else "portal/write_comment.html"
    return render(request, template, context, status=200 if said else 422)
