"""Forms of a recovery; rules of the matter are the actions'."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from palkkio.web.desk.payroll_forms import reason_field
from palkkio.web.ui.fields import DayField, EurosField


class OpenForm(forms.Form):
    explanation = reason_field(_("How did it come about?"), _("Tell the payee in plain words how it came about."))
    answer_by = DayField(label=_("Last day to answer"), help_text=_("At least seven days from today."))


class AnswerForm(forms.Form):
    consents = forms.TypedChoiceField(
        label=_("What does the payee say?"),
        choices=[("yes", _("Agrees that it is taken from coming fees")), ("no", _("Does not agree, or explains"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the payee says")},
    )
    text = forms.CharField(
        label=_("In the payee's words"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    channel = forms.ChoiceField(
        label=_("How it came"),
        choices=[("paper", _("On paper")), ("phone", _("By phone"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the answer came.")},
    )
    on = DayField(label=_("Day on which it came"))


class DecideForm(forms.Form):
    grounds = reason_field(_("Grounds of the decision"), _("Enter the grounds of the decision."))
    posted_on = DayField(
        label=_("Day on which it is posted"),
        help_text=_("By ordinary letter. The time for appeal is counted from it."),
    )


class AppealForm(forms.Form):
    """An appeal came: nothing but to say so."""


class SettleForm(forms.Form):
    stands = forms.TypedChoiceField(
        label=_("What became of the appeal?"),
        choices=[("yes", _("The decision stands")), ("no", _("Nothing is recovered"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what became of the appeal")},
    )
    final_from = DayField(label=_("Final from"), required=False)
    reason = forms.CharField(
        label=_("Why nothing is recovered"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class PlanForm(forms.Form):
    first_payday = DayField(label=_("First payday"))
    instalment = EurosField(
        label=_("From each payday, euros"), help_text=_("0: the payee pays it back by their own transfer.")
    )
    leaves = EurosField(
        label=_("Net that is always left, euros"),
        help_text=_(
            "Where less would be left, less is taken. 0: no such limit. Without consent at least the protected portion."
        ),
        required=False,
    )


class WaiverForm(forms.Form):
    amount = EurosField(label=_("What is not recovered, euros"))
    reason = reason_field(_("Why?"), _("Enter why it is not recovered."))


class TransferForm(forms.Form):
    amount = EurosField(label=_("What came to the account, euros"))
    withheld = EurosField(
        label=_("Tax that was withheld of it, euros"),
        help_text=_("It comes back with the correction to the incomes register."),
        required=False,
    )
    paid_on = DayField(label=_("Day on which it came"))


class CloseForm(forms.Form):
    reason = reason_field(_("Why is nothing recovered?"), _("Enter why nothing is recovered."))
