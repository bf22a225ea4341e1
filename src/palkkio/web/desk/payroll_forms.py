"""Forms of payroll's pages. Rules of the matter are the actions'; here is only what a person can mistype."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from palkkio.core.payslip import TaxCardKind
from palkkio.web.contract_words import CARDS
from palkkio.web.desk.run_words import VIEWS
from palkkio.web.ui.fields import DayField, EurosField, NumberField

REASON_LENGTH = 500


def reason_field(label: Any, required: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=REASON_LENGTH,
        error_messages={
            "required": required,
            "max_length": _("Shorten the reason to %(limit_value)s characters"),
        },
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReasonForm(forms.Form):
    """Why something is done: kept with the run, read by colleagues and auditors."""

    reason = reason_field(_("Why?"), _("Enter the reason"))

    def __init__(self, *args: Any, label: Any = "", help_text: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if label:
            self.fields["reason"].label = label
        self.fields["reason"].help_text = help_text


class ExtraRunForm(forms.Form):
    payday = DayField(label=_("Payday"), help_text=_("A day on which banks are open. For example 5.10.2026"))
    contracts = forms.CharField(
        label=_("Contract numbers"),
        help_text=_("One or more, with spaces or commas between. Left empty, all that waits to be paid is taken."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reason = reason_field(_("Why is it paid outside the schedule?"), _("Enter why it is paid outside the schedule"))

    def clean_contracts(self) -> list[str]:
        typed: str = self.cleaned_data["contracts"]
        return typed.replace(",", " ").replace(";", " ").split()


class SetAsideForm(forms.Form):
    """Whose problem is set aside, and why."""

    contract = forms.TypedMultipleChoiceField(
        label=_("Whose"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one"), "invalid_choice": _("Choose from the list")},
    )
    reason = reason_field(_("Why is it set aside?"), _("Enter why the problem is set aside"))

    def __init__(self, *args: Any, choices: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contract"].choices = [(str(pk), name) for pk, name in choices]  # type: ignore[attr-defined]


class WordsForm(forms.Form):
    """Words about people: posted and kept in the session, never in an address."""

    q = forms.CharField(label=_("Payee or contract number"), required=False, max_length=100)


class PayeesForm(WordsForm):
    view = forms.ChoiceField(label=_("Show"), required=False, choices=list(VIEWS.items()))


class PayslipsForm(WordsForm):
    year = forms.ChoiceField(label=_("Year"), required=False)

    def __init__(self, *args: Any, years: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years_found = [("", _("All years")), *((str(year), str(year)) for year in years)]
        self.fields["year"].choices = years_found  # type: ignore[attr-defined]


class OneOffForm(forms.Form):
    contract = forms.CharField(
        label=_("Contract number"), max_length=30, error_messages={"required": _("Enter the number of the contract")}
    )
    first = DayField(label=_("First day that it is about"))
    last = DayField(label=_("Last day that it is about"))
    amount = EurosField(
        label=_("Amount, euros"), help_text=_("With a minus in front, it is taken from the pay. For example 120,00")
    )
    reason = forms.CharField(
        label=_("What for?"),
        help_text=_("The payee reads this on the payslip."),
        max_length=200,
        error_messages={"required": _("Enter why this is paid: the payee reads it on the payslip.")},
    )
    is_taxable = forms.BooleanField(label=_("Tax is withheld from it"), required=False, initial=True)
    is_pensionable = forms.BooleanField(label=_("It earns pension"), required=False, initial=True)


class TaxCardForm(forms.Form):
    """A card as it stands on paper."""

    kind = forms.ChoiceField(label=_("Kind of card"), error_messages={"required": _("Choose the kind of card")})
    first = DayField(label=_("In force from"))
    last = DayField(label=_("In force until"), required=False, help_text=_("Left empty: to the end of the year."))
    base = NumberField(label=_("Base rate, %"), decimal_places=4)
    ceiling = EurosField(
        label=_("Income ceiling of the year, euros"), required=False, help_text=_("Left empty: the card has none.")
    )
    additional = NumberField(label=_("Additional rate, %"), decimal_places=4)

    def __init__(self, *args: Any, kinds: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted = [kind.value for kind in TaxCardKind if kind.value in set(kinds)]
        named = [(kind, str(CARDS[kind]).capitalize()) for kind in wanted]
        self.fields["kind"].choices = named  # type: ignore[attr-defined]


class CertificateForm(forms.Form):
    first = DayField(label=_("Paydays from"))
    last = DayField(label=_("Paydays until"))
    purpose = forms.CharField(label=_("What is it for?"), required=False, max_length=100)
    language = forms.ChoiceField(label=_("Language of the document"), choices=settings.LANGUAGES)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        first, last = found.get("first"), found.get("last")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("last", _("Enter a last day that is not before the first day."))
        return found


class SummaryForm(forms.Form):
    year = forms.TypedChoiceField(label=_("Year"), coerce=int)
    language = forms.ChoiceField(label=_("Language of the document"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, years: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(str(year), str(year)) for year in years]  # type: ignore[attr-defined]
