"""Registration page by page: "Luo ilmainen tili", eID, code, confirmation (ACC-2 to ACC-5)."""

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
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from palkkio.accounts import registration
from palkkio.accounts.registration import Step
from palkkio.accounts.session import NEXT
from palkkio.core.problems import InvalidInput, NotAllowed, WrongState
from palkkio.web.doors import signed_in
from palkkio.web.portal.account_forms import CodeForm, RegisterForm
from palkkio.web.portal.going import safe_next
from palkkio.web.refusals import put_errors, words

if TYPE_CHECKING:
    from palkkio.web.doors import AccountRequest, PublicRequest

PAGES = {Step.BEGIN: "portal:register", Step.IDENTIFY: "portal:register-identify", Step.CODE: "portal:register-code"}


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def register(request: PublicRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("portal:choose-role")
    form = RegisterForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            registration.begin(request, typed["email"], typed["password"], going_to=safe_next(request))
        except InvalidInput as refusal:
            put_errors(form, refusal)
        else:
            return redirect("portal:register-identify")
    context = {"form": form, "next": safe_next(request), "step": 1}
    return render(request, "portal/account/register.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def identify(request: PublicRequest) -> HttpResponse:
    """ "Kyllä, linkitä sähköpostini eID:hen"."""
    step = registration.step(request)
    if step is not Step.IDENTIFY:
        return redirect(PAGES[step])
    return render(request, "portal/account/identify.html", {"email": registration.email_of(request), "step": 2})


@transaction.non_atomic_requests
@never_cache
@require_http_methods(["GET", "POST"])
def code(request: PublicRequest) -> HttpResponse:
    """The code is mailed when the page is first opened; a reload shows the page again and sends nothing."""
    step = registration.step(request)
    if step is not Step.CODE:
        return redirect("portal:register-done" if request.user.is_authenticated else PAGES[step])
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "GET" and not registration.has_sent_code(request):
        _send(request)
    if request.method == "POST" and form.is_valid():
        try:
            registration.finish(request, form.cleaned_data["code"], at=request.clock.now())
        except InvalidInput as refusal:
            put_errors(form, refusal)
        except (WrongState, NotAllowed) as refusal:
            messages.error(request, words(refusal))
            return redirect(PAGES[registration.step(request)])
        else:
            return redirect("portal:register-done")
    context = {"form": form, "email": registration.email_of(request), "step": 3}
    return render(request, "portal/account/code.html", context, status=422 if form.errors else 200)


@transaction.non_atomic_requests
@never_cache
@require_POST
def send_again(request: PublicRequest) -> HttpResponse:
    if registration.step(request) is Step.CODE and _send(request):
        messages.success(request, _("A new code is on its way. The earlier one no longer works."))
    return redirect("portal:register-code")


def _send(request: PublicRequest) -> bool:
    try:
        registration.send_code(request, sign_in_url=request.build_absolute_uri(reverse("portal:sign-in")))
    except (NotAllowed, WrongState) as refusal:
        messages.error(request, words(refusal))
        return False
    return True


@never_cache
@require_safe
@signed_in
def done(request: AccountRequest) -> HttpResponse:
    """ "Vahva tunnistautuminen on liitetty tiliisi", and on to the role."""
    going_to = request.session.get(NEXT, "") or reverse("portal:choose-role")
    return render(request, "portal/account/done.html", {"going_to": going_to, "step": 4})
