"""The form of the leave ledger. Names of fields are those of the action."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from palkkio.web.leave_page import KINDS
from palkkio.web.ui.fields import EurosField, NumberField

ONLY_BEFORE = _("Only for leave from before")


class LeaveForm(forms.Form):
    """What staff write into the ledger of one leave year."""

    kind = forms.ChoiceField(
        label=_("What do you write down?"),
        choices=list(KINDS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you write down")},
    )
    year = forms.ChoiceField(label=_("Leave year"))
    days = NumberField(label=_("Weekdays"), min_value=0, max_value=200, decimal_places=0)
    is_taken_off = forms.BooleanField(label=_("The correction takes these days off"), required=False)
    taken = NumberField(
        label=_("Of them taken before"),
        required=False,
        min_value=0,
        max_value=200,
        decimal_places=0,
        help_text=ONLY_BEFORE,
    )
    pay = EurosField(
        label=_("Pay for work in the leave year, €, without supplements for overtime"),
        required=False,
        min_value=0,
        help_text=ONLY_BEFORE,
    )
    days_worked = NumberField(
        label=_("Days worked in the leave year"),
        required=False,
        min_value=0,
        max_value=366,
        decimal_places=0,
        help_text=ONLY_BEFORE,
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Enter the reason")},
    )

    def __init__(self, *args: Any, years: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = list(years)  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        typed = self.cleaned_data
        return {name: value for name, value in typed.items() if value is not None}
