"""Reports of the desk: deliveries to the incomes register and vouchers of all runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from palkkio.jobs.queries import failed
from palkkio.reporting import access
from palkkio.reporting.queries import open_refusals
from palkkio.web.desk import reports_page
from palkkio.web.desk.lists import page_of
from palkkio.web.desk.register_page import refused
from palkkio.web.desk.roles import PAYROLL
from palkkio.web.doors import for_roles
from palkkio.web.looks import note_shown
from palkkio.web.numbers import whole

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest

VOUCHERS_SHOWN = 24
REFUSED_SHOWN = 50


@require_safe
@for_roles(*sorted(PAYROLL))
def reports(request: RoleRequest) -> HttpResponse:
    found = access.deliveries(request.viewer)
    if run_id := whole(request.GET.get("run")):
        found = found.filter(run_id=run_id)
    deliveries, pages = page_of(request, found, 24)
    waiting = open_refusals(request.viewer.organisation_id)
    shown = list(waiting[:REFUSED_SHOWN])
    note_shown(request, (each.person_id for each in shown if each.person_id is not None))
    context = {
        "refused": [refused(each) for each in shown],
        "refused_count": waiting.count(),
        "deliveries": reports_page.deliveries_table(deliveries, today=request.clock.today()),
        "pages": pages,
        "failed_jobs": failed(request.viewer),
        "vouchers": reports_page.vouchers_table(list(access.vouchers(request.viewer)[:VOUCHERS_SHOWN])),
    }
    return render(request, "desk/payroll/reports.html", context)
