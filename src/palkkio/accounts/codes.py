"""Six-digit codes by e-mail (ACC-5): fifteen minutes, five tries, used once; sending is throttled, too."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.views.decorators.debug import sensitive_variables

from palkkio.accounts import throttle
from palkkio.accounts.models import MailedCode
from palkkio.core.problems import FieldError, InvalidInput, NotAllowed

LASTS = timedelta(minutes=15)
TRIES = 5
KEPT = timedelta(days=1)
WRONG = "The code is wrong or no longer valid. Check it, or ask for a new one."


@sensitive_variables("code")
def make(request: HttpRequest, purpose: str, email: str) -> tuple[int, str]:
    """A new code and its number; the code itself is only for the e-mail. Raises NotAllowed: asked for too often."""
    if throttle.count_attempt(request, f"code:{email}") is None:
        raise NotAllowed(throttle.TOO_OFTEN)
    now = timezone.now()
    row = MailedCode(purpose=purpose, email_digest=_digest("email", email), made_at=now, expires_at=now + LASTS)
    code = f"{secrets.randbelow(1_000_000):06d}"
    row.code_digest = _digest(purpose + row.email_digest, code)
    row.save()
    return row.pk, code


@sensitive_variables("typed")
def use(row_id: int, purpose: str, typed: str, *, field: str = "code") -> None:
    """Take the code, for good. Every try counts, also those made at the same moment. Raises InvalidInput."""
    open_rows = MailedCode.objects.filter(
        pk=row_id, purpose=purpose, used_at__isnull=True, tries__lt=TRIES, expires_at__gt=timezone.now()
    )
    counted = open_rows.update(tries=F("tries") + 1)
    row = MailedCode.objects.filter(pk=row_id, purpose=purpose).first()
    digits = "".join(typed.split())
    expected = row.code_digest if row else ""
    found = _digest(purpose + (row.email_digest if row else ""), digits)
    if not counted or row is None or not constant_time_compare(expected, found):
        raise InvalidInput(FieldError(field, WRONG))
    if not MailedCode.objects.filter(pk=row.pk, used_at__isnull=True).update(used_at=timezone.now()):
        raise InvalidInput(FieldError(field, WRONG))


def forget_old() -> int:
    """Delete codes of more than a day ago; how many."""
    deleted, _ = MailedCode.objects.filter(made_at__lt=timezone.now() - KEPT).delete()
    return deleted


def _digest(kind: str, text: str) -> str:
    return salted_hmac(f"palkkio.accounts.codes.{kind}", text, algorithm="sha256").hexdigest()
