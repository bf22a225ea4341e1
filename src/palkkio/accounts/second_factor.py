"""The second factor: passkey, code of an app, recovery code (all kept by allauth.mfa), or strong authentication.

Whoever has set one up is asked for it after the password. Staff must have used one in the session; until then every
page but the one that sets it up is shut.
"""

from __future__ import annotations

from allauth.account.utils import perform_login
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from palkkio.accounts.models import Account
from palkkio.accounts.session import KEPT, SECOND_FACTOR_AT
from palkkio.audit import actions as audit

ASKED = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def is_set_up(account: Account) -> bool:
    """Whether the account has a passkey or an app, so that a password alone does not open it."""
    return bool(Authenticator.objects.filter(user=account, type__in=ASKED).exists())


def has_just_been_added(request: HttpRequest, user: Account, **more: object) -> None:
    """Whoever adds a passkey or an app has it in hand: the session has its second factor."""
    request.session[SECOND_FACTOR_AT] = timezone.now().timestamp()
    request.session.save()
    _record("add_second_factor", user)


def has_been_removed(user: Account, **more: object) -> None:
    _record("remove_second_factor", user)


def _record(action: str, account: Account) -> None:
    now = settings.PALKKIO_CLOCK.now()
    audit.record(action, by=None, at=now, object_kind="account", object_id=account.pk, account_id=account.pk)


def ask(request: HttpRequest, account: Account) -> None:
    """Keep the sign-in waiting for the second factor; the page `mfa_authenticate` goes on with it."""
    carried = {name: value for name, value in request.session.items() if name.startswith(KEPT)}
    request.session.flush()
    request.session.update(carried)
    perform_login(request, account)
