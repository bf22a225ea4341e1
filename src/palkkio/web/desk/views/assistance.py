"""Personal assistance on the desk: approvals that are missing, decisions that end, tax cards that have changed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from palkkio.contracts.papers import employments
from palkkio.core.clock import day_of
from palkkio.core.days import DateRange
from palkkio.core.payslip import TaxCardKind
from palkkio.decisions.queries import days_of, search
from palkkio.entries.queries.missing_approvals import MissingApproval, missing_approvals
from palkkio.payroll import access as payroll
from palkkio.web.decision_words import span
from palkkio.web.desk.roles import PAYROLL, for_staff
from palkkio.web.looks import note_shown
from palkkio.web.shift_words import hours_words
from palkkio.web.ui import wording
from palkkio.web.ui.values import Cell, Chip, Column, Row, Table
from palkkio.web.ui.words import period_name

if TYPE_CHECKING:
    from datetime import date

    from palkkio.core.viewer import Viewer
    from palkkio.decisions.models import Decision
    from palkkio.payroll.models import TaxCard
    from palkkio.web.doors import RoleRequest

ENDED, ENDS = timedelta(days=30), timedelta(days=60)  # how far back and ahead a decision's last day is shown
CHANGED = timedelta(days=31)  # how long a new tax card is news
CARDS_SHOWN = 50


@require_safe
@for_staff
def assistance(request: RoleRequest) -> HttpResponse:
    """What nobody else sees to: the employer is in hospital, a decision has run out, a card has changed."""
    viewer, today = request.viewer, request.clock.today()
    approvals = missing_approvals(viewer, today)
    ending = _ending(viewer, today)
    cards = _changed_cards(viewer, today) if viewer.role in PAYROLL else []
    shown = {each.assistant_id for each in approvals} | {each.employer_id for each in approvals if each.employer_id}
    note_shown(request, [*shown, *ending, *cards])
    context = {
        "approvals": _approvals_table(approvals, today),
        "decisions": _decisions_table(ending, today),
        "cards": _cards_table(cards, today),
        "sees_cards": viewer.role in PAYROLL,
    }
    return render(request, "desk/assistance.html", context)


# --- Approvals --------------------------------------------------------------------------------------------------------


def _approvals_table(rows: list[MissingApproval], today: date) -> Table:
    columns = [
        Column(_("Assistant"), place="title"),
        Column(_("Employer"), place="bare"),
        Column(_("Half month"), place="bare"),
        Column(_("Hours worked"), is_number=True),
        Column(_("To be approved by"), is_extra=True),
        Column(_("State"), place="side"),
    ]
    return Table(_("Approvals that are missing"), columns, [_approval(each, today) for each in rows])


def _approval(row: MissingApproval, today: date) -> Row:
    times = row.timetable
    is_late = row.is_late(today)
    employer = reverse("desk:person", args=[row.employer_id]) if row.employer_id else ""
    return Row(
        [
            Cell(row.assistant_name, reverse("desk:period", args=[row.sheet_id])),
            Cell(row.employer_name, employer),
            Cell(period_name(row.period)),
            Cell(hours_words(row.hours)),
            Cell(wording.weekday_day(times.deadline, get_language()) if times else ""),
            Cell(chips=[Chip(_("Late"), "warn", "clock") if is_late else Chip(_("Waits"))]),
        ],
        is_flagged=is_late,
    )


# --- Decisions --------------------------------------------------------------------------------------------------------


def _ending(viewer: Viewer, today: date) -> list[Decision]:
    found = search(viewer, ends=DateRange(today - ENDED, today + ENDS), order="last", today=today)
    return list(found.select_related("employer"))


def _decisions_table(rows: list[Decision], today: date) -> Table:
    columns = [
        Column(_("Employer"), place="title"),
        Column(_("Decision"), place="bare"),
        Column(_("Days")),
        Column(_("State"), place="side"),
    ]
    return Table(_("Decisions that end"), columns, [_decision(each, today) for each in rows])


def _decision(row: Decision, today: date) -> Row:
    last: date = row.last_day  # type: ignore[attr-defined]
    chip = Chip(_("Has ended"), "warn") if last < today else Chip(_("Ends soon"), "you")
    return Row(
        [
            Cell(row.employer.name_family_first, reverse("desk:employer-decisions", args=[row.employer_id])),
            Cell(f"{row.identifier} {row.name}", reverse("desk:decision", args=[row.pk])),
            Cell(span(days_of(row.versions.all()))),
            Cell(chips=[chip]),
        ]
    )


# --- Tax cards --------------------------------------------------------------------------------------------------------


def _changed_cards(viewer: Viewer, today: date) -> list[TaxCard]:
    """New wage cards of assistants, the newest first."""
    assistants = employments(viewer).order_by().values("carer")
    found = payroll.tax_cards(viewer).filter(
        kind=TaxCardKind.WAGE, person__in=assistants, fetched_at__date__gte=today - CHANGED
    )
    return list(found.select_related("person").order_by("-fetched_at", "-pk")[:CARDS_SHOWN])


def _cards_table(rows: list[TaxCard], today: date) -> Table:
    columns = [
        Column(_("Assistant"), place="title"),
        Column(_("In force from")),
        Column(_("Percent"), is_number=True, place="side"),
        Column(_("Came")),
    ]
    return Table(_("Tax cards that have changed"), columns, [_card(each, today) for each in rows])


def _card(row: TaxCard, today: date) -> Row:
    first = row.valid.first
    return Row(
        [
            Cell(row.person.name_family_first, reverse("desk:person", args=[row.person_id])),
            Cell(
                wording.day(first) if first else "", chips=[Chip(_("coming"), "you")] if first and first > today else []
            ),
            Cell(wording.percent(round(row.base_percent, 1))),
            Cell(wording.day(day_of(row.fetched_at))),
        ]
    )
