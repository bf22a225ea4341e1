"""Who asks, and what day it is: `request.viewer` and `request.clock`."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any, cast

import pghistory
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control
from django.utils.http import urlencode

from palkkio.accounts import devices, queries
from palkkio.accounts.models import Account
from palkkio.accounts.session import ACTING, LONGEST, ROLE, SIGNED_IN_AT
from palkkio.core.clock import Clock
from palkkio.core.viewer import Viewer

WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})

if TYPE_CHECKING:

    class AskedRequest(HttpRequest):
        """A request as views get it; for annotations."""

        viewer: Viewer | None
        clock: Clock


class ViewerMiddleware:
    """Sets `request.clock`, and `request.viewer`: None without sign-in, or as long as no role is chosen.

    A role whose days are over is no role: the next request goes back to the choice. Pages are in the account's language
    and not kept by caches. Rows that a request changes carry account and role in their history. Stands after Django's
    AuthenticationMiddleware.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = cast("AskedRequest", request)
        asked.clock = settings.PALKKIO_CLOCK
        asked.viewer = None
        account = _account(request)
        if account is None:
            response = self.get_response(request)
            devices.remember(request, response)
            return response
        session = request.session
        asked.viewer = queries.viewer_for(account, session.get(ROLE), asked.clock.today(), session.get(ACTING, 0))
        translation.activate(account.language)
        request.LANGUAGE_CODE = account.language
        with _history(request, account, asked.viewer):
            response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        devices.remember(request, response)
        return response


class SecondFactorMiddleware:
    """Staff see people's data only after more than a password: passkey, code of an app, or strong authentication.

    Until then every page but those that set one up leads there. Stands after ViewerMiddleware.
    """

    OPEN = frozenset(
        {
            "portal:second-factor",
            "portal:sign-in",
            "portal:sign-out",
            "portal:choose-role",
            "portal:eid",
            "portal:eid-start",
            "portal:eid-back",
            "portal:confirm-self",
            "portal:help",
            "portal:help-article",
            "ui:language",
        }
    )

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, *args: Any) -> HttpResponseBase | None:
        viewer = request.viewer
        if viewer is None or not viewer.is_staff or queries.has_used_second_factor(request):
            return None
        name = request.resolver_match.view_name
        if name in self.OPEN or name.startswith(("mfa_", "account_")) or name.endswith("theme"):
            return None
        if getattr(request, "htmx", False):
            return HttpResponse(status=401)
        going_to = request.get_full_path() if request.method == "GET" else ""
        return redirect(f"{reverse('portal:second-factor')}?{urlencode({'next': going_to})}")


def _account(request: HttpRequest) -> Account | None:
    """The signed-in account; a session that has lasted a working day ends here."""
    if not isinstance(request.user, Account):
        return None
    now = timezone.now().timestamp()
    if now - request.session.setdefault(SIGNED_IN_AT, now) > LONGEST.total_seconds():
        logout(request)
        return None
    return request.user


def _history(request: HttpRequest, account: Account, viewer: Viewer | None) -> AbstractContextManager[Any]:
    if request.method not in WRITES:
        return nullcontext()
    role = {"person": viewer.person_id, "role": viewer.role.value} if viewer else {}
    if viewer and viewer.acting_for:
        role["acting_for"] = viewer.subject_person_id
    context: AbstractContextManager[Any] = pghistory.context(user=account.pk, url=request.path, **role)
    return context
