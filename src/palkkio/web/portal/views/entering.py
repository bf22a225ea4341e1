"""Saves of a care period: days, undo, notes, confirming. Each answers htmx with the parts that changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from palkkio.core.problems import InvalidInput, StaleVersion, WrongState
from palkkio.entries import actions
from palkkio.entries.refusals import ConfirmEarly, StaleSheet
from palkkio.entries.values import SheetView
from palkkio.web.doors import for_payees
from palkkio.web.numbers import number_from, whole
from palkkio.web.portal import day_entry
from palkkio.web.portal import period_page as page
from palkkio.web.portal.conflict import conflict_of
from palkkio.web.portal.forms import DaysForm, NoteForm
from palkkio.web.portal.views.periods import SAID, days_form, period_context, view_of
from palkkio.web.refusals import put_errors, words
from palkkio.web.ui import wording

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest


@require_POST
@for_payees
def save_days(request: RoleRequest, sheet_id: int) -> HttpResponse:
    """What the calendar posts: days of one kind, cleared days, or an undo."""
    view = view_of(request, sheet_id)
    form = days_form(view, page.kinds_of(request.viewer, view), request.POST)
    try:
        if request.POST.get("undo"):
            return _saved(request, sheet_id, **_undo(request))
        clears = request.POST.get("do") == "clear"
        if form.is_valid() and day_entry.is_complete(form, view, clears=clears):
            return _saved(request, sheet_id, **(day_entry.clear if clears else _enter)(request, sheet_id, form))
    except StaleSheet as refusal:
        return _conflict(request, refusal)
    except InvalidInput as refusal:
        put_errors(form, refusal)
    except WrongState as refusal:
        form.add_error(None, words(refusal))
    return _refused(request, view, form)


# --- Acts ------------------------------------------------------------------------------------------------------------


def _enter(request: RoleRequest, sheet_id: int, form: DaysForm) -> dict[str, Any]:
    merged = _("The county had saved something meanwhile; both were kept.")
    return day_entry.enter(request, sheet_id, form, comment_said=_("The comment is sent."), merged_said=merged)


def _undo(request: RoleRequest) -> dict[str, Any]:
    number, version = (number_from(request.POST.get(name)) for name in ("undo", "version"))
    actions.undo_change(number, by=request.viewer, at=request.clock.now(), version=version)
    return {"said": _("Undone. The days are as they were before.")}


# --- Answers ---------------------------------------------------------------------------------------------------------


def _saved(request: RoleRequest, sheet_id: int, **said: Any) -> HttpResponse:
    """The calendar with what was done, and every part that shows the same data."""
    if request.htmx:
        context = period_context(request, view_of(request, sheet_id), calendar=said)
        return render(request, "portal/period_saved.html", context)
    request.session[SAID] = {"sheet": sheet_id, **said}
    return redirect("portal:period", sheet_id)


def _refused(request: RoleRequest, view: SheetView, form: DaysForm) -> HttpResponse:
    calendar = day_entry.refused(view, form, request.POST)
    summary = [(text, "calendar-panel") for text in calendar["errors"].values()]
    context = period_context(request, view, calendar=calendar, days_form=form, has_errors=True, summary=summary)
    template = "portal/period_refused.html" if request.htmx else "portal/period.html"
    return render(request, template, context, status=422)


def _conflict(request: RoleRequest, refusal: StaleSheet) -> HttpResponse:
    """Both versions side by side, and the choice (CARE-13)."""
    view = view_of(request, refusal.saved.id)
    conflict = conflict_of(refusal, posted=request.POST, text=words(refusal))
    context = period_context(request, view, conflict=conflict, has_errors=True)
    template = "portal/period_saved.html" if request.htmx else "portal/period.html"
    return render(request, template, context, status=409)


@require_POST
@for_payees
def write_note(request: RoleRequest, sheet_id: int) -> HttpResponse:
    """The period's own notes (Hoitojakson huomautukset)."""
    view = view_of(request, sheet_id)
    form = NoteForm(request.POST, asks_for_email=view.asks_for_email)
    status = 422
    said = ""
    if form.is_valid():
        now = request.clock.now()
        try:
            actions.write_note(
                sheet_id, by=request.viewer, at=now, version=form.cleaned_data["version"], text=form.note()
            )
        except StaleVersion:
            # What was typed stays in the field, what was saved meanwhile stands above it; a second save replaces it.
            status = 409
            form = NoteForm({**request.POST.dict(), "version": view.version}, asks_for_email=view.asks_for_email)
            form.add_error(
                "text",
                _("Somebody changed the notes meanwhile. They say now: “%(note)s” Save again to replace it with yours.")
                % {"note": view.note},
            )
        except InvalidInput as refusal:
            put_errors(form, refusal, {"note": "text"})
        except WrongState as refusal:
            form.add_error(None, words(refusal))
        else:
            status, said = 200, _("The notes are saved.")
            view = view_of(request, sheet_id)
            form = NoteForm(initial={"text": view.note, "version": view.version}, asks_for_email=view.asks_for_email)
    if status == 200 and not request.htmx:
        messages.success(request, said)
        return redirect(reverse("portal:period", args=[sheet_id]) + "#notes")
    context = period_context(request, view, note_form=form, note_said=said, form=form)
    template = "portal/period/note.html" if request.htmx else "portal/period.html"
    return render(request, template, context, status=status)


@require_POST
@for_payees
def confirm(request: RoleRequest, sheet_id: int) -> HttpResponse:
    """Tells the county that the period is ready; before the last care day it asks once (CARE-16)."""
    version = whole(request.POST.get("version")) or 0
    try:
        actions.confirm_sheet(
            sheet_id,
            by=request.viewer,
            at=request.clock.now(),
            version=version,
            before_last_day_ok=request.POST.get("sure") == "yes",
        )
    except ConfirmEarly:
        return _ask_early(request, view_of(request, sheet_id), version)
    except WrongState as refusal:
        messages.warning(request, words(refusal))
    else:
        messages.success(request, _("The period is confirmed. The county reviews it next."))
    return redirect("portal:period", sheet_id)


def _ask_early(request: RoleRequest, view: SheetView, version: int) -> HttpResponse:
    last = wording.deadline(view.last_care_day, get_language())
    context = {
        "question": _("Confirm already now?"),
        "explanation": _(
            "The last care day of the period is %(day)s. Once you have confirmed, only the county can change entries."
        )
        % {"day": last},
        "action": reverse("portal:confirm-period", args=[view.id]),
        "hidden": [("version", str(version)), ("sure", "yes")],
        "yes": _("Confirm"),
        "no": _("Do not confirm yet"),
        "back_url": reverse("portal:period", args=[view.id]),
        "door_template": "portal/layout.html",
        "form": None,
    }
    return render(request, "ui/confirm.html", context)
