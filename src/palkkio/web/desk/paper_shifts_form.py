"""The form that an assistant's paper timesheet is keyed in with: times of each day, the scan, when it was signed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from palkkio.core.clock import HELSINKI
from palkkio.decisions.queries import DecisionRef
from palkkio.entries.actions.shifts import NewShift
from palkkio.entries.values import DayCell, ShiftRow
from palkkio.web.pages_field import PagesField
from palkkio.web.ui import wording
from palkkio.web.ui.fields import DayField

TIMES = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?\s*[-\u2013]\s*(\d{1,2})(?:[.:](\d{2}))?")
HOW = _("Enter the times as from and to, for example 8-12, 14.30-18")


class TimesField(forms.CharField):
    """ "8-12, 14.30-18" as pairs of clock times; an end that is not after the beginning is on the next day."""

    def to_python(self, value: Any) -> Any:
        typed = super().to_python(value) or ""
        return [self._pair(each.strip()) for each in re.split(r"[,;]", typed) if each.strip()]

    def _pair(self, text: str) -> tuple[time, time]:
        found = TIMES.fullmatch(text)
        if found is None:
            raise forms.ValidationError(HOW)
        begins, begins_at, ends, ends_at = (int(each or 0) for each in found.groups())
        try:
            return time(begins, begins_at), time(0 if ends == 24 else ends, ends_at)
        except ValueError:
            raise forms.ValidationError(HOW) from None


class PaperShiftsForm(forms.Form):
    """`scan_id` is a scan that came with an earlier try: it need not be chosen again."""

    scan = PagesField(
        label=_("The scanned paper"),
        help_text=_("One PDF, or photos of the pages. It is kept with the period."),
        required=False,
    )
    signed_on = DayField(
        label=_("Signed by the employer on"), help_text=_("The signature is the approval. For example 8.6.2026")
    )
    decision = forms.ChoiceField(label=_("Decision"), required=False)
    reason = forms.CharField(
        label=_("Why hours before the gate are recorded"),
        help_text=_("Only when the employer's matters were not in order on the days."),
        required=False,
        max_length=1000,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    scan_id = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        cells: Sequence[DayCell],
        shifts: Sequence[ShiftRow],
        decisions: Sequence[DecisionRef],
        language: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.days = [cell.day for cell in cells if cell.is_inside]
        if len(decisions) < 2:
            del self.fields["decision"]
        else:
            names = [(each.identifier, f"{each.identifier} {each.name}") for each in decisions]
            self.fields["decision"].choices = [("", _("Choose")), *names]  # type: ignore[attr-defined]
        for day in self.days:
            times = ", ".join(_times(row) for row in shifts if row.start.date() == day and not row.is_scheduled)
            self.fields[day.isoformat()] = TimesField(
                label=wording.weekday_day(day, language), required=False, initial=times
            )

    @property
    def day_names(self) -> str:
        """For the tag that draws the fields of the days."""
        return " ".join(day.isoformat() for day in self.days)

    def shifts(self) -> list[NewShift]:
        decision = self.cleaned_data.get("decision", "")
        return [
            NewShift(*_moments(day, begins, ends), decision=decision)
            for day in self.days
            for begins, ends in self.cleaned_data[day.isoformat()]
        ]


def _moments(day: date, begins: time, ends: time) -> tuple[datetime, datetime]:
    last = day if ends > begins else day + timedelta(days=1)
    return datetime.combine(day, begins, tzinfo=HELSINKI), datetime.combine(last, ends, tzinfo=HELSINKI)


def _times(row: ShiftRow) -> str:
    return f"{row.start.hour}.{row.start:%M}-{row.end.hour}.{row.end:%M}"
