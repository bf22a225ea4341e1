"""The filters of the queue."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

DIFFERENCES = (("", _("All")), ("20", _("Over 20 %")), ("50", _("Over 50 %")))


class QueueFilter(forms.Form):
    """Unknown values of an address narrow nothing."""

    q = forms.CharField(
        label=_("Name or contract"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    month = forms.ChoiceField(label=_("Month"), required=False)
    kind = forms.ChoiceField(label=_("Contract"), required=False)
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    difference = forms.ChoiceField(label=_("Difference in days"), required=False, choices=DIFFERENCES)

    def __init__(
        self,
        *args: Any,
        months: Iterable[tuple[str, str]],
        kinds: Iterable[tuple[str, str]],
        units: Iterable[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("month", months), ("kind", kinds), ("unit", units)):
            first = [] if name == "month" else [("", _("All"))]
            self.fields[name].choices = [*first, *choices]  # type: ignore[attr-defined]
