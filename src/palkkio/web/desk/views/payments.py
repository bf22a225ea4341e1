"""Files of a run: downloads, and marking them as given to the bank and to the register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from palkkio.audit import actions as audit
from palkkio.core.problems import NotAllowed
from palkkio.documents import access as documents
from palkkio.documents.queries import content
from palkkio.organisations.access import NOT_FOUND
from palkkio.payments import access
from palkkio.payments.actions import mark_sent as mark_sent_by_hand
from palkkio.payments.actions import send_batch
from palkkio.payments.sending import channel_of
from palkkio.payroll import access as payroll
from palkkio.reporting import access as reporting
from palkkio.reporting import actions as reports
from palkkio.reporting.queries import files_of
from palkkio.web.desk.roles import PAYROLL, for_clerks
from palkkio.web.desk.views.acting import act
from palkkio.web.doors import for_roles
from palkkio.web.file_answers import download

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest


@require_safe
@for_roles(*sorted(PAYROLL))
def run_file(request: RoleRequest, run_id: int, document_id: int) -> HttpResponse:
    """A file of a run as it was made. Each download is recorded: the files name people."""
    made = files_of(payroll.run(request.viewer, run_id))
    files = [each.file_id for each in (made.batch, made.voucher, *made.deliveries) if each is not None]
    if document_id not in files:
        raise NotAllowed(NOT_FOUND)
    file = documents.document(request.viewer, document_id)
    audit.record(
        "download_file",
        by=request.viewer,
        at=request.clock.now(),
        object_kind="document",
        object_id=file.pk,
        details={"run": run_id, "kind": file.kind},
    )
    return download(content(file), file.content_type, file.file_name)


@require_POST
@for_clerks
def mark_sent(request: RoleRequest, batch_id: int) -> HttpResponse:
    """The bank has the payment file, or a job gives it over: from now on the run is not cancelled."""
    batch = access.batch(request.viewer, batch_id)
    gives = mark_sent_by_hand if channel_of(batch.organisation_id) is None else send_batch
    said = _("The payment file is marked as given to the bank.")
    if gives is send_batch:
        said = _("The payment file is on its way to the bank.")

    def does() -> None:
        gives(batch_id, by=request.viewer, at=request.clock.now())

    if batch.run_id is None:
        return act(request, does, said=said, to="desk:bank")
    return act(request, does, said=said, to="desk:run", args=(batch.run_id,))


@require_POST
@for_clerks
def mark_delivered(request: RoleRequest, delivery_id: int) -> HttpResponse:
    delivery = reporting.delivery(request.viewer, delivery_id)

    def does() -> None:
        reports.mark_delivered(delivery_id, by=request.viewer, at=request.clock.now())

    return act(
        request,
        does,
        said=_("The reports are marked as given to the register."),
        to="desk:run" if delivery.run_id else "desk:delivery",
        args=(delivery.run_id or delivery.pk,),
    )
