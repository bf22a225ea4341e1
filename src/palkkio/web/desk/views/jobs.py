"""Jobs (Työt): what the system does by itself, what has failed and why, and trying it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from palkkio.jobs import access
from palkkio.jobs.actions import try_job_again
from palkkio.jobs.queries import in_order, rows_of
from palkkio.organisations.access import one
from palkkio.web.desk.jobs_page import job_of
from palkkio.web.desk.lists import page_of
from palkkio.web.desk.roles import for_payroll
from palkkio.web.desk.views.acting import act

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest


@require_safe
@for_payroll
def jobs(request: RoleRequest) -> HttpResponse:
    """Failed ones first."""
    found, pages = page_of(request, in_order(request.viewer))
    context = {"jobs": [job_of(each) for each in rows_of(found)], "pages": pages, "menu_at": "desk:reports"}
    return render(request, "desk/payroll/jobs.html", context)


@require_POST
@for_payroll
def again(request: RoleRequest, job_id: int) -> HttpResponse:
    one(access.jobs(request.viewer), job_id)

    def does() -> None:
        try_job_again(job_id, by=request.viewer, at=request.clock.now())

    return act(request, does, said=_("The job is tried again."), to="desk:jobs")
