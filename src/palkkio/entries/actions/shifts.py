"""Shifts of an assistant: saved and removed on the sheet of their half month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_noop as _

from palkkio.core.clock import HELSINKI, day_of
from palkkio.core.problems import FieldError, InvalidInput, NotAllowed
from palkkio.core.viewer import Viewer
from palkkio.decisions.queries import valid_on_days
from palkkio.entries import content, rights
from palkkio.entries.actions.days import channel_of
from palkkio.entries.actions.gate import check_gate
from palkkio.entries.actions.saving import Present, save_content
from palkkio.entries.models import Channel, Sheet, SheetChange, Shift
from palkkio.entries.values import Typed
from palkkio.organisations.access import NOT_FOUND

if TYPE_CHECKING:
    from palkkio.decisions.queries import DecisionRef

LONGEST = timedelta(hours=48)
IDENTIFIER = 10
OVERLAP = _("You have another shift at the same time: %(times)s. Change the times, or change that shift first.")
Span = tuple[datetime, datetime]
NOTE_LENGTH = 200


@dataclass(frozen=True, slots=True)
class NewShift:
    """One of several shifts to enter; fields as those of `save_shift`."""

    start: datetime
    end: datetime
    decision: str = ""
    note: str = ""
    is_scheduled: bool = False

    @property
    def day(self) -> date:
        return day_of(self.start)


def save_shift(
    sheet_id: int,
    *,
    by: Viewer,
    at: datetime,
    version: int,
    start: datetime,
    end: datetime,
    shift_id: int | None = None,
    decision: str = "",
    note: str = "",
    is_scheduled: bool = False,
    reason: str = "",
) -> SheetChange:
    """Enter a shift, or change one; it begins in the sheet's period and may end after it.

    start, end    aware moments: on the night when clocks go back the offset tells which of two equal times is meant
    shift_id      the shift to change; None: a new one
    decision      identifier of the decision that it belongs to; with one decision in force it need not be told (R10)
    is_scheduled  planned and not worked
    reason        of staff, for work before the household's gate was open (ACC-10)
    Returns the change; without id when nothing changed. What is refused depends on own entries, the gate and the
    identifiers alone, never on what is granted or on others (EMP-4).
    Raises InvalidInput on day, start, end, decision, note or reason, StaleSheet, NotAllowed, WrongState.
    """
    one = NewShift(start, end, decision, note, is_scheduled)
    key = content.NEW_SHIFT if shift_id is None else f"{content.SHIFT}{shift_id}"

    def wanted(sheet: Sheet, present: Present) -> Mapping[str, content.Value]:
        if shift_id is not None and key not in present:
            raise NotAllowed(NOT_FOUND)
        (chosen,) = values_of(sheet, [one], by=by, at=at, reason=reason, but=shift_id)
        before = present.get(key)
        if before is not None and same_shift(before, chosen):
            return {}
        return {key: chosen}

    typed = Typed("save_shift", values={"start": start, "end": end, "decision": decision, "note": note})
    return save_content(sheet_id, wanted, by=by, at=at, version=version, typed=typed, reason=reason.strip())


def save_shifts(
    sheet_id: int, *, by: Viewer, at: datetime, version: int, shifts: Sequence[NewShift], action: str = "save_shifts"
) -> SheetChange:
    """Enter several shifts of one half month as one save, which is undone as one. Raises as `save_shift`."""

    def wanted(sheet: Sheet, present: Present) -> Mapping[str, content.Value]:
        del present
        if not shifts:
            raise InvalidInput(FieldError("day", _("Choose at least one day.")))
        made = values_of(sheet, shifts, by=by, at=at)
        return {content.new_shift(number): value for number, value in enumerate(made, start=1)}

    return save_content(sheet_id, wanted, by=by, at=at, version=version, typed=Typed(action))


def remove_shift(sheet_id: int, *, by: Viewer, at: datetime, version: int, shift_id: int) -> SheetChange:
    """Take a shift off. One that is not there (any more) changes nothing."""
    key = f"{content.SHIFT}{shift_id}"

    def wanted(sheet: Sheet, present: Present) -> Mapping[str, content.Value]:
        return {key: None} if key in present else {}

    return save_content(sheet_id, wanted, by=by, at=at, version=version, typed=Typed("remove_shift"))


@transaction.atomic
def enter_shift(
    sheet_id: int, *, by: Viewer, at: datetime, version: int, start: datetime, end: datetime, **more: Any
) -> Shift:
    """A new shift, as `save_shift`; returns it."""
    change = save_shift(sheet_id, by=by, at=at, version=version, start=start, end=end, **more)
    (key,) = change.after
    return Shift.objects.get(pk=int(key.removeprefix(content.SHIFT)))


def same_shift(one: content.Value, other: content.Value) -> bool:
    """The same times, decision and comment, whoever entered it."""
    names = ("start", "end", "decision", "note", "is_scheduled")
    return all(one[name] == other[name] for name in names)


def check_times(
    sheet: Sheet, shifts: Iterable[NewShift], *, but: int | None = None, replaces_all: bool = False
) -> None:
    """Raises InvalidInput unless each lies in the period, has a length and leaves the own other shifts alone.

    replaces_all  those on the sheet itself go: they are not in the way
    """
    if not sheet.contract.is_employment:
        raise InvalidInput(FieldError("start", _("Only personal assistants enter shifts.")))
    days = rights.care_days(sheet)
    # Two moments of one zone are compared by the clock on the wall, which shows an hour twice when it goes back.
    spans = sorted((each.start.astimezone(UTC), each.end.astimezone(UTC)) for each in shifts)
    for start, end in spans:
        if days is None or day_of(start) not in days:
            raise InvalidInput(FieldError("start", _("The shift must begin on a day of this period.")))
        if end <= start or end - start > LONGEST:
            raise InvalidInput(FieldError("end", _("Enter an end after the beginning, at most two days later.")))
    taken = taken_times(sheet.contract_id, spans, but=but, but_sheet=sheet.pk if replaces_all else None)
    for number, span in enumerate(spans):
        if found := next((each for each in (*taken, *spans[:number]) if do_overlap(each, span)), None):
            raise InvalidInput(FieldError("start", OVERLAP, params={"times": _times(*found)}))


def taken_times(
    contract_id: int, spans: Iterable[Span], *, but: int | None = None, but_sheet: int | None = None
) -> list[Span]:
    """Times of own shifts from the first of the spans to the last, also on other sheets: one may go on over the end."""
    chosen = list(spans)
    first, last = min(start for start, _ in chosen), max(end for _, end in chosen)
    others = Shift.objects.filter(sheet__contract_id=contract_id, start_at__lt=last, end_at__gt=first)
    if but_sheet is not None:
        others = others.exclude(sheet_id=but_sheet)
    if but is not None:
        others = others.exclude(pk=but)
    return list(others.order_by("start_at").values_list("start_at", "end_at"))


def do_overlap(one: Span, other: Span) -> bool:
    """Touching is no overlap. Moments of one zone are compared in UTC."""
    (start, end), (start2, end2) = ((a.astimezone(UTC), b.astimezone(UTC)) for a, b in (one, other))
    return start < end2 and start2 < end


def decision_of(known: Sequence[DecisionRef], wanted: str, *, by: Viewer) -> str:
    """The identifier: the only one in force without asking, else one of those in force (R10)."""
    wanted = wanted.strip()[:IDENTIFIER]
    if not wanted and len(known) == 1:
        return known[0].identifier
    if known and wanted not in {each.identifier for each in known} and not (by.is_staff and not wanted):
        raise InvalidInput(FieldError("decision", _("Choose the decision that the shift belongs to.")))
    return wanted


def values_of(
    sheet: Sheet,
    shifts: Sequence[NewShift],
    *,
    by: Viewer,
    at: datetime,
    reason: str = "",
    but: int | None = None,
    channel: Channel | None = None,
) -> list[content.Value]:
    """The shifts as they are kept; from paper they take the place of all that stand there. Raises InvalidInput."""
    check_times(sheet, shifts, but=but, replaces_all=channel is Channel.PAPER)
    check_gate(sheet, (each.day for each in shifts if not each.is_scheduled), by=by, reason=reason)
    if any(len(each.note.strip()) > NOTE_LENGTH for each in shifts):
        raise InvalidInput(
            FieldError("note", _("Shorten the comment to %(most)s characters."), params={"most": NOTE_LENGTH})
        )
    employer_id = sheet.contract.employer_id
    known = valid_on_days(employer_id, {each.day for each in shifts})
    return [
        {
            "start": content.moment(each.start),
            "end": content.moment(each.end),
            "decision": decision_of(known[each.day], each.decision, by=by),
            "is_scheduled": each.is_scheduled,
            "note": each.note.strip(),
            "channel": (channel or channel_of(by)).value,
            "by": by.account_id,
            "at": content.moment(at),
        }
        for each in shifts
    ]


def _times(start: datetime, end: datetime) -> str:
    begins, ends = start.astimezone(HELSINKI), end.astimezone(HELSINKI)
    return f"{begins.day}.{begins.month}. {begins.hour}.{begins:%M}\u2013{ends.hour}.{ends:%M}"
