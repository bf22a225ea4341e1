"""Forms of decisions and pay groups. Names of fields are those of the actions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from palkkio.web.decision_words import GROUPS, PERS, weekday_name
from palkkio.web.ui.fields import DayField, NumberField

DAY = _("For example 8.6.2026")


class DecidedFields(forms.Form):
    """What every decision says of itself."""

    ground = forms.CharField(
        label=_("Ground"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Enter the ground of the decision")},
    )
    office_holder = forms.CharField(
        label=_("Decided by"),
        max_length=120,
        help_text=_("Name and title of the office holder"),
        error_messages={"required": _("Enter who decided")},
    )
    decided_on = DayField(label=_("Day of the decision"), help_text=DAY)


class VersionForm(DecidedFields):
    """What is granted from a day on."""

    first = DayField(label=_("First day"), help_text=DAY)
    last = DayField(label=_("Last day"), required=False, help_text=_("Empty: for the time being"))
    hours = NumberField(
        label=_("Hours granted"),
        required=False,
        max_digits=8,
        decimal_places=2,
        help_text=_("Empty: their number is not limited"),
    )
    per = forms.ChoiceField(label=_("Granted for"), required=False)
    period_weeks = forms.IntegerField(
        label=_("Length of the period in weeks"),
        required=False,
        min_value=1,
        max_value=104,
        help_text=_("Only for a period of weeks; it is counted from the first day"),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    weekdays = forms.MultipleChoiceField(
        label=_("Days of the week"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: every day"),
    )
    clock_times = forms.CharField(
        label=_("Clock times"),
        required=False,
        max_length=200,
        help_text=_("For example 8-20 or 7.30-9, 18-21. Empty: at any time"),
    )
    two_at_once = forms.BooleanField(label=_("Two assistants may work at the same time"), required=False)

    field_order = (
        "group",
        "name",
        "first",
        "last",
        "hours",
        "per",
        "period_weeks",
        "weekdays",
        "clock_times",
        "two_at_once",
        "ground",
        "office_holder",
        "decided_on",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["per"].choices = [("", _("Choose")), *((key, words) for key, words in PERS.items())]  # type: ignore[attr-defined]
        self.fields["weekdays"].choices = [(str(day), weekday_name(day)) for day in range(1, 8)]  # type: ignore[attr-defined]


class DecisionForm(VersionForm):
    """A new decision; its identifier follows from the group."""

    group = forms.ChoiceField(
        label=_("What for"),
        choices=[(str(number), words) for number, words in GROUPS.items()],
        help_text=_("The identifier follows: 1.1, 1.2 or 2.1 or 3.1."),
    )
    name = forms.CharField(
        label=_("Name of the decision"),
        max_length=80,
        help_text=_("The assistants read it: no figures, nothing about health."),
        error_messages={"required": _("Enter the name of the decision")},
    )


class PayGroupForm(DecidedFields):
    """A pay group above A."""

    pay_group = forms.ChoiceField(label=_("Pay group"), choices=[("B1", "B1"), ("B2", "B2"), ("C", "C")])
    first = DayField(label=_("First day"), help_text=DAY)
    last = DayField(label=_("Last day"), required=False, help_text=_("Empty: for the time being"))

    field_order = ("pay_group", "first", "last", "ground", "office_holder", "decided_on")


class NoticeForm(forms.Form):
    """The notice of one assistant."""

    assistant_id = forms.ChoiceField(label=_("Assistant"), error_messages={"required": _("Choose the assistant")})
    first = DayField(label=_("Paid by the pay group from"), help_text=DAY)
    came_on = DayField(label=_("The notice came on"), help_text=DAY)

    def __init__(self, *args: Any, assistants: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assistant_id"].choices = [("", _("Choose")), *assistants]  # type: ignore[attr-defined]
