"""Forgotten password, and another e-mail address as user name (ACC-7, ACC-13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from palkkio.accounts import recovery
from palkkio.accounts.tasks import mail_password_link
from palkkio.core.problems import InvalidInput, NotAllowed, WrongState
from palkkio.web.doors import signed_in
from palkkio.web.portal.account_forms import EmailCodesForm, ForgottenForm, NewEmailForm, NewPasswordForm
from palkkio.web.refusals import did, put_errors, words

if TYPE_CHECKING:
    from palkkio.web.doors import AccountRequest, PublicRequest


@transaction.non_atomic_requests
@never_cache
@require_http_methods(["GET", "POST"])
def forgotten(request: PublicRequest) -> HttpResponse:
    """The same answer at the same cost whether or not the address has an account: a job looks it up."""
    form = ForgottenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if did(form, lambda: recovery.count_request(request, email)):
            mail_password_link.defer(email=email, site=request.build_absolute_uri(reverse("portal:forgotten")))
            return redirect("portal:link-sent")
    return render(request, "portal/account/forgotten.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def link_sent(request: PublicRequest) -> HttpResponse:
    return render(request, "portal/account/link_sent.html", {})


@never_cache
@require_safe
def open_link(request: PublicRequest, number: str, token: str) -> HttpResponse:
    """The token goes from the address into the session, so that it stands in no further address."""
    try:
        recovery.open_link(request, number, token)
    except NotAllowed as refusal:
        messages.error(request, words(refusal))
        return redirect("portal:forgotten")
    return redirect("portal:new-password")


@never_cache
@sensitive_post_parameters("new")
@require_http_methods(["GET", "POST"])
def new_password(request: PublicRequest) -> HttpResponse:
    try:
        if recovery.needs_eid(request):
            return redirect(f"{reverse('portal:eid')}?for=password")
        form = NewPasswordForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            recovery.set_password(request, form.cleaned_data["new"], at=request.clock.now())
            messages.success(request, _("Your password has been changed. Sign in with it."))
            return redirect("portal:sign-in")
    except InvalidInput as refusal:
        put_errors(form, refusal)
    except WrongState as refusal:
        messages.error(request, words(refusal))
        return redirect("portal:forgotten")
    return render(request, "portal/account/new_password.html", {"form": form}, status=422 if form.errors else 200)


@transaction.non_atomic_requests
@require_http_methods(["GET", "POST"])
@signed_in
def change_email(request: AccountRequest) -> HttpResponse:
    """The new address; codes go to it and to the present one, unless that one is lost."""
    form = NewEmailForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if did(form, lambda: recovery.begin_email_change(request, request.user, email)):
            return redirect("portal:change-email-codes")
    context = {"form": form, "account": request.user, "is_lost": recovery.is_email_lost(request)}
    return render(request, "portal/account/change_email.html", context, status=422 if form.errors else 200)


@transaction.non_atomic_requests
@require_http_methods(["GET", "POST"])
@signed_in
def change_email_codes(request: AccountRequest) -> HttpResponse:
    email = recovery.pending_email(request)
    if not email:
        return redirect("portal:change-email")
    asks_old = not recovery.is_change_of_lost(request)
    form = EmailCodesForm(request.POST if request.method == "POST" else None, asks_old=asks_old)
    if request.method == "POST" and form.is_valid():

        def does() -> None:
            recovery.finish_email_change(request, request.user, form.cleaned_data, at=request.clock.now())

        if did(form, does):
            messages.success(request, _("Your user name has been changed. Sign in with it from now on."))
            return redirect("portal:security")
    context = {"form": form, "email": email, "account": request.user, "asks_old": asks_old}
    return render(request, "portal/account/change_email_codes.html", context, status=422 if form.errors else 200)
