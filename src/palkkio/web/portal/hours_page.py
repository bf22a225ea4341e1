"""The half months of an employer's assistants: hours and state; no pay, tax or account of theirs (EMP-12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from palkkio.entries.values import SheetRow
from palkkio.web.shift_words import hours_words
from palkkio.web.ui import wording
from palkkio.web.ui.values import Chip
from palkkio.web.ui.words import period_name


@dataclass(frozen=True, slots=True)
class AssistantHours:
    """One assistant's hours of a half month."""

    name: str
    hours: str
    shifts: str
    chip: Chip
    href: str


@dataclass(frozen=True, slots=True)
class Half:
    """One half month; `picked` is what approving all of it posts."""

    title: str
    note: str
    total: str
    rows: Sequence[AssistantHours]
    picked: Sequence[str]


def halves_of(rows: Sequence[SheetRow], *, today: date) -> list[Half]:
    """Those that wait for approval first, the earliest first; then the others, the latest first."""
    begun = [row for row in rows if row.period.edges[0] <= today]
    periods = sorted({row.period.edges for row in begun}, reverse=True)
    grouped = [[row for row in begun if row.period.edges == edges] for edges in periods]
    waiting = [group for group in grouped if any(_waits(row, today) for row in group)]
    others = [group for group in grouped if group not in waiting]
    return [_half(group, today) for group in (*reversed(waiting), *others)]


def _waits(row: SheetRow, today: date) -> bool:
    last = row.period.last
    return row.state != "reviewed" and not row.is_returned and not row.is_empty and last is not None and today >= last


def _half(rows: Sequence[SheetRow], today: date) -> Half:
    waiting = [row for row in rows if _waits(row, today)]
    return Half(
        title=period_name(rows[0].period),
        note=_note(rows[0], bool(waiting), today),
        total=hours_words(sum((row.hours for row in rows), timedelta())),
        rows=[_row(row, today) for row in sorted(rows, key=lambda row: row.carer_name)],
        picked=[f"{row.id}.{row.version}" for row in waiting],
    )


def _note(row: SheetRow, waits: bool, today: date) -> str:
    """The deadline and what it decides (EMP-2)."""
    if row.timetable is None or not waits:
        return ""
    language = get_language()
    if today <= row.timetable.deadline:
        text = _("Approve at the latest %(day)s. Then the pay is on the account %(payday)s.")
        days = {"day": wording.deadline(row.timetable.deadline, language)}
        return text % {**days, "payday": wording.weekday_date(row.timetable.payday, language)}
    late = _("The deadline was %(day)s. Hours that you approve now are paid on the next payday.")
    return late % {"day": wording.weekday_date(row.timetable.deadline, language)}


def _row(row: SheetRow, today: date) -> AssistantHours:
    return AssistantHours(
        name=row.carer_name,
        hours=hours_words(row.hours),
        shifts=ngettext("%(n)s shift", "%(n)s shifts", row.shifts) % {"n": row.shifts},
        chip=_chip(row, today),
        href=reverse("portal:hours-of", args=[row.id]),
    )


def _chip(row: SheetRow, today: date) -> Chip:
    if row.state == "reviewed":
        return Chip(_("Approved"), "ok")
    if row.is_returned:
        return Chip(_("Returned"), "warn", "return")
    if _waits(row, today):
        return Chip(_("Waits for you"), "you", "clock")
    return Chip(_("No shifts")) if row.is_empty else Chip(_("Going on"))
