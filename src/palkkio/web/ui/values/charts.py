"""Charts: values in; the tags turn them into SVG attributes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: full name for the table, a letter or two for the axis, EUR; None draws no bar (not known yet)."""

    name: str
    short: str
    amount: Decimal | None
    kind: Literal["past", "last", "soon"] = "past"


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars over months. `sentence` says in words what the picture shows; `caption` heads its table."""

    bars: Sequence[Bar]
    sentence: str
    caption: str


@dataclass(frozen=True, slots=True)
class Change:
    """Why a sum changed: in EUR, with its sign."""

    name: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Waterfall:
    """From one sum to another through its changes. Raises ValueError if they do not add up to the cent."""

    start: Change
    changes: Sequence[Change]
    end: Change
    sentence: str
    caption: str

    def __post_init__(self) -> None:
        if self.start.amount + sum((each.amount for each in self.changes), Decimal(0)) != self.end.amount:
            raise ValueError("The changes do not lead from the first sum to the last")
