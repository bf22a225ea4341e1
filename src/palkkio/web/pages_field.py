"""Sending a paper in: one PDF, or photos of its pages that are turned and joined in one PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from palkkio.core.problems import InvalidInput
from palkkio.documents.actions import join_pages
from palkkio.documents.pages import TURNS
from palkkio.web.refusals import words

ACCEPTED = "application/pdf,image/jpeg,image/png"
PICTURES = "image/jpeg,image/png"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The files of one field, and how each is turned, in degrees clockwise."""

    files: Sequence[UploadedFile]
    turns: Sequence[int]


class PagesInput(forms.FileInput):
    """Two controls of one name, a chooser and, on touch screens, the camera; a list of pages comes on top by script.

    Without the script one turn holds for all pictures.
    """

    allow_multiple_selected = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"accept": ACCEPTED, "multiple": True, **(attrs or {})})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Chosen | None:
        chosen = files.getlist(name) if hasattr(files, "getlist") else [each for each in [files.get(name)] if each]
        if not chosen:
            return None
        typed = [int(each) if each.isdecimal() else 0 for each in str(data.get(f"{name}_turns") or "0").split(",")]
        turns = [each if each in TURNS else 0 for each in typed]
        if len(turns) == 1:
            turns *= len(chosen)
        return Chosen(chosen, [*turns, *[0] * len(chosen)][: len(chosen)])

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        control = super().render(name, None, {**(attrs or {}), "data-files": True}, renderer)
        made_id = (attrs or {}).get("id", f"id_{name}")
        turns = [(0, _("As they are")), (90, _("To the right")), (180, _("Upside down")), (270, _("To the left"))]
        context = {"control": control, "name": name, "id": made_id, "pictures": PICTURES, "turns": turns}
        return render_to_string("ui/components/pages.html", context)


class PagesField(forms.FileField):
    """Cleaned, it is one file to give to `documents.actions.receive`: a PDF."""

    widget = PagesInput

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("One PDF, or photos of the pages. At most 10 MB each."))
        super().__init__(**options)

    def clean(self, data: Chosen | None, initial: Any = None) -> Any:
        if data is None:
            return super().clean(None, initial)
        for each in data.files:
            super().clean(each)
        try:
            return join_pages(data.files, data.turns)
        except InvalidInput as refusal:
            raise ValidationError([words(error) for error in refusal.errors]) from refusal

    def has_changed(self, initial: Any, data: Any) -> bool:
        return data is not None
