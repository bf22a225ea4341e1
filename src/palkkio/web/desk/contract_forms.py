"""Forms of contracts. Names of fields are those of the actions; terms are in `terms_forms`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from palkkio.core.payslip import ContractKind
from palkkio.web.contract_words import kind_name
from palkkio.web.desk.terms_forms import TermsFields
from palkkio.web.ui.fields import DayField

Choices = Iterable[tuple[str, str]]


class DetailFields(forms.Form):
    """What is no term: unit, municipality, trips, pension, tasks."""

    unit_id = forms.ChoiceField(label=_("Unit"), error_messages={"required": _("Choose the unit")})
    municipality_id = forms.ChoiceField(
        label=_("Municipality"), error_messages={"required": _("Choose the municipality")}
    )
    pays_trips = forms.BooleanField(label=_("The county pays for trips"), required=False)
    is_self_insured = forms.BooleanField(label=_("The carer is insured as an entrepreneur (YEL)"), required=False)
    tasks = forms.CharField(label=_("Tasks"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, units: Choices, municipalities: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("unit_id", list(units)), ("municipality_id", list(municipalities))):
            first = [] if len(choices) == 1 else [("", _("Choose"))]
            self.fields[name].choices = [*first, *choices]  # type: ignore[attr-defined]

    DETAILS = ("unit_id", "municipality_id", "pays_trips", "is_self_insured", "tasks")

    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.DETAILS}


class ContractForm(DetailFields, TermsFields):
    """A new contract. People are found by words of their name or a whole identity code; `*_id` is who was found."""

    kind = forms.ChoiceField(label=_("Kind of contract"), error_messages={"required": _("Choose the kind of contract")})
    carer_words = forms.CharField(label=_("Carer: name or identity code"), required=False, max_length=100)
    carer_id = forms.ChoiceField(label=_("Which carer"), required=False, widget=forms.RadioSelect)
    recipient_words = forms.CharField(label=_("Care recipient: name or identity code"), required=False, max_length=100)
    recipient_id = forms.ChoiceField(label=_("Which care recipient"), required=False, widget=forms.RadioSelect)
    employer_words = forms.CharField(
        label=_("Employer: name or identity code"),
        required=False,
        max_length=100,
        help_text=_("Who employs the assistant, as a rule the person who is assisted."),
    )
    employer_id = forms.ChoiceField(label=_("Which employer"), required=False, widget=forms.RadioSelect)
    last = DayField(label=_("Last day"), required=False, help_text=_("Empty: for the time being"))
    signed_on = DayField(label=_("Signed on"), required=False, help_text=_("Empty: the contract waits for signature"))

    def __init__(self, *args: Any, kinds: Iterable[ContractKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("Choose")), *((kind.value, kind_name(kind)) for kind in kinds)]  # type: ignore[attr-defined]
        for name in ("carer_words", "recipient_words", "employer_words"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        if self.terms_kind is not ContractKind.PERSONAL_ASSISTANCE:
            del self.fields["employer_words"], self.fields["employer_id"]

    def offer(self, who: str, people: Choices) -> None:
        """The people that the words found, to choose from."""
        self.fields[f"{who}_id"].choices = list(people)  # type: ignore[attr-defined]

    def offers(self, who: str) -> bool:
        return bool(self.fields[f"{who}_id"].choices)  # type: ignore[attr-defined]

    @property
    def offers_carers(self) -> bool:
        return self.offers("carer")

    @property
    def offers_recipients(self) -> bool:
        return self.offers("recipient")

    @property
    def has_employer(self) -> bool:
        return "employer_words" in self.fields

    @property
    def offers_employers(self) -> bool:
        return self.has_employer and self.offers("employer")


class EmploymentEndForm(forms.Form):
    """Notice of an assistant's employment; a last day that is entered goes before the computed one."""

    given_by = forms.ChoiceField(
        label=_("Who gives notice"),
        choices=[("employer", _("The employer")), ("employee", _("The assistant"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who gives notice")},
    )
    given_on = DayField(label=_("Day on which notice was given"), help_text=_("For example 8.6.2026"))
    last = DayField(
        label=_("Last day, if it is not the computed one"),
        required=False,
        help_text=_("For example where both agree on another day, or the employment is cancelled at once."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        error_messages={"required": _("Enter the reason")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class EndForm(forms.Form):
    last = DayField(label=_("Last day of the contract"), help_text=_("For example 30.6.2026"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        error_messages={"required": _("Enter the reason")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
