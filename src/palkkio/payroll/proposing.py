"""Proposals as rows: written by COPY, with a digest of all that an approval compares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from palkkio.calculation.frozen_text import frozen_text, paid_text, to_text
from palkkio.core.days import DateRange
from palkkio.core.problems import Problem
from palkkio.organisations.copying import copy_rows, escaped, optional, truth
from palkkio.payroll.computing import Computed
from palkkio.payroll.models import Proposal, Run

COLUMNS = (
    "organisation_id",
    "run_id",
    "contract_id",
    "person_id",
    "position",
    "period",
    "revision_ids",
    "sheets",
    "one_off_ids",
    "late_month_ids",
    "tax_card_id",
    "card_kind",
    "iban",
    "facts",
    "result",
    "digest",
    "line_count",
    "has_overpaid",
    "gross",
    "taxable",
    "pensionable",
    "reimbursements",
    "withholding",
    "pension",
    "other_deductions",
    "net",
    "receivable",
    "gross_before",
    "days",
    "days_before",
    "causes",
    "correction",
    "problems",
    "problem_codes",
    "is_blocked",
    "is_left_out",
    "is_held",
)


def write_proposals(
    run: Run, computed: Sequence[Computed], first_position: int, positions: Mapping[int, int] | None = None
) -> None:
    """Write the proposals of some contracts in place of those that they had.

    positions  where a contract that had a proposal stands; others follow from `first_position`
    """
    known = positions or {}
    stale = Proposal.objects.filter(run=run, contract_id__in=[each.contract.pk for each in computed])
    stale.only("pk").delete()
    copy_rows(Proposal._meta.db_table, COLUMNS, _rows(run, computed, first_position, known))


def _rows(
    run: Run, computed: Sequence[Computed], first_position: int, known: Mapping[int, int]
) -> Iterator[Sequence[str]]:
    for at, each in enumerate(computed):
        yield _row(run, each, known.get(each.contract.pk, first_position + at))


def digest_of(computed: Computed) -> str:
    """Equal for equal facts, results, cards, accounts and conditions of payment; 32 letters."""
    return _digest(computed, frozen_text(computed.facts), paid_text(computed.result))


def _digest(computed: Computed, facts: str, result: str) -> str:
    of = (
        len(facts),
        computed.iban,
        computed.card and computed.card.pk,
        computed.candidate.revision_ids,
        computed.candidate.one_off_ids,
        computed.candidate.late_ids,
        computed.is_blocked,
        computed.is_left_out,
    )
    made = blake2b(repr(of).encode(), digest_size=16)
    made.update(facts.encode())
    made.update(result.encode())
    return made.hexdigest()


def _row(run: Run, computed: Computed, position: int) -> tuple[str, ...]:
    result, contract, candidate = computed.result, computed.contract, computed.candidate
    facts, paid = frozen_text(computed.facts), paid_text(result)
    gross, net, withholding, pension = result.gross, result.net, result.withholding, result.pension
    return (
        str(run.organisation_id),
        str(run.pk),
        str(contract.pk),
        str(contract.carer_id),
        str(position),
        _range(computed.period),
        _list(map(str, candidate.revision_ids)),
        _object(computed.sheets),
        _list(map(str, candidate.one_off_ids)),
        _list(map(str, candidate.late_ids)),
        optional(computed.card and computed.card.pk),
        str(computed.card_kind),
        computed.iban,
        escaped(facts),
        escaped(paid),
        _digest(computed, facts, paid),
        str(len(result.lines)),
        truth(result.overpaid),
        str(gross),
        str(result.taxable),
        str(result.pensionable),
        str(computed.reimbursements),
        str(withholding),
        str(pension),
        str(gross - net - withholding - pension),
        str(net),
        str(result.receivable),
        optional(computed.gross_before),
        str(computed.days),
        str(computed.days_before),
        _object({kind.value: f'"{amount}"' for kind, amount in computed.causes.items()}),
        str(computed.correction),
        _list(map(_problem, computed.problems)),
        _list(dict.fromkeys(f'"{problem.code.value}"' for problem in computed.problems)),
        truth(computed.is_blocked),
        truth(computed.is_left_out),
        truth(computed.is_held),
    )


def _list(members: Iterable[str]) -> str:
    return f"[{','.join(members)}]"


def _object(members: Mapping[Any, Any]) -> str:
    """Plain names or numbers with what is JSON text already."""
    inside = ",".join([f'"{name}":{value}' for name, value in members.items()])
    return f"{{{inside}}}"


@lru_cache(maxsize=4096)
def _problem(problem: Problem) -> str:
    day = None if problem.day is None else problem.day.isoformat()
    return escaped(to_text({"code": problem.code.value, "figure": problem.figure, "day": day}))


@lru_cache(maxsize=1024)
def _range(days: DateRange) -> str:
    start, end = days.edges
    return f"[{start},{end})"
