"""The form that a paper sheet is keyed in with: a kind of day for each day of the month, the scan, the notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from palkkio.core.payslip import DayType
from palkkio.entries.values import DayCell
from palkkio.web.pages_field import PagesField
from palkkio.web.portal.period_page import COUNTED
from palkkio.web.ui.fields import NumberField
from palkkio.web.ui.values import DayKind

COMMENT_LENGTH = 4000


@dataclass(frozen=True, slots=True)
class PaperDay:
    """One day of the form."""

    cell: DayCell
    kind: BoundField
    count: BoundField | None


class PaperForm(forms.Form):
    """`scan_id` is a scan that came with an earlier try: it need not be chosen again."""

    scan = PagesField(
        label=_("The scanned paper"),
        help_text=_("One PDF, or photos of the pages. It is kept with the period."),
        required=False,
    )
    note = forms.CharField(
        label=_("What the paper says beside the days"),
        required=False,
        max_length=COMMENT_LENGTH,
        error_messages={"max_length": _("Shorten the note to %(limit_value)s characters")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    scan_id = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, cells: Sequence[DayCell], kinds: Sequence[DayKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cells = [cell for cell in cells if cell.is_inside or cell.day_type]
        self.is_counted = any(kind.code in COUNTED for kind in kinds)
        choices = [("", "–"), *((kind.code, kind.name) for kind in kinds)]
        for cell in self.cells:
            name = cell.day.isoformat()
            label = gettext("Kind of day")
            self.fields[name] = forms.ChoiceField(
                label=label,
                choices=choices,
                required=False,
                initial=cell.day_type,
                widget=forms.Select(attrs={"class": "select"}),
            )
            if self.is_counted:
                first = cell.count if cell.day_type in COUNTED else None
                self.fields[f"count-{name}"] = NumberField(label=gettext("How many"), required=False, initial=first)

    @property
    def rows(self) -> list[PaperDay]:
        found = []
        for cell in self.cells:
            name = cell.day.isoformat()
            found.append(PaperDay(cell, self[name], self[f"count-{name}"] if self.is_counted else None))
        return found

    def days(self) -> dict[date, DayType]:
        """Kinds by day, of the days that have one."""
        typed = self.cleaned_data
        return {cell.day: DayType(typed[name]) for cell in self.cells if typed.get(name := cell.day.isoformat())}

    def counts(self) -> dict[date, Decimal]:
        """Visits or hours by day, where a number was typed for a kind that has one."""
        return {
            day: number
            for day, kind in self.days().items()
            if kind in COUNTED and (number := self.cleaned_data.get(f"count-{day.isoformat()}")) is not None
        }
