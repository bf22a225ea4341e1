"""Slows down guessing of passwords, counted in the database: the same for all web processes (ACC-12).

Time here is the server's own, not the fixed day of demo and tests: it guards, it is no fact of the flow.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from palkkio.accounts.models import SignInAttempt

TOO_OFTEN = "Too many attempts. Wait 15 minutes and try again."
WINDOW = timedelta(minutes=15)
KEPT = timedelta(days=1)
# Tries within the window. An office shares one address, so an address alone may try oftener.
PER_EMAIL_AND_ADDRESS = 5
PER_EMAIL = 20
PER_ADDRESS = 100


def count_attempt(request: HttpRequest, email: str) -> SignInAttempt | None:
    """Count one try before it is made, so that tries at the same moment count too; None: there were too many."""
    attempt = SignInAttempt.objects.create(
        email_digest=_digest("email", email), address_digest=_digest("address", address_of(request))
    )
    recent = SignInAttempt.objects.filter(made_at__gt=timezone.now() - WINDOW)
    same_email = recent.filter(email_digest=attempt.email_digest)
    same_address = recent.filter(address_digest=attempt.address_digest)
    if (
        same_email.filter(address_digest=attempt.address_digest).count() > PER_EMAIL_AND_ADDRESS
        or same_email.count() > PER_EMAIL
        or same_address.count() > PER_ADDRESS
    ):
        return None
    return attempt


def forget(attempt: SignInAttempt) -> None:
    """A right password clears the tries of this e-mail from this address."""
    SignInAttempt.objects.filter(email_digest=attempt.email_digest, address_digest=attempt.address_digest).delete()


def forget_old() -> int:
    """Delete tries of more than a day ago; how many."""
    deleted, _ = SignInAttempt.objects.filter(made_at__lt=timezone.now() - KEPT).delete()
    return deleted


def address_of(request: HttpRequest) -> str:
    """Network address of the visitor: behind a proxy of ours, the one that it saw."""
    is_proxied = getattr(settings, "SECURE_PROXY_SSL_HEADER", None) is not None
    forwarded = request.headers.get("X-Forwarded-For", "") if is_proxied else ""
    return forwarded.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))


def _digest(kind: str, text: str) -> str:
    return salted_hmac(f"palkkio.accounts.throttle.{kind}", text, algorithm="sha256").hexdigest()
