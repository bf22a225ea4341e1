"""Public holidays (arkipyhät) of the agreement, and days on which work is Sunday work by the Act."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from palkkio.core.finland import SATURDAY, SUNDAY, named_days
from palkkio.rules import figure, keys_of, of_figures

PUBLIC_HOLIDAYS = "assistance/agreement/public_holidays"
PUBLIC_HOLIDAY_AFTER = "assistance/agreement/public_holiday_after"
SUNDAY_WORK_DAYS = "assistance/statute/sunday_work_days"
INDEPENDENCE_DAY = "independence_day"


@of_figures(maxsize=4096)
def public_holiday(day: date) -> str:
    """Name of the public holiday of the agreement on `day`; "": it is none, as those on a Saturday or Sunday.

    Raises RateNotConfirmed if the agreement of the day is not known.
    """
    return "" if day.weekday() >= SATURDAY else _named_in(PUBLIC_HOLIDAYS, day)


@of_figures(maxsize=4096)
def is_sunday_work_day(day: date) -> bool:
    """True on Sundays, church holidays, Independence Day and May Day, also on a Saturday.

    Raises RateNotConfirmed for a named day whose meaning is not known on that day.
    Law: Working Time Act (työaikalaki) 872/2019 17 §.
    """
    return day.weekday() == SUNDAY or bool(_named_in(SUNDAY_WORK_DAYS, day))


def has_public_holidays(day: date, employed_since: date) -> bool:
    """True if the employment has lasted long enough before `day`. Raises RateNotConfirmed."""
    return employed_since <= employed_before(day)


@lru_cache(maxsize=1024)
def named_between(start: date, end: date) -> tuple[date, ...]:
    """The days from `start` to before `end` that a law or agreement names, in order."""
    named = {day for year in range(start.year, end.year + 1) for day in named_days(year).values()}
    return tuple(sorted(day for day in named if start <= day < end))


@of_figures(maxsize=2048)
def employed_before(day: date) -> date:
    """The last first day of an employment whose public holidays the agreement pays on `day`.

    Raises RateNotConfirmed.
    """
    return day - timedelta(weeks=int(figure(PUBLIC_HOLIDAY_AFTER).on(day).value))


def _named_in(table: str, day: date) -> str:
    """Name of `day` if the table of the rules has it."""
    names = {key.rpartition("/")[2]: key for key in keys_of(table)}
    for name, named in named_days(day.year).items():
        if named == day and name in names and figure(names[name]).on(day).value:
            return name
    return ""
