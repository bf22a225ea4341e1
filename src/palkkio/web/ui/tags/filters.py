"""Filters: dates and money in the reader's language. An empty value stays empty."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import get_language

from palkkio.core.clock import day_of
from palkkio.core.days import DateRange
from palkkio.web.ui import wording, words

register = template.Library()


def _dated(name: str, word: Callable[[date, str | None], str]) -> None:
    def dated(value: date | datetime | None) -> str:
        day = day_of(value) if isinstance(value, datetime) else value
        return word(day, get_language()) if day else ""

    dated.__doc__ = word.__doc__
    register.filter(name, dated)


_dated("day", lambda value, _: wording.day(value))
_dated("day_short", lambda value, _: wording.day_short(value))
_dated("day_long", wording.day_long)
_dated("weekday", wording.weekday)
_dated("weekday_day", wording.weekday_day)
_dated("weekday_date", wording.weekday_date)
_dated("deadline", wording.deadline)
_dated("month_name", wording.month_name)
_dated("month_only", wording.month_only)


@register.filter
def period_name(value: DateRange | None) -> str:
    """toukokuu 2026, or 1.–15.5.2026 where it is half a month; "" for open days."""
    return "" if value is None else words.period_name(value)


@register.filter
def moment(value: datetime | None) -> str:
    """21.10. klo 18.02, in Finland's time."""
    return words.moment(value) if value else ""


@register.filter
def sentence(value: Any) -> str:
    """One full stop at the end, also after a date that has its own."""
    return wording.sentence(str(value)) if value else ""


@register.filter
def euros(value: Any) -> str:
    """1 249,17 €; words pass as they are."""
    if value is None or value == "":
        return ""
    return wording.euros(Decimal(value)) if isinstance(value, Decimal | int) else str(value)


@register.filter
def number(value: Any, places: int | None = None) -> str:
    """1 249,17; `{{ hours|number:2 }}` rounds half up to two decimals."""
    return "" if value is None or value == "" else wording.number(value, places)


@register.filter
def signed(value: Any, places: int | None = None) -> str:
    """+14 135,65, −420,00."""
    return "" if value is None or value == "" else wording.signed(value, places)


@register.filter
def percent(value: Any) -> str:
    """12,0 %: the figure is per cents, not a fraction."""
    return "" if value is None or value == "" else wording.percent(value)
