"""What happened in a case: its `events` and `entries`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from palkkio.calculation.cases.keys import CaseError, Keys, check_place
from palkkio.calculation.earnings import DAY_BASED
from palkkio.calculation.events import (
    AbsenceReason,
    CarerIll,
    ChildIll,
    DaysOff,
    Event,
    FamilyLeave,
    HetaMember,
    Notice,
    NoticeBy,
    RecipientAway,
    RecipientMovesOut,
    Sick,
    StartUp,
    Terminated,
)
from palkkio.calculation.facts import Entry, Trip
from palkkio.core.days import DateRange
from palkkio.core.money import ZERO
from palkkio.core.payslip import ContractKind, DayType

DAY_TYPES = tuple(each.value for each in DayType if each is not DayType.LEAVE)
_OF_ENTRY = ("day", "type", "count", "hours", "kilometres", "purpose", "expense")
_COUNTS = {DayType.VISIT: "count", DayType.HOURS: "hours", DayType.LOCUM: "hours"}
_MOST = {DayType.HOURS: 25, DayType.LOCUM: 25}  # the day on which clocks go back has 25 hours
_BESIDE = frozenset({DayType.VISIT, DayType.HOURS})  # other than these, a day has one type
# kind of event -> its further keys
EVENTS: dict[str, tuple[str, ...]] = {
    "carer_ill": ("first", "last"),
    "recipient_away": ("first", "last", "reason"),
    "recipient_moves_out": ("on",),
    "notice": ("by", "given_on"),
    "terminated": ("on",),
    "days_off": ("first", "last"),
    "start_up": ("amount", "on"),
    "sick": ("first", "last", "certificate"),
    "child_ill": ("first", "last"),
    "family_leave": ("first", "last", "child"),
    "heta_member": ("first", "last"),
}
OF_ASSISTANTS = ("sick", "child_ill", "family_leave", "heta_member")


def events_of(rows: Sequence[Keys], kind: ContractKind) -> tuple[Event, ...]:
    """Events of the contract. Raises CaseError naming key and line, also where the kind knows no events."""
    if rows and kind in DAY_BASED:
        raise CaseError(rows[0].own_line, f"'events' are not used by {kind}; write entries")
    return tuple(_event(row, kind) for row in rows)


def _event(row: Keys, kind: ContractKind) -> Event:
    name = row.text("kind")
    if name not in EVENTS:
        row.fail("kind", f"'kind' of an event is one of {', '.join(EVENTS)}, not '{name}'")
    if (name in OF_ASSISTANTS) != (kind is ContractKind.PERSONAL_ASSISTANCE):
        row.fail("kind", f"'{name}' is no event of {kind}")
    row.only("kind", *EVENTS[name])
    match name:
        case "carer_ill":
            return CarerIll(row.span())
        case "recipient_away":
            return RecipientAway(row.span(), AbsenceReason(row.word("reason", tuple(AbsenceReason))))
        case "recipient_moves_out":
            return RecipientMovesOut(row.day("on"))
        case "notice":
            return Notice(NoticeBy(row.word("by", tuple(NoticeBy))), row.day("given_on"))
        case "terminated":
            return Terminated(row.day("on"))
        case "days_off":
            return DaysOff(row.span())
        case "sick":
            return Sick(row.span(), has_certificate=row.boolean("certificate", default=False))
        case "child_ill":
            return ChildIll(row.span())
        case "family_leave":
            return FamilyLeave(row.span(), row.text("child") if "child" in row else "")
        case "heta_member":
            return HetaMember(row.span())
    if kind is not ContractKind.FAMILY_CARE:
        row.fail("kind", "'start_up' belongs to family care")
    return StartUp(row.money("amount", least=0), row.day("on"))


def entries_of(
    rows: Sequence[Keys], period: DateRange, kind: ContractKind, *, beside: bool = False
) -> tuple[tuple[Entry, ...], tuple[Trip, ...]]:
    """Entries of days, and trips, inside the period or `beside` it. Raises CaseError naming key and line."""
    entries: list[Entry] = []
    trips: list[Trip] = []
    for row in rows:
        row.only(*_OF_ENTRY)
        day = row.day("day")
        check_place(row, "day", day, period, beside=beside)
        if "type" in row:
            if kind is ContractKind.INFORMAL_CARE:
                row.fail("type", "informal care is paid by the month: write events, not days")
            _add(row, _entry(row, day), entries)
        if "kilometres" in row or "expense" in row:
            trips.append(
                Trip(
                    day=day,
                    kilometres=row.number("kilometres", least=0) if "kilometres" in row else ZERO,
                    purpose=row.text("purpose") if "purpose" in row else "",
                    expense=row.money("expense", least=0) if "expense" in row else ZERO,
                )
            )
        elif "type" not in row:
            raise CaseError(row.own_line, "an entry has a 'type', or 'kilometres' or 'expense'")
    return tuple(entries), tuple(trips)


def _add(row: Keys, entry: Entry, entries: list[Entry]) -> None:
    """Adds an entry to those of its day: visits and hours of one day are one entry, a day has one type beside them."""
    for at, other in enumerate(entries):
        if other.day != entry.day:
            continue
        if other.type is entry.type and entry.type in _BESIDE:
            entries[at] = replace(other, count=other.count + entry.count)
            most = _MOST.get(entry.type)
            if most is not None and entries[at].count > most:
                row.fail(_COUNTS[entry.type], f"{entry.day} has {entries[at].count} hours, {most} at most")
            return
        if other.type is entry.type:
            row.fail("type", f"{entry.type} is entered twice on {entry.day}")
        if _BESIDE.isdisjoint({other.type, entry.type}):
            row.fail("type", f"{entry.day} has one type of day: {other.type} or {entry.type}")
    entries.append(entry)


def _entry(row: Keys, day: date) -> Entry:
    word = row.text("type")
    if word not in DAY_TYPES:
        row.fail("type", f"'type' is one of {', '.join(DAY_TYPES)}, not '{word}'")
    day_type = DayType(word)
    asked = _COUNTS.get(day_type)
    for key in ("count", "hours"):
        if key in row and key != asked:
            row.fail(key, f"'{key}' does not belong to the type '{word}'")
    if asked is None or (asked == "count" and "count" not in row):
        return Entry(day, day_type)
    count = row.number(asked, most=_MOST.get(day_type))
    if count <= 0:
        row.fail(asked, f"'{asked}' is more than 0")
    return Entry(day, day_type, count)
