"""Who asks, and what day it is: `request.viewer` and `request.clock`."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any, cast

import pghistory
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control

from palkkio.accounts import queries
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
            return self.get_response(request)
        session = request.session
        asked.viewer = queries.viewer_for(account, session.get(ROLE), asked.clock.today(), session.get(ACTING, 0))
        translation.activate(account.language)
        request.LANGUAGE_CODE = account.language
        with _history(request, account, asked.viewer):
            response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response


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
