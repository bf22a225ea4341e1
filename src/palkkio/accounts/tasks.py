"""Jobs of accounts."""

from __future__ import annotations

from django.core.management import call_command
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from palkkio.accounts import codes, devices, mail, recovery, throttle


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="forget_old_sign_ins")
def forget_old_sign_ins(timestamp: int) -> None:
    """Delete yesterday's tries, codes and ended sessions, and browsers not seen for a year; every night."""
    throttle.forget_old()
    codes.forget_old()
    devices.forget_old()
    call_command("clearsessions")


@app.task(retry=RetryStrategy(max_attempts=5, exponential_wait=10, retry_exceptions=mail.MAIL_SERVER_AWAY))
def mail_password_link(email: str, site: str) -> None:
    """Mail a link to a new password, if the address has an account: the page that asked does not wait for this."""
    recovery.mail_password_link(email, site)
