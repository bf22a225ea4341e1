"""The year of each employer: what was paid and what it cost beside the pay (PAY-9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from palkkio.core.payslip import ContributionCode
from palkkio.organisations import queries as organisations
from palkkio.payroll.queries.employers import EmployerYear, employer_years
from palkkio.web.desk.payroll_tabs import tabs
from palkkio.web.desk.roles import PAYROLL
from palkkio.web.doors import for_roles
from palkkio.web.looks import note_shown
from palkkio.web.numbers import whole
from palkkio.web.ui import wording
from palkkio.web.ui.values import Cell, Column, Row, Table, View

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest

for_payroll = for_roles(*sorted(PAYROLL))
YEARS = 4


@require_safe
@for_payroll
def employers(request: RoleRequest) -> HttpResponse:
    """Employers of one year; the payer itself for commissions, households for assistants."""
    today = request.clock.today()
    year = whole(request.GET.get("year")) or today.year
    rows = employer_years(request.viewer.organisation_id, year)
    note_shown(request, (each.person_id for each in rows if each.person_id is not None))
    payer = organisations.payer(request.viewer.organisation_id)
    own = organisations.local_name(payer, request.LANGUAGE_CODE)
    views = [
        View(str(each), f"{reverse('desk:employers')}?year={each}", is_current=each == year)
        for each in range(today.year, today.year - YEARS, -1)
    ]
    context = {
        "tabs": tabs("desk:employers"),
        "menu_at": "desk:runs",
        "year": year,
        "views": views,
        "table": _table(rows, own) if rows else None,
    }
    return render(request, "desk/payroll/employers.html", context)


def _table(rows: list[EmployerYear], own: str) -> Table:
    columns = [
        Column(_("Employer"), place="title"),
        Column(_("Payees"), is_number=True),
        Column(_("Gross €"), is_number=True),
        *(Column(f"{_short(code)} €", is_number=True) for code in ContributionCode),
        Column(_("Contributions in all €"), is_number=True),
    ]
    made = [
        Row(
            [
                Cell(each.name or own),
                Cell(wording.number(each.payees)),
                Cell(wording.number(each.gross, 2)),
                *(
                    Cell(wording.number(each.contributions[code], 2) if code in each.contributions else "–")
                    for code in ContributionCode
                ),
                Cell(wording.number(each.total, 2), strong=True),
            ]
        )
        for each in rows
    ]
    return Table(_("Employer's contributions"), columns, made, is_wide=True)


def _short(code: ContributionCode) -> str:
    """As the head of a column: the title of the table says that they are the employer's contributions."""
    return {
        ContributionCode.PENSION_EMPLOYER: _("Pension"),
        ContributionCode.UNEMPLOYMENT_EMPLOYER: _("Unemployment"),
        ContributionCode.HEALTH_INSURANCE: _("Health insurance"),
        ContributionCode.ACCIDENT_INSURANCE: _("Accident"),
        ContributionCode.GROUP_LIFE_INSURANCE: _("Group life"),
    }[code]
