"""The form of a shift: day, two clock times, decision, comment."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from palkkio.decisions.queries import DecisionRef
from palkkio.entries.values import ShiftRow
from palkkio.web.clock_times import ClockTimesForm
from palkkio.web.ui import wording

NOTE_LENGTH = 200
_CLOCK = re.compile(r"^([01]?\d|2[0-3])(?:[.:]?([0-5]\d))?$")


class ClockField(forms.CharField):
    """A clock time to the minute: 8.30, 8:30, 0830 or 8."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("error_messages", {"required": _("Enter the time, for example 8.30")})
        super().__init__(**options)
        self.widget.attrs.update({"inputmode": "decimal", "autocomplete": "off", "size": "6"})

    def clean(self, value: Any) -> time:
        found = _CLOCK.match("".join(super().clean(value).split()))
        if found is None:
            raise forms.ValidationError(_("Enter the time, for example 8.30"))
        return time(int(found[1]), int(found[2] or 0))


class ShiftForm(ClockTimesForm):
    """`start_at` and `end_at` after it is valid; an end that is not after the beginning is on the next day."""

    field_order = ("day", "start", "start_fold", "end", "end_fold")
    day = forms.ChoiceField(label=_("Day"))
    start = ClockField(label=_("Begins at"))
    end = ClockField(label=_("Ends at"), help_text=_("If it ends after midnight, enter the time of the next day."))
    decision = forms.ChoiceField(label=_("Decision"), required=False)
    is_scheduled = forms.BooleanField(
        label=_("I was ill and did not work this shift"),
        required=False,
        help_text=_("A planned shift stays in the calendar for sick pay. Report the sick leave, too."),
    )
    also = forms.MultipleChoiceField(
        label=_("The same shift on these days, too"), required=False, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(
        label=_("Comment to the employer"),
        required=False,
        max_length=NOTE_LENGTH,
        error_messages={"max_length": _("Shorten the comment to %(limit_value)s characters")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        days: Sequence[tuple[str, str]],
        decisions: Sequence[DecisionRef],
        several: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.start_at = self.end_at = datetime.now(UTC)
        self.spans: list[tuple[datetime, datetime]] = []
        self.fields["day"].choices = days  # type: ignore[attr-defined]
        if several:
            self.fields["also"].choices = days  # type: ignore[attr-defined]
        else:
            del self.fields["also"]
        self._decision = self.fields.pop("decision")
        self.ask(decisions)

    def ask(self, decisions: Sequence[DecisionRef]) -> None:
        """Asks for the decision where there are several to choose from (R10)."""
        if len(decisions) > 1:
            names = [(each.identifier, f"{each.identifier} {each.name}") for each in decisions]
            self._decision.choices = [("", _("Choose")), *names]  # type: ignore[attr-defined]
            self.fields["decision"] = self._decision

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not {"day", "start", "end"} <= typed.keys():
            return typed
        first = date.fromisoformat(typed["day"])
        others = [date.fromisoformat(each) for each in typed.get("also", ()) if each != typed["day"]]
        if "also" in typed:
            typed["also"] = others
        for day in (first, *others):
            if (span := self.span(day, typed["start"], typed["end"])) is not None:
                self.spans.append(span)
        if self.spans and not self.errors:
            self.start_at, self.end_at = self.spans[0]
        return typed


class CopyForm(forms.Form):
    """A day's shifts to other days of the half month, or its week to the weeks after it."""

    what = forms.ChoiceField(
        label=_("What do you copy?"),
        choices=(
            ("day", _("The day, to the days chosen below")),
            ("week", _("The week of the day, to the next weeks")),
        ),
        widget=forms.RadioSelect,
        initial="day",
        error_messages={"required": _("Choose a day or a week.")},
    )
    day = forms.ChoiceField(label=_("Day that is copied"))
    to = forms.MultipleChoiceField(label=_("To these days"), required=False, widget=forms.CheckboxSelectMultiple)
    weeks = forms.TypedChoiceField(
        label=_("For how many weeks?"), choices=[(each, str(each)) for each in range(1, 5)], coerce=int, initial=1
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, copied: Sequence[tuple[str, str]], days: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].choices = copied  # type: ignore[attr-defined]
        self.fields["to"].choices = days  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if "day" in typed:
            typed["day"] = date.fromisoformat(typed["day"])
        typed["to"] = [date.fromisoformat(each) for each in typed.get("to", ())]
        if typed.get("what") == "day" and not typed["to"] and "to" not in self.errors:
            self.add_error("to", _("Choose the days to which the shifts are copied."))
        return typed


def initial_of(row: ShiftRow) -> dict[str, Any]:
    return {
        "day": row.day.isoformat(),
        "start": f"{row.start.hour}.{row.start:%M}",
        "end": f"{row.end.hour}.{row.end:%M}",
        "start_fold": str(row.start.fold),
        "end_fold": str(row.end.fold),
        "decision": row.decision,
        "note": row.note,
        "is_scheduled": row.is_scheduled,
    }


def day_choices(days: Sequence[date], language: str | None) -> list[tuple[str, str]]:
    return [(day.isoformat(), wording.weekday_date(day, language)) for day in days]
