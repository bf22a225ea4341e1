"""The form of a reported change: what is asked depends on what has changed. Portal and desk share it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from palkkio.web.change_words import INCOMES, MOVES
from palkkio.web.pages_field import PagesField
from palkkio.web.ui.fields import DayField, NumberField

TEXT_LENGTH = 4000
_FIRST = {
    "return": _("The first day of care again"),
    "move": _("The day of the move"),
    "services": _("From which day"),
    "income": _("From which day"),
    "notice": _("Day on which notice was given"),
}
_ASKED = {
    "own_illness": ("last", "has_certificate"),
    "child_illness": ("last",),
    "hospital": ("last",),
    "away": ("last",),
    "return": (),
    "move": ("moves_to",),
    "services": ("interval_care_days", "other_services_hours"),
    "income": ("carer_income",),
    "notice": (),
}
_ALL = ("last", "moves_to", "interval_care_days", "other_services_hours", "carer_income", "has_certificate")


class ChangeForm(forms.Form):
    """Days and values of one kind of change."""

    first = DayField(label=_("First day"), help_text=_("For example 8.6.2026"))
    last = DayField(
        label=_("Last day"), required=False, help_text=_("Leave empty while it goes on. Report the return later.")
    )
    has_certificate = forms.BooleanField(label=_("There is a certificate by a doctor or a nurse"), required=False)
    moves_to = forms.ChoiceField(
        label=_("Where does the care recipient move?"),
        choices=list(MOVES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose where the care recipient moves")},
    )
    interval_care_days = NumberField(
        label=_("Interval care, days a month"), help_text=_("0 when there is none"), decimal_places=1
    )
    other_services_hours = NumberField(
        label=_("Other regular services, hours a month"), help_text=_("0 when there are none"), decimal_places=1
    )
    carer_income = forms.MultipleChoiceField(
        label=_("What income do you have now?"),
        choices=list(INCOMES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Leave all empty when you have none of these."),
    )

    def __init__(self, *args: Any, kind: str, is_assistant: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        asked = _ASKED[kind]
        for name in _ALL:
            if name not in asked or (name == "has_certificate" and not is_assistant):
                del self.fields[name]
        if kind in _FIRST:
            self.fields["first"].label = _FIRST[kind]

    @property
    def names(self) -> list[str]:
        """Fields of the change itself, in order."""
        return [name for name in ("first", *_ALL) if name in self.fields]

    def values(self) -> dict[str, Any]:
        """For the action."""
        return {"kind": self.kind, **{name: self.cleaned_data.get(name) for name in self.names}}


class ReportForm(ChangeForm):
    """What the carer sends in."""

    text = forms.CharField(
        label=_("More about it"),
        required=False,
        max_length=TEXT_LENGTH,
        help_text=_("Do not write health details that are not needed for paying the fee."),
        error_messages={"max_length": _("Shorten the text to %(limit_value)s characters")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    attachment = PagesField(
        label=_("Attachment"),
        required=False,
        help_text=_("For example a certificate: a PDF, or photos of its pages."),
    )

    def values(self) -> dict[str, Any]:
        return {**super().values(), "text": self.cleaned_data["text"]}


class NoticeForm(forms.Form):
    """Notice by the carer; its day and the last day of the contract are computed."""

    text = forms.CharField(
        label=_("What you want to tell the county"),
        required=False,
        max_length=TEXT_LENGTH,
        help_text=_("You need not give a reason."),
        error_messages={"max_length": _("Shorten the text to %(limit_value)s characters")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CertificateForm(forms.Form):
    """A certificate that is sent in after the absence was reported."""

    file = PagesField(
        label=_("Medical certificate"),
        help_text=_("For example a certificate: a PDF, or photos of its pages."),
        error_messages={"required": _("Choose the picture or PDF of the certificate.")},
    )


class KeyInForm(ReportForm):
    """The same, keyed in by staff."""

    channel = forms.ChoiceField(
        label=_("How it came"),
        choices=[("staff", _("By phone or in person")), ("paper", _("On paper, the scan is attached"))],
        widget=forms.RadioSelect,
        initial="staff",
    )

    field_order = ("channel",)


class AcceptForm(ChangeForm):
    """Days and values as staff accept them, and a word to the carer."""

    note = forms.CharField(
        label=_("To the carer"),
        required=False,
        max_length=TEXT_LENGTH,
        help_text=_("For example what you corrected and why."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "carer_income" in self.fields:
            self.fields["carer_income"].label = _("The carer's income")


class ReturnForm(forms.Form):
    reason = forms.CharField(
        label=_("Why the report is returned"),
        max_length=TEXT_LENGTH,
        error_messages={"required": _("Enter why the report is returned: the carer reads it.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
