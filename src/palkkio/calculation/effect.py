"""What a change of rates or choices does before it takes effect: who gains, who loses, how much (BEY-11)."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

from palkkio.calculation.earnings import earning_lines
from palkkio.calculation.facts import MonthFacts
from palkkio.core.money import ZERO
from palkkio.core.problems import Problem
from palkkio.rules import Profile

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Effect(Generic[K]):
    """One contract's month before and after a change, in EUR before deductions; None: it cannot be paid.

    problems  red ones that stand in the way after the change
    """

    contract: K
    before: Decimal | None
    after: Decimal | None
    problems: tuple[Problem, ...] = ()

    @property
    def change(self) -> Decimal:
        return (self.after or ZERO) - (self.before or ZERO)


@dataclass(frozen=True, slots=True)
class Summary:
    """A change over many contracts: how many gain and lose, by how much, and how many could no longer be paid."""

    gain: int
    gained: Decimal
    lose: int
    lost: Decimal
    unchanged: int
    held: int


def effects(
    before: Mapping[K, MonthFacts], after: Mapping[K, MonthFacts], *, old: str | Profile, new: str | Profile
) -> tuple[Effect[K], ...]:
    """Effects on the contracts of `before` and `after`, the largest first.

    before, after  the same months under the terms of today and under the planned ones
    old, new       the payer's choices of today and the planned ones
    Raises as `earning_lines` does.
    """
    found = []
    for contract in dict.fromkeys((*before, *after)):
        was, _ = _worth(before.get(contract), old)
        becomes, problems = _worth(after.get(contract), new)
        found.append(Effect(contract, was, becomes, problems))
    return tuple(sorted(found, key=lambda each: -abs(each.change)))


def summary(of: Iterable[Effect[K]]) -> Summary:
    """Counts and sums of effects."""
    listed = list(of)
    paid = [each for each in listed if each.after is not None]
    gains = [each.change for each in paid if each.change > 0]
    losses = [-each.change for each in paid if each.change < 0]
    return Summary(
        gain=len(gains),
        gained=sum(gains, ZERO),
        lose=len(losses),
        lost=sum(losses, ZERO),
        unchanged=len(paid) - len(gains) - len(losses),
        held=len(listed) - len(paid),
    )


def _worth(month: MonthFacts | None, profile: str | Profile) -> tuple[Decimal | None, tuple[Problem, ...]]:
    if month is None:
        return ZERO, ()
    lines, problems = earning_lines(month, profile)
    red = tuple(problem for problem in problems if problem.is_red)
    return (None, red) if red else (sum((line.amount for line in lines), ZERO), ())
