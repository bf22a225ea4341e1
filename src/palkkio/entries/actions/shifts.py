"""Shifts of an assistant: saved and removed on the sheet of their half month."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_noop as _

from palkkio.core.clock import HELSINKI
from palkkio.core.payslip import ContractKind
from palkkio.core.problems import FieldError, InvalidInput, NotAllowed
from palkkio.core.viewer import Viewer
from palkkio.decisions.queries import valid_on
from palkkio.entries import content, rights
from palkkio.entries.actions.days import channel_of
from palkkio.entries.actions.saving import save_content
from palkkio.entries.models import Sheet, SheetChange, Shift
from palkkio.entries.values import Typed
from palkkio.organisations.access import NOT_FOUND

LONGEST = timedelta(hours=48)
IDENTIFIER = 10
NOTE_LENGTH = 200


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
) -> SheetChange:
    """Enter a shift, or change one; it begins in the sheet's period and may end after it.

    start, end    aware moments: on the night when clocks go back the offset tells which of two equal times is meant
    shift_id      the shift to change; None: a new one
    decision      identifier of the decision that it belongs to; with one decision in force it need not be told (R10)
    is_scheduled  planned and not worked
    Returns the change; without id when nothing changed. What is refused depends on own entries and the identifiers
    alone, never on what is granted or on others (EMP-4).
    Raises InvalidInput on start, end, decision or note, StaleSheet, NotAllowed, WrongState.
    """
    key = content.NEW_SHIFT if shift_id is None else f"{content.SHIFT}{shift_id}"
    value = {
        "start": content.moment(start),
        "end": content.moment(end),
        "note": (said := note.strip()),
        "is_scheduled": is_scheduled,
    }

    def wanted(sheet: Sheet, present: content.Content) -> Mapping[str, content.Value]:
        if shift_id is not None and key not in present:
            raise NotAllowed(NOT_FOUND)
        check_times(sheet, start, end, but=shift_id)
        if len(said) > NOTE_LENGTH:
            raise InvalidInput(
                FieldError("note", _("Shorten the comment to %(most)s characters."), params={"most": NOTE_LENGTH})
            )
        chosen = value | {"decision": _decision(sheet, start, decision, by=by)}
        before = present.get(key)
        if before is not None and all(before[name] == each for name, each in chosen.items()):
            return {}
        return {key: chosen | {"channel": channel_of(by).value, "by": by.account_id, "at": content.moment(at)}}

    typed = Typed("save_shift", values={"start": start, "end": end, "decision": decision, "note": note})
    return save_content(sheet_id, wanted, by=by, at=at, version=version, typed=typed)


def remove_shift(sheet_id: int, *, by: Viewer, at: datetime, version: int, shift_id: int) -> SheetChange:
    """Take a shift off. One that is not there (any more) changes nothing."""
    key = f"{content.SHIFT}{shift_id}"

    def wanted(sheet: Sheet, present: content.Content) -> Mapping[str, content.Value]:
        return {key: None} if key in present else {}

    return save_content(sheet_id, wanted, by=by, at=at, version=version, typed=Typed("remove_shift"))


@transaction.atomic
def enter_shift(
    sheet_id: int,
    *,
    by: Viewer,
    at: datetime,
    version: int,
    start: datetime,
    end: datetime,
    decision: str = "",
    note: str = "",
    is_scheduled: bool = False,
) -> Shift:
    """A new shift, as `save_shift`; returns it."""
    change = save_shift(
        sheet_id,
        by=by,
        at=at,
        version=version,
        start=start,
        end=end,
        decision=decision,
        note=note,
        is_scheduled=is_scheduled,
    )
    (key,) = change.after
    return Shift.objects.get(pk=int(key.removeprefix(content.SHIFT)))


def check_times(sheet: Sheet, start: datetime, end: datetime, *, but: int | None = None) -> None:
    """Raises InvalidInput unless the shift lies in the period, has a length and leaves the own other shifts alone."""
    days = rights.care_days(sheet)
    # Two moments of one zone are compared by the clock on the wall, which shows an hour twice when it goes back.
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    if sheet.contract.kind != ContractKind.PERSONAL_ASSISTANCE:
        raise InvalidInput(FieldError("start", _("Only personal assistants enter shifts.")))
    if days is None or start.astimezone(HELSINKI).date() not in days:
        raise InvalidInput(FieldError("start", _("The shift must begin on a day of this period.")))
    if end <= start or end - start > LONGEST:
        raise InvalidInput(FieldError("end", _("Enter an end after the beginning, at most two days later.")))
    # Also those on the sheets around it: a shift may go on over the end of a period.
    others = Shift.objects.filter(sheet__contract_id=sheet.contract_id, start_at__lt=end, end_at__gt=start)
    if other := others.exclude(pk=but or 0).order_by("start_at").first():
        begins, ends = other.start_at.astimezone(HELSINKI), other.end_at.astimezone(HELSINKI)
        times = f"{begins.day}.{begins.month}. {begins.hour}.{begins:%M}\u2013{ends.hour}.{ends:%M}"
        text = _("You have another shift at the same time: %(times)s. Change the times, or change that shift first.")
        raise InvalidInput(FieldError("start", text, params={"times": times}))


def _decision(sheet: Sheet, start: datetime, wanted: str, *, by: Viewer) -> str:
    """The identifier: the only one in force without asking, else one of those in force (R10)."""
    wanted = wanted.strip()[:IDENTIFIER]
    employer_id = sheet.contract.employer_id
    day = start.astimezone(HELSINKI).date()
    known = [] if employer_id is None else [each.identifier for each in valid_on(employer_id, day)]
    if not wanted and len(known) == 1:
        return known[0]
    if known and wanted not in known and not (by.is_staff and not wanted):
        raise InvalidInput(FieldError("decision", _("Choose the decision that the shift belongs to.")))
    return wanted
