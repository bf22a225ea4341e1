"""What is frozen of a result: what was paid, without how it was worked out, which `pay` tells again from the facts."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from palkkio.core.payslip import Contribution, Deduction, Line, LineCode, PayResult, Working

# Days that are reported, or that trips are shown with.
WITH_DAYS = frozenset(
    {LineCode.SICK_PAY.value, LineCode.LEAVE_PAY.value, LineCode.KILOMETRES.value, LineCode.KILOMETRES_TAXABLE.value}
)
# What a line is about: the matter that it pays back, the decisions that its hours were worked under, a person's reason.
ABOUT = {
    LineCode.RECOVERY.value: "recovery",
    LineCode.BASE_PAY.value: "decision",
    LineCode.ONE_OFF.value: "reason",
}

Part = TypeVar("Part", Line, Deduction, Contribution)

_NOTHING = Working(rule="")


def kept_of(line: Line) -> Working:
    """What is kept of a line's working: the name of its rule, and what later stages ask."""
    working = line.working
    return Working(
        rule=working.rule,
        days=working.days if line.code in WITH_DAYS else (),
        inputs=tuple([each for each in working.inputs if each[0] == ABOUT.get(line.code)]),
    )


def is_paid_the_same(one: PayResult, other: PayResult) -> bool:
    """True if both pay, deduct, claim back and cost the same, line by line, however it was worked out."""
    return _amounts(one) == _amounts(other)


def pays_the_same_lines(one: PayResult, other: PayResult) -> bool:
    """True if both pay the same line by line, whatever they deduct and cost."""
    return _bare(one.lines) == _bare(other.lines)


def _amounts(result: PayResult) -> PayResult:
    return replace(
        result,
        lines=_bare(result.lines),
        deductions=_bare(result.deductions),
        overpaid=_bare(result.overpaid),
        employer=_bare(result.employer),
        problems=(),
    )


def _bare(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    return tuple([replace(each, working=_NOTHING) for each in parts])
