"""The history of a sheet in words: what was done to it (CARE-13), for carer and staff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from palkkio.core.clock import HELSINKI
from palkkio.core.payslip import DayType
from palkkio.entries.values import ChangeLine, ChangeRow
from palkkio.web.ui import wording
from palkkio.web.ui.words import day_kind

ACTIONS: dict[str, Promise] = {
    "enter_days": gettext_lazy("Recorded days"),
    "clear_days": gettext_lazy("Cleared days"),
    "undo_change": gettext_lazy("Undid a save"),
    "save_trip": gettext_lazy("Saved a trip"),
    "remove_trip": gettext_lazy("Removed a trip"),
    "write_note": gettext_lazy("Wrote the notes"),
    "save_shift": gettext_lazy("Saved a shift"),
    "save_shifts": gettext_lazy("Saved shifts"),
    "copy_shifts": gettext_lazy("Copied shifts"),
    "mark_absent": gettext_lazy("Reported an absence"),
    "mark_present": gettext_lazy("Took back a reported absence"),
    "remove_shift": gettext_lazy("Removed a shift"),
    "approve_shifts": gettext_lazy("Approved the hours"),
    "return_shifts": gettext_lazy("Returned the hours to the assistant"),
    "enter_paper_sheet": gettext_lazy("Keyed in from paper"),
    "enter_paper_shifts": gettext_lazy("Keyed in from paper"),
    "confirm_sheet": gettext_lazy("Confirmed the period"),
    "confirm_on_behalf": gettext_lazy("Confirmed the period on the carer's behalf"),
    "return_sheet": gettext_lazy("Returned the period to the carer"),
    "review_sheet": gettext_lazy("Reviewed the period"),
    "reopen_sheet": gettext_lazy("Reopened the period"),
}


@dataclass(frozen=True, slots=True)
class Event:
    """One row of the history, in words."""

    at: datetime
    who: str
    is_staff: bool
    what: str
    details: tuple[str, ...]
    reason: str


def events(changes: Sequence[ChangeRow]) -> list[Event]:
    """The saves of a sheet in their order."""
    return [
        Event(
            at=change.at,
            who=change.by_name or _("The system"),
            is_staff=change.is_staff,
            what=str(ACTIONS.get(change.action, change.action)),
            details=tuple(_details(change.lines)),
            reason=change.reason,
        )
        for change in changes
    ]


def _details(lines: Sequence[ChangeLine]) -> list[str]:
    """Days with the same change in one line: "2.5., 3.5.: Care day"."""
    days: dict[str, list[date]] = {}
    others = []
    for line in lines:
        if line.what == "day" and line.day:
            days.setdefault(_became(line.before, line.after), []).append(line.day)
        elif line.what == "shift" and line.day:
            others.append(_shift_became(line.before, line.after))
        elif line.what == "trip" and line.day:
            others.append(f"{wording.day_short(line.day)} {trip_words(line.after or line.before or {})}")
    return [f"{days_words(each)}: {became}" for became, each in days.items()] + others


def _shift_became(before: Mapping[str, object] | None, after: Mapping[str, object] | None) -> str:
    was, now = _shift_words(before), _shift_words(after)
    if before and after:
        return f"{was} → {now}"
    return now if after else _("%(kind)s removed") % {"kind": was}


def _shift_words(value: Mapping[str, object] | None) -> str:
    if not value:
        return ""
    start, end = (datetime.fromisoformat(str(value[name])).astimezone(HELSINKI) for name in ("start", "end"))
    return f"{wording.weekday_day(start.date(), get_language())} {start.hour}.{start:%M}–{end.hour}.{end:%M}"


def _became(before: Mapping[str, object] | None, after: Mapping[str, object] | None) -> str:
    was, now = _day_words(before), _day_words(after)
    if before and after:
        return f"{was} → {now}"
    return now if after else _("%(kind)s removed") % {"kind": was}


def _day_words(value: Mapping[str, object] | None) -> str:
    if not value:
        return ""
    count = Decimal(str(value.get("count", "1")))
    kind = day_kind(DayType(str(value["type"]))).name
    return f"{kind} ({wording.number(count)})" if count != 1 else kind


def trip_words(value: Mapping[str, object]) -> str:
    """Kilometres and route of a trip as it is stored in a change."""
    kilometres, expense = Decimal(str(value.get("kilometres") or 0)), Decimal(str(value.get("expense") or 0))
    parts = [f"{wording.number(kilometres)} km" if kilometres else "", wording.euros(expense) if expense else ""]
    places = "–".join(str(value[name]) for name in ("origin", "destination") if value.get(name))
    return ", ".join(part for part in [*parts, places] if part)


def days_words(days: Sequence[date]) -> str:
    """ "ma 4.5., ti 5.5.", or "12 days" when there are many."""
    if len(days) > 6:
        return ngettext("%(n)s day", "%(n)s days", len(days)) % {"n": len(days)}
    return ", ".join(wording.weekday_day(day, get_language()) for day in sorted(days))
