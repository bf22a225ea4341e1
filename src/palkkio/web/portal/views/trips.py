"""Trips of a care period (CARE-15): kilometres, from and to, purpose, a ticket or parking by receipt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from palkkio.core.problems import NotAllowed, WrongState
from palkkio.documents import access as documents
from palkkio.entries import actions
from palkkio.entries.values import SheetView, TripRow
from palkkio.organisations.access import NOT_FOUND
from palkkio.web.doors import for_payees
from palkkio.web.file_answers import answer_with
from palkkio.web.numbers import whole
from palkkio.web.portal import period_page as page
from palkkio.web.portal.views.periods import view_of
from palkkio.web.refusals import words
from palkkio.web.trips import save_trip, trip_form

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest


@require_http_methods(["GET", "POST"])
@for_payees
def add_trip(request: RoleRequest, sheet_id: int) -> HttpResponse:
    view = view_of(request, sheet_id)
    return _trip_page(request, view, None)


@require_http_methods(["GET", "POST"])
@for_payees
def edit_trip(request: RoleRequest, sheet_id: int, trip_id: int) -> HttpResponse:
    view = view_of(request, sheet_id)
    return _trip_page(request, view, _trip(view, trip_id))


@require_http_methods(["POST"])
@for_payees
def remove_trip(request: RoleRequest, sheet_id: int, trip_id: int) -> HttpResponse:
    version = whole(request.POST.get("version")) or 0
    try:
        actions.remove_trip(sheet_id, by=request.viewer, at=request.clock.now(), version=version, trip_id=trip_id)
    except WrongState as refusal:
        messages.warning(request, words(refusal))
    else:
        messages.success(request, _("The trip is removed."))
    return redirect(reverse("portal:period", args=[sheet_id]) + "#trips")


@require_safe
@for_payees
def receipt(request: RoleRequest, sheet_id: int, trip_id: int) -> HttpResponse:
    """The receipt as it was sent in."""
    trip = _trip(view_of(request, sheet_id), trip_id)
    if trip.receipt_id is None:
        raise NotAllowed(NOT_FOUND)
    return answer_with(documents.document(request.viewer, trip.receipt_id))


def _trip(view: SheetView, trip_id: int) -> TripRow:
    found = next((each for each in view.trips if each.id == trip_id), None)
    if found is None:
        raise NotAllowed(NOT_FOUND)
    return found


def _trip_page(request: RoleRequest, view: SheetView, trip: TripRow | None) -> HttpResponse:
    form = trip_form(request, view, trip)
    if request.method == "POST" and form.is_valid() and save_trip(request, view, trip, form):
        messages.success(request, _("The trip is saved."))
        return redirect(reverse("portal:period", args=[view.id]) + "#trips")
    context = {
        "form": form,
        "view": view,
        "trip": trip,
        "month": page.month_name(view),
        "locked": page.whom_to_ask(request.viewer, view),
    }
    return render(request, "portal/trip.html", context, status=422 if form.errors else 200)
