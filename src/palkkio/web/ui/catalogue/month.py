"""The catalogue's month, and what its form is answered."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import QueryDict

from palkkio.core.finland import public_holidays
from palkkio.web.ui import wording
from palkkio.web.ui.catalogue import HERE
from palkkio.web.ui.values import (
    Calendar,
    CalendarDay,
)
from palkkio.web.ui.words import day_kind

ENTERED = {
    1: "care",
    2: "care",
    8: "care",
    9: "care",
    12: "training",
    15: "care",
    16: "care",
    20: "cancelled",
    21: "cancelled_unpaid",
    22: "care",
    23: "care",
    27: "notice",
}
PRICES = {"care": "97.55", "training": "50.00", "notice": "97.55", "cancelled": "48.78", "cancelled_unpaid": "0.00"}


def month(today: date, **more: Any) -> Calendar:
    """May 2026 with some entries; the contract begins on the 1st and ends on the 29th."""
    first = date(2026, 5, 1)
    days = []
    for number in range(1, 32):
        day = first.replace(day=number)
        code = ENTERED.get(number)
        is_open = number < 30
        days.append(
            CalendarDay(
                day,
                kind=day_kind(code) if code else None,
                comments={12: 1, 20: 2}.get(number, 0),
                holiday=public_holidays(2026).get(day, ""),
                is_open=is_open,
                closed_note="" if is_open else "ei sopimuksessa",
                by_county=number == 27,
                extra="24 km" if number == 12 else "",
            )
        )
    given = {
        "kinds": [day_kind(code, Decimal(price)) for code, price in PRICES.items()],
        "action": HERE,
        "today": today.replace(month=5, day=28),
        "version": "3",
        "previous": (wording.month_only(date(2026, 4, 1)), HERE),
        "following": (wording.month_only(date(2026, 6, 1)), HERE),
        "note": "Vuorokausi kirjataan sille päivälle, jona se alkaa. "
        "Perjantaista sunnuntaihin on kaksi kirjausta: perjantai ja lauantai.",
        **more,
    }
    return Calendar(first, days, **given)


def answered(post: QueryDict, today: date) -> Calendar:
    """What a page answers to the calendar's form: refused without a type, else said with the way back."""
    if post.get("undo"):
        return month(today, said="Muutos kumottu.")
    picked = frozenset(date.fromisoformat(value) for value in post.getlist("day"))
    typed = {name: post.get(name, "") for name in ("type", "comment", "fill")}
    errors: dict[str, str] = {}
    if not picked:
        errors["day"] = "Valitse ensin päivät kalenterista"
    if post.get("do") != "clear" and not typed["type"]:
        errors["type"] = "Valitse päivän tyyppi"
    filled = [day for day in picked if day.day in ENTERED]
    ask = len(picked) > 1 and bool(filled) and not typed["fill"] and post.get("do") != "clear"
    if ask and not errors:
        errors["fill"] = "Valitse, korvataanko aiemmat kirjaukset"
    if errors:
        return month(today, picked=picked, typed=typed, errors=errors, ask_fill=ask)
    said = f"Tallennettu: {len(picked)} pv."
    return month(today, said=said, undo="17", version="4")


def status(calendar: Calendar) -> int:
    return 422 if calendar.errors else 200
