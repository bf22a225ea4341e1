"""Filters of the portal's templates."""

from __future__ import annotations

from django import template

from palkkio.web.ui.words import role_name

register = template.Library()


@register.filter
def role_words(role: str) -> str:
    """ "Hoitaja": a role's name as it begins a line."""
    name = role_name(role)
    return name[:1].upper() + name[1:]


@register.filter
def upper_first(text: object) -> str:
    """A month's or day's name as it begins a line: "toukokuu 2026" is "Toukokuu 2026"."""
    words = str(text)
    return words[:1].upper() + words[1:]
