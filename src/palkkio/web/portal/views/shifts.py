"""An assistant's half month: shifts added, changed, removed, leave ticked, a save undone; without JavaScript, too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from palkkio.core.payslip import DayType
from palkkio.core.problems import InvalidInput, NotAllowed, WrongState
from palkkio.decisions.queries import DecisionRef, valid_on
from palkkio.entries import access, actions
from palkkio.entries.queries import history
from palkkio.entries.refusals import StaleSheet
from palkkio.entries.values import SheetView, ShiftRow
from palkkio.organisations.access import NOT_FOUND
from palkkio.payroll.queries import preview
from palkkio.web import history_words, state_words
from palkkio.web.contract_words import kind_name
from palkkio.web.doors import for_payees
from palkkio.web.portal import period_page as page
from palkkio.web.portal.shift_forms import ShiftForm, day_choices, initial_of
from palkkio.web.portal.views.periods import view_of
from palkkio.web.refusals import put_errors, words
from palkkio.web.shift_words import days_of, hours_words
from palkkio.web.states import money_of

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest


def page_of(request: RoleRequest, view: SheetView) -> HttpResponse:
    """The half month of an assistant, in the place of a carer's calendar."""
    viewer, today = request.viewer, request.clock.today()
    sheet = access.sheet(viewer, view.id)
    estimate = preview(sheet, today=today)
    reasons, paydays = {view.id: view.returned_reason}, {view.id: estimate.payday}
    money = money_of([view], today=today, paydays=paydays, reasons=reasons)[view.id]
    rows = history(sheet)
    context = {
        "view": view,
        "month": page.month_name(view),
        "kind": kind_name(view.contract_kind),
        "money": money,
        "flow": state_words.flow(money),
        "days": days_of(view),
        "total": hours_words(view.hours),
        "undo": next((row.id for row in rows[:1] if row.can_undo and not row.is_staff and view.can.enter), None),
        "locked": page.locked_note(view),
        "preview": None if money.pay is not None and money.pay.payslip_id is not None else estimate,
        "sum_rows": page.sum_rows(estimate),
        "checks": page.checks_of(view, estimate),
        "problems": page.problem_notes(estimate),
        "card": estimate.card,
        "card_name": page.tax_words(view),
        "history": history_words.events(rows),
    }
    return render(request, "portal/shifts.html", context)


@require_http_methods(["GET", "POST"])
@for_payees
def add_shift(request: RoleRequest, sheet_id: int) -> HttpResponse:
    return _shift_page(request, _employment(request, sheet_id), None)


@require_http_methods(["GET", "POST"])
@for_payees
def edit_shift(request: RoleRequest, sheet_id: int, shift_id: int) -> HttpResponse:
    view = _employment(request, sheet_id)
    found = next((each for each in view.shifts if each.id == shift_id), None)
    if found is None:
        raise NotAllowed(NOT_FOUND)
    return _shift_page(request, view, found)


@require_POST
@for_payees
def remove_shift(request: RoleRequest, sheet_id: int, shift_id: int) -> HttpResponse:
    view = _employment(request, sheet_id)
    change = {"by": request.viewer, "at": request.clock.now(), "version": _number(request, "version")}
    return _done(request, view, _("The shift is removed."), actions.remove_shift, shift_id=shift_id, **change)


@require_POST
@for_payees
def tick_leave(request: RoleRequest, sheet_id: int) -> HttpResponse:
    """A leave day ticked, or its tick taken away (EMP-6)."""
    view = _employment(request, sheet_id)
    day = parse_date(request.POST.get("day", ""))
    if day is None:
        raise NotAllowed(NOT_FOUND)
    change = {"by": request.viewer, "at": request.clock.now(), "version": _number(request, "version"), "days": [day]}
    if request.POST.get("do") == "clear":
        return _done(request, view, _("The leave day is removed."), actions.clear_days, **change)
    said = _("The leave day is saved.")
    return _done(request, view, said, actions.enter_days, day_type=DayType.LEAVE, **change)


@require_POST
@for_payees
def undo_shift(request: RoleRequest, sheet_id: int) -> HttpResponse:
    view = _employment(request, sheet_id)
    change = access.change(request.viewer, _number(request, "undo"))
    if change.sheet_id != view.id:
        raise NotAllowed(NOT_FOUND)
    version = _number(request, "version")
    try:
        actions.undo_change(change.pk, by=request.viewer, at=request.clock.now(), version=version)
    except WrongState as refusal:
        messages.warning(request, words(refusal))
    else:
        messages.success(request, _("Undone. The shifts are as they were before."))
    return redirect("portal:period", view.id)


def _done(request: RoleRequest, view: SheetView, said: str, act: Any, **values: Any) -> HttpResponse:
    """Does it and goes back to the half month with what was said."""
    try:
        act(view.id, **values)
    except InvalidInput as refusal:
        for error in refusal.errors:
            messages.warning(request, _(error.message) % error.params)
    except WrongState as refusal:
        messages.warning(request, words(refusal))
    else:
        messages.success(request, said)
    return redirect(reverse("portal:period", args=[view.id]) + "#days")


def _shift_page(request: RoleRequest, view: SheetView, shift: ShiftRow | None) -> HttpResponse:
    form = _form(request, view, shift)
    if request.method == "POST" and form.is_valid() and _save(request, view, shift, form):
        messages.success(request, _("The shift is saved."))
        return redirect(reverse("portal:period", args=[view.id]) + "#days")
    context = {
        "form": form,
        "view": view,
        "shift": shift,
        "month": page.month_name(view),
        "locked": page.locked_note(view),
        "asks_decision": "decision" in form.fields,
    }
    return render(request, "portal/shift.html", context, status=422 if form.errors else 200)


def _form(request: RoleRequest, view: SheetView, shift: ShiftRow | None) -> ShiftForm:
    days = [cell.day for cell in view.days if cell.is_inside]
    options: dict[str, Any] = {
        "days": day_choices(days, get_language()),
        "decisions": _decisions(request, view),
    }
    if request.method == "POST":
        return ShiftForm(request.POST, **options)
    initial: dict[str, Any] = {"version": view.version, "day": request.GET.get("day", "")}
    return ShiftForm(initial=initial | (initial_of(shift) if shift else {}), **options)


def _decisions(request: RoleRequest, view: SheetView) -> list[DecisionRef]:
    """Those in force on a day of the half month, by identifier and name alone (EMP-3, EMP-4)."""
    employer_id = access.sheet(request.viewer, view.id).contract.employer_id
    if employer_id is None:
        return []
    first, last = view.days[0].day, view.days[-1].day
    found = {each.id: each for day in (first, last) for each in valid_on(employer_id, day)}
    return sorted(found.values(), key=lambda each: each.identifier)


def _save(request: RoleRequest, view: SheetView, shift: ShiftRow | None, form: ShiftForm) -> bool:
    typed = form.cleaned_data
    try:
        actions.save_shift(
            view.id,
            by=request.viewer,
            at=request.clock.now(),
            version=typed["version"],
            shift_id=shift.id if shift else None,
            start=form.start_at,
            end=form.end_at,
            decision=typed.get("decision", ""),
            note=typed["note"],
        )
    except InvalidInput as refusal:
        put_errors(form, refusal)
    except StaleSheet as refusal:
        form.add_error(None, words(refusal))
        form.data = {**request.POST.dict(), "version": str(refusal.saved.version)}
    except WrongState as refusal:
        form.add_error(None, words(refusal))
    else:
        return True
    return False


def _employment(request: RoleRequest, sheet_id: int) -> SheetView:
    view = view_of(request, sheet_id)
    if not view.is_employment:
        raise NotAllowed(NOT_FOUND)
    return view


def _number(request: RoleRequest, name: str) -> int:
    text = request.POST.get(name, "")
    if not (text.isascii() and text.isdigit()) or len(text) > 18:
        raise NotAllowed(NOT_FOUND)
    return int(text)
