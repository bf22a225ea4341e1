"""A trip on a page of its own, the payee's and the clerk's: its form, and saving it (CARE-15)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from palkkio.core.problems import InvalidInput, NotAllowed, WrongState
from palkkio.documents.actions import receive
from palkkio.entries import actions
from palkkio.entries.refusals import StaleSheet
from palkkio.entries.values import SheetView, TripRow
from palkkio.web.pages_field import PagesField
from palkkio.web.refusals import put_errors, words
from palkkio.web.ui.fields import DayField, EurosField, NumberField

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest


class TripForm(forms.Form):
    day = DayField(label=_("Day"), help_text=_("For example 5.10.2026"))
    origin = forms.CharField(label=_("From"), required=False)
    destination = forms.CharField(label=_("To"), required=False)
    kilometres = NumberField(
        label=_("Kilometres"),
        help_text=_("There and back together. Leave empty when there is only a ticket."),
        required=False,
    )
    purpose = forms.CharField(
        label=_("Purpose of the trip"), error_messages={"required": _("Tell why the trip was made")}
    )
    expense = EurosField(label=_("Ticket or parking, euros"), required=False)
    receipt = PagesField(
        label=_("Receipt"),
        help_text=_("A PDF or photos. Needed only for a ticket or parking."),
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    @property
    def has_expense(self) -> bool:
        """The part about a ticket is open when there is something in it."""
        return bool(self["expense"].value()) or "expense" in self.errors or "receipt" in self.errors

    def values(self) -> dict[str, Any]:
        names = ("day", "origin", "destination", "kilometres", "purpose", "expense")
        return {name: "" if self.cleaned_data[name] is None else self.cleaned_data[name] for name in names}


def trip_form(request: RoleRequest, view: SheetView, trip: TripRow | None) -> TripForm:
    """What was sent, else the trip as it stands (None: a new one)."""
    if request.method == "POST":
        return TripForm(request.POST, request.FILES)
    initial: dict[str, object] = {"version": view.version}
    if trip is not None:
        names = ("day", "origin", "destination", "purpose")
        initial |= {name: getattr(trip, name) for name in names}
        initial |= {"kilometres": trip.kilometres or None, "expense": trip.expense or None}
    return TripForm(initial=initial)


def save_trip(request: RoleRequest, view: SheetView, trip: TripRow | None, form: TripForm) -> bool:
    """Whether it was saved; otherwise the form carries the refusal, and nothing typed is lost."""
    now, upload = request.clock.now(), form.cleaned_data["receipt"]
    try:
        with transaction.atomic():
            document = None
            if upload:
                document = receive(upload, kind="receipt", person_id=view.carer_id, by=request.viewer, at=now)
            actions.save_trip(
                view.id,
                by=request.viewer,
                at=now,
                version=form.cleaned_data["version"],
                trip_id=trip.id if trip else None,
                values=form.values(),
                receipt=document,
            )
    except InvalidInput as refusal:
        put_errors(form, refusal, {"file": "receipt"})
    except StaleSheet as refusal:
        form.add_error(None, words(refusal))
        form.data = {**request.POST.dict(), "version": str(refusal.saved.version)}
    except (WrongState, NotAllowed) as refusal:
        form.add_error(None, words(refusal))
    else:
        return True
    return False
