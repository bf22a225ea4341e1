"""Forms about papers of employments; portal and desk share them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from palkkio.web.pages_field import PagesField
from palkkio.web.paper_words import KINDS
from palkkio.web.ui.fields import DayField


class SendPaperForm(forms.Form):
    """What paper it is, whose employment it is about, and the file."""

    kind = forms.ChoiceField(
        label=_("What paper is it?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what paper it is")},
    )
    contract_id = forms.ChoiceField(
        label=_("Whose employment is it about?"),
        error_messages={"required": _("Choose whose employment it is about")},
    )
    came_on = DayField(label=_("Day on which it came"), required=False, help_text=_("Left empty: today"))
    file = PagesField(
        label=_("The paper"),
        error_messages={"required": _("Choose a file")},
    )
    receipt = PagesField(
        label=_("Receipt of the membership fee"),
        help_text=_("For the Heta membership: the invoice above, its receipt here."),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        kinds: Sequence[str],
        employments: Iterable[tuple[int, str]],
        is_staff: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        chosen = [(str(pk), name) for pk, name in employments]
        self.fields["kind"].choices = [(kind, KINDS[kind]) for kind in kinds]  # type: ignore[attr-defined]
        self.fields["contract_id"].choices = chosen  # type: ignore[attr-defined]
        if len(chosen) == 1:
            self.fields["contract_id"].widget = forms.HiddenInput()
            self.fields["contract_id"].initial = chosen[0][0]
        if not is_staff:
            del self.fields["came_on"]
        if "heta_membership" not in kinds:
            del self.fields["receipt"]

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in ("file", "receipt")}


class AcceptPaperForm(forms.Form):
    """Days that the paper holds."""

    first = DayField(label=_("Holds from"), required=False, help_text=_("Left empty where the paper has no days."))
    last = DayField(label=_("Holds to"), required=False, help_text=_("Left empty: until further notice."))


class ReturnPaperForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is it returned?"),
        max_length=1000,
        help_text=_("Who sent it reads this."),
        error_messages={"required": _("Enter why the paper is returned: who sent it reads it")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
