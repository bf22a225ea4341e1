"""Supplements of worked time (lisät): evening, night, Saturday, Sunday and public holidays worked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache, partial
from typing import NamedTuple

from palkkio.calculation.assistance.agreement import Agreement
from palkkio.calculation.assistance.holidays import employed_before, is_sunday_work_day, public_holiday
from palkkio.calculation.assistance.percents import Percent, percent_of_supplement
from palkkio.calculation.assistance.worked import Part, moment
from palkkio.calculation.sheet import Sheet
from palkkio.core.finland import SATURDAY
from palkkio.core.payslip import LineCode
from palkkio.rules import Figure, Profile, RateNotConfirmed, figure, of_figures
from palkkio.rules.tags import is_unverified

WINDOWS = "assistance/agreement/windows"
STATUTE_SUNDAY = "assistance/statute/sunday_percent"
MIDNIGHT = Decimal(24)
# On weekdays between these times no supplement of the clock has been paid at any time: the windows of evening and night
# began later before they were moved on 1.8.2022. So their figures, unknown before that day, are not asked.
DAY_FROM, DAY_UNTIL = Decimal(6), Decimal(18)

EVENING, NIGHT, SATURDAYS, SUNDAYS, HOLIDAY = "evening", "night", "saturday", "sunday", "public_holiday"
CODES = {
    EVENING: LineCode.EVENING,
    NIGHT: LineCode.NIGHT,
    SATURDAYS: LineCode.SATURDAY,
    SUNDAYS: LineCode.SUNDAY,
    HOLIDAY: LineCode.PUBLIC_HOLIDAY,
}


@dataclass(frozen=True, slots=True)
class Window:
    """Times of one day on which a supplement runs: moments in seconds, and what was not verified of them."""

    name: str
    code: LineCode
    start: int
    end: int
    inputs: tuple[tuple[str, str], ...]  # (("window", "18-21"),)
    unverified: tuple[str, ...] = ()


class Supplement(NamedTuple):
    """What is paid beside the base pay for some seconds of a part of a shift, in per cent of the hourly pay.

    percent     None: the figure `missing` is not known
    unverified  keys of figures that pay with a note
    """

    code: LineCode
    seconds: int
    percent: Percent | None
    missing: str
    inputs: tuple[tuple[str, str], ...]
    unverified: tuple[str, ...]


class Prices:
    """Supplements by the agreement as a payer has chosen them.

    Kept, since many work from and to the same time of the clock.
    """

    def __init__(
        self, profile: Profile, is_evening_paid_on_holidays: bool, is_saturday_paid_on_church_holidays: bool
    ) -> None:
        self._profile = profile
        self._chosen = (is_evening_paid_on_holidays, is_saturday_paid_on_church_holidays)
        self.of = lru_cache(maxsize=16384)(self._of)
        self.employed_before = lru_cache(maxsize=1024)(employed_before)

    def _of(self, day: date, start: int, end: int, pays_holidays: bool) -> tuple[Supplement, ...]:
        """Supplements from one moment of a day to another. Raises RateNotConfirmed."""
        is_plain = start >= moment(day, DAY_FROM) and end <= moment(day, DAY_UNTIL)
        is_holiday = pays_holidays and bool(public_holiday(day))
        part = Part(day, start, end)
        return tuple(
            _priced(each, seconds, partial(percent_of_supplement, each.name, day, self._profile))
            for each in _windows(day, is_plain, is_holiday, *self._chosen)
            if (seconds := part.within(each.start, each.end))
        )


def prices_of(sheet: Sheet) -> Prices:
    """By the payer's choices of one pay period."""
    return _prices(
        sheet.profile,
        sheet.choice("public_holiday_evening_and_night").value == "yes",
        sheet.choice("church_holiday_saturday_supplement").value == "yes",
    )


@of_figures(maxsize=8)
def _prices(profile: Profile, on_holidays: bool, on_church_holidays: bool) -> Prices:
    return Prices(profile, on_holidays, on_church_holidays)


def supplements(part: Part, agreement: Agreement, prices: Prices, employed_since: date) -> tuple[Supplement, ...]:
    """Supplements of a part of a shift, all of the same hourly pay and cumulative.

    employed_since  an employment that is long enough has the public holidays of the agreement
    Raises RateNotConfirmed if a clock time that is needed is unknown.
    Law: the agreement; without it Working Time Act 872/2019 20 §, which raises Sunday work alone.
    """
    day = part.day
    if agreement is Agreement.STATUTE:
        return _by_statute(day, part.seconds)
    return prices.of(day, part.start, part.end, employed_since <= prices.employed_before(day))


def _by_statute(day: date, seconds: int) -> tuple[Supplement, ...]:
    if not is_sunday_work_day(day):
        return ()
    return (_priced(_all(day), seconds, lambda: figure(STATUTE_SUNDAY).on(day)),)


def _priced(window: Window, seconds: int, percent_of: Callable[[], Percent]) -> Supplement:
    """Seconds in a window with its percentage."""
    try:
        percent = percent_of()
    except RateNotConfirmed as error:
        return Supplement(window.code, seconds, None, error.figure, window.inputs, window.unverified)
    doubts = (*window.unverified, percent.key) if is_unverified(percent.tag) else window.unverified
    return Supplement(window.code, seconds, percent, "", window.inputs, doubts)


@of_figures(maxsize=8192)
def _windows(
    day: date, is_plain: bool, is_holiday: bool, with_evening_and_night: bool, with_saturday: bool
) -> tuple[Window, ...]:
    """The windows of a day that may touch a part; figures of windows that cannot are not asked."""
    found: list[Window] = []
    if not is_plain and (not is_holiday or with_evening_and_night):
        found += evening_and_night(day)
    if is_holiday:
        return (*found, _all(day, HOLIDAY))
    is_sunday_work = is_sunday_work_day(day)
    if is_sunday_work:
        found.append(_all(day))
    if day.weekday() == SATURDAY:
        saturday, sunday = saturday_and_sunday(day)
        if not is_sunday_work:
            found.append(sunday)
        if not is_sunday_work or with_saturday:
            found.append(saturday)
    return tuple(found)


@of_figures(maxsize=4096)
def evening_and_night(day: date) -> tuple[Window, ...]:
    """Evening and the two ends of the nights of a day. Raises RateNotConfirmed."""
    evening_from, evening_until = _clock("evening_from", day), _clock("evening_until", day)
    night_from, night_until = _clock("night_from", day), _clock("night_until", day)
    return (
        _window(EVENING, day, evening_from, evening_until),
        _window(NIGHT, day, None, night_until),
        _window(NIGHT, day, night_from, None),
    )


@of_figures(maxsize=4096)
def saturday_and_sunday(day: date) -> tuple[Window, Window]:
    """The Saturday supplement of a Saturday, and the Sunday supplement at its end. Raises RateNotConfirmed."""
    saturday = _window(SATURDAYS, day, _clock("saturday_from", day), _clock("saturday_until", day))
    return saturday, _window(SUNDAYS, day, _clock("sunday_from", day), None)


def _window(name: str, day: date, start: Figure | None, end: Figure | None) -> Window:
    since, until = start.value if start else Decimal(0), end.value if end else MIDNIGHT
    unverified = tuple(each.key for each in (start, end) if each is not None and is_unverified(each.tag))
    inputs = (("window", f"{since}-{until}"),)
    return Window(name, CODES[name], moment(day, since), moment(day, until), inputs, unverified)


def _clock(name: str, day: date) -> Figure:
    return figure(f"{WINDOWS}/{name}").on(day)


def _all(day: date, name: str = SUNDAYS) -> Window:
    return Window(name, CODES[name], moment(day), moment(day, MIDNIGHT), (("window", "0-24"),))
