"""Filters of the portal's templates."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django import template
from django.utils.text import capfirst

from palkkio.core.capabilities import Scope
from palkkio.web.pay_lines import percent_words
from palkkio.web.ui.words import SCOPE_MEANINGS, role_name, scope_name

register = template.Library()


@register.filter
def role_words(role: str) -> str:
    """ "Hoitaja": a role's name as it begins a line."""
    return capfirst(role_name(role))


@register.filter
def scope_words(scope: str) -> str:
    """ "Rajaton valtuutus": the ground on which one acts for another, as it begins a line."""
    return capfirst(scope_name(scope))


@register.filter
def scope_meaning(scope: str) -> str:
    """What the scope covers, in one or two sentences."""
    return str(SCOPE_MEANINGS[Scope(scope)])


@register.filter
def rate_percent(value: Decimal) -> str:
    """12,0 %: a per cent as a table keeps it, without idle zeros."""
    return percent_words(Decimal(value))


@register.filter
def at(values: Mapping[object, object], key: object) -> object:
    """The value of a key, empty where there is none."""
    return values.get(key, "")
