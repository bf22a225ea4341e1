"""Signing in with e-mail and password, choosing and changing the role (ACC-6)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from palkkio.accounts import actions, eid, queries
from palkkio.accounts.session import NEXT
from palkkio.core.problems import NotAllowed
from palkkio.core.viewer import Viewer
from palkkio.organisations.queries import whom_to_ask
from palkkio.web.doors import signed_in
from palkkio.web.portal.context import DESK
from palkkio.web.portal.forms import SignInForm
from palkkio.web.portal.going import safe_next
from palkkio.web.portal.views.invitations import KEY as INVITATION
from palkkio.web.refusals import words

if TYPE_CHECKING:
    from palkkio.web.doors import AccountRequest, PublicRequest


@transaction.non_atomic_requests
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: PublicRequest) -> HttpResponse:
    """One answer for an unknown address and for a wrong password; what was typed stays, but for the password."""
    going_to = safe_next(request)
    if request.user.is_authenticated:
        return redirect(going_to or "portal:choose-role")
    form = SignInForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            actions.sign_in(request, typed["email"], typed["password"], at=request.clock.now())
        except NotAllowed as refusal:
            form.add_error(None, words(refusal))
        else:
            if not request.user.is_authenticated:
                request.session[NEXT] = going_to
                return redirect("mfa_authenticate")
            return redirect(going_to or "portal:choose-role")
    context = {"form": form, "next": going_to, "has_banks": bool(eid.providers())}
    context["register_query"] = f"?{urlencode({'next': going_to})}" if going_to else ""
    return render(request, "portal/sign_in.html", context, status=422 if form.errors else 200)


@require_POST
@signed_in
def sign_out(request: AccountRequest) -> HttpResponse:
    actions.sign_out(request, at=request.clock.now())
    return redirect("portal:sign-in")


@require_http_methods(["GET", "POST"])
@signed_in
def choose_role(request: AccountRequest) -> HttpResponse:
    """Only roles that an organisation has given are offered. With one alone there is nothing to choose."""
    if request.method == "GET" and INVITATION in request.session:
        return redirect("portal:waiting-invitation")
    choices = queries.roles_of(request.user, request.clock.today())
    if request.method == "GET" and request.viewer is not None and len(choices) == 1:
        return redirect(_home_of(request.viewer))
    missing = ""
    if request.method == "POST":
        if chosen := re.fullmatch(r"(\d{1,18})(?:-(\d{1,18}))?", request.POST.get("role", ""), re.ASCII):
            role_id, representation_id = int(chosen[1]), int(chosen[2] or 0)
            viewer = actions.choose_role(request, role_id, request.clock.now(), representation_id)
            return redirect(_home_of(viewer))
        missing = _("Choose the role in which you go on")
    context = {
        "choices": choices,
        "own": [each for each in choices if not each.principal_name],
        "others": [each for each in choices if each.principal_name],
        "missing": missing,
        "whom_to_ask": [] if choices else whom_to_ask(),
        "has_errors": bool(missing),
    }
    return render(request, "portal/choose_role.html", context, status=422 if missing else 200)


def _home_of(viewer: Viewer) -> str:
    return DESK if viewer.is_staff else "portal:home"
