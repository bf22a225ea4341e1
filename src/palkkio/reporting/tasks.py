"""Jobs of reporting; each calls one action and may run twice."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import OperationalError
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from palkkio.adapters.incomes_register.client import RegisterError
from palkkio.core.clock import day_of
from palkkio.organisations.queries import organisation_ids
from palkkio.payroll.queueing import FINISH, RETRY, let_go_of_lost_connections
from palkkio.reporting import actions, proofs, queueing, sending

# A register that is away is asked again for about a quarter of an hour, and then with the next round.
AGAIN = RetryStrategy(max_attempts=6, exponential_wait=4, retry_exceptions={OperationalError, RegisterError})


@app.task(name=FINISH, retry=RETRY)
def finish_run(run_id: int) -> None:
    """Make payslips and files of an approved run."""
    let_go_of_lost_connections()
    actions.finish_run(run_id, at=settings.PALKKIO_CLOCK.now())


@app.task(name=queueing.SEND, retry=AGAIN)
def send_delivery(delivery_id: int) -> None:
    """Give one delivery to the incomes register."""
    let_go_of_lost_connections()
    sending.send_delivery(delivery_id, at=settings.PALKKIO_CLOCK.now())


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="talk_to_incomes_register")
def talk_to_incomes_register(timestamp: int) -> None:
    """Send what is due, and ask what became of what was sent; one that fails does not stop the others."""
    if settings.PALKKIO_INCOMES_REGISTER is None:
        return
    let_go_of_lost_connections()
    at = settings.PALKKIO_CLOCK.now()
    for delivery_id in sending.due_to_send(at).values_list("pk", flat=True):
        queueing.send(delivery_id)
    for delivery_id in sending.due_to_ask(at).values_list("pk", flat=True):
        try:
            sending.ask_delivery(delivery_id, at=at)
        except RegisterError:
            break  # it is away: the next round asks


@app.periodic(cron="40 3 1-4 * *")  # the first days of a month: those of the month before are due on the 5th
@app.task(queueing_lock="make_separate_reports", retry=RETRY)
def make_separate_reports(timestamp: int) -> None:
    """Separate reports of households for the month before, once."""
    let_go_of_lost_connections()
    at = settings.PALKKIO_CLOCK.now()
    last = day_of(at).replace(day=1) - timedelta(days=1)
    for organisation_id in organisation_ids():
        actions.make_separate_reports(organisation_id, last, at=at)


@app.periodic(cron="10 1 * * *")  # UTC: at night in Finland, when what is late has been asked for once more
@app.task(queueing_lock="prove_at_night", retry=RETRY)
def prove_at_night(timestamp: int) -> None:
    """Look for what must never be between payroll, bank, register and ledger."""
    let_go_of_lost_connections()
    for organisation_id in organisation_ids():
        proofs.prove(organisation_id, at=settings.PALKKIO_CLOCK.now())
