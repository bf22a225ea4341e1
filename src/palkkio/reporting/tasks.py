"""Jobs of reporting; each calls one action and may run twice."""

from __future__ import annotations

from django.conf import settings
from procrastinate.contrib.django import app

from palkkio.payroll.queueing import FINISH, RETRY, let_go_of_lost_connections
from palkkio.reporting import actions


@app.task(name=FINISH, retry=RETRY)
def finish_run(run_id: int) -> None:
    """Make payslips and files of an approved run."""
    let_go_of_lost_connections()
    actions.finish_run(run_id, at=settings.PALKKIO_CLOCK.now())
