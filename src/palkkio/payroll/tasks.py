"""Jobs of payroll; each calls one action and may run twice."""

from __future__ import annotations

from django.conf import settings
from procrastinate.contrib.django import app

from palkkio.organisations.queries import organisation_ids
from palkkio.payroll.actions import (
    calculating,
    close_settled_recoveries,
    make_payslip_documents,
    note_trouble,
    recheck_months,
)
from palkkio.payroll.computing import NotComputed
from palkkio.payroll.queueing import CALCULATE, LETTERS, RETRY, let_go_of_lost_connections


@app.task(name=CALCULATE, retry=RETRY)
def calculate_run(run_id: int) -> None:
    """Write the proposals of a run; what stops it is said on the run."""
    let_go_of_lost_connections()
    try:
        calculating.calculate_run(run_id, at=settings.PALKKIO_CLOCK.now())
    except NotComputed as error:
        note_trouble(run_id, str(error))
        raise


@app.periodic(cron="20 22 * * *")  # UTC: at night in Finland
@app.task(queueing_lock="recheck_paid_months", retry=RETRY)
def recheck_paid_months(timestamp: int) -> None:
    """Mark paid months whose facts have changed, and close recoveries of which nothing is left."""
    at = settings.PALKKIO_CLOCK.now()
    for organisation_id in organisation_ids():
        recheck_months(organisation_id, at=at)
        close_settled_recoveries(organisation_id, at=at)


@app.task(name=LETTERS, retry=RETRY)
def make_letters(run_id: int) -> None:
    """Set the payslips of those who get them as letters; the others' are set when they are first opened."""
    make_payslip_documents(run_id, at=settings.PALKKIO_CLOCK.now(), only_letters=True)
