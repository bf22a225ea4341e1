"""Form of a decided rate."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from palkkio.core.payslip import ContractKind
from palkkio.rates.codes import CODES, DECIDED
from palkkio.web.contract_words import KINDS, RATES
from palkkio.web.ui.fields import DayField, NumberField


class RateForm(forms.Form):
    contract_kind = forms.ChoiceField(
        label=_("Kind of contract"), error_messages={"required": _("Choose the kind of contract")}
    )
    code = forms.ChoiceField(
        label=_("What it is paid for"),
        choices=[(code, RATES[code]) for code in CODES if any(code in codes for codes in DECIDED.values())],
        error_messages={"required": _("Choose what the rate is for")},
    )
    fee_class = forms.CharField(
        label=_("Class"), help_text=_("Only where amounts go by class."), required=False, max_length=10
    )
    amount = NumberField(label=_("Amount, euros"), help_text=_("For example 97,55"), decimal_places=4, min_value=0)
    first = DayField(label=_("In force from"))
    last = DayField(label=_("In force until"), required=False, help_text=_("Left empty: until a new rate."))
    source = forms.CharField(
        label=_("Decision"),
        help_text=_("Body, day and section. It stands on the payslips."),
        max_length=200,
        error_messages={"required": _("Enter the decision that the amount comes from")},
    )

    def __init__(self, *args: Any, kinds: Iterable[ContractKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(kind.value, KINDS[kind]) for kind in kinds]
        self.fields["contract_kind"].choices = named  # type: ignore[attr-defined]
