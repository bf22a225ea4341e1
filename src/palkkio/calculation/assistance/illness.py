"""An assistant's own illnesses, and the days of each for which pay is due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from palkkio.calculation.events import Sick
from palkkio.calculation.weekdays import weekday_after
from palkkio.core.days import DateRange, merged
from palkkio.rules import figure

WEEKDAYS = "sick_pay/weekdays_after_onset"


@dataclass(frozen=True, slots=True)
class Illness:
    """One illness, however many parts it was told in."""

    days: DateRange
    has_certificate: bool

    @property
    def onset(self) -> date:
        return self.days.begins


def illnesses(events: Iterable[object]) -> list[Illness]:
    """Illnesses in order; parts that overlap or follow each other without a day between are one."""
    told = [event for event in events if isinstance(event, Sick)]
    return [
        Illness(days, any(event.has_certificate for event in told if event.days.overlap(days)))
        for days in merged(event.days for event in told)
    ]


def paid_days(illness: Illness) -> DateRange:
    """The days of an illness for which pay is due: the onset and the weekdays that follow it. Raises RateNotConfirmed.

    Law: 55/2001 2:11.
    """
    last = weekday_after(illness.onset, int(figure(WEEKDAYS).on(illness.onset).value))
    return illness.days.overlap(DateRange.of_days(illness.onset, last)) or illness.days
