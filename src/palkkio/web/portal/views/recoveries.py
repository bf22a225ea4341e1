"""An overpayment as the payee sees it: how it arose, what happens, and the payee's own answer (BEY-9)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from palkkio.core.capabilities import Capability
from palkkio.core.problems import InvalidInput, Refusal
from palkkio.organisations import queries as organisations
from palkkio.organisations.access import one
from palkkio.payroll import access, actions
from palkkio.web.doors import for_payees
from palkkio.web.recovery_page import recovery_view
from palkkio.web.refusals import put_errors, words

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest


class AnswerForm(forms.Form):
    """What the payee says: agrees to set-off, or what should be taken into account."""

    consents = forms.TypedChoiceField(
        label=lazy("What do you say?"),
        choices=[
            ("yes", lazy("I agree that it is taken from my coming fees in instalments")),
            ("no", lazy("I do not agree, or I want to explain")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": lazy("Choose one")},
    )
    text = forms.CharField(
        label=lazy("What should be taken into account?"),
        help_text=lazy("For example if you see a mistake, or if paying back is hard for you now."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, may_consent: bool) -> None:
        super().__init__(*args)
        if not may_consent:
            consents: Any = self.fields["consents"]
            consents.choices = [each for each in consents.choices if each[0] == "no"]


@require_http_methods(["GET", "POST"])
@for_payees
def recovery(request: RoleRequest, recovery_id: int) -> HttpResponse:
    """One overpayment with its causes, its state, and the answer."""
    found = one(access.recoveries(request.viewer), recovery_id)
    viewer = request.viewer
    form = AnswerForm(request.POST if request.method == "POST" else None, may_consent=viewer.may(Capability.SIGN))
    if form.is_bound and form.is_valid():
        try:
            actions.answer_recovery(recovery_id, by=request.viewer, at=request.clock.now(), **form.cleaned_data)
        except InvalidInput as refusal:
            put_errors(form, refusal, None)
        except Refusal as refusal:
            form.add_error(None, words(refusal))
        else:
            messages.success(request, _("Your answer has been sent to payroll."))
            return redirect("portal:recovery", recovery_id)
    payer = organisations.payer(request.viewer.organisation_id)
    context = {
        "view": recovery_view(found, request.clock.today()),
        "form": form,
        "may_answer": viewer.may(Capability.REPORT_CHANGES),
        "menu_at": "portal:payslips",
        "iban": payer.iban,
    }
    return render(request, "portal/recovery.html", context, status=422 if form.is_bound and form.errors else 200)
