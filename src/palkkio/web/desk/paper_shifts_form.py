"""The form that an assistant's paper timesheet is keyed in with: times of each day, the scan, when it was signed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import time
from typing import Any, TypeAlias

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from palkkio.decisions.queries import DecisionRef
from palkkio.entries.actions.shifts import NewShift
from palkkio.entries.values import DayCell, ShiftRow
from palkkio.web.clock_times import ClockTimesForm, is_shown_twice
from palkkio.web.pages_field import PagesField
from palkkio.web.ui import wording
from palkkio.web.ui.fields import DayField

TIMES = re.compile(
    r"(\d{1,2})(?:[.:](\d{2}))?\s*[-\u2013]\s*(\d{1,2})(?:[.:](\d{2}))?(?:\s+(?P<decision>\d\.\d{1,2}))?"
)
HOW = _("Enter the times as from and to, for example 8-12, 14.30-18")
UNKNOWN = _("Enter after the times one of the decisions of this period: %(decisions)s")
Times: TypeAlias = tuple[time, time, str]  # from, to, identifier of the decision or ""


class TimesField(forms.CharField):
    """ "8-12, 14.30-18 2.1": clock times, each with the decision it belongs to where that is not the paper's."""

    def __init__(self, *, decisions: Sequence[str], **options: Any) -> None:
        super().__init__(**options)
        self.decisions = decisions

    def to_python(self, value: Any) -> Any:
        typed = super().to_python(value) or ""
        return [self._times(each.strip()) for each in re.split(r"[,;]", typed) if each.strip()]

    def _times(self, text: str) -> Times:
        found = TIMES.fullmatch(text)
        if found is None:
            raise forms.ValidationError(HOW)
        decision = found["decision"] or ""
        if decision and decision not in self.decisions:
            raise forms.ValidationError(UNKNOWN, params={"decisions": ", ".join(self.decisions)})
        begins, begins_at, ends, ends_at = (int(each or 0) for each in found.groups()[:4])
        try:
            return time(begins, begins_at), time(0 if ends == 24 else ends, ends_at), decision
        except ValueError:
            raise forms.ValidationError(HOW) from None


class PaperShiftsForm(ClockTimesForm):
    """`scan_id` is a scan that came with an earlier try: it need not be chosen again. `shifts` once it is valid."""

    scan = PagesField(
        label=_("The scanned paper"),
        help_text=_("One PDF, or photos of the pages. It is kept with the period."),
        required=False,
    )
    signed_on = DayField(
        label=_("Signed by the employer on"), help_text=_("The signature is the approval. For example 8.6.2026")
    )
    decision = forms.ChoiceField(
        label=_("Decision"),
        required=False,
        help_text=_("Of all shifts of the paper, but for those with another one after their times."),
    )
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
        self.shifts: list[NewShift] = []
        worked = [row for row in shifts if not row.is_scheduled]
        identifiers = [each.identifier for each in decisions]
        if len(decisions) < 2:
            del self.fields["decision"]
        else:
            names = [(each.identifier, f"{each.identifier} {each.name}") for each in decisions]
            self.fields["decision"].choices = [("", _("Choose")), *names]  # type: ignore[attr-defined]
        shared = max(identifiers, key=[row.decision for row in worked].count, default="")
        self.initial.setdefault("decision", shared if worked else "")
        for day in self.days:
            times = ", ".join(_times(row, shared) for row in worked if row.day == day)
            self.fields[day.isoformat()] = TimesField(
                label=wording.weekday_day(day, language), required=False, initial=times, decisions=identifiers
            )
        for row in worked:
            for name, moment in (("start_fold", row.start), ("end_fold", row.end)):
                if is_shown_twice(moment):
                    self.initial.setdefault(name, str(moment.fold))

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        self.shifts = []
        for day in self.days:
            name = day.isoformat()
            for begins, ends, decision in typed.get(name, ()):
                if (span := self.span(day, begins, ends, fields=(name, name))) is not None:
                    self.shifts.append(NewShift(*span, decision=decision or typed.get("decision", "")))
        return typed

    @property
    def fields_of_days(self) -> list[BoundField]:
        return [self[day.isoformat()] for day in self.days]


def _times(row: ShiftRow, shared: str) -> str:
    own = f" {row.decision}" if row.decision and row.decision != shared else ""
    return f"{row.start.hour}.{row.start:%M}-{row.end.hour}.{row.end:%M}{own}"
