"""Forms of the portal. Rules of the matter are the actions'; here is only what a person can mistype."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from palkkio.web.ui.fields import NumberField
from palkkio.web.ui.values import DayKind

COMMENT_LENGTH = 4000


class SignInForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail"),
        error_messages={
            "required": _("Enter your e-mail address"),
            "invalid": _("Enter the e-mail address in the form name@example.fi"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        error_messages={"required": _("Enter your password")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class PasswordForm(forms.Form):
    old = forms.CharField(
        label=_("Your password now"),
        strip=False,
        error_messages={"required": _("Enter your password")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=_("New password"),
        strip=False,
        error_messages={"required": _("Enter the new password")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class CommentForm(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "comment_%s")  # it stands beside other forms with a text
        super().__init__(*args, **kwargs)

    text = forms.CharField(
        label=_("Write a comment"),
        max_length=COMMENT_LENGTH,
        error_messages={
            "required": _("Write what you want to say"),
            "max_length": _("Shorten the comment to %(limit_value)s characters"),
        },
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class WrongDetailsForm(forms.Form):
    """ "Jotakin on väärin": a message to the county."""

    text = forms.CharField(
        label=_("What is wrong, and how should it be?"),
        max_length=COMMENT_LENGTH,
        error_messages={
            "required": _("Tell what is wrong"),
            "max_length": _("Shorten the message to %(limit_value)s characters"),
        },
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DeclineForm(forms.Form):
    """Why somebody does not sign."""

    reason = forms.CharField(
        label=_("What is wrong?"),
        max_length=1000,
        error_messages={"required": _("Tell why you do not sign: the county reads it")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class NoteForm(forms.Form):
    """The period's own notes; the e-mail is asked while it is not known (CARE-17)."""

    text = forms.CharField(
        label=_("Notes on the whole period"),
        required=False,
        max_length=COMMENT_LENGTH,
        error_messages={"max_length": _("Shorten the note to %(limit_value)s characters")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("The county does not know it yet. It sends reminders and notices there."),
        required=False,
        error_messages={"invalid": _("Enter the e-mail address in the form name@example.fi")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, asks_for_email: bool, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "note_%s")
        super().__init__(*args, **kwargs)
        if not asks_for_email:
            del self.fields["email"]

    def note(self) -> str:
        """The note with the e-mail address that was given as its last line."""
        text: str = self.cleaned_data["text"].strip()
        email: str = self.cleaned_data.get("email", "")
        if not email or email in text:
            return text
        return f"{text}\n{email}".strip()


class DaysForm(forms.Form):
    """What the calendar posts: days, kind of day, maybe a number, a comment, a trip."""

    day = forms.TypedMultipleChoiceField(
        coerce=date.fromisoformat,
        required=False,
        error_messages={"invalid_choice": _("Pick the days in the calendar of this month.")},
    )
    type = forms.ChoiceField(required=False, error_messages={"invalid_choice": _("Choose what kind of day it was.")})
    count = NumberField(label=_("How many visits or hours"), required=False)
    comment = forms.CharField(
        required=False,
        max_length=COMMENT_LENGTH,
        error_messages={"max_length": _("Shorten the comment to %(limit_value)s characters")},
    )
    fill = forms.ChoiceField(choices=[("empty", ""), ("replace", "")], required=False)
    version = forms.IntegerField()
    kilometres = NumberField(label=_("Kilometres"), help_text=_("There and back together"), required=False)
    origin = forms.CharField(label=_("From"), required=False)
    destination = forms.CharField(label=_("To"), required=False)
    purpose = forms.CharField(label=_("Purpose of the trip"), required=False)

    TRIP = ("kilometres", "origin", "destination", "purpose")

    def __init__(
        self, *args: Any, days: Iterable[date], kinds: Iterable[DayKind], counted: bool, trips: bool, **kwargs: Any
    ) -> None:
        kwargs.setdefault("auto_id", "day_%s")
        super().__init__(*args, **kwargs)
        self.fields["day"].choices = [(day.isoformat(), "") for day in days]  # type: ignore[attr-defined]
        self.fields["type"].choices = [(kind.code, kind.name) for kind in kinds]  # type: ignore[attr-defined]
        if not counted:
            del self.fields["count"]
        if not trips:
            for name in self.TRIP:
                del self.fields[name]

    @property
    def has_trip_errors(self) -> bool:
        return any(name in self.errors for name in self.TRIP)

    @property
    def has_trip(self) -> bool:
        return any(self.cleaned_data.get(name) for name in self.TRIP)

    def trip(self, day: date) -> dict[str, Any]:
        return {"day": day, **{name: self.cleaned_data.get(name) or "" for name in self.TRIP}}

    @property
    def count_or_one(self) -> Decimal:
        return self.cleaned_data.get("count") or Decimal(1)


class CallbackForm(forms.Form):
    phone = forms.CharField(
        label=_("Your phone number"),
        help_text=_("For example 040 123 4567"),
        error_messages={"required": _("Enter the number that you are called on")},
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    topic = forms.CharField(label=_("What is it about?"), required=False, max_length=200)
