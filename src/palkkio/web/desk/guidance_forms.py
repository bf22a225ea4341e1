"""Forms of news and of an organisation's own instructions. Names of fields are those of the actions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from palkkio.core.viewer import PORTAL_ROLES, STAFF_ROLES
from palkkio.guidance.actions import LENGTH, TITLE_LENGTH
from palkkio.web.ui.fields import DayField
from palkkio.web.ui.words import ROLE_NAMES, role_name

KINDS = (("news", _("News")), ("service", _("Service notice")))
MEMBERSHIPS = (
    ("", _("All employers")),
    ("members", _("Members of Heta")),
    ("others", _("Employers who are not members of Heta")),
)
MARKS = _("Leave an empty line between paragraphs. A line that begins with - is an item of a list.")


def _text(label: Any, help_text: Any = "", *, is_required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LENGTH,
        required=is_required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Enter the text")},
    )


def _title(label: Any, *, is_required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=TITLE_LENGTH,
        required=is_required,
        error_messages={"required": _("Enter the title")},
    )


class NewsForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Kind of message"),
        choices=KINDS,
        widget=forms.RadioSelect,
        help_text=_("A service notice tells of an interruption or a delay. It stands first on everybody's first page."),
    )
    roles = forms.MultipleChoiceField(
        label=_("Who reads it"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose who reads it")},
    )
    membership = forms.ChoiceField(label=_("Which employers"), choices=MEMBERSHIPS, required=False)
    first = DayField(label=_("First day"), help_text=_("For example 8.6.2026"))
    last = DayField(label=_("Last day"), required=False, help_text=_("Empty: until it is withdrawn"))
    title_fi = _title(_("Title in Finnish"))
    text_fi = _text(_("Text in Finnish"), MARKS)
    title_sv = _title(_("Title in Swedish"))
    text_sv = _text(_("Text in Swedish"))
    title_en = _title(_("Title in English"), is_required=False)
    text_en = _text(_("Text in English"), is_required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of_portal = [each for each in ROLE_NAMES if each in PORTAL_ROLES]
        of_desk = [each for each in ROLE_NAMES if each in STAFF_ROLES]
        self.fields["roles"].choices = [  # type: ignore[attr-defined]
            (each.value, role_name(each)) for each in (*of_portal, *of_desk)
        ]


class AdditionForm(forms.Form):
    """What the organisation adds to one article."""

    fi = _text(_("Text in Finnish"), MARKS, is_required=False)
    sv = _text(_("Text in Swedish"), is_required=False)
    en = _text(_("Text in English"), is_required=False)
