"""Problems of a run, grouped with their repair (BEY-7)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from palkkio.core.problems import RED, ProblemCode
from palkkio.payroll.figures import Figures, OfProblem, euros
from palkkio.payroll.models import Proposal
from palkkio.payroll.queries.proposals import proposal_rows
from palkkio.payroll.values import ProblemGroup, ProposalRow, Repair

REPAIRS: dict[ProblemCode, Repair] = {
    ProblemCode.NO_TAX_CARD: Repair.TAX_CARD,
    ProblemCode.NO_BANK_ACCOUNT: Repair.BANK_ACCOUNT,
    ProblemCode.CONTRACT_TERM_MISSING: Repair.CONTRACT,
    ProblemCode.NET_NEGATIVE: Repair.SHEET,
    ProblemCode.ENTRY_OUTSIDE_CONTRACT: Repair.SHEET,
    ProblemCode.NO_IDENTITY_CODE: Repair.PERSON,
    ProblemCode.PAYEE_DECEASED: Repair.PERSON,
    ProblemCode.OVERPAYMENT: Repair.SHEET,
}


def problem_groups(of_run: Figures) -> tuple[ProblemGroup, ...]:
    """Problems of a run by code and figure: red ones first, then by how many contracts have them."""
    problems = of_run.problems
    shown = {ranked[-1] for problem in problems.values() for ranked in problem.shown}
    found = Proposal.objects.filter(pk__in=shown).defer("facts", "result")
    rows = {row.id: row for row in proposal_rows(found.select_related("person", "contract__recipient"))}
    groups = [_group(key, problem, rows) for key, problem in problems.items()]
    return tuple(
        sorted(groups, key=lambda each: (not each.is_red, -each.open, -each.contracts, each.code, each.figure))
    )


def _group(key: str, problem: OfProblem, rows: Mapping[int, ProposalRow]) -> ProblemGroup:
    code, _space, figure = key.partition(" ")
    is_red = code in RED
    return ProblemGroup(
        code=ProblemCode(code),
        is_red=is_red,
        figure=figure,
        first_day=date.fromisoformat(problem.first_day) if problem.first_day else None,
        contracts=problem.contracts,
        open=problem.open,
        set_aside=problem.set_aside,
        amount=euros(problem.cents),
        repair=_repair(ProblemCode(code), figure),
        can_be_set_aside=is_red and problem.open > 0,
        rows=tuple(rows[ranked[-1]] for ranked in problem.shown if ranked[-1] in rows),
    )


def _repair(code: ProblemCode, figure: str) -> Repair:
    """A rate of the organisation can be approved; a figure of the law has to be waited for."""
    if code == ProblemCode.RATE_NOT_CONFIRMED:
        return Repair.RATE if figure.startswith("rates/") else Repair.WAIT
    return REPAIRS.get(code, Repair.NONE)
