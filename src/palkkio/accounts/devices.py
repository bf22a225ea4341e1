"""Devices that an account is used on: the list of open sessions, and browsers known by a cookie.

The list is kept by allauth.usersessions: browser, address and key of each open session.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.crypto import salted_hmac

from palkkio.accounts import throttle
from palkkio.accounts.models import Account, KnownDevice
from palkkio.audit import actions as audit
from palkkio.core.problems import NotAllowed
from palkkio.organisations.access import NOT_FOUND

COOKIE_LASTS = timedelta(days=365)
_BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One device where the account is signed in; `device` is made of names, such as "Firefox, Windows"."""

    number: int
    device: str
    address: str
    began_at: datetime
    seen_at: datetime
    is_current: bool


def list_session(request: HttpRequest, account: Account) -> None:
    """Write the session that has just begun into the list."""
    if not request.session.session_key:
        request.session.save()
    UserSession.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={
            "user": account,
            "ip": throttle.address_of(request) or "0.0.0.0",  # noqa: S104 - not known
            "user_agent": request.headers.get("User-Agent", "")[:200],
        },
    )


def sessions_of(request: HttpRequest, account: Account) -> list[OpenSession]:
    """Open sessions of an account, this one first; those that have ended leave the list."""
    listed = UserSession.objects.purge_and_list(account)
    expiry = dict(
        Session.objects.filter(session_key__in=[each.session_key for each in listed]).values_list(
            "session_key", "expire_date"
        )
    )
    idle = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    found = [
        OpenSession(
            each.pk,
            device_name(each.user_agent),
            str(each.ip),
            each.created_at,
            max(expiry.get(each.session_key, each.last_seen_at + idle) - idle, each.created_at),
            each.session_key == request.session.session_key,
        )
        for each in listed
    ]
    return sorted(found, key=lambda each: (not each.is_current, -each.seen_at.timestamp()))


def end_session(account: Account, number: int, at: datetime) -> None:
    """Sign out a device from afar. Raises NotAllowed: not a session of this account."""
    found = UserSession.objects.filter(user=account, pk=number).first()
    if found is None:
        raise NotAllowed(NOT_FOUND)
    found.end()
    audit.record("end_session", by=None, at=at, object_kind="account", object_id=account.pk, account_id=account.pk)


def end_all_sessions(account: Account, *, but: str | None = None) -> None:
    """Sign out every device; `but` is the key of the session that stays."""
    for each in UserSession.objects.filter(user=account).exclude(session_key=but or ""):
        each.end()


def number_of(request: HttpRequest) -> int:
    """Number of this session in the list."""
    return int(UserSession.objects.values_list("pk", flat=True).get(session_key=request.session.session_key))


def rename_session(request: HttpRequest, old_key: str | None) -> None:
    """The key of the session was renewed: its row in the list follows."""
    UserSession.objects.filter(session_key=old_key).update(session_key=request.session.session_key)


def device_name(user_agent: str) -> str:
    """Browser and system in words that people know; empty when neither is recognised."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return ", ".join(word for word in (browser, system) if word)


# --- Browsers known by a cookie --------------------------------------------------------------------------------------


def cookie_name() -> str:
    return "__Host-palkkio_device" if settings.SESSION_COOKIE_SECURE else "palkkio_device"


def is_new(request: HttpRequest, account: Account) -> bool:
    """Whether the account has been signed in with before, but never here; the browser is known from now on."""
    now = timezone.now()
    value = request.COOKIES.get(cookie_name(), "")
    if value and KnownDevice.objects.filter(account=account, cookie_digest=_digest(value)).update(last_seen_at=now):
        return False
    others = KnownDevice.objects.filter(account=account).exists()
    if not 20 < len(value) < 100:
        value = secrets.token_urlsafe(32)
        request.new_device_cookie = value  # type: ignore[attr-defined]
    KnownDevice.objects.get_or_create(
        account=account, cookie_digest=_digest(value), defaults={"first_seen_at": now, "last_seen_at": now}
    )
    return others


def remember(request: HttpRequest, response: HttpResponseBase) -> None:
    """Give the browser the cookie that it is known by next time."""
    if value := getattr(request, "new_device_cookie", ""):
        response.set_cookie(
            cookie_name(),
            value,
            max_age=COOKIE_LASTS,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def forget_old() -> int:
    """Forget browsers not seen for a year; how many."""
    deleted, _ = KnownDevice.objects.filter(last_seen_at__lt=timezone.now() - COOKIE_LASTS).delete()
    return deleted


def _digest(value: str) -> str:
    return salted_hmac("palkkio.accounts.devices", value, algorithm="sha256").hexdigest()
