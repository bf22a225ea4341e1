"""Forms of events. Names of fields are those of the action."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from palkkio.web.change_words import GIVEN_BY, REASONS, STOOD_IN
from palkkio.web.ui.fields import DayField, EurosField, NumberField

_ASKED: dict[str, tuple[str, ...]] = {
    "carer_ill": ("last",),
    "recipient_away": ("last", "reason"),
    "recipient_moves_out": (),
    "notice": ("given_by",),
    "terminated": (),
    "days_off": ("last", "stood_in", "hours", "is_free"),
    "start_up": ("amount",),
    "sick": ("last", "has_certificate"),
    "heta_member": ("last",),
    "child_ill": ("last",),
    "family_leave": ("last", "child"),
}
_FIRST: dict[str, Promise] = {
    "recipient_moves_out": _("Day on which care became unnecessary"),
    "notice": _("Day on which notice was given"),
    "terminated": _("Last day of the contract"),
    "start_up": _("Day"),
}
_EXPLAINED: dict[str, Promise] = {
    "notice": _(
        "The contract ends when the notice period is over: two months after the county's notice, one month after the"
        " carer's. In family care as the contract says, else two months."
    ),
    "recipient_moves_out": _(
        "When care becomes unnecessary because of the care recipient's health, the contract ends with that month,"
        " whatever the notice period."
    ),
    "terminated": _("The contract ends at once when going on would endanger health or safety."),
    "days_off": _("Days off never lower the care fee."),
}


class EventForm(forms.Form):
    first = DayField(label=_("First day"), help_text=_("For example 8.6.2026"))
    last = DayField(label=_("Last day"), required=False, help_text=_("Leave empty while it goes on."))
    reason = forms.ChoiceField(
        label=_("Why the care recipient is away"),
        choices=list(REASONS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why the care recipient is away")},
    )
    given_by = forms.ChoiceField(
        label=_("Who gives notice"),
        choices=list(GIVEN_BY.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who gives notice")},
    )
    amount = EurosField(label=_("Amount for one client, euros"))
    has_certificate = forms.BooleanField(label=_("There is a certificate"), required=False)
    child = forms.CharField(
        label=_("Which child, if there are several"),
        required=False,
        max_length=10,
        help_text=_("A letter or a number, for example A. No name."),
    )
    stood_in = forms.ChoiceField(label=_("Care meanwhile"), choices=[("", "–"), *STOOD_IN.items()], required=False)
    hours = NumberField(
        label=_("Hours of this care a day"),
        required=False,
        help_text=_("Each full 24 hours is charged to the care recipient."),
    )
    is_free = forms.BooleanField(label=_("The care is free of charge by law"), required=False)
    source = forms.CharField(
        label=_("Decision, letter or certificate"),
        required=False,
        max_length=200,
        help_text=_("No health details."),
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        for name in list(self.fields):
            if name not in ("first", "source", *_ASKED[kind]):
                del self.fields[name]
        if kind in _FIRST:
            self.fields["first"].label = str(_FIRST[kind])
        if kind == "days_off":
            self.fields["last"].required = True
            self.fields["last"].help_text = ""

    @property
    def explanation(self) -> str:
        return str(_EXPLAINED.get(self.kind, ""))

    def values(self) -> dict[str, Any]:
        return {"kind": self.kind, **{name: self.cleaned_data.get(name) for name in self.fields}}


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it was wrong"),
        max_length=1000,
        error_messages={"required": _("Enter the reason")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
