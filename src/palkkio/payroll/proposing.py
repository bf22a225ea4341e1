"""Proposals as rows: written by COPY, with a digest of all that an approval compares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from hashlib import blake2b
from typing import Any, NamedTuple

from palkkio.calculation.frozen_text import frozen_text, paid_text, to_text
from palkkio.core.money import ZERO
from palkkio.core.payslip import DeductionCode, PayResult
from palkkio.core.problems import Problem
from palkkio.organisations.asking import days_text
from palkkio.organisations.copying import copy_rows, escaped, new_ids, optional, truth
from palkkio.payroll.computing import Computed
from palkkio.payroll.models import Proposal, Run
from palkkio.payroll.proof_rules import NOT_OF_DAYS, Row


class _Sums(NamedTuple):
    """Of one result; a result adds each up whenever it is asked."""

    gross: Decimal
    taxable: Decimal
    pensionable: Decimal
    reimbursements: Decimal  # tax-free travel
    withholding: Decimal
    pension: Decimal
    other_deductions: Decimal
    net: Decimal


COLUMNS = (
    "id",
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
    *_Sums._fields,
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
) -> list[Row]:
    """Write the proposals of some contracts that have none in the run. Returns what page and gate ask of each.

    positions  where a contract that had a proposal stands; others follow from `first_position`
    """
    known, table = positions or {}, Proposal._meta.db_table
    ids = new_ids(table, len(computed))
    rows: list[Row] = []

    def written() -> Iterator[tuple[str, ...]]:
        for at, (pk, each) in enumerate(zip(ids, computed, strict=True)):
            sums = _sums(each.result)
            rows.append(_noticed(each, sums, pk, known.get(each.contract.pk, first_position + at)))
            yield _row(run, each, sums, rows[-1])

    copy_rows(table, COLUMNS, written())
    return rows


def _sums(result: PayResult) -> _Sums:
    gross = taxable = pensionable = withholding = pension = other = ZERO
    for line in result.lines:
        gross += line.amount
        if line.is_taxable:
            taxable += line.amount
        if line.is_pensionable:
            pensionable += line.amount
    for each in result.deductions:
        if each.code == DeductionCode.WITHHOLDING:
            withholding += each.amount
        elif each.code == DeductionCode.PENSION:
            pension += each.amount
        else:
            other += each.amount
    net = gross - withholding - pension - other
    return _Sums(gross, taxable, pensionable, gross - taxable, withholding, pension, other, net)


def _noticed(computed: Computed, sums: _Sums, pk: int, position: int) -> Row:
    """As `figures` reads it from the proposal that is written."""
    result, contract = computed.result, computed.contract
    of_days = {line.period for line in result.lines if line.amount > 0 and line.code not in NOT_OF_DAYS}
    return Row(
        id=pk,
        contract_id=contract.pk,
        person_id=contract.carer_id,
        recipient_id=contract.recipient_id,
        kind=contract.kind,
        period=days_text(computed.period),
        position=position,
        is_left_out=computed.is_left_out,
        is_held=computed.is_held,
        is_blocked=computed.is_blocked,
        gross=_cents(sums.gross),
        reimbursements=_cents(sums.reimbursements),
        withholding=_cents(sums.withholding),
        pension=_cents(sums.pension),
        other_deductions=_cents(sums.other_deductions),
        net=_cents(sums.net),
        receivable=_cents(result.receivable),
        gross_before=None if computed.gross_before is None else _cents(computed.gross_before),
        correction=_cents(computed.correction),
        days=float(computed.days),
        causes=_object({kind.value: f'"{amount}"' for kind, amount in computed.causes.items()}),
        problems=_list(map(_problem, computed.problems)),
        is_wrong=False,  # gross and net are added up of just these lines and deductions
        is_outside=any(contract.valid.overlap(days) is None for days in of_days),
        codes=" ".join([*(line.code for line in result.lines), *(each.code for each in result.deductions)]),
    )


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


def _row(run: Run, computed: Computed, sums: _Sums, row: Row) -> tuple[str, ...]:
    result, contract, candidate = computed.result, computed.contract, computed.candidate
    facts, paid = frozen_text(computed.facts), paid_text(result)
    return (
        str(row.id),
        str(run.organisation_id),
        str(run.pk),
        str(contract.pk),
        str(contract.carer_id),
        str(row.position),
        row.period,
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
        *map(str, sums),
        str(result.receivable),
        optional(computed.gross_before),
        str(computed.days),
        str(computed.days_before),
        row.causes,
        str(computed.correction),
        escaped(row.problems),
        _list(dict.fromkeys(f'"{problem.code.value}"' for problem in computed.problems)),
        truth(computed.is_blocked),
        truth(computed.is_left_out),
        truth(computed.is_held),
    )


def _cents(amount: Decimal) -> int:
    return int(amount * 100)


def _list(members: Iterable[str]) -> str:
    return f"[{','.join(members)}]"


def _object(members: Mapping[Any, Any]) -> str:
    """Plain names or numbers with what is JSON text already."""
    inside = ",".join([f'"{name}":{value}' for name, value in members.items()])
    return f"{{{inside}}}"


@lru_cache(maxsize=4096)
def _problem(problem: Problem) -> str:
    day = None if problem.day is None else problem.day.isoformat()
    return to_text({"code": problem.code.value, "figure": problem.figure, "day": day})
