"""Jobs of accounts."""

from __future__ import annotations

from django.core.management import call_command
from procrastinate.contrib.django import app

from palkkio.accounts import throttle


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="forget_old_sign_ins")
def forget_old_sign_ins(timestamp: int) -> None:
    """Delete yesterday's tries to sign in and sessions that have ended; every night."""
    throttle.forget_old()
    call_command("clearsessions")
