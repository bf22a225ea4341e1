"""What a page does with a refusal: its words in the reader's language, and errors beside their fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext

from palkkio.core.problems import FieldError, InvalidInput, Refusal


def words(refusal: Refusal | FieldError) -> str:
    """The refusal's message, translated, with its parameters filled in."""
    return filled(refusal.message, refusal.params)


def filled(message: str, params: Mapping[str, Any]) -> str:
    """A message of a stage, translated, with its parameters filled in."""
    text = gettext(message)
    return text % params if params else text


def put_errors(form: forms.BaseForm, refusal: InvalidInput, names: Mapping[str, str] | None = None) -> None:
    """Puts each error beside its field; what has no field stands above. `names`: the action's names to the form's."""
    for error in refusal.errors:
        name = (names or {}).get(error.field, error.field)
        form.add_error(name if name in form.fields else None, words(error))


def did(form: forms.Form, does: Callable[[], Any], names: dict[str, str] | None = None) -> bool:
    """Does it and tells whether it was done; a refusal stands beside its field, or above the form."""
    try:
        does()
    except InvalidInput as refusal:
        put_errors(form, refusal, names)
    except Refusal as refusal:
        form.add_error(None, words(refusal))
    else:
        return True
    return False
