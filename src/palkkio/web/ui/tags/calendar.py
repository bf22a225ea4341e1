"""The month of care days."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from palkkio.web.ui import wording
from palkkio.web.ui.tags.small import render
from palkkio.web.ui.values import Calendar, DayKind, MiniMonth

register = template.Library()


def _weekdays() -> list[tuple[str, str]]:
    language = wording.known(get_language())
    return list(zip(wording.WEEKDAYS_SHORT[language], wording.WEEKDAYS[language], strict=True))


@register.simple_block_tag(takes_context=True)
def care_calendar(context: template.Context, content: str, calendar: Calendar) -> SafeString:
    """{% care_calendar month %} further fields of the panel, for instance a trip's {% endcare_calendar %}.

    The whole is `<palkkio-calendar id=...>`: what the form's answer swaps. Fields that the form posts: day (several,
    ISO), type, comment, version, fill ("replace" or "empty") and do ("save", "clear") or undo (a value).
    """
    return render(
        "ui/components/calendar.html",
        {
            "cal": calendar,
            "weekdays": _weekdays(),
            "extra": content,
            "csrf_token": context.get("csrf_token"),
            "open": bool(calendar.errors) or calendar.ask_fill,
        },
    )


@register.inclusion_tag("ui/components/mini_month.html")
def mini_month(month: MiniMonth) -> dict[str, Any]:
    """A small month with its marks."""
    return {"month": month, "weekdays": _weekdays()}


@register.inclusion_tag("ui/components/swatch.html")
def swatch(kind: DayKind) -> dict[str, Any]:
    """The colour and symbol of a kind of day."""
    return {"kind": kind}


@register.filter
def iso(value: date) -> str:
    """2026-06-08, as forms post it."""
    return value.isoformat()


@register.filter
def after_number(value: date) -> str:
    """What the ear needs after a day's number: ". kesäkuuta", " juni", " June"."""
    return wording.day_long(value, get_language()).removeprefix(str(value.day))
