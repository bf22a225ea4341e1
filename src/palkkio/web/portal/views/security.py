"""Signing in, as its owner sees it: eID, passkeys, app, devices; the second factor of staff (ACC-7, ACC-12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from palkkio.accounts import actions, devices, queries
from palkkio.web.doors import signed_in
from palkkio.web.portal.account_forms import ConfirmForm
from palkkio.web.portal.going import safe_next
from palkkio.web.portal.warnings import DEVICE, seen
from palkkio.web.refusals import did

if TYPE_CHECKING:
    from palkkio.web.doors import AccountRequest


@require_safe
@signed_in
def security(request: AccountRequest) -> HttpResponse:
    account = request.user
    if request.viewer is not None:
        seen(request.viewer, DEVICE, request.clock.now())
    own = Authenticator.objects.filter(user=account)
    context = {
        "account": account,
        "has_eid": queries.has_eid(account),
        "passkeys": own.filter(type=Authenticator.Type.WEBAUTHN).order_by("created_at"),
        "app": own.filter(type=Authenticator.Type.TOTP).first(),
        "has_recovery_codes": own.filter(type=Authenticator.Type.RECOVERY_CODES).exists(),
        "sessions": devices.sessions_of(request, account),
    }
    return render(request, "portal/account/security.html", context)


@require_POST
@signed_in
def end_session(request: AccountRequest, number: int) -> HttpResponse:
    """Sign out a device from afar."""
    devices.end_session(request.user, number, at=request.clock.now())
    messages.success(request, _("The device has been signed out."))
    return redirect("portal:security")


@require_safe
@signed_in
def second_factor(request: AccountRequest) -> HttpResponse:
    """Staff choose how they show that it is them: until then no other page opens."""
    if queries.has_used_second_factor(request):
        return redirect(safe_next(request) or "portal:choose-role")
    query = urlencode({"for": "fresh", "next": safe_next(request)})
    return render(request, "portal/account/second_factor.html", {"eid_url": f"{reverse('portal:eid')}?{query}"})


@transaction.non_atomic_requests
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@signed_in
def confirm_self(request: AccountRequest) -> HttpResponse:
    """The password again, before passkeys and apps are changed long after sign-in; or the eID, where it is to come."""
    if queries.owes_eid(request, request.user):
        query = urlencode({"for": "fresh", "next": safe_next(request)})
        return redirect(f"{reverse('portal:eid')}?{query}")
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        password = form.cleaned_data["password"]
        if did(form, lambda: actions.confirm_password(request, request.user, password)):
            return redirect(safe_next(request) or "portal:security")
    context = {"form": form, "next": safe_next(request)}
    return render(request, "portal/account/confirm.html", context, status=422 if form.errors else 200)
