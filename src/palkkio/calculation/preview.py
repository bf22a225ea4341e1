"""Preview while entering (BEY-3): what the sheet is worth as it stands, and what is missing before it can be paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from palkkio.calculation.differences import differences
from palkkio.calculation.earnings import earning_lines
from palkkio.calculation.facts import PayFacts
from palkkio.calculation.pay import pay
from palkkio.core.money import ZERO
from palkkio.core.payslip import Deduction, Line
from palkkio.core.problems import Problem


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a payday will bring by today's facts, in EUR.

    gross    of all lines that can be computed, also where the payment itself would be held
    net      None: it cannot be estimated, a figure of the payday is missing
    missing  problems in the order they were found; red ones stand in the way of payment
    """

    paid_on: date
    lines: tuple[Line, ...]
    gross: Decimal
    deductions: tuple[Deduction, ...]
    net: Decimal | None
    missing: tuple[Problem, ...]


def estimate(facts: PayFacts) -> Estimate:
    """The same calculation as `pay`; where that is held, the lines that are known so far and no net.

    Raises as `pay` does.
    """
    result = pay(facts)
    if not result.is_held:
        return Estimate(facts.paid_on, result.lines, result.gross, result.deductions, result.net, result.problems)
    known = [line for month in facts.months for line in earning_lines(month, facts.profile)[0]]
    lines = differences(known, facts.paid_before)
    gross = max(sum((line.amount for line in lines), ZERO), ZERO)
    return Estimate(facts.paid_on, lines, gross, (), None, result.problems)
