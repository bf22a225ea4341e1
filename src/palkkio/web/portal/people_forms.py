"""Forms of mandates, invitations, the account number and the household. Names of fields are those of the actions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from palkkio.core.capabilities import MANDATES, Scope
from palkkio.web.portal.account_forms import NewPasswordForm
from palkkio.web.ui.fields import DayField
from palkkio.web.ui.words import SCOPE_MEANINGS, SCOPE_NAMES

ADDRESS_ERRORS = {
    "required": _("Enter the e-mail address"),
    "invalid": _("Enter the e-mail address in the form name@example.fi"),
}


def scope_choices(scopes: tuple[Scope, ...] = MANDATES) -> list[tuple[str, str]]:
    """Each with what it covers, in one sentence."""
    return [(each.value, f"{str(SCOPE_NAMES[each]).capitalize()}. {SCOPE_MEANINGS[each]}") for each in scopes]


class OfferForm(forms.Form):
    """A mandate that the principal offers online."""

    email = forms.EmailField(
        label=_("E-mail of the person who will act for you"),
        error_messages=ADDRESS_ERRORS,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    scope = forms.ChoiceField(
        label=_("What may the person do?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the person may do")},
    )
    first = DayField(label=_("First day"), help_text=_("For example 8.6.2026"))
    last = DayField(label=_("Last day"), required=False, help_text=_("Empty: for the time being"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scope"].choices = scope_choices()  # type: ignore[attr-defined]


class LetInForm(NewPasswordForm):
    """Somebody who is let in again: a new password, and the address that the link came to as user name.

    email  the address; empty when it is the user name already
    """

    takes_email = forms.BooleanField(required=False, initial=True)

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if email:
            self.fields["takes_email"].label = _("Use %(email)s as my user name from now on") % {"email": email}
        else:
            del self.fields["takes_email"]


class AgentForm(forms.Form):
    """Who takes a mandate tells who they are; the code is compared with the strong authentication."""

    given_names = forms.CharField(
        label=_("Your given names"), max_length=120, error_messages={"required": _("Enter the given names")}
    )
    family_name = forms.CharField(
        label=_("Your family name"), max_length=120, error_messages={"required": _("Enter the family name")}
    )
    identity_code = forms.CharField(
        label=_("Your personal identity code"),
        max_length=20,
        help_text=_("The same as the one you authenticated with."),
        error_messages={"required": _("Enter your identity code")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class AccountNumberForm(forms.Form):
    iban = forms.CharField(
        label=_("New account number"),
        max_length=50,
        help_text=_("As FI and 16 digits"),
        error_messages={"required": _("Enter the account number as FI and 16 digits")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "inputmode": "text"}),
    )
