"""Reports (Raportit): trips of a year on screen, as PDF and CSV (PAY-3); summaries on request (PAY-11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from palkkio.core.days import ONE_DAY, add_months
from palkkio.core.problems import NotAllowed
from palkkio.documents.typesetting import typesetter
from palkkio.formats.csv_export import write_csv
from palkkio.formats.pdf import pay_certificate_pdf, trip_report_pdf, yearly_summary_pdf
from palkkio.organisations.access import NOT_FOUND
from palkkio.payroll.queries import pay_certificate, yearly_summary
from palkkio.web.doors import for_payees
from palkkio.web.file_answers import download
from palkkio.web.portal import reports_page as page
from palkkio.web.ui.words import reading_language

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest


@require_safe
@for_payees
def reports(request: RoleRequest) -> HttpResponse:
    years = page.years_of(request.viewer, request.clock.today())
    chosen = request.GET.get("year", "")
    year = int(chosen) if chosen in {str(each) for each in years} else years[0]
    context = {"years": years, "year": year, "page": page.year_of(request.viewer, year)}
    return render(request, "portal/reports.html", context)


@require_safe
@for_payees
def trips_pdf(request: RoleRequest, year: int) -> HttpResponse:
    _check(request, year)
    report = page.trip_report(request.viewer, year, language=reading_language())
    body = trip_report_pdf(report, typesetter=typesetter(), language=reading_language(), made_at=request.clock.now())
    return download(body, "application/pdf", f"palkkio-matkat-{year}.pdf")


@require_safe
@for_payees
def trips_csv(request: RoleRequest, year: int) -> HttpResponse:
    _check(request, year)
    header, rows = page.csv_of(request.viewer, year)
    return download(write_csv(header, rows), "text/csv; charset=utf-8", f"palkkio-matkat-{year}.csv")


@require_safe
@for_payees
def summary_pdf(request: RoleRequest, year: int) -> HttpResponse:
    """What was paid and withheld in a year."""
    _check(request, year)
    summary = yearly_summary(request.viewer, request.viewer.subject_person_id, year=year, language=reading_language())
    body = yearly_summary_pdf(
        summary, typesetter=typesetter(), language=reading_language(), made_at=request.clock.now()
    )
    return download(body, "application/pdf", f"palkkio-vuosi-{year}.pdf")


@require_safe
@for_payees
def certificate_pdf(request: RoleRequest) -> HttpResponse:
    """A pay certificate of the last twelve months."""
    viewer, last = request.viewer, request.clock.today()
    first = add_months(last, -12) + ONE_DAY
    certificate = pay_certificate(viewer, viewer.subject_person_id, first=first, last=last, language=reading_language())
    body = pay_certificate_pdf(
        certificate, typesetter=typesetter(), language=reading_language(), made_at=request.clock.now()
    )
    return download(body, "application/pdf", _("palkkio-certificate") + ".pdf")


def _check(request: RoleRequest, year: int) -> None:
    if year not in page.years_of(request.viewer, request.clock.today()):
        raise NotAllowed(NOT_FOUND)
