"""The values of the employer's calendar: days × assistants, decisions with their bars, alerts with repairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import get_language

from palkkio.core.days import ONE_DAY
from palkkio.core.finland import public_holidays
from palkkio.entries.queries.calendar import HouseholdDays
from palkkio.web.alert_words import AlertWords, words_of
from palkkio.web.decision_words import DecisionCard, card
from palkkio.web.portal.hours_page import Half, half_of
from palkkio.web.shift_words import ShiftWords, shift_words
from palkkio.web.ui import wording
from palkkio.web.ui.words import period_name, reading_language


@dataclass(frozen=True, slots=True)
class Cell:
    """One assistant on one day; `add_href` is empty where the employer may not enter."""

    name: str
    shifts: Sequence[ShiftWords]
    is_leave: bool
    sheet_id: int
    may_enter: bool
    add_href: str


@dataclass(frozen=True, slots=True)
class Day:
    """One day: a cell of each assistant, and what its alerts are called."""

    name: str
    holiday: str
    is_today: bool
    cells: Sequence[Cell]
    alerts: Sequence[str]


@dataclass(frozen=True, slots=True)
class DaysPage:
    title: str
    half: Half
    days: Sequence[Day]
    alerts: Sequence[AlertWords]
    decisions: Sequence[DecisionCard]
    enterable: frozenset[int]
    versions: dict[int, int]
    previous_href: str
    next_href: str


def page_of(found: HouseholdDays, *, may_enter: bool, today: date) -> DaysPage:
    start, end = found.period.edges
    shown = min(max(today, start), end - ONE_DAY)
    cards = [card(each, found.grants, found.worked, shown) for each in found.decisions]
    enterable = frozenset(
        row.id for row in found.sheets if may_enter and row.contract_id in found.consents and row.state == "open"
    )
    return DaysPage(
        title=period_name(found.period),
        half=half_of(found.sheets, today),
        days=[_day(found, start + timedelta(days=number), enterable, today) for number in range(found.period.days)],
        alerts=words_of(found.alerts, found.period, names=found.names, shifts=found.placed),
        decisions=[each for each in cards if each.use],
        enterable=enterable,
        versions={row.id: row.version for row in found.sheets},
        previous_href=reverse("portal:hours-days", args=[(start - ONE_DAY).isoformat()]),
        next_href=reverse("portal:hours-days", args=[end.isoformat()]),
    )


def _day(found: HouseholdDays, day: date, enterable: frozenset[int], today: date) -> Day:
    alerts = [each for each in found.alerts if day in each.days]
    return Day(
        name=wording.weekday_day(day, get_language()),
        holiday=public_holidays(day.year, reading_language()).get(day, ""),
        is_today=day == today,
        cells=[_cell(found, row.id, row.carer_name, day, row.id in enterable) for row in found.sheets],
        alerts=list(dict.fromkeys(each.title for each in words_of(alerts, found.period, names={}, shifts={}))),
    )


def _cell(found: HouseholdDays, sheet_id: int, name: str, day: date, may_enter: bool) -> Cell:
    return Cell(
        name=name,
        shifts=[shift_words(row) for row in found.shifts[sheet_id] if row.day == day],
        is_leave=day in found.leave[sheet_id],
        sheet_id=sheet_id,
        may_enter=may_enter,
        add_href=f"{reverse('portal:add-shift', args=[sheet_id])}?day={day.isoformat()}" if may_enter else "",
    )
