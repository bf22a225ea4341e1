"""Jobs of payments; each calls one action and may run twice."""

from __future__ import annotations

from django.conf import settings
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from palkkio.adapters.bank.channel import ChannelError
from palkkio.organisations.queries import organisation_by_slug
from palkkio.payments import answers, sending
from palkkio.payroll.queueing import RETRY, let_go_of_lost_connections

# A bank that is away is asked again for about a day; a clerk may ask sooner.
PATIENT = RetryStrategy(max_attempts=20, linear_wait=300, retry_exceptions={ChannelError})


@app.task(name=sending.DELIVER, retry=PATIENT)
def deliver_batch(batch_id: int) -> None:
    """Give a payment file to the bank."""
    let_go_of_lost_connections()
    sending.deliver_batch(batch_id, at=settings.PALKKIO_CLOCK.now())


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="take_answers_of_banks", retry=RETRY)
def take_answers(timestamp: int) -> None:
    """Read what the banks have left."""
    let_go_of_lost_connections()
    for slug, channel in settings.PALKKIO_BANKS.items():
        organisation = organisation_by_slug(slug)
        if organisation is not None:
            answers.take_waiting(organisation.pk, channel, at=settings.PALKKIO_CLOCK.now())
