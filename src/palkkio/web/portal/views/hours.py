"""The employer's page of hours: half months of all assistants, approved or returned (EMP-1, EMP-2, EMP-12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from palkkio.core.capabilities import Capability
from palkkio.core.problems import InvalidInput, NotAllowed, WrongState
from palkkio.core.viewer import RoleKind
from palkkio.entries import access, actions
from palkkio.entries.queries import history, periods_of_employer, sheet_view
from palkkio.entries.values import SheetView
from palkkio.messages.actions import notify
from palkkio.organisations.access import NOT_FOUND
from palkkio.web import history_words
from palkkio.web.doors import for_roles
from palkkio.web.portal.hours_page import halves_of
from palkkio.web.refusals import put_errors, words
from palkkio.web.shift_words import days_of, hours_words
from palkkio.web.ui.words import period_name

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest

for_employers = for_roles(RoleKind.EMPLOYER)


class ReturnForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("What should the assistant correct?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Tell what should be corrected: the assistant reads it.")},
    )


@require_safe
@for_employers
def hours(request: RoleRequest) -> HttpResponse:
    """Half months that wait first, then the others, the latest first."""
    viewer, today = request.viewer, request.clock.today()
    halves = halves_of(periods_of_employer(viewer), today=today)
    context = {"halves": halves, "may_approve": viewer.may(Capability.APPROVE)}
    return render(request, "portal/hours.html", context)


@require_safe
@for_employers
def hours_of(request: RoleRequest, sheet_id: int) -> HttpResponse:
    return _page(request, _view(request, sheet_id), ReturnForm())


@require_POST
@for_employers
def approve_hours(request: RoleRequest) -> HttpResponse:
    """Approves the sheets that are posted, each with the version that was on the page: one, or all of a half month."""
    request.viewer.require_may(Capability.APPROVE)
    result = actions.approve_all(_picked(request), by=request.viewer, at=request.clock.now())
    if result.done:
        number = len(result.done)
        said = ngettext("The hours are approved.", "The hours of %(n)s assistants are approved.", number)
        messages.success(request, said % {"n": number})
    for text in dict.fromkeys(message for _sheet, message in result.refused):
        messages.warning(request, _(text))
    return redirect("portal:hours")


@require_POST
@for_employers
def return_hours(request: RoleRequest, sheet_id: int) -> HttpResponse:
    """Back to the assistant with a reason, and a notice."""
    request.viewer.require_may(Capability.APPROVE)
    view, form, now = _view(request, sheet_id), ReturnForm(request.POST), request.clock.now()
    if not form.is_valid():
        return _page(request, view, form)
    try:
        sheet = actions.return_shifts(
            sheet_id, by=request.viewer, at=now, version=_version(request), reason=form.cleaned_data["reason"]
        )
    except InvalidInput as refusal:
        put_errors(form, refusal)
    except WrongState as refusal:
        form.add_error(None, words(refusal))
    else:
        notify(view.carer_id, "sheet_returned", sheet.pk, f"returned-{sheet.pk}-{sheet.version}", at=now)
        messages.success(request, _("The hours are returned to the assistant."))
        return redirect("portal:hours")
    return _page(request, _view(request, sheet_id), form)


def _view(request: RoleRequest, sheet_id: int) -> SheetView:
    sheet = access.employed_sheet(request.viewer, sheet_id)
    language = (get_language() or "fi")[:2]
    return sheet_view(sheet, viewer=request.viewer, today=request.clock.today(), language=language)


def _page(request: RoleRequest, view: SheetView, form: ReturnForm) -> HttpResponse:
    refusal = view.can.why.get("approve", "")
    context = {
        "view": view,
        "month": period_name(view.period),
        "days": [day for day in days_of(view) if day.shifts or day.is_leave],
        "total": hours_words(view.hours),
        "why": _(refusal) if refusal else "",
        "form": form,
        "history": history_words.events(history(access.employed_sheet(request.viewer, view.id))),
    }
    return render(request, "portal/hours_of.html", context, status=422 if form.errors else 200)


def _picked(request: RoleRequest) -> list[tuple[int, int]]:
    found = []
    for text in request.POST.getlist("sheet"):
        number, _dot, version = text.partition(".")
        if not all(each.isascii() and each.isdigit() and len(each) < 19 for each in (number, version)):
            raise NotAllowed(NOT_FOUND)
        found.append((int(number), int(version)))
    return found


def _version(request: RoleRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
