"""The published timetable of half months: by when hours and papers come, and when they are paid (EMP-2, EMP-9, R8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from palkkio.core.days import add_months, months_between
from palkkio.core.payslip import ContractKind
from palkkio.core.viewer import RoleKind
from palkkio.organisations.queries import timetables_of_periods
from palkkio.web.doors import for_roles
from palkkio.web.ui import wording
from palkkio.web.ui.values import Cell, Column, Row, Table
from palkkio.web.ui.words import period_name

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest

MONTHS_AHEAD = 6


@require_safe
@for_roles(RoleKind.ASSISTANT, RoleKind.EMPLOYER)
def timetable(request: RoleRequest) -> HttpResponse:
    """From the half month that is paid next, half a year ahead."""
    today, language = request.clock.today(), get_language()
    months = months_between(add_months(today, -1), add_months(today, MONTHS_AHEAD))
    kind = ContractKind.PERSONAL_ASSISTANCE
    coming = [
        (period, times)
        for period, times in timetables_of_periods(request.viewer.organisation_id, kind, months)
        if times.payday >= today
    ]
    rows = [
        Row(
            [
                Cell(period_name(period)),
                Cell(wording.weekday_day(times.deadline, language)),
                Cell(wording.weekday_day(times.paper_by, language)),
                Cell(wording.weekday_day(times.payday, language), strong=True),
            ]
        )
        for period, times in coming
    ]
    columns = [
        Column(_("Half month"), place="title"),
        Column(_("To be approved by")),
        Column(_("On paper by")),
        Column(_("Payday"), place="side"),
    ]
    table = Table(_("Deadlines and paydays"), columns, rows)
    return render(request, "portal/people/timetable.html", {"table": table})
