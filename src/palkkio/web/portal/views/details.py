"""Own details: read-only but for password and language, with whom to contact (ACC-6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.i18n import set_language

from palkkio.accounts import actions, queries
from palkkio.core.problems import InvalidInput
from palkkio.messages.actions import add_comment
from palkkio.organisations import access as organisations
from palkkio.web.doors import for_any_role, for_portal
from palkkio.web.portal.details_page import facts_of
from palkkio.web.portal.forms import PasswordForm, WrongDetailsForm
from palkkio.web.portal.warnings import ACCOUNT, seen
from palkkio.web.refusals import did, put_errors, words

if TYPE_CHECKING:
    from palkkio.web.doors import PublicRequest, RoleRequest


@require_http_methods(["GET", "POST"])
@for_portal
def check_details(request: RoleRequest) -> HttpResponse:
    """The first sign-in: one's details with "oikein" and "jotakin on väärin", which writes to the county."""
    if request.viewer.acting_for is not None:
        return redirect("portal:home")
    form = WrongDetailsForm(request.POST if request.POST.get("answer") == "wrong" else None)
    if request.method == "POST":
        if request.POST.get("answer") == "right":
            actions.confirm_details(request.viewer, at=request.clock.now())
            messages.success(request, _("Thank you. Your details are right."))
            return redirect("portal:home")
        if form.is_valid() and _say(request, form):
            return redirect("portal:home")
    context = {"facts": facts_of(request.viewer, request.clock.today()), "form": form}
    return render(request, "portal/check_details.html", context, status=422 if form.errors else 200)


def _say(request: RoleRequest, form: WrongDetailsForm) -> bool:
    viewer, now = request.viewer, request.clock.now()
    try:
        add_comment("other", viewer.person_id, form.cleaned_data["text"], by=viewer, at=now)
    except InvalidInput as refusal:
        put_errors(form, refusal)
        return False
    # Seen and answered: the page is not shown at the next sign-in, the county has the message.
    actions.confirm_details(viewer, at=now)
    messages.success(request, _("Your message has been sent to the county. The answer comes to Comments."))
    return True


@require_safe
@for_any_role
def my_details(request: RoleRequest) -> HttpResponse:
    viewer, today = request.viewer, request.clock.today()
    seen(request.viewer, ACCOUNT, request.clock.now())
    context = {
        "facts": facts_of(viewer, today),
        "account": request.user,
        "organisation": organisations.of(viewer),
        "choices": queries.roles_of(request.user, today),
        "is_in_portal": not viewer.is_staff,
        "is_payee": viewer.is_payee and viewer.acting_for is None,
    }
    return render(request, "portal/my_details.html", context)


@sensitive_post_parameters("old", "new")
@require_http_methods(["GET", "POST"])
@for_any_role
def change_password(request: RoleRequest) -> HttpResponse:
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data

        def does() -> None:
            actions.change_password(request.user, typed["old"], typed["new"], at=request.clock.now(), request=request)

        if did(form, does):
            messages.success(request, _("Your password has been changed."))
            return redirect("portal:my-details")
    return render(request, "portal/change_password.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def change_language(request: PublicRequest) -> HttpResponse:
    """The language of the pages; of an account too, once somebody has signed in."""
    if request.user.is_authenticated:
        try:
            actions.change_language(request.user, request.POST.get("language", ""), at=request.clock.now())
        except InvalidInput as refusal:
            messages.error(request, words(refusal))
    return set_language(request)
