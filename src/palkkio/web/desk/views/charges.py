"""Charges of days off: what a run hands to invoicing, on the page and as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from palkkio.audit import actions as audit
from palkkio.formats.csv_export import write_csv
from palkkio.payroll import access
from palkkio.payroll.charges import due_of_run, not_confirmed_of_run, rows_of_run
from palkkio.web.desk import charges_page as page
from palkkio.web.desk.roles import PAYROLL
from palkkio.web.doors import for_roles
from palkkio.web.file_answers import download

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest

for_payroll = for_roles(*sorted(PAYROLL))


@require_safe
@for_payroll
def client_charges(request: RoleRequest, run_id: int) -> HttpResponse:
    """Rows of a produced run; before that, how many it will make, and whose charge is not confirmed."""
    found = access.run(request.viewer, run_id)
    rows = list(rows_of_run(found))
    context = {
        "run": found,
        "rows": rows,
        "facts": page.facts_of(rows),
        "table": page.table_of(rows),
        "waiting": len(due_of_run(found)),
        "unconfirmed": not_confirmed_of_run(found),
        "menu_at": "desk:runs",
    }
    return render(request, "desk/payroll/client_charges.html", context)


@require_safe
@for_payroll
def client_charges_csv(request: RoleRequest, run_id: int) -> HttpResponse:
    """The file for the invoicing system; the download is told."""
    found = access.run(request.viewer, run_id)
    audit.record(
        "export_client_charges", by=request.viewer, at=request.clock.now(), object_kind="run", object_id=run_id
    )
    header, rows = page.csv_of(rows_of_run(found))
    name = f"palkkio-asiakasmaksut-{found.number}.csv"
    return download(write_csv(header, rows, iso_dates=True), "text/csv; charset=utf-8", name)
