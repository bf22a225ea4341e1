"""What each button of payroll does around its action: fetch, act, say what was done or why not, go on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from palkkio.core.problems import InvalidInput, Refusal
from palkkio.documents.actions import receive
from palkkio.web.desk.lists import keep_words
from palkkio.web.refusals import did, words

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from palkkio.web.doors import RoleRequest

__all__ = ["act", "answered", "ask", "did", "narrowed", "refused", "scan_id"]


def act(
    request: RoleRequest, does: Callable[[], Any], *, said: str, to: str, args: tuple[Any, ...] = ()
) -> HttpResponse:
    """Does it and goes to the page `to`, which says what was done; a refusal is told there in its own words.

    The view fetches the row first, so that one that is not theirs to see is refused as an address is.
    """
    try:
        does()
    except Refusal as refusal:
        messages.error(request, refused(refusal))
    else:
        messages.success(request, said)
    return redirect(reverse(to, args=args))


def refused(refusal: Refusal) -> str:
    if isinstance(refusal, InvalidInput):
        return " ".join(words(error) for error in refusal.errors)
    return words(refusal)


def scan_id(request: RoleRequest, file: UploadedFile | None, person_id: int) -> int | None:
    """Number of the scanned paper that was sent along, if one was.

    Asked in the transaction of the act that it belongs to: an act that is refused leaves no paper behind.
    """
    if file is None:
        return None
    return receive(file, kind="other", person_id=person_id, by=request.viewer, at=request.clock.now()).pk


def ask(request: RoleRequest, form: forms.Form, **context: Any) -> HttpResponse:
    """The page that asks once before an act; 422 when it was refused."""
    template = context.pop("template", "ui/confirm.html")
    values = {"form": form, "door_template": "desk/base.html", "action": request.path, **context}
    return render(request, template, values, status=422 if form.is_bound and form.errors else 200)


def answered(
    request: RoleRequest,
    form: forms.Form,
    act: Callable[[], str | None],
    *,
    back: str,
    said: str = "",
    template: str = "desk/form.html",
    **context: Any,
) -> HttpResponse:
    """The form again with errors, or, once `act` was done, the address that it gives, else `back`.

    back  where the form was opened
    said  told when it was done
    """
    addresses: list[str | None] = []
    if form.is_bound and form.is_valid() and did(form, lambda: addresses.append(act())):
        if said:
            messages.success(request, said)
        return redirect(addresses[0] or back)
    return render(request, template, {"form": form, "back_url": back, **context}, status=422 if form.errors else 200)


def narrowed(request: RoleRequest, name: str, kept: tuple[str, ...]) -> HttpResponse:
    """Answer to a posted search: words into the session, the rest into the address; "all" forgets both."""
    if request.POST.get("all"):
        keep_words(request, name, "")
        return redirect(request.path)
    keep_words(request, name, request.POST.get("q", ""))
    query = QueryDict(mutable=True)
    for each in kept:
        if value := request.POST.get(each, ""):
            query[each] = value
    return redirect(f"{request.path}?{query.urlencode()}" if query else request.path)
