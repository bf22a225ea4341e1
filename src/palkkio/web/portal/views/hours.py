"""The employer's pages of hours: half months of all assistants, one calendar of all, approved or returned.

SPEC EMP-1, EMP-2, EMP-4, EMP-5, EMP-12, ACC-10.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from palkkio.calculation.assistance.alert import RepairKind
from palkkio.core.capabilities import Capability
from palkkio.core.problems import InvalidInput, NotAllowed, WrongState
from palkkio.core.viewer import RoleKind
from palkkio.entries import access, actions
from palkkio.entries.actions.approval import ALERTS
from palkkio.entries.queries import history, periods_of_employer, sheet_view
from palkkio.entries.queries.alerts import alerts_of_sheet, to_confirm
from palkkio.entries.queries.calendar import household_days
from palkkio.entries.values import SheetView
from palkkio.messages.actions import notify
from palkkio.organisations.access import NOT_FOUND
from palkkio.payroll.queries import preview
from palkkio.web import history_words
from palkkio.web.alert_words import words_of
from palkkio.web.doors import for_roles
from palkkio.web.numbers import number_from, whole
from palkkio.web.portal.hours_days import page_of
from palkkio.web.portal.hours_page import asked_words, gate_note, gross_rows, halves_of, with_alerts
from palkkio.web.refusals import put_errors, words
from palkkio.web.shift_words import days_of, hours_words
from palkkio.web.ui.words import period_name, reading_language

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


class ConfirmForm(forms.Form):
    """What the employer says of the alerts that stand on the hours (R13)."""

    confirmation = forms.CharField(
        label=gettext_lazy("Why are the hours right?"),
        help_text=gettext_lazy(
            "For example: worked as agreed, I asked the social worker. The assistant does not see it."
        ),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Write why the hours are right, or return them to the assistant.")},
    )


@require_safe
@for_employers
def hours(request: RoleRequest) -> HttpResponse:
    """Half months that wait first, then the others, the latest first."""
    viewer, today = request.viewer, request.clock.today()
    context = {
        "halves": with_alerts(halves_of(periods_of_employer(viewer), today=today), viewer, today),
        "may_approve": viewer.may(Capability.APPROVE),
        "gate": gate_note(viewer, today),
    }
    return render(request, "portal/hours.html", context)


@require_safe
@for_employers
def hours_days(request: RoleRequest, first: str) -> HttpResponse:
    """The half month that holds a day: all assistants side by side."""
    return _days_page(request, _day(first), ConfirmForm())


@require_safe
@for_employers
def hours_of(request: RoleRequest, sheet_id: int) -> HttpResponse:
    view = _view(request, sheet_id)
    asked = request.GET.get("ask", "")
    return _page(request, view, ReturnForm(initial={"reason": asked_words(asked, view)}))


@require_POST
@for_employers
def approve_hours(request: RoleRequest) -> HttpResponse:
    """Approves the sheets that are posted, each with the version that was on the page: one, or all of a half month.

    Where alerts stand on them, the page asks what the employer says of those.
    """
    request.viewer.require_may(Capability.APPROVE)
    picked, said = _picked(request), request.POST.get("confirmation", "")
    result = actions.approve_all(picked, by=request.viewer, at=request.clock.now(), confirmation=said)
    if result.done:
        number = len(result.done)
        words_done = ngettext("The hours are approved.", "The hours of %(n)s assistants are approved.", number)
        messages.success(request, words_done % {"n": number})
    unsaid = [sheet_id for sheet_id, message in result.refused if message == ALERTS]
    for text in dict.fromkeys(message for _sheet, message in result.refused if message != ALERTS):
        messages.warning(request, _(text))
    if not unsaid:
        return redirect("portal:hours")
    form = ConfirmForm(request.POST)
    if "confirmation" not in request.POST:
        form.errors["confirmation"] = form.error_class([_(ALERTS)])
    if len(picked) == 1:
        return _page(request, _view(request, unsaid[0]), ReturnForm(), form)
    return _days_page(request, _view(request, unsaid[0]).first_day, form)


@require_POST
@for_employers
def repair_shift(request: RoleRequest, sheet_id: int) -> HttpResponse:
    """What an alert offers: the shift under another decision, or cut in two (BEY-5); by the right to enter."""
    request.viewer.require_may(Capability.ENTER)
    view, shift_id = _view(request, sheet_id), number_from(request.POST.get("shift"))
    version = number_from(request.POST.get("version"))
    common: dict[str, Any] = {"by": request.viewer, "at": request.clock.now(), "version": version}
    cut = parse_datetime(request.POST.get("at", ""))
    try:
        if request.POST.get("kind") == RepairKind.MOVE:
            decision = request.POST.get("decision", "")
            actions.move_shift(sheet_id, shift_id=shift_id, decision=decision, **common)
        elif cut is not None and cut.tzinfo is not None:
            actions.split_shift(sheet_id, shift_id=shift_id, cut=cut, **common)
        else:
            raise NotAllowed(NOT_FOUND)
    except InvalidInput as refusal:
        for error in refusal.errors:
            messages.warning(request, words(error))
    except WrongState as refusal:
        messages.warning(request, words(refusal))
    else:
        messages.success(request, _("The shift is changed."))
    return redirect("portal:hours-days", view.first_day.isoformat())


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
    language = reading_language()
    return sheet_view(sheet, viewer=request.viewer, today=request.clock.today(), language=language)


def _days_page(request: RoleRequest, day: date, form: ConfirmForm) -> HttpResponse:
    viewer, today = request.viewer, request.clock.today()
    found = household_days(viewer, day)
    if found is None:
        messages.info(request, _("No assistant of yours has hours on these days."))
        return redirect("portal:hours")
    context = {
        "page": page_of(found, may_enter=viewer.may(Capability.ENTER), today=today),
        "asks_why": to_confirm(found.alerts, viewer.organisation_id, today=today),
        "may_approve": viewer.may(Capability.APPROVE),
        "gate": gate_note(viewer, found.period.edges[0]),
        "form": form,
    }
    return render(request, "portal/hours_days.html", context, status=422 if form.errors else 200)


def _page(request: RoleRequest, view: SheetView, form: ReturnForm, confirm: ConfirmForm | None = None) -> HttpResponse:
    refusal = view.can.why.get("approve", "")
    sheet = access.employed_sheet(request.viewer, view.id)
    placed = {row.id: (view.id, row) for row in view.shifts}
    alerts, today = alerts_of_sheet(request.viewer, sheet), request.clock.today()
    confirm = confirm or ConfirmForm()
    context = {
        "alerts": words_of(alerts, view.period, names={}, shifts=placed),
        "asks_why": to_confirm(alerts, sheet.organisation_id, today=today),
        "confirm_form": confirm,
        "enterable": {view.id} if view.can.enter else frozenset(),
        "versions": {view.id: view.version},
        "gate": gate_note(request.viewer, view.first_day),
        "days_href": reverse("portal:hours-days", args=[view.first_day.isoformat()]),
        "sum_rows": gross_rows(preview(sheet, today=today)) if view.shifts and view.timetable else [],
        "view": view,
        "month": period_name(view.period),
        "days": [day for day in days_of(view) if day.shifts or day.is_leave],
        "total": hours_words(view.hours),
        "why": _(refusal) if refusal else "",
        "form": form,
        "history": history_words.events(history(sheet)),
    }
    refused = bool(form.errors or confirm.errors)
    return render(request, "portal/hours_of.html", context, status=422 if refused else 200)


def _picked(request: RoleRequest) -> list[tuple[int, int]]:
    found = []
    for text in request.POST.getlist("sheet"):
        number, _dot, version = text.partition(".")
        found.append((number_from(number), number_from(version)))
    return found


def _day(text: str) -> date:
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise NotAllowed(NOT_FOUND)
    return day


def _version(request: RoleRequest) -> int:
    return whole(request.POST.get("version")) or 0
