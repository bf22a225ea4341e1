"""Jobs: reminders and expiry every morning, versions of changes of many contracts. Each may run twice."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from procrastinate.contrib.django import app

from palkkio.contracts.signing import mass
from palkkio.contracts.signing.nightly import look_after_versions
from palkkio.organisations.queries import organisation_ids


@app.periodic(cron="10 4 * * *")  # UTC: before the reminders of the morning
@app.task(queueing_lock="look_after_versions")
def remind_signers(timestamp: int) -> None:
    """Remind of contracts that wait for signature, and close those whose last day is over."""
    clock = settings.PALKKIO_CLOCK
    for organisation_id in organisation_ids():
        look_after_versions(organisation_id, today=clock.today(), at=clock.now())


@app.task
def tell_index(change_id: int, person_id: int) -> None:
    """Make the new versions of a yearly index; who makes it asks for them."""
    mass.tell_index(change_id, person_id=person_id, at=settings.PALKKIO_CLOCK.now())


@app.task
def take_back_index(change_id: int) -> None:
    """Take back the versions of an index that was undone."""
    mass.take_back_index(change_id, at=settings.PALKKIO_CLOCK.now())


@app.task
def tell_paydays(organisation_id: int, kind: str, first: str, person_id: int, since: str) -> None:
    """Make the new versions of contracts whose paydays change."""
    day, at = date.fromisoformat(first), settings.PALKKIO_CLOCK.now()
    mass.tell_paydays(organisation_id, kind, day, person_id=person_id, at=at, since=datetime.fromisoformat(since))
