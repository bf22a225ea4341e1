"""Weekdays (arkipäivät) as the Acts on sick pay and annual leave count them: Monday to Saturday, less holidays."""

from __future__ import annotations

from datetime import date, timedelta

from palkkio.core.days import ONE_DAY
from palkkio.core.finland import public_holidays

_SUNDAY = 6


def is_weekday(day: date) -> bool:
    """True for Monday to Saturday that is no public holiday; Midsummer Eve and Christmas Eve are weekdays."""
    return day.weekday() != _SUNDAY and (day not in public_holidays(day.year) or is_eve(day))


def is_eve(day: date) -> bool:
    """True for Christmas Eve and Midsummer Eve."""
    is_midsummer_eve = day.month == 6 and day.weekday() == 4 and day in public_holidays(day.year)
    return (day.month, day.day) == (12, 24) or is_midsummer_eve


def is_leave_day(day: date) -> bool:
    """True for a day that annual leave consumes.

    Monday to Saturday, but no church holiday, Independence Day, Christmas Eve, Midsummer Eve, Easter Saturday or May
    Day. Law: Annual Holidays Act (vuosilomalaki) 162/2005 4 §.
    """
    return is_weekday(day) and not is_eve(day) and not _is_easter_saturday(day)


def weekday_after(day: date, count: int) -> date:
    """The weekday that is `count` weekdays after `day`; `day` itself for 0."""
    while count:
        day += ONE_DAY
        count -= is_weekday(day)
    return day


def _is_easter_saturday(day: date) -> bool:
    """The Saturday between Good Friday and Easter Monday."""
    holidays = public_holidays(day.year)
    return day.weekday() == 5 and day - ONE_DAY in holidays and day + timedelta(days=2) in holidays
