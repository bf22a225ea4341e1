"""What a decision on personal assistance grants (päätös henkilökohtaisesta avusta), in the words of a letter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from palkkio.core.days import DateRange
from palkkio.formats import figures
from palkkio.formats.wording import Words, words


@dataclass(frozen=True, slots=True)
class DecisionToTell:
    """One version of a decision.

    identifier    1.1, 2.1 ...
    hours, per    granted a week, month, period or in total; hours None: their number is not limited
    period_weeks  length of a period, where hours are granted per period
    weekdays      1 Monday ... 7 Sunday; empty: all
    clock_times   07:30-09:00, 18:00-21:00; empty: round the clock
    """

    identifier: str
    name: str
    valid: DateRange
    hours: Decimal | None
    per: str
    period_weeks: int | None
    weekdays: tuple[int, ...]
    clock_times: str
    two_at_once: bool
    ground: str
    office_holder: str
    decided_on: date


def decision_paragraphs(decision: DecisionToTell, *, language: str) -> tuple[str, ...]:
    """What is granted, when, on what ground and by whom. Raises ValueError for an unknown language."""
    w = words(language)
    said = [
        w("granted.decision", identifier=decision.identifier, name=decision.name),
        _valid(w, decision.valid),
        _hours(w, decision),
    ]
    if decision.weekdays:
        said.append(w("granted.weekdays", names=", ".join(w(f"weekday.{number}") for number in decision.weekdays)))
    if decision.clock_times:
        times = decision.clock_times.replace(":", ".").replace("-", "\u2013")
        said.append(w("granted.times", times=times))
    if decision.two_at_once:
        said.append(w("granted.two_at_once"))
    ground = " ".join(decision.ground.split())
    return (*said, w("granted.ground", text=ground), w("granted.office_holder", name=decision.office_holder))


def _valid(w: Words, days: DateRange) -> str:
    if days.first is not None and days.last is None:
        return w("granted.from", day=figures.day(days.first))
    return w("granted.valid", days=figures.days(days))


def _hours(w: Words, decision: DecisionToTell) -> str:
    if decision.hours is None:
        return w("granted.hours_without_limit")
    weeks = str(decision.period_weeks or 1)
    return w(f"granted.hours_{decision.per}", hours=figures.number(decision.hours, 0, 2), weeks=weeks)
