"""Forms of mandates, invitations and households, for staff. Names of fields are those of the actions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from palkkio.core.capabilities import MANDATES, OF_MINORS
from palkkio.web.pages_field import PagesField
from palkkio.web.ui.fields import DayField, NumberField
from palkkio.web.ui.words import SCOPE_NAMES

ADDRESS_ERRORS = {
    "required": _("Enter the e-mail address"),
    "invalid": _("Enter the e-mail address in the form name@example.fi"),
}


def scan_field(label: Any, *, required: bool = False) -> PagesField:
    return PagesField(
        label=label,
        required=required,
        error_messages={"required": _("Choose the scanned file")},
    )


class RecordMandateForm(forms.Form):
    """Who acts for a person: from the signed form, or for a minor from the register or the decision."""

    agent = forms.CharField(
        label=_("Identity code of who acts"),
        max_length=20,
        help_text=_("Add the person first when the county does not know them yet."),
        error_messages={"required": _("Enter the identity code as in 010170-999R")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    scope = forms.ChoiceField(
        label=_("On what ground"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the person may do")},
    )
    first = DayField(label=_("First day"), help_text=_("For example 8.6.2026"))
    last = DayField(label=_("Last day"), required=False, help_text=_("Empty: for the time being"))
    file = scan_field(_("Scanned form"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(each.value, str(SCOPE_NAMES[each]).capitalize()) for each in (*MANDATES, *OF_MINORS)]
        self.fields["scope"].choices = choices  # type: ignore[attr-defined]


class InviteAgainForm(forms.Form):
    email = forms.EmailField(label=_("E-mail"), error_messages=ADDRESS_ERRORS)
    reason = forms.CharField(
        label=_("How did you identify the person?"),
        max_length=300,
        help_text=_("For example: passport shown at the service point. It is recorded."),
        error_messages={"required": _("Write how you identified the person")},
    )


class HouseholdForm(forms.Form):
    """The customer: a household employer with the power of attorney, if it came on paper."""

    power_of_attorney_on = DayField(
        label=_("The power of attorney came on"), required=False, help_text=_("Empty: the employer gives it online")
    )
    file = scan_field(_("Scanned power of attorney"))
    signed_by_id = forms.ChoiceField(label=_("Signed by"))
    city_insures = forms.BooleanField(label=_("The employer lets us take the insurances"), required=False)

    def __init__(self, *args: Any, signers: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signed_by_id"].choices = list(signers)  # type: ignore[attr-defined]


class InviteEmployerForm(forms.Form):
    """The personal link to register with."""

    person_id = forms.ChoiceField(label=_("Who registers"))
    email = forms.EmailField(label=_("E-mail"), error_messages=ADDRESS_ERRORS)

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person_id"].choices = list(people)  # type: ignore[attr-defined]


class TellForm(forms.Form):
    """By letter or phone: for those whom an e-mail does not reach."""

    person_id = forms.ChoiceField(label=_("Who was told"))
    means = forms.ChoiceField(
        label=_("How"), choices=[("phone", _("By phone")), ("letter", _("By letter")), ("email", _("By e-mail"))]
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=300)

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person_id"].choices = list(people)  # type: ignore[attr-defined]


class TaxReferenceForm(forms.Form):
    """The household's own reference of self-assessed taxes."""

    reference = forms.CharField(
        label=_("Reference of self-assessed taxes"),
        required=False,
        max_length=35,
        help_text=_("As the Tax Administration gave it to the household. Empty: not known"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )


class ContributionsForm(forms.Form):
    """What one insurance costs the household: percentages of pay from a day on, each empty where it is not known."""

    pension_policy = forms.ChoiceField(
        label=_("Kind of employer in the pension insurance"),
        required=False,
        choices=[("", _("Not known")), ("contract", _("Contract employer")), ("temporary", _("Temporary employer"))],
    )
    pension = NumberField(
        label=_("Pension insurance in all, % of pay"), required=False, min_value=0, max_value=100, decimal_places=4
    )
    accident = NumberField(
        label=_("Insurance against accidents at work, % of pay"),
        required=False,
        min_value=0,
        max_value=100,
        decimal_places=4,
    )
    group_life = NumberField(
        label=_("Group life insurance, % of pay"), required=False, min_value=0, max_value=100, decimal_places=4
    )
    first = DayField(label=_("The percentages hold from"), required=False, help_text=_("For example 8.6.2026"))
    source = forms.CharField(
        label=_("Where they come from"),
        required=False,
        max_length=200,
        help_text=_("For example: the policy, or the insurer's letter and its day"),
    )

    def __init__(self, *args: Any, keys: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = {"first", "source", *keys}
        for name in [each for each in self.fields if each not in kept]:
            del self.fields[name]
