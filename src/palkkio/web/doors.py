"""Who may open a page: each view of portal and desk says so in its first line.

    @for_roles(RoleKind.CARER, RoleKind.CONTRACTOR)
    def periods(request: RoleRequest) -> HttpResponse: ...

Another person's row, another organisation's and one that does not exist get the same answer: 403, the same page.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeAlias

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers

from palkkio.core.problems import NotAllowed
from palkkio.core.viewer import PAYEE_ROLES, PORTAL_ROLES, RoleKind, Viewer

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django_htmx.middleware import HtmxDetails

    from palkkio.accounts.models import Account
    from palkkio.core.clock import Clock

    class PublicRequest(HttpRequest):
        """A request to a page that anyone may open."""

        viewer: Viewer | None
        clock: Clock
        htmx: HtmxDetails

    class AccountRequest(HttpRequest):
        """A request of somebody who has signed in, perhaps without a role."""

        viewer: Viewer | None
        clock: Clock
        htmx: HtmxDetails
        user: Account

    class RoleRequest(HttpRequest):
        """A request of somebody in a role.

        look_reason  why another person's data is opened, where a view knows it (`web.looks`)
        """

        look_reason: str

        viewer: Viewer
        clock: Clock
        htmx: HtmxDetails
        user: Account


View: TypeAlias = Callable[..., HttpResponseBase]


def for_roles(*roles: RoleKind) -> Callable[[View], View]:
    """Only who has one of `roles` now. Others who have signed in get 403, the rest the sign-in page."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            if request.viewer is None:
                return _to(request, "portal:choose-role")
            if request.viewer.role not in roles:
                raise PermissionDenied
            return _personal(view, request, *args, **kwargs)

        guarded.roles = frozenset(roles)  # type: ignore[attr-defined]
        return guarded

    return decorate


for_payees = for_roles(*sorted(PAYEE_ROLES))
for_portal = for_roles(*sorted(PORTAL_ROLES))
for_any_role = for_roles(*RoleKind)


def signed_in(view: View) -> View:
    """Anyone who has signed in, also before a role is chosen or without one."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        return _personal(view, request, *args, **kwargs)

    return guarded


def _personal(view: View, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
    try:
        response = view(request, *args, **kwargs)
    except NotAllowed as refusal:
        raise PermissionDenied from refusal
    # Nothing personal stays in the browser of a shared computer.
    add_never_cache_headers(response)
    return response


def _to_sign_in(request: Any) -> HttpResponseBase:
    if request.htmx:
        return HttpResponse(status=401)
    return redirect_to_login(request.get_full_path() if request.method == "GET" else "/", settings.LOGIN_URL)


def _to(request: Any, name: str) -> HttpResponseBase:
    return HttpResponse(status=401) if request.htmx else redirect(name)
