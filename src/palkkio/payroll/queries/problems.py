"""Problems of a run, grouped with their repair (BEY-7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection

from palkkio.core.money import ZERO
from palkkio.core.problems import RED, ProblemCode
from palkkio.payroll.models import Proposal, Run
from palkkio.payroll.queries.proposals import proposal_rows
from palkkio.payroll.values import ProblemGroup, ProposalRow, Repair

ROWS_SHOWN = 5

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

GROUPS = """
    SELECT problem.code, problem.figure, min(problem.day), count(DISTINCT proposal.contract_id),
           count(DISTINCT proposal.contract_id) FILTER (WHERE aside.id IS NULL AND NOT proposal.is_held),
           count(DISTINCT proposal.contract_id) FILTER (WHERE aside.id IS NOT NULL),
           coalesce(sum(proposal.gross) FILTER (WHERE aside.id IS NULL AND NOT proposal.is_held), 0)
      FROM payroll_proposal proposal
           CROSS JOIN LATERAL jsonb_to_recordset(proposal.problems) AS problem(code text, figure text, day date)
           LEFT JOIN payroll_setaside aside
                  ON aside.run_id = proposal.run_id AND aside.contract_id = proposal.contract_id
                     AND aside.code = problem.code
     WHERE proposal.run_id = %s AND proposal.problems <> '[]'::jsonb
     GROUP BY problem.code, problem.figure
"""

# The first proposals of each group, for all groups at once.
SHOWN = """
    SELECT code, figure, id
      FROM (SELECT problem.code, problem.figure, proposal.id,
                   row_number() OVER (PARTITION BY problem.code, problem.figure
                                      ORDER BY proposal.is_left_out, proposal.gross DESC, proposal.position) AS place
              FROM payroll_proposal proposal
                   CROSS JOIN LATERAL (SELECT DISTINCT code, figure FROM jsonb_to_recordset(proposal.problems)
                                                                      AS problem(code text, figure text)) AS problem
             WHERE proposal.run_id = %s AND proposal.problems <> '[]'::jsonb) AS placed
     WHERE place <= %s
     ORDER BY code, figure, place
"""


@dataclass(frozen=True, slots=True)
class _Group:
    code: ProblemCode
    figure: str
    first_day: date | None
    contracts: int
    open: int
    set_aside: int
    amount: Decimal


def problem_groups(run: Run) -> tuple[ProblemGroup, ...]:
    """Problems by code and figure: red ones first, then by how many contracts have them. Five queries at most."""
    with connection.cursor() as cursor:
        cursor.execute(GROUPS, [run.pk])
        groups = [_Group(ProblemCode(code), *rest) for code, *rest in cursor.fetchall()]
        cursor.execute(SHOWN, [run.pk, ROWS_SHOWN])
        shown = cursor.fetchall()
    found = Proposal.objects.filter(pk__in={pk for _code, _figure, pk in shown}).defer("facts", "result")
    rows = {row.id: row for row in proposal_rows(found.select_related("person", "contract__recipient"))}
    of_group: dict[tuple[str, str], list[ProposalRow]] = defaultdict(list)
    for code, figure, pk in shown:
        of_group[code, figure].append(rows[pk])
    groups.sort(key=lambda each: (each.code not in RED, -each.open, -each.contracts, each.code, each.figure))
    return tuple(_with_rows(group, of_group[group.code.value, group.figure]) for group in groups)


def _with_rows(group: _Group, rows: Sequence[ProposalRow]) -> ProblemGroup:
    is_red = group.code in RED
    return ProblemGroup(
        code=group.code,
        is_red=is_red,
        figure=group.figure,
        first_day=group.first_day,
        contracts=group.contracts,
        open=group.open,
        set_aside=group.set_aside,
        amount=group.amount or ZERO,
        repair=_repair(group),
        can_be_set_aside=is_red and group.open > 0,
        rows=tuple(rows),
    )


def _repair(group: _Group) -> Repair:
    """A rate of the organisation can be approved; a figure of the law has to be waited for."""
    if group.code == ProblemCode.RATE_NOT_CONFIRMED:
        return Repair.RATE if group.figure.startswith("rates/") else Repair.WAIT
    return REPAIRS.get(group.code, Repair.NONE)
