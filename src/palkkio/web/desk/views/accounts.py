"""Account numbers of people, which payroll clerks see and set, and the accounts they sign in with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from palkkio.accounts.actions import make_account
from palkkio.audit.actions import record_look
from palkkio.core.problems import InvalidInput
from palkkio.people import access, actions
from palkkio.web.desk.people_forms import AccountForm, BankAccountForm
from palkkio.web.desk.roles import for_administrators, for_clerks
from palkkio.web.desk.views.people import person_answer
from palkkio.web.refusals import put_errors

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest


@require_POST
@for_clerks
def show_account(request: RoleRequest, person_id: int) -> HttpResponse:
    """The person's page with whole account numbers; that they were looked at is recorded."""
    row = access.person(request.viewer, person_id)
    record_look(
        "show_account_number",
        by=request.viewer,
        at=request.clock.now(),
        object_kind="person",
        object_id=row.pk,
        subject_person_id=row.pk,
    )
    return person_answer(request, row.pk, shows_account=True)


@require_http_methods(["GET", "POST"])
@for_clerks
def set_account(request: RoleRequest, person_id: int) -> HttpResponse:
    row = access.person(request.viewer, person_id)
    request.viewer.require_not_own(row.pk)
    form = BankAccountForm(request.POST if request.method == "POST" else None, initial={"first": request.clock.today()})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            actions.set_bank_account(
                row, typed["iban"], by=request.viewer, at=request.clock.now(), first=typed["first"]
            )
        except InvalidInput as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, _("The account number is saved."))
            return redirect(reverse("desk:person", args=[row.pk]) + "#account-number")
    context = {
        "form": form,
        "title": _("New account number"),
        "lead": row.name,
        "button": _("Save the account number"),
        "back_url": reverse("desk:person", args=[row.pk]) + "#account-number",
    }
    return render(request, "desk/form.html", context, status=422 if form.errors else 200)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@for_administrators
def make_sign_in(request: RoleRequest, person_id: int) -> HttpResponse:
    """An account for a person whose identity the administrator has checked; the password is told in person."""
    row = access.person(request.viewer, person_id)
    request.viewer.require_not_own(row.pk)
    form = AccountForm(request.POST if request.method == "POST" else None, initial={"email": row.email})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            make_account(
                typed["email"],
                typed["password"],
                [row.pk],
                request.clock.now(),
                request.viewer,
                language=row.language,
            )
        except InvalidInput as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, _("%(name)s can sign in now.") % {"name": row.name})
            return redirect("desk:person", row.pk)
    context = {
        "form": form,
        "title": _("Make an account for signing in"),
        "lead": row.name,
        "explanation": _("Check the person's identity first. Tell the password in person; it is not sent anywhere."),
        "button": _("Make the account"),
        "back_url": reverse("desk:person", args=[row.pk]),
        "shows_rules": True,
    }
    return render(request, "desk/make_account.html", context, status=422 if form.errors else 200)
