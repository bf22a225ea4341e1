"""Reports of the desk: deliveries to the incomes register and vouchers of all runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from palkkio.reporting import access
from palkkio.web.desk import reports_page
from palkkio.web.desk.lists import page_of
from palkkio.web.desk.roles import PAYROLL
from palkkio.web.doors import for_roles

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest

VOUCHERS_SHOWN = 24


@require_safe
@for_roles(*sorted(PAYROLL))
def reports(request: RoleRequest) -> HttpResponse:
    deliveries, pages = page_of(request, access.deliveries(request.viewer), 24)
    context = {
        "deliveries": reports_page.deliveries_table(deliveries, today=request.clock.today()),
        "pages": pages,
        "vouchers": reports_page.vouchers_table(list(access.vouchers(request.viewer)[:VOUCHERS_SHOWN])),
    }
    return render(request, "desk/payroll/reports.html", context)
