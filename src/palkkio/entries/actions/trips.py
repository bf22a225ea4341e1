"""Trips: kilometres, from, to, purpose, and a ticket or parking by receipt (CARE-15)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_noop as _

from palkkio.core.problems import WrongState
from palkkio.core.viewer import Viewer
from palkkio.entries import content, rights
from palkkio.entries.actions.attached import require_of
from palkkio.entries.actions.days import channel_of, named
from palkkio.entries.actions.saving import Present, save_content
from palkkio.entries.models import Sheet, SheetChange
from palkkio.entries.values import Typed
from palkkio.organisations.inputs import Inputs

if TYPE_CHECKING:
    from palkkio.documents.models import Document

MOST_KILOMETRES = Decimal(2000)  # from one end of Finland to the other and halfway back
MOST_EXPENSE = Decimal(2000)
FIELDS = ("day", "kilometres", "origin", "destination", "purpose", "expense")


def save_trip(
    sheet_id: int,
    *,
    by: Viewer,
    at: datetime,
    version: int,
    trip_id: int | None = None,
    values: Mapping[str, Any],
    receipt: Document | None = None,
) -> SheetChange:
    """Add a trip, or change the trip `trip_id`.

    values   day, kilometres, origin, destination, purpose, expense (EUR); typed text or parsed
    receipt  document of the expense; a change without one keeps the receipt that the trip has
    Raises InvalidInput on the fields of `values` and receipt, WrongState if the contract pays no trips, StaleSheet,
    NotAllowed.
    """

    def wanted(sheet: Sheet, present: Present) -> content.Content:
        key = content.NEW_TRIP if trip_id is None else f"{content.TRIP}{trip_id}"
        now = present.get(key)
        if trip_id is not None and now is None:
            raise WrongState(_("The trip has been removed meanwhile. Add it again if it was made."))
        if not sheet.contract.pays_trips:
            raise WrongState(_("This contract does not pay trips."))
        if receipt is not None:
            require_of(receipt, sheet.contract, _("The receipt belongs to somebody else."))
        value = checked(sheet, values, receipt_id=receipt.pk if receipt else now and now["receipt"])
        if now is not None and all(now[name] == each for name, each in value.items()):
            return {}
        return {key: value | {"channel": channel_of(by).value, "by": by.account_id, "at": content.moment(at)}}

    typed = Typed("save_trip", values=dict(values))
    return save_content(sheet_id, wanted, by=by, at=at, version=version, typed=typed)


def remove_trip(sheet_id: int, *, by: Viewer, at: datetime, version: int, trip_id: int) -> SheetChange:
    """Remove a trip; `undo_change` brings it back. Removing it twice changes nothing."""

    def wanted(sheet: Sheet, present: Present) -> content.Content:
        return {f"{content.TRIP}{trip_id}": None}

    typed = Typed("remove_trip", values={"trip_id": trip_id})
    return save_content(sheet_id, wanted, by=by, at=at, version=version, typed=typed)


def checked(sheet: Sheet, values: Mapping[str, Any], *, receipt_id: int | None) -> content.Content:
    """The trip as it is stored. Raises InvalidInput with each error beside its field."""
    inputs = Inputs(values, FIELDS)
    day = inputs.day("day", _("Choose the day of the trip."))
    kilometres = inputs.decimal("kilometres", most=MOST_KILOMETRES)
    expense = inputs.decimal("expense", most=MOST_EXPENSE)
    purpose = inputs.text("purpose", 200, _("Enter what the trip was for."))
    origin = inputs.text("origin", 120, _("Enter where the trip began.") if kilometres else "")
    destination = inputs.text("destination", 120, _("Enter where the trip ended.") if kilometres else "")
    inside = rights.care_days(sheet)
    if day is not None and (inside is None or day not in inside):
        message = _("The trip must be on a day of this care period when the contract is in force, not on %(days)s.")
        inputs.error("day", message, **named([day]))
    if not kilometres and not expense and not inputs.has_error("expense"):
        inputs.error("kilometres", _("Enter the kilometres, or the cost of a ticket or parking."))
    if expense and receipt_id is None:
        inputs.error("receipt", _("Attach the receipt: a cost is paid by receipt only."))
    inputs.check()
    assert day is not None  # noqa: S101 - `check` has refused None
    return {
        "day": day.isoformat(),
        "kilometres": content.figure(kilometres),
        "origin": origin,
        "destination": destination,
        "purpose": purpose,
        "expense": content.figure(expense),
        "receipt": receipt_id,
    }
