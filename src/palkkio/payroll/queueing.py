"""Hands work to the queue, in the transaction of the change. Jobs are named: payroll need not know who does them."""

from __future__ import annotations

from django.db import OperationalError, transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from palkkio.payroll.models import Run

CALCULATE = "palkkio.payroll.tasks.calculate_run"
FINISH = "palkkio.reporting.tasks.finish_run"  # the last stage that a run passes makes payslips, files and reports
TELL = "palkkio.messages.tasks.tell_payslips_are_ready"

# A database that was away for a moment is asked again, for about a quarter of an hour.
RETRY = RetryStrategy(max_attempts=6, exponential_wait=4, retry_exceptions={OperationalError})


def calculate(run: Run) -> None:
    """Calculate a run soon. One job for each proposal, one job of a run at a time."""
    _defer(CALCULATE, run, f"calculate run {run.pk} proposal {run.proposal}")


def finish(run: Run) -> None:
    """Make payslips and files of an approved run soon."""
    _defer(FINISH, run, f"finish run {run.pk}")


def tell_payees(run: Run) -> None:
    """Tell payees soon that their payslips are ready."""
    _defer(TELL, run, f"tell payees of run {run.pk}")


def _defer(task: str, run: Run, once: str) -> None:
    job = app.configure_task(task, lock=f"run {run.pk}", queueing_lock=once)
    try:
        with transaction.atomic():
            job.defer(run_id=run.pk)
    except AlreadyEnqueued:
        return  # it waits in the queue already
