"""Forms of contracts as documents. Names of fields are those of the actions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from palkkio.core.payslip import ContractKind
from palkkio.web.pages_field import PagesField
from palkkio.web.ui.fields import DayField

# What the template of each kind asks for beside the terms.
ASKED = {
    ContractKind.INFORMAL_CARE: ("days_off_plan", "plan"),
    ContractKind.FAMILY_CARE: ("days_off_plan", "plan"),
    ContractKind.SUBSTITUTE_CARE: ("notice",),
    ContractKind.OTHER_COMMISSION: ("notice",),
    ContractKind.PERSONAL_ASSISTANCE: ("working_times",),
}

# What goes with a contract that carries out a decision (OHT-4): needed in a new contract of informal care.
DECIDED = ("applied_on", "decided_on", "decision_number", "decision")

NEEDED = {
    "first": _("Enter the first day of the new terms"),
    "fixed_reason": _("Write why the contract is for a fixed term"),
    "days_off_plan": _("Write the plan for using the days off"),
    "working_times": _("Write the working times"),
    "notice": _("Write how the contract is ended"),
    "plan": _("Attach the care and service plan"),
    "applied_on": _("Enter the day on which the application came"),
    "decided_on": _("Enter the day of the decision"),
    "decision": _("Attach the decision that the contract carries out"),
}


def _text(label: Any, rows: int = 3, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=4000, help_text=help_text, widget=forms.Textarea(attrs={"rows": rows})
    )


class VersionForm(forms.Form):
    """A contract made into a document; fields that its kind has not are left out."""

    first = DayField(label=_("First day of the new terms"), required=False)
    language = forms.ChoiceField(label=_("Language of the document"), choices=settings.LANGUAGES)
    applied_on = DayField(
        label=_("Application received on"),
        required=False,
        help_text=_("The fee starts at the earliest on the first day of that month."),
    )
    decided_on = DayField(label=_("Day of the decision"), required=False)
    decision_number = forms.CharField(label=_("Number of the decision"), required=False, max_length=60)
    decision = PagesField(label=_("Decision"), required=False)
    fixed_reason = _text(_("Why the contract is for a fixed term"), 2)
    days_off_plan = _text(_("Plan for using the days off"), 4, _("How many, when, and who cares meanwhile."))
    working_times = _text(_("Working times"))
    notice = _text(_("How the contract is ended"))
    other_terms = _text(_("Other terms"), 4, _("One paragraph a line."))
    days_to_sign = forms.IntegerField(label=_("Days to sign"), min_value=1, max_value=365, required=False)
    plan = PagesField(label=_("Care and service plan"), required=False)

    def __init__(
        self, *args: Any, kind: ContractKind, is_new: bool, is_fixed: bool, has_plan: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        kept = {"language", "other_terms", "days_to_sign", *ASKED[kind]}
        kept |= set() if is_new else {"first"}
        kept |= {"fixed_reason"} if is_fixed else set()
        is_granted = is_new and kind is ContractKind.INFORMAL_CARE
        if kind is not ContractKind.PERSONAL_ASSISTANCE:  # an assistant does not see what the employer was granted
            kept |= set(DECIDED) if is_granted else set(DECIDED) - {"applied_on"}
        for name in [each for each in self.fields if each not in kept]:
            del self.fields[name]
        needed = {"first", "fixed_reason", *ASKED[kind]} - ({"plan"} if has_plan else set())
        needed |= set(DECIDED) - {"decision_number"} if is_granted else set()
        if kind is not ContractKind.FAMILY_CARE:
            for name in needed & set(self.fields):
                self.fields[name].required = True
                self.fields[name].error_messages["required"] = NEEDED[name]

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in ("plan", "decision")}


class PaperContractForm(forms.Form):
    """A contract that was signed on paper."""

    signed_on = DayField(label=_("Signed on"), help_text=_("For example 8.6.2026"))
    file = PagesField(
        label=_("Scan of the signed contract"), error_messages={"required": _("Choose a file, or take a photo")}
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        error_messages={"required": _("Enter the reason")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SigningChoicesForm(forms.Form):
    days_to_sign = forms.IntegerField(label=_("Days to sign"), min_value=1, max_value=365)
    remind_after_days = forms.IntegerField(label=_("Days between reminders"), min_value=1, max_value=365)
    amendments_are_signed = forms.BooleanField(label=_("Changed terms are signed again"), required=False)
    index_is_signed = forms.BooleanField(label=_("The yearly index is signed, too"), required=False)


class TemplateForm(forms.Form):
    """Own clauses in three languages, one paragraph a line."""

    clauses_fi = _text(_("Own clauses in Finnish"), 6)
    clauses_sv = _text(_("Own clauses in Swedish"), 6)
    clauses_en = _text(_("Own clauses in English"), 6)
    notice_fi = _text(_("How the contract is ended, in Finnish"))
    notice_sv = _text(_("How the contract is ended, in Swedish"))
    notice_en = _text(_("How the contract is ended, in English"))

    def __init__(self, *args: Any, kind: ContractKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "notice" not in ASKED[kind]:
            for name in ("notice_fi", "notice_sv", "notice_en"):
                del self.fields[name]
