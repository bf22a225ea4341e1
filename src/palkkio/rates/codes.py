"""What a rate is for."""

from __future__ import annotations

CODES = ("care", "training", "notice", "cancelled", "visit", "hour", "kilometre")
_UNITS = {"visit": "visit", "hour": "hour", "kilometre": "km"}


def unit_of(code: str) -> str:
    """What an amount is paid for: day, visit, hour or km. Raises ValueError for an unknown code."""
    if code not in CODES:
        raise ValueError(f"{code} is no code of a rate")
    return _UNITS.get(code, "day")
