"""Ages from which and until which work is insured, counted in calendar months."""

from __future__ import annotations

from datetime import date
from decimal import Decimal


def is_between_ages(born: date | None, day: date, after: Decimal, until: Decimal) -> bool:
    """True from the month after the birthday `after` to the end of the month of the birthday `until`.

    An unknown day of birth is taken as between them.
    """
    if born is None:
        return True
    age = (day.year - born.year) * 12 + day.month - born.month
    return 12 * int(after) < age <= 12 * int(until)
