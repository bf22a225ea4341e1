"""Jobs: reminders and expiry every morning. Each calls one action per organisation and may run twice."""

from __future__ import annotations

from django.conf import settings
from procrastinate.contrib.django import app

from palkkio.contracts.signing.nightly import look_after_versions
from palkkio.organisations.queries import organisation_ids


@app.periodic(cron="10 4 * * *")  # UTC: before the reminders of the morning
@app.task(queueing_lock="look_after_versions")
def remind_signers(timestamp: int) -> None:
    """Remind of contracts that wait for signature, and close those whose last day is over."""
    clock = settings.PALKKIO_CLOCK
    for organisation_id in organisation_ids():
        look_after_versions(organisation_id, today=clock.today(), at=clock.now())
