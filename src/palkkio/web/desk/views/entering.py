"""Days, notes and trips that staff enter for a carer: marked as the county's (CARE-12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from palkkio.core.problems import InvalidInput, NotAllowed, StaleVersion, WrongState
from palkkio.entries import actions
from palkkio.entries.refusals import StaleSheet
from palkkio.entries.values import SheetView, TripRow
from palkkio.organisations.access import NOT_FOUND
from palkkio.web.desk import period_page as page
from palkkio.web.desk.roles import for_handlers
from palkkio.web.desk.views.periods import SAID, version_of
from palkkio.web.numbers import number_from
from palkkio.web.portal import day_entry
from palkkio.web.portal import period_page as shared
from palkkio.web.portal.conflict import conflict_of
from palkkio.web.portal.forms import DaysForm, NoteForm
from palkkio.web.refusals import put_errors, words
from palkkio.web.trips import save_trip, trip_form

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest


@require_POST
@for_handlers
def save_days(request: RoleRequest, sheet_id: int) -> HttpResponse:
    """What the calendar posts: days of one kind, cleared days, or an undo."""
    view = page.view_of(request, sheet_id)
    form = page.days_form(request.viewer, view, request.POST)
    try:
        if undo := request.POST.get("undo"):
            actions.undo_change(
                number_from(undo), by=request.viewer, at=request.clock.now(), version=version_of(request)
            )
            return _saved(request, sheet_id, said=_("Undone. The days are as they were before."))
        clears = request.POST.get("do") == "clear"
        if form.is_valid() and day_entry.is_complete(form, view, clears=clears):
            return _saved(request, sheet_id, **(day_entry.clear if clears else _enter)(request, sheet_id, form))
    except StaleSheet as refusal:
        return _conflict(request, refusal)
    except InvalidInput as refusal:
        put_errors(form, refusal)
    except (WrongState, NotAllowed) as refusal:
        form.add_error(None, words(refusal))
    return _refused(request, view, form)


def _enter(request: RoleRequest, sheet_id: int, form: DaysForm) -> dict[str, Any]:
    sent = _("The comment is sent to the carer.")
    merged = _("The carer had saved something meanwhile; both were kept.")
    return day_entry.enter(request, sheet_id, form, comment_said=sent, merged_said=merged)


# --- Answers ---------------------------------------------------------------------------------------------------------


def _saved(request: RoleRequest, sheet_id: int, **said: Any) -> HttpResponse:
    if request.htmx:
        context = page.context_of(request, page.view_of(request, sheet_id), calendar=said)
        return render(request, "desk/period_saved.html", context)
    request.session[SAID] = {"sheet": sheet_id, **said}
    return redirect("desk:period", sheet_id)


def _refused(request: RoleRequest, view: SheetView, form: DaysForm) -> HttpResponse:
    calendar = day_entry.refused(view, form, request.POST)
    context = page.context_of(request, view, calendar=calendar, days_form=form, has_errors=True)
    template = "portal/period/calendar.html" if request.htmx else "desk/period.html"
    return render(request, template, context, status=422)


def _conflict(request: RoleRequest, refusal: StaleSheet) -> HttpResponse:
    """Both versions side by side, and the choice (CARE-13)."""
    view = page.view_of(request, refusal.saved.id)
    conflict = conflict_of(refusal, posted=request.POST, text=words(refusal))
    context = page.context_of(request, view, conflict=conflict, has_errors=True)
    template = "desk/period_saved.html" if request.htmx else "desk/period.html"
    return render(request, template, context, status=409)


# --- Notes -----------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@for_handlers
def write_note(request: RoleRequest, sheet_id: int) -> HttpResponse:
    """The period's own notes (Hoitojakson huomautukset), on a page of their own."""
    view = page.view_of(request, sheet_id)
    initial = {"text": view.note, "version": view.version}
    form = NoteForm(request.POST if request.method == "POST" else None, initial=initial, asks_for_email=False)
    address = reverse("desk:period", args=[sheet_id]) + "#notes"
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_note(
                sheet_id,
                by=request.viewer,
                at=request.clock.now(),
                version=form.cleaned_data["version"],
                text=form.note(),
            )
        except StaleVersion:
            form = NoteForm({**request.POST.dict(), "version": str(view.version)}, asks_for_email=False)
            form.add_error(
                "text",
                _("Somebody changed the notes meanwhile. They say now: “%(note)s” Save again to replace it with yours.")
                % {"note": view.note},
            )
        except InvalidInput as refusal:
            put_errors(form, refusal, {"note": "text"})
        except (WrongState, NotAllowed) as refusal:
            form.add_error(None, words(refusal))
        else:
            messages.success(request, _("The notes are saved."))
            return redirect(address)
    context = {"form": form, "view": view, "month": shared.month_name(view), "back_url": address}
    return render(request, "desk/note.html", context, status=422 if form.errors else 200)


# --- Trips -----------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@for_handlers
def add_trip(request: RoleRequest, sheet_id: int) -> HttpResponse:
    return _trip_page(request, page.view_of(request, sheet_id), None)


@require_http_methods(["GET", "POST"])
@for_handlers
def edit_trip(request: RoleRequest, sheet_id: int, trip_id: int) -> HttpResponse:
    view = page.view_of(request, sheet_id)
    trip = next((each for each in view.trips if each.id == trip_id), None)
    if trip is None:
        raise NotAllowed(NOT_FOUND)
    return _trip_page(request, view, trip)


@require_POST
@for_handlers
def remove_trip(request: RoleRequest, sheet_id: int, trip_id: int) -> HttpResponse:
    page.view_of(request, sheet_id)
    try:
        actions.remove_trip(
            sheet_id, by=request.viewer, at=request.clock.now(), version=version_of(request), trip_id=trip_id
        )
    except WrongState as refusal:
        messages.warning(request, words(refusal))
    else:
        messages.success(request, _("The trip is removed."))
    return redirect(reverse("desk:period", args=[sheet_id]) + "#trips")


def _trip_page(request: RoleRequest, view: SheetView, trip: TripRow | None) -> HttpResponse:
    form = trip_form(request, view, trip)
    address = reverse("desk:period", args=[view.id]) + "#trips"
    if request.method == "POST" and form.is_valid() and save_trip(request, view, trip, form):
        messages.success(request, _("The trip is saved."))
        return redirect(address)
    context = {"form": form, "view": view, "trip": trip, "month": shared.month_name(view), "back_url": address}
    return render(request, "desk/trip.html", context, status=422 if form.errors else 200)
