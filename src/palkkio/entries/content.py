"""What stands on a sheet, as one mapping, so that every save, undo and history speaks of the same thing.

Key            value
2026-05-01     {type, count, channel, by, at} of a day entry
shift 7        {start, end, decision, is_scheduled, note, channel, by, at}
trip 12        {day, kilometres, origin, destination, purpose, expense, receipt, channel, by, at}
note           the period's note
source         {channel, scan, keyed_by} of a sheet keyed in from paper; signed_on, too, of an assistant's

What is empty has no key here, and is null in a change. The changes of a sheet, played one after another on an empty
mapping, give what stands on it now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import chain
from typing import Any

from palkkio.core.payslip import DayType
from palkkio.entries.models import Channel, DayEntry, Sheet, Shift, TripEntry

NOTE, SOURCE, TRIP, NEW_TRIP = "note", "source", "trip ", "trip new"
SHIFT, NEW_SHIFT = "shift ", "shift new"
Value = Any  # a JSON value; None: empty
Content = dict[str, Value]

CONTENT_ACTIONS = frozenset(
    {
        "enter_days",
        "clear_days",
        "undo_change",
        "save_trip",
        "remove_trip",
        "save_shift",
        "save_shifts",
        "copy_shifts",
        "mark_absent",
        "mark_present",
        "remove_shift",
        "write_note",
        "enter_paper_sheet",
        "enter_paper_shifts",
    }
)


def key_of(day: date) -> str:
    return day.isoformat()


def day_of(key: str) -> date | None:
    """The day that a key names, None for trips, note and source."""
    return date.fromisoformat(key) if key[:1].isdigit() else None


def new_shift(number: int) -> str:
    """The key of one of several new shifts."""
    return f"{NEW_SHIFT} {number}"


def is_new(key: str) -> bool:
    return key.startswith((NEW_TRIP, NEW_SHIFT))


def figure(value: Decimal) -> str:
    """A number as it is stored in JSON: exact, without idle zeros."""
    return format(value.normalize(), "f") if value else "0"


def moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


def day_value(day_type: DayType, count: Decimal, *, channel: str, by: int, at: datetime) -> Value:
    return {"type": day_type.value, "count": figure(count), "channel": str(channel), "by": by, "at": moment(at)}


def shift_value(shift: Shift) -> Value:
    return {
        "start": moment(shift.start_at),
        "end": moment(shift.end_at),
        "decision": shift.decision,
        "is_scheduled": shift.is_scheduled,
        "note": shift.note,
        "channel": str(shift.channel),
        "by": shift.entered_by_id,
        "at": moment(shift.entered_at),
    }


class Standing(Mapping[str, Value]):
    """What stands on the sheet now: each kind of it is read when it is first asked for. Who writes has locked it."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._read: dict[Callable[[Sheet], Content], Content] = {}

    def __getitem__(self, key: str) -> Value:
        if is_new(key):
            raise KeyError(key)
        if key.startswith(SHIFT):
            return self._kind(_shifts)[key]
        if key.startswith(TRIP):
            return self._kind(_trips)[key]
        return self._kind(_days if day_of(key) else _own)[key]

    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable(map(self._kind, (_days, _trips, _shifts, _own)))

    def __len__(self) -> int:
        return sum(1 for _key in self)

    def _kind(self, read: Callable[[Sheet], Content]) -> Content:
        if read not in self._read:
            self._read[read] = read(self._sheet)
        return self._read[read]


def _days(sheet: Sheet) -> Content:
    return {
        key_of(entry.day): day_value(
            DayType(entry.day_type),
            entry.count,
            channel=entry.channel,
            by=entry.entered_by_id,
            at=entry.entered_at,
        )
        for entry in DayEntry.objects.filter(sheet=sheet).order_by("day")
    }


def _trips(sheet: Sheet) -> Content:
    return {
        f"{TRIP}{trip.pk}": {
            "day": trip.day.isoformat(),
            "kilometres": figure(trip.kilometres),
            "origin": trip.origin,
            "destination": trip.destination,
            "purpose": trip.purpose,
            "expense": figure(trip.expense),
            "receipt": trip.receipt_id,
            "channel": trip.channel,
            "by": trip.entered_by_id,
            "at": moment(trip.entered_at),
        }
        for trip in TripEntry.objects.filter(sheet=sheet).order_by("day", "pk")
    }


def _shifts(sheet: Sheet) -> Content:
    rows = Shift.objects.filter(sheet=sheet).order_by("start_at", "pk")
    return {f"{SHIFT}{shift.pk}": shift_value(shift) for shift in rows}


def _own(sheet: Sheet) -> Content:
    """What the sheet's own row holds: note, and source of one keyed in from paper."""
    found: Content = {NOTE: sheet.note} if sheet.note else {}
    if sheet.channel != Channel.ELECTRONIC:
        found[SOURCE] = {"channel": sheet.channel, "scan": sheet.scan_id, "keyed_by": sheet.keyed_by_id}
        if sheet.signed_on is not None:
            found[SOURCE]["signed_on"] = sheet.signed_on.isoformat()
    return found


def put(sheet: Sheet, wanted: Mapping[str, Value]) -> Content:
    """Write `wanted` on the locked sheet; None empties. Returns it with the key that a new trip was given.

    Note and source are set on `sheet`, which the caller saves.
    """
    days = {day: value for key, value in wanted.items() if (day := day_of(key)) is not None}
    if emptied := [day for day, value in days.items() if value is None]:
        DayEntry.objects.filter(sheet=sheet, day__in=emptied).delete()
    DayEntry.objects.bulk_create(
        [_entry(sheet, day, value) for day, value in days.items() if value is not None],
        update_conflicts=True,
        unique_fields=["sheet", "day"],
        update_fields=["day_type", "count", "channel", "entered_by", "entered_at"],
    )
    written: Content = {}
    for key, value in wanted.items():
        if key == NOTE:
            sheet.note = value or ""
        elif key == SOURCE:
            source = value or {"channel": Channel.ELECTRONIC.value, "scan": None, "keyed_by": None}
            sheet.channel, sheet.scan_id, sheet.keyed_by_id = source["channel"], source["scan"], source["keyed_by"]
            signed_on = source.get("signed_on")
            sheet.signed_on = None if signed_on is None else date.fromisoformat(signed_on)
        elif key.startswith(TRIP):
            key = _put_trip(sheet, key, value)
        elif key.startswith(SHIFT):
            key = _put_shift(sheet, key, value)
        written[key] = value
    return written


def _entry(sheet: Sheet, day: date, value: Value) -> DayEntry:
    return DayEntry(
        organisation_id=sheet.organisation_id,
        sheet=sheet,
        day=day,
        day_type=value["type"],
        count=Decimal(value["count"]),
        channel=value["channel"],
        entered_by_id=value["by"],
        entered_at=datetime.fromisoformat(value["at"]),
    )


def _put_shift(sheet: Sheet, key: str, value: Value) -> str:
    if value is None:
        Shift.objects.filter(sheet=sheet, pk=int(key.removeprefix(SHIFT))).delete()
        return key
    shift = Shift(
        pk=None if is_new(key) else int(key.removeprefix(SHIFT)),
        organisation_id=sheet.organisation_id,
        sheet=sheet,
        start_at=datetime.fromisoformat(value["start"]),
        end_at=datetime.fromisoformat(value["end"]),
        decision=value["decision"],
        is_scheduled=value["is_scheduled"],
        note=value["note"],
        channel=value["channel"],
        entered_by_id=value["by"],
        entered_at=datetime.fromisoformat(value["at"]),
    )
    shift.save()
    return f"{SHIFT}{shift.pk}"


def _put_trip(sheet: Sheet, key: str, value: Value) -> str:
    if value is None:
        TripEntry.objects.filter(sheet=sheet, pk=int(key.removeprefix(TRIP))).delete()
        return key
    trip = TripEntry(
        pk=None if is_new(key) else int(key.removeprefix(TRIP)),
        organisation_id=sheet.organisation_id,
        sheet=sheet,
        day=date.fromisoformat(value["day"]),
        kilometres=Decimal(value["kilometres"]),
        origin=value["origin"],
        destination=value["destination"],
        purpose=value["purpose"],
        expense=Decimal(value["expense"]),
        receipt_id=value["receipt"],
        channel=value["channel"],
        entered_by_id=value["by"],
        entered_at=datetime.fromisoformat(value["at"]),
    )
    trip.save()
    return f"{TRIP}{trip.pk}"
