"""Form fields that read what people write: 5.10.2026, 1 249,17. Their errors say what to do."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from palkkio.web.ui import wording


class DayField(forms.DateField):
    """A day as d.m.yyyy (or d.m.yy, or ISO). The control is plain text, so what was typed stays."""

    widget = forms.TextInput

    def __init__(self, **options: Any) -> None:
        options.setdefault("input_formats", ["%d.%m.%Y", "%d.%m.%y", "%Y-%m-%d"])
        options.setdefault(
            "error_messages",
            {
                "invalid": _("Enter the day in the form 5.10.2026"),
                "required": _("Enter the day, for example 5.10.2026"),
            },
        )
        super().__init__(**options)
        self.widget.attrs.setdefault("inputmode", "numeric")

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, str):
            value = value.strip().rstrip(".")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        return wording.day(value) if isinstance(value, date) else value


class NumberField(forms.DecimalField):
    """A number with a comma or point; spaces between thousands are fine."""

    widget = forms.TextInput

    def __init__(self, **options: Any) -> None:
        options.setdefault(
            "error_messages",
            {
                "invalid": _("Enter a number, for example 34 or 12,5"),
                "required": _("Enter a number, for example 34 or 12,5"),
                "min_value": _("Enter at least %(limit_value)s"),
                "max_value": _("Enter at most %(limit_value)s"),
                "max_decimal_places": _("Enter at most %(max)s decimals"),
            },
        )
        super().__init__(**options)
        self.widget.attrs.setdefault("inputmode", "decimal")

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if isinstance(value, str):
            value = "".join(value.split()).replace(",", ".").replace(wording.MINUS, "-").removesuffix("€")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        return wording.number(value, self.decimal_places) if isinstance(value, Decimal) else value


class EurosField(NumberField):
    """An amount in EUR, at most two decimals."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("decimal_places", 2)
        options.setdefault("max_digits", 12)
        super().__init__(**options)
