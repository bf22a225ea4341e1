"""Whole numbers as addresses and forms carry them."""

from __future__ import annotations

from palkkio.core.problems import NotAllowed
from palkkio.organisations.access import NOT_FOUND


def whole(text: str | None) -> int | None:
    """A whole number from an address or a form, None when it is not one."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None


def number_from(text: str | None) -> int:
    """As `whole`, where a page cannot do without. Raises NotAllowed."""
    found = whole(text)
    if found is None:
        raise NotAllowed(NOT_FOUND)
    return found
