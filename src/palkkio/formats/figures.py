"""Numbers, days and accounts as people in Finland read them, in all three languages alike."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from palkkio.core.days import DateRange

_SPACE = "\u00a0"
_MINUS = "\u2212"


def number(value: Decimal, least_decimals: int = 0, most_decimals: int = 4) -> str:
    """`1 249,17`: no-break space between thousands, decimal comma, superfluous zeros left out."""
    text = f"{abs(value):,.{most_decimals}f}"
    whole, _, decimals = text.partition(".")
    while len(decimals) > least_decimals and decimals.endswith("0"):
        decimals = decimals[:-1]
    sign = _MINUS if value < 0 and (set(whole + decimals) - set("0,")) else ""
    return sign + whole.replace(",", _SPACE) + (f",{decimals}" if decimals else "")


def amount(value: Decimal) -> str:
    """Euros and cents without the sign of the euro."""
    return number(value, 2, 2)


def euros(value: Decimal) -> str:
    return f"{amount(value)}{_SPACE}€"


def percent(value: Decimal) -> str:
    """`12,0 %`."""
    return f"{number(value, 1)}{_SPACE}%"


def day(value: date) -> str:
    """`30.6.2026`."""
    return f"{value.day}.{value.month}.{value.year}"


def days(value: DateRange) -> str:
    """`1.1.2026–31.12.2026`, first and last day; an open end is left out."""
    first, last = (day(edge) if edge else "" for edge in (value.first, value.last))
    return first if first == last else f"{first}–{last}"
