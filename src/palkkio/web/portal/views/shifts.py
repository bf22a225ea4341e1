"""An assistant's half month: shifts added, copied, changed, removed, leave ticked, a save undone; also without script.

An employer enters here where the assistant has agreed (EMP-1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from palkkio.core.capabilities import Capability
from palkkio.core.payslip import ContractKind, DayType
from palkkio.core.problems import InvalidInput, NotAllowed, WrongState
from palkkio.core.viewer import PAYEE_ROLES, RoleKind
from palkkio.decisions.queries import DecisionRef, valid_on_days
from palkkio.entries import access, actions, rights
from palkkio.entries.queries import history
from palkkio.entries.queries.alerts import own_alerts
from palkkio.entries.refusals import StaleSheet
from palkkio.entries.values import SheetView
from palkkio.organisations.access import NOT_FOUND, one
from palkkio.payroll.queries import preview
from palkkio.people.households.queries import gate
from palkkio.web import history_words, state_words
from palkkio.web.alert_words import words_of as alerts_words
from palkkio.web.contract_words import kind_name
from palkkio.web.doors import for_payees, for_roles
from palkkio.web.numbers import number_from
from palkkio.web.portal import period_page as page
from palkkio.web.portal.shift_forms import CopyForm, ShiftForm, day_choices, initial_of
from palkkio.web.portal.views.periods import view_of
from palkkio.web.refusals import put_errors, words
from palkkio.web.shift_words import days_of, hours_words
from palkkio.web.states import money_of

if TYPE_CHECKING:
    from palkkio.entries.models import Sheet
    from palkkio.web.doors import RoleRequest


for_entering = for_roles(*PAYEE_ROLES, RoleKind.EMPLOYER)


def page_of(request: RoleRequest, sheet: Sheet, view: SheetView) -> HttpResponse:
    """The half month of an assistant, in the place of a carer's calendar."""
    viewer, today = request.viewer, request.clock.today()
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
        "alerts": alerts_words(
            own_alerts(sheet), view.period, names={}, shifts={row.id: (view.id, row) for row in view.shifts}
        ),
        "enterable": {view.id} if view.can.enter else frozenset(),
        "is_gate_open": not sheet.contract.employer_id or gate(sheet.contract.employer_id).is_open(view.last_care_day),
        "has_consent": access.consents(viewer).filter(contract=view.contract_id).exists(),
        "may_agree": viewer.may(Capability.SIGN),
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
@for_entering
def add_shift(request: RoleRequest, sheet_id: int) -> HttpResponse:
    return _shift_page(request, _sheet(request, sheet_id), None)


@require_http_methods(["GET", "POST"])
@for_entering
def edit_shift(request: RoleRequest, sheet_id: int, shift_id: int) -> HttpResponse:
    return _shift_page(request, _sheet(request, sheet_id), shift_id)


@require_POST
@for_entering
def remove_shift(request: RoleRequest, sheet_id: int, shift_id: int) -> HttpResponse:
    view = _employment(request, sheet_id)
    change = {"by": request.viewer, "at": request.clock.now(), "version": number_from(request.POST.get("version"))}
    return _done(request, view, _("The shift is removed."), actions.remove_shift, shift_id=shift_id, **change)


@require_http_methods(["GET", "POST"])
@for_entering
def copy_shifts(request: RoleRequest, sheet_id: int) -> HttpResponse:
    """The shifts of a day on other days, or a week repeated in the weeks after it."""
    view = _employment(request, sheet_id)
    days = [cell.day for cell in view.days if cell.is_inside]
    copied = [day for day in days if any(row.day == day for row in view.shifts)]
    form = CopyForm(
        request.POST if request.method == "POST" else None,
        initial={"version": view.version, "day": request.GET.get("day", "")},
        copied=day_choices(copied, get_language()),
        days=day_choices(days, get_language()),
    )
    if request.method == "POST" and form.is_valid() and (said := _copy(request, view, form)):
        messages.success(request, said)
        return redirect(_home(request, view.id))
    context = {"form": form, "view": view, "month": page.month_name(view), "back_url": _home(request, view.id)}
    return render(request, "portal/copy_shifts.html", context, status=422 if form.errors else 200)


@require_POST
@for_payees
def agree(request: RoleRequest, sheet_id: int) -> HttpResponse:
    """The assistant lets the employer enter hours, or takes it back (EMP-1)."""
    view = _employment(request, sheet_id)
    act: dict[str, Any] = {"by": request.viewer, "at": request.clock.now()}
    if request.POST.get("do") == "withdraw":
        actions.withdraw_consent(view.contract_id, **act)
        messages.success(request, _("From now on you alone enter your hours."))
    else:
        actions.give_consent(view.contract_id, **act)
        messages.success(request, _("Your employer may enter your hours, too. You see what the employer has entered."))
    return redirect("portal:period", view.id)


@require_POST
@for_payees
def tick_leave(request: RoleRequest, sheet_id: int) -> HttpResponse:
    """A leave day ticked, or its tick taken away (EMP-6)."""
    view = _employment(request, sheet_id)
    day = parse_date(request.POST.get("day", ""))
    if day is None:
        raise NotAllowed(NOT_FOUND)
    version = number_from(request.POST.get("version"))
    change = {"by": request.viewer, "at": request.clock.now(), "version": version, "days": [day]}
    if request.POST.get("do") == "clear":
        return _done(request, view, _("The leave day is removed."), actions.clear_days, **change)
    said = _("The leave day is saved.")
    return _done(request, view, said, actions.enter_days, day_type=DayType.LEAVE, **change)


@require_POST
@for_payees
def undo_shift(request: RoleRequest, sheet_id: int) -> HttpResponse:
    view = _employment(request, sheet_id)
    change = access.change(request.viewer, number_from(request.POST.get("undo")))
    if change.sheet_id != view.id:
        raise NotAllowed(NOT_FOUND)
    version = number_from(request.POST.get("version"))
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
            messages.warning(request, words(error))
    except WrongState as refusal:
        messages.warning(request, words(refusal))
    else:
        messages.success(request, said)
    return redirect(_home(request, view.id))


def _shift_page(request: RoleRequest, sheet: Sheet, shift_id: int | None) -> HttpResponse:
    """The form of one shift. What only the page shows is read when it is drawn: a save is to be quick."""
    days = list(rights.care_days(sheet) or ())
    options: dict[str, Any] = {"days": day_choices(days, get_language()), "several": shift_id is None}
    if request.method == "POST":
        asked = _decisions(sheet) if "decision" in request.POST else ()
        form = ShiftForm(request.POST, decisions=asked, **options)
        if form.is_valid() and _save(request, sheet, shift_id, form):
            number = 1 + len(form.cleaned_data.get("also", ()))
            said = ngettext("The shift is saved.", "%(n)s shifts are saved.", number)
            messages.success(request, said % {"n": number})
            return redirect(_home(request, sheet.pk))
    view = view_of(request, sheet.pk)
    shift = next((each for each in view.shifts if each.id == shift_id), None)
    if shift is None and shift_id is not None:
        raise NotAllowed(NOT_FOUND)
    if request.method != "POST":
        initial: dict[str, Any] = {"version": view.version, "day": request.GET.get("day", "")}
        initial |= initial_of(shift) if shift else {}
        form = ShiftForm(initial=initial, decisions=_decisions(sheet), **options)
    context = {
        "form": form,
        "view": view,
        "shift": shift,
        "month": page.month_name(view),
        "locked": page.locked_note(view),
        "asks_decision": "decision" in form.fields,
        "back_url": _home(request, sheet.pk),
    }
    return render(request, "portal/shift.html", context, status=422 if form.errors else 200)


def _decisions(sheet: Sheet) -> list[DecisionRef]:
    """Those in force on a day of the half month, by identifier and name alone (EMP-3, EMP-4)."""
    by_day = valid_on_days(sheet.contract.employer_id, list(rights.care_days(sheet) or ()))
    found = {each.id: each for refs in by_day.values() for each in refs}
    return sorted(found.values(), key=lambda each: each.identifier)


def _save(request: RoleRequest, sheet: Sheet, shift_id: int | None, form: ShiftForm) -> bool:
    typed = form.cleaned_data
    act = {"by": request.viewer, "at": request.clock.now(), "version": typed["version"]}
    more = {"decision": typed.get("decision", ""), "note": typed["note"], "is_scheduled": typed["is_scheduled"]}
    try:
        if typed.get("also"):
            actions.save_shifts(sheet.pk, shifts=[actions.NewShift(*each, **more) for each in form.spans], **act)
        else:
            actions.save_shift(sheet.pk, shift_id=shift_id, start=form.start_at, end=form.end_at, **more, **act)
    except InvalidInput as refusal:
        if any(error.field == "decision" for error in refusal.errors):
            form.ask(_decisions(sheet))
        put_errors(form, refusal)
    except StaleSheet as refusal:
        form.add_error(None, words(refusal))
        form.data = {**request.POST.dict(), "version": str(refusal.saved.version)}
    except WrongState as refusal:
        form.add_error(None, words(refusal))
    else:
        return True
    return False


def _copy(request: RoleRequest, view: SheetView, form: CopyForm) -> str:
    """What was copied, in words; "" with the errors on the form."""
    typed = form.cleaned_data
    act = {"by": request.viewer, "at": request.clock.now(), "version": typed["version"], "day": typed["day"]}
    try:
        if typed["what"] == "week":
            copied = actions.copy_week(view.id, weeks=typed["weeks"], **act)
        else:
            copied = actions.copy_day(view.id, to=typed["to"], **act)
    except InvalidInput as refusal:
        put_errors(form, refusal)
    except WrongState as refusal:
        form.add_error(None, words(refusal))
    else:
        said = ngettext("%(n)s shift is copied.", "%(n)s shifts are copied.", copied.made) % {"n": copied.made}
        if copied.skipped:
            days = history_words.days_words(list(copied.skipped))
            said += " " + _("Not on these days, where there is a shift already or no half month yet: %(days)s") % {
                "days": days
            }
        return said
    return ""


def _home(request: RoleRequest, sheet_id: int) -> str:
    """The page of the half month: the assistant's own, or the employer's."""
    if request.viewer.role is RoleKind.EMPLOYER:
        return reverse("portal:hours-of", args=[sheet_id]) + "#days-title"
    return reverse("portal:period", args=[sheet_id]) + "#days"


def _sheet(request: RoleRequest, sheet_id: int) -> Sheet:
    sheet = one(access.enterable_sheets(request.viewer).select_related("contract"), sheet_id)
    if sheet.contract.kind != ContractKind.PERSONAL_ASSISTANCE:
        raise NotAllowed(NOT_FOUND)
    return sheet


def _employment(request: RoleRequest, sheet_id: int) -> SheetView:
    view = view_of(request, sheet_id)
    if not view.is_employment:
        raise NotAllowed(NOT_FOUND)
    return view
