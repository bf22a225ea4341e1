"""Forms of the desk that several pages share. Rules of the matter are the actions'."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeAlias

from django import forms
from django.utils.translation import gettext_lazy as _

from palkkio.web.ui.fields import DayField

if TYPE_CHECKING:
    from palkkio.core.viewer import Viewer
    from palkkio.messages.values import CommentRow
    from palkkio.people.models import Person

COMMENT_LENGTH = 4000
REASON_LENGTH = 1000
Menus: TypeAlias = dict[str, tuple[str, list[tuple[str, str]]]]


class ReasonForm(forms.Form):
    """Why a period is returned or reopened; whom it is told to stands in the help of the page."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=REASON_LENGTH,
        help_text=_("The carer reads it."),
        error_messages={
            "required": _("Enter the reason: the carer reads it"),
            "max_length": _("Shorten the reason to %(limit_value)s characters"),
        },
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class GiveForm(forms.Form):
    """Who has the open comments of a matter."""

    NOBODY = "nobody"
    person = forms.ChoiceField(
        label=_("Who has them"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose to whom the comments are given")},
    )

    def __init__(self, *args: Any, colleagues: Iterable[Person], viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [(str(each.pk), each.name) for each in colleagues if each.pk != viewer.person_id]
        choices = [(str(viewer.person_id), _("I have them")), *others, (self.NOBODY, _("Nobody in particular"))]
        self.fields["person"].choices = choices  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """An answer to a thread; the carer's comments may be marked processed in the same act."""

    text = forms.CharField(
        label=_("Answer"),
        max_length=COMMENT_LENGTH,
        error_messages={
            "required": _("Write what you want to say"),
            "max_length": _("Shorten the comment to %(limit_value)s characters"),
        },
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    processed = forms.BooleanField(label=_("Mark the carer's comments here as processed"), required=False)

    @classmethod
    def for_thread(cls, rows: Iterable[CommentRow], data: Any = None) -> AnswerForm:
        """The form under a thread: without waiting comments it is a message of its own."""
        waits = any(row.can_process for row in rows)
        form = cls(data, initial={"processed": waits})
        if not waits:
            del form.fields["processed"]
            form.fields["text"].label = _("Message to the carer")
        return form


class SearchForm(forms.Form):
    """One search box; further menus by keyword: name=(label, choices)."""

    q = forms.CharField(required=False, widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}))

    def __init__(self, *args: Any, label: str, menus: Menus, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].label = label
        for name, (words, choices) in menus.items():
            self.fields[name] = forms.ChoiceField(label=words, required=False, choices=choices)


class LastDayForm(forms.Form):
    last = DayField(label=_("Last day"), help_text=_("For example 30.6.2026"))
