"""Writes of reporting: reports, voucher, and the whole of a run made or taken back."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_noop as _

from palkkio.core.problems import WrongState
from palkkio.core.viewer import Viewer
from palkkio.payments import actions as payments
from palkkio.payments.actions import FileRefusedError
from palkkio.payroll import actions as payroll
from palkkio.payroll.queries.handover import gone_from_making, locked_run
from palkkio.reporting import access
from palkkio.reporting.accounts import map_account
from palkkio.reporting.corrections import report_again, take_back_report
from palkkio.reporting.deliveries import make_deliveries, mark_delivered
from palkkio.reporting.models import Delivery, Voucher
from palkkio.reporting.sending import send_now
from palkkio.reporting.separate_reports import make_separate_reports
from palkkio.reporting.vouchers import make_voucher

if TYPE_CHECKING:
    from palkkio.payroll.models import Run

__all__ = [
    "cancel_run",
    "finish_run",
    "make_deliveries",
    "make_separate_reports",
    "make_voucher",
    "map_account",
    "mark_delivered",
    "report_again",
    "send_now",
    "take_back_report",
]


def finish_run(run_id: int, *, at: datetime) -> Run:
    """All that an approved run still lacks: payslips, payment file, reports, voucher; then it is produced.

    Each step makes only what is missing, so the job may be killed at any point and run again. What stops it is said on
    the run and raised.
    """
    try:
        payroll.produce_payslips(run_id, at=at)
        if (moved_on := gone_from_making(run_id)) is not None:
            return moved_on
        # One worker makes both, as they number their files in the organisation's row; the others go on with reports.
        if payments.make_batch(run_id, at=at, waits=False) is not None:
            with suppress(FileRefusedError, WrongState):  # what is wrong is said when all else is made
                make_voucher(run_id, at=at, waits=False)
        make_deliveries(run_id, at=at)
        payments.make_batch(run_id, at=at)
        make_voucher(run_id, at=at)
    except (FileRefusedError, WrongState) as error:
        payroll.note_trouble(run_id, error)
        raise
    return payroll.finish_run(run_id, at=at)


@transaction.atomic
def cancel_run(run_id: int, *, by: Viewer, at: datetime, reason: str) -> Run:
    """Take a whole run back before the bank has its file: payments, reports, voucher, payslips (PAY-11).

    Raises InvalidInput on `reason`, NotAllowed, WrongState once the file or a report is sent.
    """
    locked_run(run_id)
    standing = access.deliveries(by).filter(run=run_id, is_cancelled=False).order_by("pk")
    deliveries = list(standing.select_for_update(of=("self",)))  # nobody begins to send one meanwhile
    if any(each.sent_at or each.tried_at for each in deliveries):  # tried: the register may have it
        raise WrongState(_("The reports of this run are sent already. What was wrong is corrected in the next run."))
    payments.cancel_batch(run_id, by=by, at=at)
    Delivery.objects.filter(run=run_id, organisation_id=by.organisation_id).update(is_cancelled=True)
    Voucher.objects.filter(run=run_id, organisation_id=by.organisation_id).update(is_cancelled=True)
    return payroll.cancel_run(run_id, by=by, at=at, reason=reason)
