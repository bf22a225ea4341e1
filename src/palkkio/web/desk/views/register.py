"""Deliveries to the incomes register: one with its reports, sending, giving again, taking back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from palkkio.audit import actions as audit
from palkkio.core.viewer import RoleKind
from palkkio.documents import access as documents
from palkkio.documents.queries import content
from palkkio.organisations.access import one
from palkkio.reporting import access, actions
from palkkio.reporting.queries import open_refusals
from palkkio.web.desk import register_page as page
from palkkio.web.desk.lists import page_of
from palkkio.web.desk.payroll_forms import ReasonForm
from palkkio.web.desk.roles import PAYROLL, for_clerks
from palkkio.web.desk.views.acting import act, ask, did
from palkkio.web.doors import for_roles
from palkkio.web.file_answers import download
from palkkio.web.numbers import number_from
from palkkio.web.ui import wording
from palkkio.web.ui.values import Fact

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest


@require_safe
@for_roles(*sorted(PAYROLL))
def delivery(request: RoleRequest, delivery_id: int) -> HttpResponse:
    """Where it is, what the register refused and why, then every report."""
    viewer = request.viewer
    row = access.delivery(viewer, delivery_id)
    is_clerk = viewer.role is RoleKind.PAYROLL_CLERK
    rows, pages = page_of(request, access.reports(viewer).filter(delivery=row))
    is_open = row.sent_at is None and not row.is_cancelled
    waiting = open_refusals(viewer.organisation_id).filter(delivery=row)
    context = {
        "delivery": row,
        "menu_at": "desk:reports",
        "chip": page.state_chip(row, today=request.clock.today()),
        "facts": page.facts(row),
        "refused": [page.refused(each) for each in waiting[:100]],
        "table": page.reports_table(rows, may_take_back=is_clerk and row.answered_at is not None),
        "pages": pages,
        "may_send": is_clerk and is_open and settings.PALKKIO_INCOMES_REGISTER is not None,
        "may_mark": is_clerk and is_open,
        "is_clerk": is_clerk,
    }
    return render(request, "desk/payroll/delivery.html", context)


@require_safe
@for_roles(*sorted(PAYROLL))
def delivery_file(request: RoleRequest, delivery_id: int) -> HttpResponse:
    """The file as it was made. Each download is recorded: it names people."""
    row = access.delivery(request.viewer, delivery_id)
    file = documents.document(request.viewer, row.file_id)
    audit.record(
        "download_file",
        by=request.viewer,
        at=request.clock.now(),
        object_kind="document",
        object_id=file.pk,
        details={"delivery": row.pk, "kind": file.kind},
    )
    return download(content(file), file.content_type, file.file_name)


@require_POST
@for_clerks
def send_delivery(request: RoleRequest, delivery_id: int) -> HttpResponse:
    access.delivery(request.viewer, delivery_id)

    def does() -> None:
        actions.send_now(delivery_id, by=request.viewer, at=request.clock.now())

    return act(
        request,
        does,
        said=_("The reports are on their way to the register. Its answer comes here."),
        to="desk:delivery",
        args=(delivery_id,),
    )


@require_POST
@for_clerks
def report_again(request: RoleRequest, delivery_id: int) -> HttpResponse:
    """One report of a delivery, or all that were refused and that nothing has followed."""
    access.delivery(request.viewer, delivery_id)
    if "report" in request.POST:
        ids = [number_from(request.POST["report"])]
    else:
        waiting = open_refusals(request.viewer.organisation_id).filter(delivery=delivery_id)
        ids = list(waiting.values_list("pk", flat=True))

    def does() -> None:
        actions.report_again(delivery_id, ids, by=request.viewer, at=request.clock.now())

    return act(
        request,
        does,
        said=_("The reports are made again with what is known now, and go in a delivery of their own."),
        to="desk:reports",
    )


@require_http_methods(["GET", "POST"])
@for_clerks
def take_back_report(request: RoleRequest, report_id: int) -> HttpResponse:
    """Asks once, with a reason, before a report is taken back from the register."""
    row = one(access.reports(request.viewer), report_id)
    form = ReasonForm(
        request.POST if request.method == "POST" else None,
        label=_("Why is the report taken back?"),
        help_text=_("It stays on the record of the report."),
    )

    def does() -> None:
        reason = form.cleaned_data["reason"]
        actions.take_back_report(report_id, by=request.viewer, at=request.clock.now(), reason=reason)

    if form.is_bound and form.is_valid() and did(form, does):
        messages.success(request, _("The report is taken back. The register's answer comes here."))
        return redirect("desk:reports")
    return ask(
        request,
        form,
        question=_("Take the report back?"),
        explanation=_("Do this only if the report should never have been given. What is only wrong is reported again."),
        facts=[
            Fact(_("Payee"), page.name_of(row)),
            Fact(_("Payday"), wording.day(row.delivery.payday)),
        ],
        yes=_("Take back"),
        no=_("Keep the report"),
        back_url=reverse("desk:delivery", args=[row.delivery_id]),
        menu_at="desk:reports",
    )
