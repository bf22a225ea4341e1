"""What the proof finds in one proposal by looking at it alone (BEY-7); amounts are cents."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from palkkio.core.payslip import ContractKind, LineCode
from palkkio.payroll.values import OddityKind


class FindingKind(StrEnum):
    """What is wrong or odd, the gravest first."""

    PAID_ALREADY = "PAID_ALREADY"  # what the proposal would settle is settled by another run
    PAID_TWICE = "PAID_TWICE"  # two contracts of the same people for the same care and month
    PAY_WITHOUT_CONTRACT = "PAY_WITHOUT_CONTRACT"  # a line outside the contract's days, or a contract not signed
    ABOVE_BOUND = "ABOVE_BOUND"  # more than a payslip of the kind ever is
    MONTH_WITHOUT_PAY = "MONTH_WITHOUT_PAY"  # a contract paid by the month has no pay
    DOUBLED = "DOUBLED"  # gross at least twice that of the run before
    HALVED = "HALVED"  # gross at most half


# EUR of one payslip that no correct one has reached: above it a figure or a number of days is mistyped.
BOUNDS: dict[str, int] = {
    ContractKind.INFORMAL_CARE: 6000,
    ContractKind.FAMILY_CARE: 15000,
    ContractKind.SUBSTITUTE_CARE: 10000,
    ContractKind.OTHER_COMMISSION: 10000,
    ContractKind.PERSONAL_ASSISTANCE: 10000,
}
# Of the gross before: above or below it is unusual; from DOUBLED or down to HALVED, it is looked at one by one.
GREW_ABOVE, SHRANK_BELOW = Decimal("1.5"), Decimal("0.5")
LEAST_ODD = 50_00  # cents: smaller changes are not odd
# Care of one person by one carer in a month is paid under one contract.
PAID_ONCE = frozenset({ContractKind.INFORMAL_CARE.value, ContractKind.FAMILY_CARE.value})

# Lines that are not paid for the days that they name.
NOT_OF_DAYS = frozenset({LineCode.ONE_OFF.value, LineCode.RECOVERY.value})


class Row(NamedTuple):
    """A proposal with what its frozen result says of itself."""

    id: int
    contract_id: int
    person_id: int
    recipient_id: int | None
    kind: str
    period: str
    position: int
    is_left_out: bool
    is_held: bool
    is_blocked: bool
    gross: int
    reimbursements: int
    withholding: int
    pension: int
    other_deductions: int
    net: int
    receivable: int
    gross_before: int | None
    correction: int
    days: float
    causes: str
    problems: str
    is_wrong: bool  # lines and deductions do not add up to gross and net
    is_outside: bool  # pays days outside the contract
    codes: str  # of lines and deductions, with spaces between them


def findings_of(row: Row) -> Iterator[tuple[FindingKind, int]]:
    """Findings of a proposal that is not left out, each with what ranks it among its kind, the least first."""
    if row.is_outside:
        yield FindingKind.PAY_WITHOUT_CONTRACT, -row.gross
    if row.gross > BOUNDS[row.kind] * 100:
        yield FindingKind.ABOVE_BOUND, -row.gross
    before = row.gross_before
    if row.gross > 0 and before is not None and before > 0:
        if row.gross >= 2 * before and row.gross >= before + LEAST_ODD:
            yield FindingKind.DOUBLED, -row.gross
        if 2 * row.gross <= before and row.gross <= before - LEAST_ODD:
            yield FindingKind.HALVED, -before


def oddities_of(row: Row, days_of_month: int | None) -> Iterator[tuple[OddityKind, int, int]]:
    """Oddities of a proposal that is not left out: what ranks each, the least first, and its amount.

    days_of_month  of the care month of the kind of contract; None: the run pays none
    """
    before = row.gross_before
    if before is not None and before > 0:
        if row.gross > before * GREW_ABOVE:
            yield OddityKind.GREW, before - row.gross, row.gross - before
        if row.gross < before * SHRANK_BELOW:
            yield OddityKind.SHRANK, row.gross - before, row.gross - before
    if row.correction and 4 * abs(row.correction) > row.gross:
        yield OddityKind.LARGE_CORRECTION, -abs(row.correction), row.correction
    if row.receivable > 0:
        yield OddityKind.OVERPAYMENT, -row.receivable, row.receivable
    if days_of_month is not None and row.days >= days_of_month:
        yield OddityKind.EVERY_DAY, -row.gross, row.gross
