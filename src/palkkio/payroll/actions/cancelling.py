"""Taking a run back before the bank has its file (PAY-11)."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_noop as _

from palkkio.audit import actions as audit
from palkkio.core.payslip import LineCode
from palkkio.core.problems import WrongState
from palkkio.core.viewer import Viewer
from palkkio.payroll.actions.locking import locked_run, required_reason
from palkkio.payroll.actions.recovery_steps import reopen
from palkkio.payroll.balances import balances
from palkkio.payroll.models import (
    ClientCharge,
    PaidLateMonth,
    PaidOneOff,
    PaidRevision,
    Payslip,
    Receivable,
    Recovery,
    RecoveryPart,
    Run,
)


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
    _require_nothing_recovered(run)
    try:
        with transaction.atomic():
            slips = Payslip.objects.filter(run=run).update(is_cancelled=True)
    except IntegrityError as error:
        raise WrongState(
            _("The payments of this run still stand. Cancel the payment file first: after it is sent it is too late.")
        ) from error
    for settled in (PaidRevision, PaidOneOff, PaidLateMonth, Receivable, ClientCharge):
        settled.objects.filter(run=run).update(is_cancelled=True)
    _reopen_recoveries(run, by=by, at=at)
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


def _require_nothing_recovered(run: Run) -> None:
    """What the run found to be overpaid would be found again by the next one: nothing of it has come back yet."""
    parts = RecoveryPart.objects.filter(receivable__run=run)
    found = Recovery.objects.select_for_update().filter(pk__in=parts.values("recovery_id"))
    for each in balances(found).values():
        if each.set_off or each.transferred or each.waived:
            raise WrongState(
                _("An overpayment that this run found is being paid back already. Correct it in the next run.")
            )


def _reopen_recoveries(run: Run, *, by: Viewer, at: datetime) -> None:
    """An instalment that the run took comes back by itself; a matter that it settled goes on."""
    taken = Payslip.objects.filter(run=run, lines__code=LineCode.RECOVERY.value)
    closed = list(
        Recovery.objects.select_for_update().filter(
            state=Recovery.State.CLOSED, closed_reason="", contract_id__in=taken.values("contract_id")
        )
    )
    left = balances(closed)
    for each in closed:
        if left[each.pk].left > 0:
            reopen(each, by=by, at=at)
