"""Repairs that an alert offers, as one act: book the shift under another decision, cut it in two (BEY-5)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from django.utils.translation import gettext_noop as _

from palkkio.core.clock import day_of
from palkkio.core.problems import FieldError, InvalidInput, NotAllowed
from palkkio.core.viewer import Viewer
from palkkio.decisions.queries import valid_on_days
from palkkio.entries import content, rights
from palkkio.entries.actions.days import channel_of
from palkkio.entries.actions.saving import Present, save_content
from palkkio.entries.actions.shifts import decision_of
from palkkio.entries.models import Sheet, SheetChange
from palkkio.entries.values import Typed
from palkkio.organisations.access import NOT_FOUND

AFTER_THE_PERIOD = _(
    "The rest of the shift would begin after this half month. Shorten this shift, and enter the rest in the next one."
)

Made = Callable[[Sheet, content.Value], Mapping[str, content.Value]]


def move_shift(sheet_id: int, *, by: Viewer, at: datetime, version: int, shift_id: int, decision: str) -> SheetChange:
    """The shift belongs to another decision in force on its day. Raises InvalidInput, StaleSheet, NotAllowed."""
    key = f"{content.SHIFT}{shift_id}"

    def made(sheet: Sheet, value: content.Value) -> Mapping[str, content.Value]:
        day = day_of(datetime.fromisoformat(value["start"]))
        known = valid_on_days(sheet.contract.employer_id, {day})[day]
        return {key: value | {"decision": decision_of(known, decision, by=by)}}

    return _repair(sheet_id, "save_shift", key, made, by=by, at=at, version=version)


def split_shift(sheet_id: int, *, by: Viewer, at: datetime, version: int, shift_id: int, cut: datetime) -> SheetChange:
    """Two shifts that touch at `cut`, an aware moment inside the shift. Raises InvalidInput, StaleSheet, NotAllowed."""
    key = f"{content.SHIFT}{shift_id}"

    def made(sheet: Sheet, value: content.Value) -> Mapping[str, content.Value]:
        start, end = (datetime.fromisoformat(value[name]) for name in ("start", "end"))
        if not start < cut < end:
            raise InvalidInput(FieldError("start", _("The shift has other times now. Look at it again.")))
        if day_of(cut) not in (rights.care_days(sheet) or ()):
            raise InvalidInput(FieldError("start", AFTER_THE_PERIOD))
        middle = content.moment(cut)
        return {key: value | {"end": middle}, content.NEW_SHIFT: value | {"start": middle, "note": ""}}

    return _repair(sheet_id, "save_shifts", key, made, by=by, at=at, version=version)


def _repair(sheet_id: int, action: str, key: str, made: Made, *, by: Viewer, at: datetime, version: int) -> SheetChange:
    def wanted(sheet: Sheet, present: Present) -> Mapping[str, content.Value]:
        if key not in present:
            raise NotAllowed(NOT_FOUND)
        mark = {"channel": channel_of(by).value, "by": by.account_id, "at": content.moment(at)}
        return {each: value | mark for each, value in made(sheet, present[key]).items()}

    return save_content(sheet_id, wanted, by=by, at=at, version=version, typed=Typed(action))
