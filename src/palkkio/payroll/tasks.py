"""Jobs of payroll; each calls one action and may run twice."""

from __future__ import annotations

from django.conf import settings
from procrastinate.contrib.django import app

from palkkio.payroll.actions import calculating


@app.task(name="palkkio.payroll.tasks.calculate_run")
def calculate_run(run_id: int) -> None:
    """Write the proposals of a run."""
    calculating.calculate_run(run_id, at=settings.PALKKIO_CLOCK.now())
