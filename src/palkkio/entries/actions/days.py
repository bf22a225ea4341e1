"""Days and the note of a sheet: enter, clear, write."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext_noop as _

from palkkio.calculation.assistance.leave import consumed
from palkkio.core.payslip import DayType
from palkkio.core.problems import FieldError, InvalidInput
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.entries import content, rights
from palkkio.entries.actions.saving import Present, save_content
from palkkio.entries.models import Channel, Sheet, SheetChange
from palkkio.entries.queries.leave import leave_left
from palkkio.entries.queries.sheet import offered_to
from palkkio.entries.values import Typed
from palkkio.formats import figures

COUNTED = {DayType.VISIT: Decimal(20), DayType.HOURS: Decimal(24), DayType.LOCUM: Decimal(24)}  # the most of a day
NOTE_LENGTH = 4000


def enter_days(
    sheet_id: int,
    *,
    by: Viewer,
    at: datetime,
    version: int,
    days: Collection[date],
    day_type: DayType,
    count: Decimal | int = 1,
    only_empty: bool = False,
) -> SheetChange:
    """Enter what the days were; what staff enter is marked as theirs (CARE-3, CARE-12).

    count       visits or hours where the type asks for them, else 1
    only_empty  days that have an entry keep it; otherwise it is replaced (CARE-16)
    Returns the change; without id when nothing changed; `merged_over` says over how many saves of others it went.
    Raises InvalidInput on days, type or count, StaleSheet, NotAllowed, WrongState.
    """
    number = Decimal(count)
    typed = Typed("enter_days", tuple(sorted(days)), day_type, number, only_empty)

    def wanted(sheet: Sheet, present: Present) -> content.Content:
        check_days(sheet, days)
        check_type(sheet, {day_type: number})
        if day_type is DayType.LEAVE:
            check_leave(sheet, days, present, by=by)
        value = content.day_value(day_type, number, channel=channel_of(by), by=by.account_id, at=at)
        return {
            key: value
            for key in map(content.key_of, days)
            if not (only_empty and key in present) and not same_entry(present.get(key), value)
        }

    return save_content(sheet_id, wanted, by=by, at=at, version=version, typed=typed)


def clear_days(sheet_id: int, *, by: Viewer, at: datetime, version: int, days: Collection[date]) -> SheetChange:
    """Clear all entries of the days (CARE-6); trips stay. Days that have fallen outside the contract can be cleared."""

    def wanted(sheet: Sheet, present: Present) -> content.Content:
        if not days:
            raise InvalidInput(FieldError("day", _("Choose at least one day.")))
        return {key: None for key in map(content.key_of, days) if key in present}

    typed = Typed("clear_days", tuple(sorted(days)))
    return save_content(sheet_id, wanted, by=by, at=at, version=version, typed=typed)


def write_note(sheet_id: int, *, by: Viewer, at: datetime, version: int, text: str) -> SheetChange:
    """Write the period's own notes (hoitojakson huomautukset, CARE-11). Raises InvalidInput if it is too long."""
    text = text.strip()

    def wanted(sheet: Sheet, present: Present) -> content.Content:
        check_note(text)
        return {content.NOTE: text or None}

    return save_content(sheet_id, wanted, by=by, at=at, version=version, typed=Typed("write_note", text=text))


def check_note(text: str) -> None:
    if len(text) > NOTE_LENGTH:
        raise InvalidInput(
            FieldError("note", _("Shorten the note to %(most)s characters."), params={"most": NOTE_LENGTH})
        )


def check_days(sheet: Sheet, days: Collection[date]) -> None:
    """Raises InvalidInput naming the days that are not in the period or not in the contract."""
    if not days:
        raise InvalidInput(FieldError("day", _("Choose at least one day.")))
    if foreign := sorted(day for day in days if day not in sheet.period):
        raise InvalidInput(
            FieldError("day", _("These days are not in this care period: %(days)s."), params=named(foreign))
        )
    inside = rights.care_days(sheet)
    if outside := sorted(day for day in days if inside is None or day not in inside):
        raise InvalidInput(
            FieldError("day", _("The contract is not in force on these days: %(days)s."), params=named(outside))
        )


def named(days: Iterable[date]) -> dict[str, object]:
    """Days as people read them: 8.6.2026, 9.6.2026."""
    return {"days": ", ".join(map(figures.day, days))}


def check_type(sheet: Sheet, counts: Mapping[DayType, Decimal]) -> None:
    """Raises InvalidInput unless the contract offers the types, and the counts suit them (CARE-4, CARE-15)."""
    offered = offered_to(sheet)
    if any(each not in offered for each in counts):
        raise InvalidInput(FieldError("type", _("Choose a type of day that this contract offers.")))
    for day_type, count in counts.items():
        most = COUNTED.get(day_type)
        if most is None:
            if count != 1:
                raise InvalidInput(FieldError("count", _("No number is asked for this type of day. Leave it empty.")))
        elif not 0 < count <= most or count != round(count, 0 if day_type is DayType.VISIT else 2):
            message = (
                _("Enter the visits of the day as a whole number from 1 to %(most)s.")
                if day_type is DayType.VISIT
                else _("Enter the hours of the day as a number up to %(most)s, for example 3,5.")
            )
            raise InvalidInput(FieldError("count", message, params={"most": int(most)}))


def check_leave(sheet: Sheet, days: Collection[date], present: Present, *, by: Viewer) -> None:
    """Raises InvalidInput on days that use no leave, and past what is earned unless staff enter it (R15, EMP-6)."""
    if free := sorted(set(days) - set(consumed(days))):
        raise InvalidInput(
            FieldError("day", _("These days are no leave days, leave them empty: %(days)s."), params=named(free))
        )
    new = [day for day in days if content.key_of(day) not in present]
    left = None if by.is_staff or not new else leave_left(sheet.contract, max(days))
    if left is not None and len(new) > left:
        raise InvalidInput(
            FieldError(
                "day",
                _("Fewer leave days are left than you chose: %(left)s. Ask the payroll office about the others."),
                params={"left": max(left, 0)},
            )
        )


def channel_of(by: Viewer) -> Channel:
    if by.role is RoleKind.EMPLOYER:
        return Channel.EMPLOYER
    return Channel.STAFF if by.is_staff else Channel.ELECTRONIC


def same_entry(one: content.Value, other: content.Value) -> bool:
    """The same type and count, whoever entered it: entering it again changes nothing."""
    return one is not None and (one["type"], one["count"]) == (other["type"], other["count"])
