"""Informal care support in figures (OHT-8): by fee class, age and municipality, with what was paid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from palkkio.formats.csv_export import write_csv
from palkkio.organisations import access as organisations
from palkkio.organisations.queries import local_name
from palkkio.payroll.queries.statistics import CareStatistics, care_statistics
from palkkio.web.desk import statistics_page as page
from palkkio.web.desk.roles import PAYROLL
from palkkio.web.desk.views.sums import FIRST_YEAR
from palkkio.web.doors import for_roles
from palkkio.web.file_answers import download

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest


@require_safe
@for_roles(*sorted(PAYROLL))
def care(request: RoleRequest, year: int) -> HttpResponse:
    found, groups = _of(request, year)
    context = {
        "year": year,
        "years": page.years(request.clock.today().year, year),
        "last": found.last,
        "tables": [page.table_of(each) for each in groups],
        "has_any": bool(found.by_class),
    }
    return render(request, "desk/payroll/care_statistics.html", context)


@require_safe
@for_roles(*sorted(PAYROLL))
def care_csv(request: RoleRequest, year: int) -> HttpResponse:
    """The same for a spreadsheet; it names nobody."""
    _found, groups = _of(request, year)
    content = write_csv(page.CSV_HEADER, page.csv_rows(groups))
    return download(content, "text/csv; charset=utf-8", f"palkkio-informal-care-{year}.csv")


def _of(request: RoleRequest, year: int) -> tuple[CareStatistics, list[page.Grouped]]:
    today = request.clock.today()
    if not FIRST_YEAR <= year <= today.year:
        raise Http404
    found = care_statistics(request.viewer.organisation_id, year, today)
    names = {each.pk: local_name(each) for each in organisations.municipalities(request.viewer)}
    return found, page.grouped(found, names)
