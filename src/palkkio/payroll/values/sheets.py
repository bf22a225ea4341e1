"""Values about a sheet's pay: what it will pay, what is missing, what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from palkkio.payroll.values.payslips import CardView, DeductionView, LineView


class Missing(StrEnum):
    """What still stands between a sheet and its pay; the first four in the order in which they come."""

    ENTRIES = "entries"
    CONFIRMATION = "confirmation"  # the carer's
    REVIEW = "review"  # the county's
    TAX_CARD = "tax_card"  # without it 60 % is withheld
    BANK_ACCOUNT = "bank_account"
    IDENTITY_CODE = "identity_code"
    RATE = "rate"  # a rate or term that is needed is not confirmed: no sum can be told
    HOLD = "hold"


@dataclass(frozen=True, slots=True)
class Preview:
    """What a sheet would pay if it were paid as it stands (BEY-3). An estimate: the day of payment decides.

    Where a rate or term is missing (`missing` says RATE), `gross` is of the lines that are known and the other sums are
    None. What was paid for the month before is left out of it.
    payday    the day it is paid on; `is_late`: it missed the run of its own payday, so this is the next one's
    deadline  of the entries
    """

    lines: tuple[LineView, ...]
    deductions: tuple[DeductionView, ...]
    gross: Decimal
    withholding: Decimal | None
    pension: Decimal | None
    net: Decimal | None
    receivable: Decimal
    card: CardView | None
    payday: date
    deadline: date
    is_late: bool
    is_correction: bool  # the month was paid before: sums are the difference
    missing: tuple[Missing, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetPay:
    """What became of a sheet in payroll (BEY-4). Whether the bank has it is asked of payments, by payslip.

    run_state         of the run that takes or took it last: calculating, proposed, approved, produced
    payslip_id        the latest payslip that paid it; None: not paid yet, or nothing was to be paid
    is_settled        its latest taken revision is paid, or found to pay nothing
    revision          number of the revision that the run takes or took
    """

    sheet_id: int
    run_id: int
    run_state: str
    payday: date
    revision: int
    is_settled: bool
    payslip_id: int | None
    payslip_number: str
    net: Decimal | None
    receivable: Decimal
