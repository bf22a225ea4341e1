"""Payslips for staff: the list, one with its why, its PDF, certificate and summary on request (PAY-11)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from palkkio.documents.queries import content
from palkkio.payments.queries import payment_states
from palkkio.payroll import access, actions
from palkkio.payroll.queries import payslip_rows, payslip_view
from palkkio.people import access as people
from palkkio.web.desk import payslips_page as page
from palkkio.web.desk.lists import page_of, words_of
from palkkio.web.desk.payroll_forms import CertificateForm, PayslipsForm, SummaryForm
from palkkio.web.desk.payroll_tabs import tabs
from palkkio.web.desk.roles import PAYROLL, for_clerks
from palkkio.web.desk.views.acting import narrowed
from palkkio.web.doors import for_roles
from palkkio.web.file_answers import download
from palkkio.web.payslip_files import pdf_of_payslip

if TYPE_CHECKING:
    from palkkio.documents.models import Document
    from palkkio.people.models import Person
    from palkkio.web.doors import RoleRequest

for_payroll = for_roles(*sorted(PAYROLL))


@require_http_methods(["GET", "POST"])
@for_payroll
def payslips(request: RoleRequest) -> HttpResponse:
    viewer = request.viewer
    if request.method == "POST":
        return narrowed(request, "payslips", ("year", "sort"))
    all_slips = access.payslips(viewer)
    words, year, sort = words_of(request, "payslips"), request.GET.get("year", ""), request.GET.get("sort", "")
    found = page.ordered(page.found_by(all_slips, viewer.organisation_id, words, year), sort)
    shown, pages = page_of(request, found)
    rows = payslip_rows(found.filter(pk__in=[each.pk for each in shown]))
    states = payment_states([row.id for row in rows])
    years = [day.year for day in all_slips.dates("payday", "year", order="DESC")]
    context = {
        "tabs": tabs("desk:payslips"),
        "menu_at": "desk:runs",
        "form": PayslipsForm({"q": words, "year": year}, years=years),
        "table": page.table_of(rows, states, today=request.clock.today(), sort=sort),
        "pages": pages,
        "has_any": bool(years),
        "is_narrowed": bool(words or year),
    }
    return render(request, "desk/payroll/payslips.html", context)


@require_safe
@for_payroll
def payslip(request: RoleRequest, payslip_id: int) -> HttpResponse:
    row = access.payslip(request.viewer, payslip_id)
    return render(
        request,
        "desk/payroll/payslip.html",
        {"page": page.payslip_of(payslip_view(row), today=request.clock.today()), "menu_at": "desk:runs"},
    )


@require_safe
@for_payroll
def payslip_pdf(request: RoleRequest, payslip_id: int) -> HttpResponse:
    """The payslip as it was issued; set and kept when it is first opened."""
    row = access.payslip(request.viewer, payslip_id)
    body = pdf_of_payslip(row, at=request.clock.now())
    return download(body, "application/pdf", f"palkkio-{row.number}.pdf")


# --- Papers on request -----------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@for_clerks
def papers(request: RoleRequest, person_id: int) -> HttpResponse:
    """Pay certificate and yearly summary of a person; what is posted answers with the PDF."""
    person = people.person(request.viewer, person_id)
    today = request.clock.today()
    slips = access.payslips(request.viewer).filter(person_id=person_id, is_cancelled=False)
    years = [day.year for day in slips.dates("payday", "year", order="DESC")] or [today.year]
    wants = request.POST.get("paper", "") if request.method == "POST" else ""
    year_ago = date(today.year - 1, today.month, 1)
    certificate = CertificateForm(
        request.POST if wants == "certificate" else None,
        initial={"first": year_ago, "last": today, "language": person.language},
        auto_id="certificate_%s",
    )
    summary = SummaryForm(
        request.POST if wants == "summary" else None,
        years=years,
        initial={"year": years[0], "language": person.language},
        auto_id="summary_%s",
    )
    if certificate.is_bound and certificate.is_valid():
        return _pdf(request, _certificate(request, person, certificate))
    if summary.is_bound and summary.is_valid():
        made = actions.issue_yearly_summary(
            person.pk, by=request.viewer, at=request.clock.now(), **summary.cleaned_data
        )
        return _pdf(request, made)
    context = {
        "person": person,
        "menu_at": "desk:runs",
        "certificate": certificate,
        "summary": summary,
        "has_payslips": slips.exists(),
        "heading": _("Papers of %(name)s") % {"name": person.name},
    }
    refused = certificate.errors or summary.errors
    return render(request, "desk/payroll/papers.html", context, status=422 if refused else 200)


def _certificate(request: RoleRequest, person: Person, form: CertificateForm) -> Document:
    typed = form.cleaned_data
    return actions.issue_pay_certificate(
        person.pk,
        by=request.viewer,
        at=request.clock.now(),
        first=typed["first"],
        last=typed["last"],
        language=typed["language"],
        purpose=typed["purpose"],
    )


def _pdf(request: RoleRequest, document: Document) -> HttpResponse:
    return download(content(document), document.content_type, document.file_name)
