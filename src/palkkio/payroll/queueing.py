"""Hands work to the queue, in the transaction of the change. Jobs are named: payroll need not know who does them."""

from __future__ import annotations

from django.db import OperationalError, close_old_connections, connection, transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from palkkio.payroll.models import Run

CALCULATE = "palkkio.payroll.tasks.calculate_run"
FINISH = "palkkio.reporting.tasks.finish_run"  # the last stage that a run passes makes payslips, files and reports
LETTERS = "palkkio.payroll.tasks.make_letters"
CARDS = "palkkio.payroll.tasks.fetch_tax_cards"
MONTHS = "palkkio.payroll.tasks.hand_over_months"
TELL = "palkkio.messages.tasks.tell_payslips_are_ready"

# A database that was away for a moment is asked again, for about a quarter of an hour.
RETRY = RetryStrategy(max_attempts=6, exponential_wait=4, retry_exceptions={OperationalError})


# A run of many parts gets this many jobs: as many work at once as there are free workers, the rest find it done.
MOST_JOBS = 8
PARTS_A_JOB = 4


def let_go_of_lost_connections() -> None:
    """A connection that the database has ended is not asked again; for the beginning of a job."""
    if not connection.in_atomic_block:
        close_old_connections()


def calculate(run: Run) -> None:
    """Calculate a run soon. One job for each proposal, and more where it has many parts."""
    _defer(CALCULATE, run, f"calculate run {run.pk} proposal {run.proposal}")


def help_calculating(run: Run, parts: int) -> None:
    """More jobs for a run that turned out to have many parts."""
    for helper in _helpers(parts):
        _defer(CALCULATE, run, f"calculate run {run.pk} proposal {run.proposal}", helper)


def finish(run: Run) -> None:
    """Make payslips and files of an approved run soon."""
    _defer(FINISH, run, f"finish run {run.pk}")


def help_finishing(run: Run, parts: int) -> None:
    """More jobs for an approved run of many parts."""
    for helper in _helpers(parts):
        _defer(FINISH, run, f"finish run {run.pk}", helper)


def make_letters(run: Run) -> None:
    """Make the PDFs of those who get their payslip as a letter."""
    _defer(LETTERS, run, f"letters of run {run.pk}")


def tell_payees(run: Run) -> None:
    """Tell payees soon that their payslips are ready."""
    _defer(TELL, run, f"tell payees of run {run.pk}")


def fetch_cards(organisation_id: int) -> None:
    """Ask for an organisation's tax cards soon."""
    _once(CARDS, f"fetch tax cards of {organisation_id}", organisation_id)


def hand_over_months(organisation_id: int) -> None:
    """Hand an organisation's months over soon that are paid by the month."""
    _once(MONTHS, f"hand over months of {organisation_id}", organisation_id)


def _once(task: str, once: str, organisation_id: int) -> None:
    """A job of an organisation, which waits in the queue once."""
    try:
        with transaction.atomic():
            app.configure_task(task, lock=once, queueing_lock=once).defer(organisation_id=organisation_id)
    except AlreadyEnqueued:
        return


def _helpers(parts: int) -> range:
    return range(1, min(parts // PARTS_A_JOB, MOST_JOBS - 1) + 1)


def _defer(task: str, run: Run, once: str, helper: int = 0) -> None:
    suffix = f" helper {helper}" if helper else ""
    job = app.configure_task(task, lock=f"run {run.pk}{suffix}", queueing_lock=f"{once}{suffix}")
    try:
        with transaction.atomic():
            job.defer(run_id=run.pk)
    except AlreadyEnqueued:
        return  # it waits in the queue already
