"""Jobs: the sheets of the coming month, made every night."""

from __future__ import annotations

from django.conf import settings
from procrastinate.contrib.django import app

from palkkio.entries import actions
from palkkio.organisations.queries import organisation_ids


@app.periodic(cron="30 0 * * *")  # UTC
@app.task(queueing_lock="make_sheets")
def make_sheets(timestamp: int) -> None:
    """Make the missing sheets of every organisation."""
    today = settings.PALKKIO_CLOCK.today()
    for organisation_id in organisation_ids():
        actions.ensure_sheets(organisation_id, today=today)
