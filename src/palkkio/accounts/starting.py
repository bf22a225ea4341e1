"""Beginning a session: a new key, nothing of the visitor's but what is meant to be carried along."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth import login
from django.http import HttpRequest
from django.utils import timezone

from palkkio.accounts import devices
from palkkio.accounts.models import Account
from palkkio.accounts.session import IS_NEW_DEVICE, KEPT, SECOND_FACTOR_AT, SIGNED_IN_AT
from palkkio.audit import actions as audit


def begin_session(request: HttpRequest, account: Account, at: datetime, *, with_second_factor: bool = False) -> None:
    """Sign the account in. The key is new, so that one planted before is worth nothing (session fixation)."""
    carried = {name: value for name, value in request.session.items() if name.startswith(KEPT)}
    request.session.flush()
    login(request, account)
    request.session.update(carried)
    now = timezone.now().timestamp()
    request.session[SIGNED_IN_AT] = now
    if with_second_factor:
        request.session[SECOND_FACTOR_AT] = now
    if devices.is_new(request, account):
        request.session[IS_NEW_DEVICE] = True
    devices.list_session(request, account)
    audit.record("sign_in", by=None, at=at, object_kind="account", object_id=account.pk, account_id=account.pk)
