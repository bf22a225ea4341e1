"""Hands deliveries to the queue, in the transaction of the change."""

from __future__ import annotations

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

SEND = "palkkio.reporting.tasks.send_delivery"


def send(delivery_id: int) -> None:
    """Send one delivery soon; it waits in the queue once."""
    job = app.configure_task(SEND, lock=f"delivery {delivery_id}", queueing_lock=f"send delivery {delivery_id}")
    try:
        with transaction.atomic():
            job.defer(delivery_id=delivery_id)
    except AlreadyEnqueued:
        return
