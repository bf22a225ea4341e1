"""Jobs of reporting; each calls one action and may run twice."""

from __future__ import annotations

from django.conf import settings
from django.db import close_old_connections
from procrastinate.contrib.django import app

from palkkio.payroll.queueing import FINISH, RETRY
from palkkio.reporting import actions


@app.task(name=FINISH, retry=RETRY)
def finish_run(run_id: int) -> None:
    """Make payslips and files of an approved run."""
    close_old_connections()  # one that the database ended is not asked again
    actions.finish_run(run_id, at=settings.PALKKIO_CLOCK.now())
