"""Forms of registration, passwords, codes and user names."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

_EMAIL_ERRORS = {
    "required": _("Enter your e-mail address"),
    "invalid": _("Enter the e-mail address in the form name@example.fi"),
}


def _code(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=20,
        error_messages={"required": _("Enter the six digits of the code")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


def _new_password(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        strip=False,
        max_length=1000,
        error_messages={"required": _("Enter the new password")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class RegisterForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("This becomes your user name. We send a confirmation code to it."),
        error_messages=_EMAIL_ERRORS,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = _new_password(_("Password"))


class CodeForm(forms.Form):
    code = _code(pgettext_lazy("sent by e-mail", "Code"))


class ForgottenForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail"), error_messages=_EMAIL_ERRORS, widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )


class NewPasswordForm(forms.Form):
    new = _new_password(_("New password"))


class NewEmailForm(forms.Form):
    email = forms.EmailField(
        label=_("New e-mail address"),
        error_messages=_EMAIL_ERRORS,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class EmailCodesForm(forms.Form):
    new_code = _code(_("Code that came to the new address"))
    old_code = _code(_("Code that came to the old address"))

    def __init__(self, *args: object, asks_old: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if not asks_old:
            del self.fields["old_code"]


class ConfirmForm(forms.Form):
    password = forms.CharField(
        label=_("Your password now"),
        strip=False,
        max_length=1000,
        error_messages={"required": _("Enter your password")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
