"""Supplements of worked time (lisät): evening, night, Saturday, Sunday and public holidays worked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from palkkio.calculation.assistance.agreement import Agreement
from palkkio.calculation.assistance.holidays import is_sunday_work_day, public_holiday
from palkkio.calculation.assistance.percents import Percent, Supplements, percent_of_figure
from palkkio.calculation.assistance.worked import Part, moment
from palkkio.core.finland import SATURDAY
from palkkio.core.payslip import LineCode
from palkkio.rules import Figure, figure, of_figures
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
    start: int
    end: int
    words: str  # "18-21"
    unverified: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Supplement:
    """Seconds of one supplement."""

    code: LineCode
    seconds: int
    percent: Percent
    window: Window


def supplements(part: Part, agreement: Agreement, chosen: Supplements, *, pays_holidays: bool) -> list[Supplement]:
    """Supplements of a part of a shift, all of the same hourly pay and cumulative.

    chosen         percentages and choices of the payer
    pays_holidays  the employment is long enough for the public holidays of the agreement
    Raises RateNotConfirmed if a clock time or percentage that is needed is unknown.
    Law: the agreement; without it Working Time Act 872/2019 20 §, which raises Sunday work alone.
    """
    if agreement is Agreement.STATUTE:
        if not is_sunday_work_day(part.day):
            return []
        return [Supplement(LineCode.SUNDAY, part.seconds, percent_of_figure(STATUTE_SUNDAY, part.day), _all(part.day))]
    is_plain = part.start >= moment(part.day, DAY_FROM) and part.end <= moment(part.day, DAY_UNTIL)
    is_holiday = pays_holidays and bool(public_holiday(part.day))
    both = chosen.evening_and_night_on_holidays, chosen.saturday_on_church_holidays
    found = []
    for window in _windows(part.day, is_plain, is_holiday, *both):
        if seconds := part.within(window.start, window.end):
            percent = chosen.percent(window.name, part.day)
            found.append(Supplement(CODES[window.name], seconds, percent, window))
    return found


@of_figures(maxsize=8192)
def _windows(
    day: date, is_plain: bool, is_holiday: bool, with_evening_and_night: bool, with_saturday: bool
) -> tuple[Window, ...]:
    """The windows of a day that may touch a part; figures of windows that cannot are not asked."""
    found: list[Window] = []
    if not is_plain and (not is_holiday or with_evening_and_night):
        found += evening_and_night(day)
    if is_holiday:
        return (*found, Window(HOLIDAY, *_ends(day), "0-24"))
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
    return Window(name, moment(day, since), moment(day, until), f"{since}-{until}", unverified)


def _clock(name: str, day: date) -> Figure:
    return figure(f"{WINDOWS}/{name}").on(day)


def _all(day: date) -> Window:
    return Window(SUNDAYS, *_ends(day), "0-24")


def _ends(day: date) -> tuple[int, int]:
    return moment(day), moment(day, MIDNIGHT)
