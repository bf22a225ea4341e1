"""The half months of an employer's assistants: hours and state; no pay, tax or account of theirs (EMP-12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from palkkio.calculation.assistance.alert import RepairKind
from palkkio.core.days import DateRange
from palkkio.core.viewer import Viewer
from palkkio.entries.queries import periods_of_employer
from palkkio.entries.queries.alerts import household
from palkkio.entries.values import SheetRow, SheetView
from palkkio.payroll.values import Preview
from palkkio.people.households.queries import gate
from palkkio.web.alert_words import repair_words
from palkkio.web.gate_words import missing_words
from palkkio.web.pay_lines import quantity_words
from palkkio.web.rule_words import line_name
from palkkio.web.shift_words import hours_words
from palkkio.web.ui import wording
from palkkio.web.ui.values import Action, Chip, SumRow, ToDo
from palkkio.web.ui.words import period_name


@dataclass(frozen=True, slots=True)
class AssistantHours:
    """One assistant's hours of a half month."""

    name: str
    hours: str
    shifts: str
    chip: Chip
    href: str
    picked: str = ""  # what approving it posts; empty: it does not wait


@dataclass(frozen=True, slots=True)
class Half:
    """One half month; `picked` is what approving all of it posts."""

    title: str
    note: str
    total: str
    rows: Sequence[AssistantHours]
    period: DateRange
    href: str
    alerts: str = ""  # how many, in words

    @property
    def waiting(self) -> Sequence[AssistantHours]:
        return [row for row in self.rows if row.picked]

    @property
    def picked(self) -> Sequence[str]:
        return [row.picked for row in self.waiting]


def halves_of(rows: Sequence[SheetRow], *, today: date) -> list[Half]:
    """Those that wait for approval first, the earliest first; then the others, the latest first."""
    begun = [row for row in rows if row.period.edges[0] <= today]
    periods = sorted({row.period.edges for row in begun}, reverse=True)
    grouped = [[row for row in begun if row.period.edges == edges] for edges in periods]
    waiting = [group for group in grouped if any(_waits(row, today) for row in group)]
    others = [group for group in grouped if group not in waiting]
    return [half_of(group, today) for group in (*reversed(waiting), *others)]


def with_alerts(halves: Sequence[Half], viewer: Viewer, today: date) -> list[Half]:
    """Those that wait and the one that goes on say how many alerts stand on their days."""
    looked_at = [each for each in halves if each.picked or today in each.period]
    if not looked_at:
        return list(halves)
    edges = [day for each in looked_at for day in each.period.edges]
    found = household(viewer, viewer.subject_person_id, DateRange(min(edges), max(edges))).alerts
    counts = {each.period: sum(any(day in each.period for day in alert.days) for alert in found) for each in looked_at}
    return [replace(each, alerts=_alerts(counts.get(each.period, 0))) for each in halves]


def _alerts(number: int) -> str:
    return ngettext("%(n)s alert", "%(n)s alerts", number) % {"n": number} if number else ""


def alerts_todo(viewer: Viewer, today: date) -> list[ToDo]:
    """For the employer's first page: half months that wait or go on with alerts on their days, the earliest first."""
    found = with_alerts(halves_of(periods_of_employer(viewer), today=today), viewer, today)
    return [
        ToDo(
            _("%(alerts)s on the hours of your assistants") % {"alerts": each.alerts},
            Action(_("Look at the alerts"), href=f"{each.href}#alerts"),
            icon="alert",
            note=each.title,
        )
        for each in sorted(found, key=lambda each: each.period.edges)
        if each.alerts
    ]


def _waits(row: SheetRow, today: date) -> bool:
    last = row.period.last
    return row.state != "reviewed" and not row.is_returned and not row.is_empty and last is not None and today >= last


def half_of(rows: Sequence[SheetRow], today: date) -> Half:
    waiting = [row for row in rows if _waits(row, today)]
    return Half(
        title=period_name(rows[0].period),
        note=_note(rows[0], bool(waiting), today),
        total=hours_words(sum((row.hours for row in rows), timedelta())),
        rows=[_row(row, today) for row in sorted(rows, key=lambda row: row.carer_name)],
        period=rows[0].period,
        href=reverse("portal:hours-days", args=[rows[0].period.edges[0].isoformat()]),
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
        picked=f"{row.id}.{row.version}" if _waits(row, today) else "",
    )


def _chip(row: SheetRow, today: date) -> Chip:
    if row.state == "reviewed":
        return Chip(_("Approved"), "ok")
    if row.is_returned:
        return Chip(_("Returned"), "warn", "return")
    if _waits(row, today):
        return Chip(_("Waits for you"), "you", "clock")
    return Chip(_("No shifts")) if row.is_empty else Chip(_("Going on"))


@dataclass(frozen=True, slots=True)
class GateNote:
    """Why no hours are taken yet, and what is missing; `opens_on` tells from which day on they are."""

    missing: Sequence[str]
    opens_on: str


def gate_note(viewer: Viewer, day: date) -> GateNote | None:
    """For the employer (ACC-10); None: the gate is open on the day."""
    found = gate(viewer.subject_person_id)
    if found.is_open(day):
        return None
    return GateNote(missing_words(found.missing), wording.day(found.opens_on) if found.opens_on else "")


def gross_rows(preview: Preview) -> list[SumRow]:
    """Gross by line, and nothing that is taken off it (EMP-12)."""
    rows = [SumRow(f"{line_name(line.code)}, {quantity_words(line)}", line.amount) for line in preview.lines]
    return [*rows, SumRow(_("Total"), preview.gross, is_total=True)] if rows and preview.gross is not None else []


def asked_words(asked: str, view: SheetView) -> str:
    """What a repair asks of the assistant, as the reason of a return: "7.move.2.1"; "" for what is none."""
    shift_id, _dot, rest = asked.partition(".")
    kind, _dot, more = rest.partition(".")
    row = next((each for each in view.shifts if str(each.id) == shift_id), None)
    if row is None or kind not in set(RepairKind):
        return ""
    if kind == RepairKind.MOVE:
        return repair_words(kind, row, decision=more[:10])
    try:
        at = parse_datetime(more)
    except ValueError:
        at = None
    return repair_words(kind, row, at=at if at is not None and at.tzinfo is not None else None)
