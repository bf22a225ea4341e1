"""Jobs of payroll; each calls one action and may run twice."""

from __future__ import annotations

from django.conf import settings
from django.db import OperationalError
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from palkkio.adapters.tax_cards.client import TaxCardError
from palkkio.organisations.queries import organisation_ids
from palkkio.payroll import queueing
from palkkio.payroll.actions import (
    calculating,
    close_settled_recoveries,
    fetching,
    handing_over,
    make_payslip_documents,
    recheck_months,
)
from palkkio.payroll.queueing import CALCULATE, CARDS, LETTERS, MONTHS, RETRY, let_go_of_lost_connections

# A service that is away is asked again for about a quarter of an hour, and then the next night.
CARDS_AGAIN = RetryStrategy(max_attempts=6, exponential_wait=4, retry_exceptions={OperationalError, TaxCardError})


@app.task(name=CALCULATE, retry=RETRY)
def calculate_run(run_id: int) -> None:
    """Write the proposals of a run; what stops it is said on the run."""
    let_go_of_lost_connections()
    calculating.calculate_run(run_id, at=settings.PALKKIO_CLOCK.now())


@app.task(name=MONTHS, retry=RETRY)
def hand_over_months(organisation_id: int) -> None:
    """Freeze the months that are over of contracts that are paid by the month, before any run asks for them."""
    let_go_of_lost_connections()
    handing_over.hand_over_months(organisation_id, at=settings.PALKKIO_CLOCK.now())


@app.periodic(cron="50 0 * * *")  # UTC: when it is a new day in Finland
@app.task(queueing_lock="hand_over_months_of_all", retry=RETRY)
def hand_over_months_of_all(timestamp: int) -> None:
    """Every night, one job for each organisation."""
    for organisation_id in organisation_ids():
        queueing.hand_over_months(organisation_id)


@app.periodic(cron="20 22 * * *")  # UTC: at night in Finland
@app.task(queueing_lock="recheck_paid_months", retry=RETRY)
def recheck_paid_months(timestamp: int) -> None:
    """Mark paid months whose facts have changed, and close recoveries of which nothing is left."""
    at = settings.PALKKIO_CLOCK.now()
    for organisation_id in organisation_ids():
        recheck_months(organisation_id, at=at)
        close_settled_recoveries(organisation_id, at=at)


@app.task(name=CARDS, retry=CARDS_AGAIN)
def fetch_tax_cards(organisation_id: int) -> None:
    """Ask the Tax Administration for the cards of payees whose payday is near."""
    let_go_of_lost_connections()
    fetching.fetch_tax_cards(organisation_id, at=settings.PALKKIO_CLOCK.now())


@app.periodic(cron="10 2 * * *")
@app.task(queueing_lock="fetch_tax_cards_of_all", retry=RETRY)
def fetch_tax_cards_of_all(timestamp: int) -> None:
    """Every night, one job for each organisation."""
    for organisation_id in organisation_ids():
        queueing.fetch_cards(organisation_id)


@app.task(name=LETTERS, retry=RETRY)
def make_letters(run_id: int) -> None:
    """Set the payslips of those who get them as letters; the others' are set when they are first opened."""
    make_payslip_documents(run_id, at=settings.PALKKIO_CLOCK.now(), only_letters=True)
