"""Days off that the Acts give informal and family carers, by calendar month."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from palkkio.core.days import DateRange, months_between
from palkkio.rules import figure

INFORMAL_CARE = "informal_care/days_off"
FAMILY_CARE = "family_care/days_off"


def earned_in_informal_care(days: DateRange, binding: Collection[DateRange]) -> int:
    """Days off (vapaat) of the months that `days` of a contract touch.

    binding  days on which the care binds round the clock or every day: a month goes by the first of its days
    Raises ValueError if `days` is open, RateNotConfirmed.
    Law: 937/2005 4 §.
    """
    earned = 0
    for first, _ in _months(days):
        of_month = "bound" if any(first in each for each in binding) else "others"
        earned += int(figure(f"{INFORMAL_CARE}/{of_month}").on(first).value)
    return earned


def earned_in_family_care(days: DateRange, by_day: Collection[DateRange], cared: Iterable[date]) -> int:
    """Days off of the months with days enough as a family carer.

    by_day  days on which the care is paid by the day: of those the ones among `cared` count, of the others all
    Raises ValueError if `days` is open, RateNotConfirmed.
    Law: 263/2015 13 §.
    """
    of_care = {day for day in cared if any(day in each for each in by_day)}
    earned = 0
    for first, part in _months(days):
        as_carer = sum(day in of_care or not any(day in each for each in by_day) for day in part)
        if as_carer >= figure(f"{FAMILY_CARE}/from_days").on(first).value:
            earned += int(figure(f"{FAMILY_CARE}/days").on(first).value)
    return earned


def _months(days: DateRange) -> Iterator[tuple[date, DateRange]]:
    """The first day of each month in `days`, and its days among them."""
    start, end = days.edges
    for month in months_between(start, end):
        if part := month.overlap(days):
            yield part.edges[0], part
