"""One delivery to the incomes register: where it is, its reports, and what the register says of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from palkkio.web.desk.register_words import rule
from palkkio.web.ui import wording
from palkkio.web.ui.values import Cell, Chip, Column, Fact, Row, Table, Tone
from palkkio.web.ui.words import moment

if TYPE_CHECKING:
    from palkkio.reporting.models import Delivery, Report


@dataclass(frozen=True, slots=True)
class Said:
    """A state in words."""

    words: Promise
    tone: Tone = ""


KINDS = {
    "reports": lazy("Earnings payment reports"),
    "invalidations": lazy("Reports taken back"),
    "summary": lazy("Employer's separate report"),
}
ACTIONS = {"new": lazy("New"), "replacement": lazy("Replaces"), "invalidation": lazy("Takes back")}
STATES = {
    "": Said(lazy("Not answered yet")),
    "accepted": Said(lazy("Accepted"), "ok"),
    "refused": Said(lazy("Refused"), "error"),
    "invalidated": Said(lazy("Taken back")),
}


@dataclass(frozen=True, slots=True)
class Refused:
    """A report that the register refused, with the rule in plain words."""

    id: int
    name: str
    employer: str
    delivery_href: str
    due: str
    reasons: Sequence[str]


def refused(row: Report) -> Refused:
    return Refused(
        row.pk,
        name_of(row),
        row.employer.name if row.employer and row.person else "",
        reverse("desk:delivery", args=[row.delivery_id]),
        wording.weekday_date(row.delivery.due_on, get_language()),
        [rule(code, text) for code, text in row.errors],
    )


def name_of(row: Report) -> str:
    """Whose report: the payee's, or the household's own."""
    if row.person is not None:
        return row.person.name
    return row.employer.name if row.employer else ""


def state_chip(row: Delivery, *, today: date) -> Chip:
    """Where a delivery is; what is late or refused stands out."""
    is_late = row.due_on < today
    if row.is_cancelled:
        return Chip(_("Cancelled"))
    if row.status in (4, 5):
        return Chip(_("Refused by the register"), "error")
    if row.answered_at is not None and row.sent_by_id is None:
        return Chip(_("In the register %(when)s") % {"when": moment(row.answered_at)}, "ok")
    if row.answered_at is not None and row.sent_at is not None:
        return Chip(_("Given to the register %(when)s") % {"when": moment(row.sent_at)}, "ok")
    if row.sent_at is not None:
        return Chip(_("Waits for the register's answer"), "error" if is_late else "")
    return Chip(_("Not yet reported"), "error" if is_late else "warn")


def facts(row: Delivery) -> list[Fact]:
    language = get_language()
    found = [
        Fact(_("What"), str(KINDS[row.kind])),
        Fact(_("Payday"), wording.weekday_date(row.payday, language)),
        Fact(_("To be reported by"), wording.weekday_date(row.due_on, language)),
        Fact(_("Reports"), wording.number(row.report_count)),
    ]
    if row.employer is not None:
        found.insert(1, Fact(_("Employer"), row.employer.name))
    if row.sent_at is not None:
        found.append(Fact(_("Given"), moment(row.sent_at)))
    if row.register_id:
        found.append(Fact(_("Number at the register"), row.register_id))
    return found


def reports_table(rows: Sequence[Report], *, may_take_back: bool) -> Table:
    columns = [
        Column(_("Payee"), place="title"),
        Column(_("What is done")),
        Column(_("Version"), is_number=True),
        Column(_("State"), place="side"),
        Column(_("Taking back"), place="bare"),
    ]
    return Table(_("Reports of the delivery"), columns, [_report(row, may_take_back) for row in rows])


def _report(row: Report, may_take_back: bool) -> Row:
    said = STATES[row.state]
    person = reverse("desk:person", args=[row.person_id]) if row.person_id else ""
    is_there = may_take_back and row.state == "accepted" and row.action != "invalidation" and row.person_id
    return Row(
        [
            Cell(name_of(row), href=person),
            Cell(str(ACTIONS[row.action])),
            Cell(str(row.version)),
            Cell(chips=[Chip(str(said.words), said.tone)]),
            Cell(_("Take back"), href=reverse("desk:take-back-report", args=[row.pk])) if is_there else Cell(),
        ],
        is_flagged=row.state == "refused",
    )
