"""Pay of personal assistants (henkilökohtaiset avustajat): worked time, absence, leave."""

from __future__ import annotations

from palkkio.calculation.facts import MonthFacts
from palkkio.core.payslip import Line
from palkkio.core.problems import Problem, ProblemCode
from palkkio.rules import Profile


def assistant_lines(month: MonthFacts, profile: Profile) -> tuple[tuple[Line, ...], tuple[Problem, ...]]:
    """Lines of one pay period of an assistant; held while terms are missing."""
    return (), (Problem(ProblemCode.CONTRACT_TERM_MISSING, "assistant", month.month.start),)
