"""States of a period's money, sums, and payslip lines with their why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from palkkio.web.ui.values.calendar import MiniMonth
    from palkkio.web.ui.values.small import Fact, Link


@dataclass(frozen=True, slots=True)
class Step:
    """One state on the way of the money; `back` is one that went wrong and waits for somebody."""

    name: str
    state: Literal["done", "now", "next", "back"]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """State line: the steps, and the sentence that says who has the ball and the next date.

    label  what the steps are about; "Where is my money" when empty
    lead   first sentence, in bold; obligatory, for on a phone the steps are only a bar
    rest   what follows it
    """

    steps: Sequence[Step]
    lead: str
    rest: str = ""
    label: str = ""

    def __post_init__(self) -> None:
        if not self.lead:
            raise ValueError("A state line needs its sentence")


@dataclass(frozen=True, slots=True)
class SumRow:
    """One row of a sum: amount in EUR, or ready words."""

    name: str
    amount: Decimal | str
    is_total: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Why:
    """What opens under a line: the calculation in figures, then rule, rate, ground and inputs."""

    calculation: str
    facts: Sequence[Fact] = ()
    month: MiniMonth | None = None
    month_note: str = ""
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class PayLine:
    """A line of a payslip or preview.

    amount  EUR, negative for a deduction
    kind    line; total (a sum between); pay (what goes to the account)
    """

    name: str
    amount: Decimal
    quantity: str = ""
    why: Why | None = None
    kind: Literal["line", "total", "pay"] = "line"
