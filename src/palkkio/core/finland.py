"""Calendar of Finland: public holidays, banking days, paydays and deadlines by rules that are data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

import holidays

from palkkio.core.days import ONE_DAY, DateRange, add_months


class Shift(StrEnum):
    """What happens to a day that falls on a day when banks are closed."""

    NONE = "none"
    PREVIOUS = "previous"
    NEXT = "next"


class PaydayRule(StrEnum):
    LAST_BANKING_DAY = "last_banking_day"  # last banking day of the month
    DAY_OF_MONTH = "day_of_month"  # a day number, shifted off closed days


SATURDAY, SUNDAY = 5, 6
_LANGUAGES = {"sv": "sv_FI", "en": "en_US"}


@lru_cache(maxsize=64)
def public_holidays(year: int, language: str = "fi") -> Mapping[date, str]:
    """Public holidays (arkipyhät ja pyhäpäivät) of a year with their names in Finnish, Swedish or English."""
    found = holidays.country_holidays("FI", years=year, language=_LANGUAGES.get(language, "fi"))
    return dict(sorted(found.items()))


def is_public_holiday(day: date) -> bool:
    return day in public_holidays(day.year)


@lru_cache(maxsize=64)
def named_days(year: int) -> Mapping[str, date]:
    """Days of a year that laws and agreements name, by name: church holidays, national days and eves.

    Law: Church Act (kirkkolaki) 652/2023 and 388/1937; the eves are those of agreements and the Annual Holidays Act.
    """
    easter = next(day for day, name in public_holidays(year).items() if name == "Pääsiäispäivä")
    midsummer_day = _weekday_from(date(year, 6, 20), SATURDAY)
    return {
        "new_years_day": date(year, 1, 1),
        "epiphany": date(year, 1, 6),
        "good_friday": easter - timedelta(days=2),
        "easter_saturday": easter - ONE_DAY,
        "easter_sunday": easter,
        "easter_monday": easter + ONE_DAY,
        "may_day": date(year, 5, 1),
        "ascension_day": easter + timedelta(days=39),
        "whit_sunday": easter + timedelta(days=49),
        "midsummer_eve": midsummer_day - ONE_DAY,
        "midsummer_day": midsummer_day,
        "all_saints_day": _weekday_from(date(year, 10, 31), SATURDAY),
        "independence_day": date(year, 12, 6),
        "christmas_eve": date(year, 12, 24),
        "christmas_day": date(year, 12, 25),
        "st_stephens_day": date(year, 12, 26),
    }


def _weekday_from(day: date, weekday: int) -> date:
    """The first day with this weekday from `day` on."""
    return day + timedelta(days=(weekday - day.weekday()) % 7)


_NOT_CLOSED = frozenset({"easter_saturday", "midsummer_day", "all_saints_day", "easter_sunday", "whit_sunday"})


@lru_cache(maxsize=64)
def _closed_banks(year: int) -> frozenset[date]:
    """Closed days but Saturdays and Sundays."""
    return frozenset(day for name, day in named_days(year).items() if name not in _NOT_CLOSED)


def is_banking_day(day: date) -> bool:
    """Finnish banking day (pankkipäivä): stricter than TARGET, also closed on Midsummer Eve and Christmas Eve."""
    return day.weekday() < 5 and day not in _closed_banks(day.year)


def previous_banking_day(day: date) -> date:
    """`day` itself, or the nearest banking day before it."""
    while not is_banking_day(day):
        day -= ONE_DAY
    return day


def next_banking_day(day: date) -> date:
    """`day` itself, or the nearest banking day after it."""
    while not is_banking_day(day):
        day += ONE_DAY
    return day


def banking_days_before(day: date, count: int) -> date:
    """The banking day that lies `count` banking days before `day`."""
    for _ in range(count):
        day = previous_banking_day(day - ONE_DAY)
    return day


def shifted(day: date, shift: Shift) -> date:
    if shift is Shift.PREVIOUS:
        return previous_banking_day(day)
    return next_banking_day(day) if shift is Shift.NEXT else day


@dataclass(frozen=True, slots=True)
class DayRule:
    """A day counted from a care month: the 3rd of the next month, the last banking day of the next month ...

    months_after  0 is the care month itself
    day           day number for DAY_OF_MONTH; past the month's end it is the month's last day
    """

    rule: PaydayRule
    months_after: int
    day: int = 1
    shift: Shift = Shift.NONE

    def for_month(self, month: DateRange) -> date:
        """The day in question for a care month. Raises ValueError if `month` is open."""
        care_month_start, _ = month.edges
        start, end = DateRange.month_of(add_months(care_month_start, self.months_after)).edges
        last = end - ONE_DAY
        if self.rule is PaydayRule.LAST_BANKING_DAY:
            return previous_banking_day(last)
        return shifted(min(start + timedelta(days=self.day - 1), last), self.shift)
