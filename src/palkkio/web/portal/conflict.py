"""Two versions of the same days, side by side (CARE-13): what is saved now, and what was typed meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from palkkio.entries.refusals import StaleSheet
from palkkio.entries.values import DayCell
from palkkio.web.ui import wording
from palkkio.web.ui.words import day_kind


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """One day: what is saved, by whom, and what the reader wanted."""

    day: str
    saved: str
    by: str
    yours: str

    @property
    def differs(self) -> bool:
        return self.saved != self.yours


@dataclass(frozen=True, slots=True)
class Conflict:
    """`hidden` is the reader's own save as it was posted, with the version that is now seen."""

    text: str
    rows: Sequence[ConflictRow]
    hidden: Sequence[tuple[str, str]]
    can_save: bool
    comment: str


def conflict_of(refusal: StaleSheet, *, posted: QueryDict, text: str) -> Conflict:
    """What the page asks. Yours can be saved only while the sheet is open to the reader."""
    saved, typed, yours = refusal.saved, refusal.yours, _yours(refusal)
    rows = [_row(cell, yours) for day in typed.days if (cell := saved.cell(day))]
    hidden = [(name, value) for name in posted for value in posted.getlist(name) if name not in _LEFT_OUT]
    hidden += [("version", str(saved.version))]
    if typed.action == "enter_days":
        hidden.append(("fill", "replace"))
    return Conflict(
        text=text,
        rows=rows,
        hidden=hidden,
        can_save=saved.can.enter and typed.action in ("enter_days", "clear_days"),
        comment=posted.get("comment", ""),
    )


_LEFT_OUT = ("csrfmiddlewaretoken", "version", "fill")


def _row(cell: DayCell, yours: str) -> ConflictRow:
    name = wording.weekday_day(cell.day, get_language())
    return ConflictRow(name, _saved(cell), cell.entered_by if cell.day_type else "", yours)


def _saved(cell: DayCell) -> str:
    return _named(cell.day_type, cell.count) if cell.day_type else _("nothing")


def _yours(refusal: StaleSheet) -> str:
    typed = refusal.yours
    if typed.action == "enter_days" and typed.day_type:
        return _named(typed.day_type, typed.count)
    if typed.action == "clear_days":
        return _("nothing")
    return _("as it was before")


def _named(day_type: object, count: object) -> str:
    kind = day_kind(str(day_type)).name
    return kind if count == 1 else f"{kind} ({wording.number(count)})"  # type: ignore[arg-type]
