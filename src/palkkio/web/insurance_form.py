"""Form of a household's insurance; portal and desk share it. Names of fields are those of the action."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from palkkio.web.ui.fields import DayField


class InsuranceForm(forms.Form):
    """One statutory insurance of a household."""

    insurer = forms.CharField(
        label=_("Insurance company"),
        max_length=120,
        error_messages={"required": _("Enter the name of the insurance company")},
    )
    policy_number = forms.CharField(
        label=_("Policy number"), max_length=60, error_messages={"required": _("Enter the policy number")}
    )
    first = DayField(label=_("First day of the insurance"), help_text=_("For example 8.6.2026"))
