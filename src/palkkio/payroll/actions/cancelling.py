"""Taking a run back before the bank has its file (PAY-11)."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_noop as _

from palkkio.audit import actions as audit
from palkkio.core.problems import WrongState
from palkkio.core.viewer import Viewer
from palkkio.payroll.actions.locking import locked_run, required_reason
from palkkio.payroll.models import ClientCharge, PaidLateMonth, PaidOneOff, PaidRevision, Payslip, Receivable, Run


@transaction.atomic
def cancel_run(run_id: int, *, by: Viewer, at: datetime, reason: str) -> Run:
    """Payroll's part of taking a run back: its payslips are cancelled, what it settled is payable again.

    Payments are taken back first (`payments.actions.cancel_batch`): while one stands, the database refuses. Pages call
    `reporting.actions.cancel_run`, which takes back all parts together. Raises InvalidInput on `reason`, WrongState.
    """
    reason = required_reason(reason, _("Enter why the run is cancelled."))
    run = locked_run(run_id, by)
    if run.state == Run.State.CANCELLED:
        raise WrongState(_("The run is cancelled already."))
    try:
        with transaction.atomic():
            slips = Payslip.objects.filter(run=run).update(is_cancelled=True)
    except IntegrityError as error:
        raise WrongState(
            _("The payments of this run still stand. Cancel the payment file first: after it is sent it is too late.")
        ) from error
    for settled in (PaidRevision, PaidOneOff, PaidLateMonth, Receivable, ClientCharge):
        settled.objects.filter(run=run).update(is_cancelled=True)
    run.state, run.cancelled_at, run.cancelled_by_id, run.cancelled_reason = (
        Run.State.CANCELLED,
        at,
        by.account_id,
        reason,
    )
    run.trouble = ""
    run.save()
    audit.record(
        "cancel_run",
        by=by,
        at=at,
        object_kind="run",
        object_id=run.pk,
        reason=reason,
        details={"payslips": slips},
    )
    return run
