"""Filters of the portal's templates."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django import template

from palkkio.core.capabilities import Scope
from palkkio.web.pay_lines import percent_words
from palkkio.web.ui.words import SCOPE_MEANINGS, role_name, scope_name

register = template.Library()


@register.filter
def role_words(role: str) -> str:
    """ "Hoitaja": a role's name as it begins a line."""
    name = role_name(role)
    return name[:1].upper() + name[1:]


@register.filter
def scope_words(scope: str) -> str:
    """ "Rajaton valtuutus": the ground on which one acts for another, as it begins a line."""
    name = scope_name(scope)
    return name[:1].upper() + name[1:]


@register.filter
def scope_meaning(scope: str) -> str:
    """What the scope covers, in one or two sentences."""
    return str(SCOPE_MEANINGS[Scope(scope)])


@register.filter
def upper_first(text: object) -> str:
    """A month's or day's name as it begins a line: "toukokuu 2026" is "Toukokuu 2026"."""
    words = str(text)
    return words[:1].upper() + words[1:]


@register.filter
def rate_percent(value: Decimal) -> str:
    """12,0 %: a per cent as a table keeps it, without idle zeros."""
    return percent_words(Decimal(value))


@register.filter
def at(values: Mapping[object, object], key: object) -> object:
    """The value of a key, empty where there is none."""
    return values.get(key, "")
