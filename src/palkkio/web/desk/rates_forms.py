"""Forms of what the organisation decides by day: rates, choices, official figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from palkkio.calculation.index import IndexMode
from palkkio.core.payslip import ContractKind
from palkkio.rates.codes import CODES, DECIDED
from palkkio.rates.revising import Way
from palkkio.rules import ChoiceKind
from palkkio.web.choice_words import VALUES
from palkkio.web.contract_words import KINDS, RATES
from palkkio.web.desk.rates_page import name_of, way_words
from palkkio.web.ui.fields import DayField, NumberField

if TYPE_CHECKING:
    from palkkio.rates.revising import Revisable


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


class DecidedForm(forms.Form):
    """Days and ground, that every decision has."""

    first = DayField(label=_("In force from"))
    last = DayField(label=_("In force until"), required=False, help_text=_("Left empty: until a new one."))
    source = forms.CharField(
        label=_("Decision"),
        help_text=_("Body, day and section. It stands on the payslips."),
        max_length=200,
        error_messages={"required": _("Enter the decision that the choice comes from")},
    )


class ChoiceForm(DecidedForm):
    """One choice of the payer: a word of a list, or a figure."""

    field_order = ("value", "first", "last", "source")

    def __init__(self, *args: Any, kind: ChoiceKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        missing = {"required": _("Choose or enter what holds")}
        if kind.values:
            self.fields["value"] = forms.ChoiceField(
                label=_("What holds"),
                choices=[(value, VALUES.get(value, value)) for value in kind.values],
                widget=forms.RadioSelect,
                error_messages=missing,
            )
        else:
            self.fields["value"] = forms.CharField(
                label=_("What holds"), max_length=20, help_text=kind.unit, error_messages=missing
            )
        self.order_fields(self.field_order)


class FiguresForm(DecidedForm):
    """Official figures of one file of the rules: one, or a figure for each column of a table."""

    def __init__(self, *args: Any, columns: Iterable[tuple[str, str, str]], **kwargs: Any) -> None:
        """columns: name of the column, what people call it, unit."""
        super().__init__(*args, **kwargs)
        names = []
        for column, label, unit in columns:
            names.append(f"value_{column}")
            self.fields[names[-1]] = forms.CharField(label=label, max_length=20, required=False, help_text=unit)
        self.fields["source"].label = _("Where the official figure stands")
        self.fields["source"].help_text = _("For example the decree with its number. It stands on the payslips.")
        self.order_fields((*names, "first", "last", "source"))

    def values(self) -> dict[str, str]:
        return {
            name.removeprefix("value_"): text for name, text in self.cleaned_data.items() if name.startswith("value_")
        }


class RevisionForm(forms.Form):
    """How each decided rate is revised on 1 January."""

    def __init__(self, *args: Any, found: Sequence[Revisable], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._found = found
        for each in found:
            self.fields[f"mode_{each.rate.pk}"] = forms.ChoiceField(
                label=name_of(each.rate),
                choices=[(mode.value, way_words(mode, each)) for mode in IndexMode if mode in each.ways],
                initial=each.usual.value,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose how the amount is revised")},
            )
            self.fields[f"amount_{each.rate.pk}"] = NumberField(
                label=_("Decided amount, euros"), required=False, decimal_places=4, min_value=0
            )
        self.fields["decision"] = forms.CharField(
            label=_("Decision"),
            help_text=_("Body, day and section. It stands on the payslips."),
            max_length=200,
            required=False,
        )

    def ways(self) -> Mapping[int, Way]:
        """What was chosen, by rate."""
        chosen = self.cleaned_data
        return {
            pk: Way(IndexMode(chosen[f"mode_{pk}"]), chosen[f"amount_{pk}"])
            for pk in (each.rate.pk for each in self._found)
        }
