"""Forms about documents of persons; portal and desk share them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from palkkio.web.document_words import KINDS
from palkkio.web.pages_field import PagesField
from palkkio.web.ui.fields import DayField


class SendDocumentForm(forms.Form):
    """A document that a person sends: what it is and its pages."""

    kind = forms.ChoiceField(
        label=_("What document is it?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what document it is")},
    )
    contract_id = forms.ChoiceField(label=_("Which contract is it about?"), required=False)
    dated_on = DayField(label=_("Day on the document"), required=False, help_text=_("Left empty where it has none."))
    file = PagesField(label=_("The document"), error_messages={"required": _("Choose a file, or take a photo")})

    def __init__(self, *args: Any, kinds: Sequence[str], contracts: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = [("", _("None in particular")), *((str(pk), name) for pk, name in contracts)]
        self.fields["kind"].choices = [(kind, KINDS[kind]) for kind in kinds]  # type: ignore[attr-defined]
        self.fields["contract_id"].choices = chosen  # type: ignore[attr-defined]
        if len(chosen) == 1:
            del self.fields["contract_id"]
        if len(kinds) == 1:
            self.fields["kind"].widget = forms.HiddenInput()
            self.fields["kind"].initial = kinds[0]

    def values(self) -> dict[str, Any]:
        """What `documents.actions.receive` asks for."""
        typed = self.cleaned_data
        number = typed.get("contract_id")
        return {
            "kind": typed["kind"],
            "dated_on": typed["dated_on"],
            "contract_id": int(number) if number else None,
            "is_for_staff": typed.get("is_for_staff", False),
        }


class AddDocumentForm(SendDocumentForm):
    """A document that staff file."""

    is_for_staff = forms.BooleanField(label=_("Only staff see it"), required=False)
    replaces = forms.IntegerField(required=False, widget=forms.HiddenInput)
