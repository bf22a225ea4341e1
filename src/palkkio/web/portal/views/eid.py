"""Strong authentication: the list of banks, the way there, and what the answer leads to (ACC-4, ACC-13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from palkkio.accounts import eid, recovery, registration
from palkkio.accounts.eid import Proof, Purpose
from palkkio.core.problems import NotAllowed, WrongState
from palkkio.web.portal.going import safe_next
from palkkio.web.refusals import words
from palkkio.web.ui.values import Link

if TYPE_CHECKING:
    from palkkio.web.doors import PublicRequest


@never_cache
@require_safe
def choose_bank(request: PublicRequest) -> HttpResponse:
    """The list of banks; links, since a form may lead nowhere else than to our own pages."""
    purpose = _purpose(request)
    if purpose is Purpose.REGISTER and registration.step(request) is registration.Step.BEGIN:
        return redirect("portal:register")
    if purpose is Purpose.FRESH and not request.user.is_authenticated:
        return redirect("portal:sign-in")
    query = urlencode({"for": purpose.value, "next": safe_next(request)})
    banks = [
        Link(each.name(get_language() or "fi"), f"{reverse('portal:eid-start', args=[each.key])}?{query}")
        for each in eid.providers()
    ]
    return render(request, "portal/account/banks.html", {"banks": banks, "purpose": purpose.value})


@never_cache
@require_safe
def start(request: PublicRequest, key: str) -> HttpResponse:
    purpose = _purpose(request)
    back = request.build_absolute_uri(reverse("portal:eid-back"))
    try:
        return redirect(eid.begin(request, key, purpose, redirect_uri=back, going_to=safe_next(request)))
    except NotAllowed as refusal:
        messages.error(request, words(refusal))
        return redirect(_banks(purpose, safe_next(request)))


@never_cache
@require_safe
def back(request: PublicRequest) -> HttpResponse:
    """The bank sends the reader here. Whatever went wrong, nothing has changed, and the list of banks is at hand."""
    purpose = eid.purpose_under_way(request) or Purpose.SIGN_IN
    try:
        proof = eid.finish(request)
        return _go_on(request, proof)
    except (NotAllowed, WrongState) as refusal:
        messages.error(request, words(refusal))
        return redirect(_banks(purpose))


def _go_on(request: PublicRequest, proof: Proof) -> HttpResponse:
    now = request.clock.now()
    match proof.purpose:
        case Purpose.REGISTER:
            registration.identified(request, proof.digests, now)
            return redirect("portal:register-code")
        case Purpose.PASSWORD:
            recovery.identified_for_password(request, proof.digests, now)
            return redirect("portal:new-password")
        case Purpose.EMAIL:
            recovery.identified_for_email(request, proof.digests, now)
            return redirect("portal:change-email")
        case Purpose.FRESH:
            if not request.user.is_authenticated:
                raise NotAllowed(eid.FAILED)
            eid.prove(request, request.user, proof.digests, now)
            messages.success(request, _("You are strongly authenticated for the next ten minutes."))
            return redirect(proof.going_to or "portal:choose-role")
        case Purpose.SIGN_IN:
            eid.sign_in(request, proof.digests, now)
            return redirect(proof.going_to or "portal:choose-role")


def _purpose(request: PublicRequest) -> Purpose:
    asked = request.GET.get("for", "")
    return Purpose(asked) if asked in set(Purpose) else Purpose.SIGN_IN


def _banks(purpose: Purpose, going_to: str = "") -> str:
    return f"{reverse('portal:eid')}?{urlencode({'for': purpose.value, 'next': going_to})}"
