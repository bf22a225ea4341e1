"""Jobs: events are sealed every minute; the head of the chain is written down every hour."""

from __future__ import annotations

import logging
from pathlib import Path

from django.conf import settings
from procrastinate.contrib.django import app

from palkkio.audit.anchors import write_anchor
from palkkio.audit.sealing import seal_events
from palkkio.audit.verifying import head

log = logging.getLogger("palkkio.audit")


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="seal_events")
def seal(timestamp: int) -> None:
    """Give the events of the last minute their places in the chain."""
    seal_events(at=settings.PALKKIO_CLOCK.now())


@app.periodic(cron="41 2 * * *")
@app.task(queueing_lock="seal_all_events")
def seal_all(timestamp: int) -> None:
    """The same for events of a transaction that lasted longer than an hour."""
    seal_events(at=settings.PALKKIO_CLOCK.now(), is_whole=True)


@app.periodic(cron="7 * * * *")
@app.task(queueing_lock="anchor_events")
def anchor(timestamp: int) -> None:
    """Write the head of the chain to the log and, where one is set, to the file of anchors."""
    if found := head():
        log.info("Head of the audit chain: position %s, hash %s", found.position, found.hash.hex())
    if path := settings.PALKKIO_AUDIT_ANCHORS:
        write_anchor(Path(path))
