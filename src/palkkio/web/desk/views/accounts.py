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
from palkkio.core.problems import InvalidInput, WrongState
from palkkio.messages.actions import tell_account_changed
from palkkio.organisations.access import one
from palkkio.people import access, bank_accounts
from palkkio.people.contact import contact_of
from palkkio.web.desk.people_forms import AccountForm, BankAccountForm
from palkkio.web.desk.roles import for_administrators, for_clerks, for_payroll
from palkkio.web.desk.views.people import person_answer
from palkkio.web.refusals import did, put_errors, words

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest


@require_POST
@for_clerks
def show_account(request: RoleRequest, person_id: int) -> HttpResponse:
    """The person's page with whole account numbers; that they were looked at is recorded."""
    row = access.person(request.viewer, person_id)
    return person_answer(request, row.pk, shows_account=True)


@require_http_methods(["GET", "POST"])
@for_clerks
def set_account(request: RoleRequest, person_id: int) -> HttpResponse:
    """Write a number down; a colleague approves it on the person's page (ACC-7)."""
    row = access.person(request.viewer, person_id)
    request.viewer.require_not_own(row.pk)
    form = BankAccountForm(request.POST if request.method == "POST" else None, initial={"first": request.clock.today()})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data

        def does() -> None:
            bank_accounts.propose(row, typed["iban"], by=request.viewer, at=request.clock.now(), first=typed["first"])

        if did(form, does):
            messages.success(request, _("The account number waits for a colleague's approval."))
            return redirect(reverse("desk:person", args=[row.pk]) + "#account-number")
    context = {
        "form": form,
        "title": _("New account number"),
        "lead": row.name,
        "explanation": _("A colleague compares it with the paper and approves it; then it is used."),
        "button": _("Send for approval"),
        "back_url": reverse("desk:person", args=[row.pk]) + "#account-number",
    }
    return render(request, "desk/form.html", context, status=422 if form.errors else 200)


@require_POST
@for_payroll
def approve_account(request: RoleRequest, proposal_id: int) -> HttpResponse:
    """The second person takes the number into use, or withdraws it; the payee is told."""
    row = one(access.bank_account_proposals(request.viewer), proposal_id)
    back = redirect(reverse("desk:person", args=[row.person_id]) + "#account-number")
    try:
        if request.POST.get("do") == "withdraw":
            bank_accounts.withdraw(row.pk, by=request.viewer, at=request.clock.now())
            messages.success(request, _("The account number is not taken into use."))
        else:
            made = bank_accounts.approve(row.pk, by=request.viewer, at=request.clock.now())
            tell_account_changed(row.person_id, made.pk, at=request.clock.now())
            messages.success(request, _("The account number is approved. The payee is told."))
    except WrongState as refusal:
        messages.error(request, words(refusal))
    return back


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@for_administrators
def make_sign_in(request: RoleRequest, person_id: int) -> HttpResponse:
    """An account for a person whose identity the administrator has checked; the password is told in person."""
    row = access.person(request.viewer, person_id)
    request.viewer.require_not_own(row.pk)
    form = AccountForm(
        request.POST if request.method == "POST" else None,
        initial={"email": contact_of(row, request.viewer, request.clock.today()).email},
    )
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
