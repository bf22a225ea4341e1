"""Forms of people, roles, account numbers and accounts. Names of fields are those of the actions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from palkkio.web.ui.fields import DayField


class PersonForm(forms.Form):
    """What the organisation knows of a person."""

    given_names = forms.CharField(
        label=_("Given names"), max_length=120, error_messages={"required": _("Enter the given names")}
    )
    family_name = forms.CharField(
        label=_("Family name"), max_length=120, error_messages={"required": _("Enter the family name")}
    )
    identity_code = forms.CharField(label=_("Personal identity code"), required=False, max_length=20)
    born = DayField(label=_("Day of birth"), required=False, help_text=_("Not needed when the identity code is known."))
    died_on = DayField(label=_("Died on"), required=False)
    language = forms.ChoiceField(label=_("Language of letters and notices"), choices=settings.LANGUAGES)
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        error_messages={"invalid": _("Enter the e-mail address in the form name@example.fi")},
    )
    phone = forms.CharField(label=_("Phone"), required=False, max_length=30)
    street = forms.CharField(label=_("Street address"), required=False, max_length=120)
    postcode = forms.CharField(label=_("Postcode"), required=False, max_length=10)
    town = forms.CharField(label=_("Post office"), required=False, max_length=60)
    municipality_id = forms.ChoiceField(label=_("Municipality"), required=False)
    uses_paper = forms.BooleanField(label=_("Uses no electronic services: letters and paper sheets"), required=False)
    business_id = forms.CharField(
        label=_("Business ID"), required=False, max_length=20, help_text=_("Only of a business that is paid.")
    )
    in_prepayment_register_first = DayField(label=_("In the prepayment register from"), required=False)
    in_prepayment_register_last = DayField(label=_("In the prepayment register to"), required=False)

    def __init__(self, *args: Any, municipalities: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality_id"].choices = [("", "–"), *municipalities]  # type: ignore[attr-defined]
        for field in self.fields.values():
            if not isinstance(field, forms.BooleanField | forms.ChoiceField):
                field.widget.attrs["autocomplete"] = "off"

    def values(self) -> dict[str, Any]:
        """As `people.actions` takes them."""
        return dict(self.cleaned_data)


class RoleForm(forms.Form):
    kind = forms.ChoiceField(label=_("Role"), error_messages={"required": _("Choose the role")})
    first = DayField(label=_("First day"), help_text=_("For example 8.6.2026"))
    last = DayField(label=_("Last day"), required=False, help_text=_("Empty: for the time being"))

    def __init__(self, *args: Any, kinds: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("Choose")), *kinds]  # type: ignore[attr-defined]


class ProtectionForm(forms.Form):
    """The days of a protection order."""

    first = DayField(label=_("In force from"), required=False, help_text=_("Empty: there is no protection order."))
    last = DayField(label=_("Last day"), required=False, help_text=_("Empty: for the time being"))


class BankAccountForm(forms.Form):
    iban = forms.CharField(
        label=_("Account number"),
        max_length=50,
        help_text=_("As FI and 16 digits"),
        error_messages={"required": _("Enter the account number as FI and 16 digits")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    first = DayField(label=_("Used from"), help_text=_("Payments from this day on go to the new account."))


class AccountForm(forms.Form):
    """The first sign-in of a person who has come to the county; the password is told in person, never mailed."""

    email = forms.EmailField(
        label=_("E-mail, which is the user name"),
        error_messages={
            "required": _("Enter the e-mail address"),
            "invalid": _("Enter the e-mail address in the form name@example.fi"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    password = forms.CharField(
        label=_("First password"),
        strip=False,
        help_text=_("Tell it in person. The owner changes it under My details."),
        error_messages={"required": _("Enter a password")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
