"""An alert on the days of a shift calendar (huomautus): what it is about, how it is repaired, who may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


class AlertKind(StrEnum):
    """What an alert says. It asks the employer to check; it never deletes or refuses earned hours."""

    OVER_TOTAL = "over_total"  # more hours than granted
    OUTSIDE_TIMES = "outside_times"  # outside the granted days or clock times
    NOT_GRANTED = "not_granted"  # the decision is not in force on the day
    TWO_ASSISTANTS = "two_assistants"  # at the same time
    OWN_OVERLAP = "own_overlap"  # two shifts of one assistant
    OVERTIME = "overtime"
    DAILY_REST = "daily_rest"
    WEEKLY_REST = "weekly_rest"
    YEAR_OF_OVERTIME = "year_of_overtime"  # more of it than the agreement allows
    FOUR_MONTHS = "four_months"  # long weeks on average


# What follows from an assistant's own entries alone; all else is for the employer and staff (SPEC EMP-4).
FROM_OWN_ENTRIES = frozenset(
    {
        AlertKind.OWN_OVERLAP,
        AlertKind.OVERTIME,
        AlertKind.DAILY_REST,
        AlertKind.WEEKLY_REST,
        AlertKind.YEAR_OF_OVERTIME,
        AlertKind.FOUR_MONTHS,
    },
)


class RepairKind(StrEnum):
    """What is offered with an alert (BEY-5)."""

    MOVE = "move"  # book the shift under another decision
    SPLIT = "split"  # cut the shift at a clock time
    CORRECT = "correct"  # look at the times again
    ASK_REOPEN = "ask_reopen"  # approved already: ask that the period is opened again
    KNOW = "know"  # nothing to correct if it was worked: what is earned is paid


@dataclass(frozen=True, slots=True, order=True)
class Repair:
    """One repair on offer. `decision`: where a shift can be moved; `at`: where it can be cut."""

    kind: RepairKind
    shift: int
    decision: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A part of the clock concerned, in UTC."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert on its days.

    decision    identifier, where it is about one
    assistants  whose shifts they are
    shifts      ids of the shifts concerned
    parts       what of them is concerned; empty: all of it
    hours       above the limit, or resting time that was had; None: no number belongs to it
    """

    kind: AlertKind
    days: tuple[date, ...]
    assistants: tuple[int, ...]
    shifts: tuple[int, ...]
    repairs: tuple[Repair, ...]
    decision: str = ""
    parts: tuple[Span, ...] = ()
    hours: Decimal | None = None

    @property
    def is_for_assistant(self) -> bool:
        """Whether the assistant sees it, too; the employer and staff see all."""
        return self.kind in FROM_OWN_ENTRIES
