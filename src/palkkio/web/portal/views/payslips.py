"""Fees (Palkkiot): payslips by year, one payslip with the why of each line, its PDF (PAY-1, PAY-8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from palkkio.payments.queries import payment_states
from palkkio.payroll import access
from palkkio.payroll.queries import payslip_rows, payslip_view
from palkkio.web.doors import for_payees
from palkkio.web.file_answers import download
from palkkio.web.payslip_files import pdf_of_payslip
from palkkio.web.portal import payslips_page as page
from palkkio.web.ui.values import Pages

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest

PAGE = 24


@require_safe
@for_payees
def payslips(request: RoleRequest) -> HttpResponse:
    """All payslips, found, ordered and paged in the database."""
    today = request.clock.today()
    mine = access.payslips(request.viewer)
    form = page.PayslipFilter(request.GET, years=page.years_of(mine), contracts=page.contracts_of(mine))
    found = page.narrowed(mine, form.cleaned_data if form.is_valid() else {})
    sort = request.GET.get("sort", "")
    shown = Paginator(page.ordered(found, sort), PAGE).get_page(request.GET.get("page"))
    rows = payslip_rows(shown.object_list)  # type: ignore[arg-type]
    states = payment_states([row.id for row in rows])
    context = {
        "form": form,
        "table": page.table_of(rows, states, today=today, sort=sort),
        "pages": Pages(shown.number, PAGE, shown.paginator.count),
        "total": page.total_of(found, today),
        "has_any": mine.exists(),
        "is_narrowed": form.has_changed(),
        "recoveries": access.recoveries(request.viewer).exclude(state="closed").order_by("opened_on", "pk"),
    }
    return render(request, "portal/payslips.html", context)


@require_safe
@for_payees
def payslip(request: RoleRequest, payslip_id: int) -> HttpResponse:
    view = payslip_view(access.payslip(request.viewer, payslip_id))
    page.mark_seen(request.viewer, payslip_id, at=request.clock.now())
    return render(request, "portal/payslip.html", {"page": page.payslip_of(view, today=request.clock.today())})


@require_safe
@for_payees
def payslip_pdf(request: RoleRequest, payslip_id: int) -> HttpResponse:
    """The payslip as it was issued; set and kept when it is first opened."""
    row = access.payslip(request.viewer, payslip_id)
    body = pdf_of_payslip(row, at=request.clock.now())
    return download(body, "application/pdf", f"palkkio-{row.number}.pdf")
