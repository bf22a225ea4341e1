"""Part of a month: which share of a monthly fee each stretch of days is worth."""

from __future__ import annotations

from collections.abc import Sequence

from palkkio.calculation.care_days import Stretch
from palkkio.core.days import DateRange

THIRTY = 30


def shares(month: DateRange, stretches: Sequence[Stretch], convention: str) -> tuple[list[int], int]:
    """Days that count for each stretch, and of how many: their quotient is the part of the month's fee.

    actual_days  paid days of the month's own days
    fixed_30     of thirty. A month of 31, 28 or 29 days is as long as thirty: the last paid stretch takes the odd day
                 or days, so that a full month is the full fee and an unpaid day takes a thirtieth
    full_month   as actual_days; days of the month before the contract began or after it ended count as the stretch
                 beside them does
    No law fixes one of these. Raises ValueError for another word.
    """
    counted = [0 if each.unpaid else each.days.days for each in stretches]
    paid = [at for at, count in enumerate(counted) if count]
    if convention not in ("actual_days", "fixed_30", "full_month"):
        raise ValueError(f"{convention} is no way to divide a month")
    if convention == "fixed_30":
        if paid:
            counted[paid[-1]] += THIRTY - month.days
        return counted, THIRTY
    if convention == "full_month" and stretches:
        start, end = month.edges
        if paid and paid[0] == 0:
            counted[0] += (stretches[0].days.edges[0] - start).days
        if paid and paid[-1] == len(counted) - 1:
            counted[-1] += (end - stretches[-1].days.edges[1]).days
    return counted, month.days
