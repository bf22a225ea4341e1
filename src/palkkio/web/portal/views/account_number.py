"""The owner changes the account they are paid to, soon after strong authentication (ACC-7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from palkkio.accounts.fresh import requires_fresh
from palkkio.core.capabilities import Capability
from palkkio.core.identifiers import masked_iban
from palkkio.core.problems import InvalidInput
from palkkio.messages.actions import tell_account_changed
from palkkio.people import bank_accounts
from palkkio.people.queries import account_on
from palkkio.web.doors import for_payees
from palkkio.web.portal.people_forms import AccountNumberForm
from palkkio.web.refusals import put_errors
from palkkio.web.ui import wording

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest


@require_http_methods(["GET", "POST"])
@for_payees
@requires_fresh
def change(request: RoleRequest) -> HttpResponse:
    """Says from which day the new number is used, before it is saved."""
    viewer, now = request.viewer, request.clock.now()
    viewer.require_may(Capability.CHANGE_BANK_ACCOUNT)
    today = request.clock.today()
    first = bank_accounts.usable_from(viewer.organisation_id, today)
    form = AccountNumberForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = bank_accounts.change_own(form.cleaned_data["iban"], by=viewer, at=now)
        except InvalidInput as refusal:
            put_errors(form, refusal)
        else:
            tell_account_changed(viewer.person_id, made.pk, at=now)
            day = wording.day(made.valid.first or today)
            messages.success(request, _("The account number is saved. It is used from %(day)s on.") % {"day": day})
            return redirect("portal:my-details")
    held = account_on(viewer.person_id, today)
    context = {
        "form": form,
        "number": masked_iban(held.iban) if held else "",
        "first": first,
        "is_held": first > today,
    }
    return render(request, "portal/people/account_number.html", context, status=422 if form.errors else 200)
