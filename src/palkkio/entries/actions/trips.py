"""Trips: kilometres, from, to, purpose, and a ticket or parking by receipt (CARE-15)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_noop as _

from palkkio.core.problems import FieldError, InvalidInput, NotAllowed, WrongState
from palkkio.core.viewer import Viewer
from palkkio.entries import content, rights
from palkkio.entries.actions.days import channel_of, named
from palkkio.entries.actions.saving import save_content
from palkkio.entries.models import Sheet, SheetChange
from palkkio.entries.values import Typed

if TYPE_CHECKING:
    from palkkio.documents.models import Document

MOST_KILOMETRES = Decimal(2000)  # from one end of Finland to the other and halfway back
MOST_EXPENSE = Decimal(2000)
LENGTHS = {"origin": 120, "destination": 120, "purpose": 200}


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

    def wanted(sheet: Sheet, present: content.Content) -> content.Content:
        key = content.NEW_TRIP if trip_id is None else f"{content.TRIP}{trip_id}"
        now = present.get(key)
        if trip_id is not None and now is None:
            raise WrongState(_("The trip has been removed meanwhile. Add it again if it was made."))
        if not sheet.contract.pays_trips:
            raise WrongState(_("This contract does not pay trips."))
        check_receipt(sheet, receipt)
        value = checked(sheet, values, receipt_id=receipt.pk if receipt else now and now["receipt"])
        if now is not None and all(now[name] == each for name, each in value.items()):
            return {}
        return {key: value | {"channel": channel_of(by).value, "by": by.account_id, "at": content.moment(at)}}

    typed = Typed("save_trip", values=dict(values))
    return save_content(sheet_id, wanted, by=by, at=at, version=version, typed=typed)


def remove_trip(sheet_id: int, *, by: Viewer, at: datetime, version: int, trip_id: int) -> SheetChange:
    """Remove a trip; `undo_change` brings it back. Removing it twice changes nothing."""

    def wanted(sheet: Sheet, present: content.Content) -> content.Content:
        return {f"{content.TRIP}{trip_id}": None}

    typed = Typed("remove_trip", values={"trip_id": trip_id})
    return save_content(sheet_id, wanted, by=by, at=at, version=version, typed=typed)


def checked(sheet: Sheet, values: Mapping[str, Any], *, receipt_id: int | None) -> content.Content:
    """The trip as it is stored. Raises InvalidInput with each error beside its field."""
    errors: list[FieldError] = []
    day = _day(sheet, values.get("day"), errors)
    kilometres = _number(values.get("kilometres"), "kilometres", errors)
    expense = _number(values.get("expense"), "expense", errors)
    words = {name: str(values.get(name) or "").strip() for name in LENGTHS}
    if kilometres is not None and not 0 <= kilometres <= MOST_KILOMETRES:
        message = _("Enter the kilometres of the trip as a number from 0 to %(most)s, for example 34.")
        errors.append(FieldError("kilometres", message, params={"most": int(MOST_KILOMETRES)}))
    if expense is not None and not 0 <= expense <= MOST_EXPENSE:
        message = _("Enter the cost in euros as a number from 0 to %(most)s, for example 4,50.")
        errors.append(FieldError("expense", message, params={"most": int(MOST_EXPENSE)}))
    if kilometres == 0 and expense == 0:
        errors.append(FieldError("kilometres", _("Enter the kilometres, or the cost of a ticket or parking.")))
    if not words["purpose"]:
        errors.append(FieldError("purpose", _("Enter what the trip was for.")))
    if kilometres:
        if not words["origin"]:
            errors.append(FieldError("origin", _("Enter where the trip began.")))
        if not words["destination"]:
            errors.append(FieldError("destination", _("Enter where the trip ended.")))
    if expense and receipt_id is None:
        errors.append(FieldError("receipt", _("Attach the receipt: a cost is paid by receipt only.")))
    errors += [
        FieldError(name, _("Shorten this to %(most)s characters."), params={"most": most})
        for name, most in LENGTHS.items()
        if len(words[name]) > most
    ]
    if errors or day is None or kilometres is None or expense is None:
        raise InvalidInput(*errors)
    return {
        "day": day.isoformat(),
        "kilometres": content.figure(kilometres),
        "origin": words["origin"],
        "destination": words["destination"],
        "purpose": words["purpose"],
        "expense": content.figure(expense),
        "receipt": receipt_id,
    }


def check_receipt(sheet: Sheet, receipt: Document | None) -> None:
    """Raises NotAllowed if the document is another organisation's or another person's."""
    if receipt is None:
        return
    if receipt.organisation_id != sheet.organisation_id or receipt.person_id not in (None, sheet.contract.carer_id):
        raise NotAllowed(_("The receipt belongs to somebody else."))


def _day(sheet: Sheet, typed: Any, errors: list[FieldError]) -> date | None:
    day = typed
    if not isinstance(day, date):
        try:
            day = date.fromisoformat(str(typed or "").strip())
        except ValueError:
            errors.append(FieldError("day", _("Choose the day of the trip.")))
            return None
    inside = rights.care_days(sheet)
    if inside is None or day not in inside:
        message = _("The trip must be on a day of this care period when the contract is in force, not on %(days)s.")
        errors.append(FieldError("day", message, params=named([day])))
    return day


def _number(typed: Any, field: str, errors: list[FieldError]) -> Decimal | None:
    """A number with at most two decimals; comma or point; empty is zero."""
    text = str(typed if typed is not None else "").replace("\u00a0", "").replace(" ", "").replace(",", ".")
    try:
        number = Decimal(text or "0")
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or number != round(number, 2):
        message = (
            _("Enter the kilometres as a number, for example 34.")
            if field == "kilometres"
            else _("Enter the cost in euros as a number, for example 4,50.")
        )
        errors.append(FieldError(field, message))
        return None
    return number
