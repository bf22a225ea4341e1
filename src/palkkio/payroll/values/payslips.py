"""Values about payslips: each line with its working, deductions, the year so far, what changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from palkkio.core.days import DateRange
from palkkio.core.payslip import ChangedFact, Party


@dataclass(frozen=True, slots=True)
class LineView:
    """One earning line with all that PAY-8 wants: what, how many, of what, why, on what ground, from which days."""

    code: str
    quantity: Decimal
    unit: str  # day | visit | hour | km | piece
    of: Decimal
    amount: Decimal
    period: DateRange
    rule: str  # key of the rule's plain words
    law: str
    source: str  # decision or contract that the rate comes from
    rate_valid: DateRange | None
    tag: str
    days: tuple[date, ...]
    inputs: tuple[tuple[str, str], ...]
    is_taxable: bool
    is_pensionable: bool
    is_correction: bool  # of another month than the payslip's own
    per: Decimal = Decimal(1)  # how many units `of` is for: the amount is quantity × of / per
    percent: Decimal | None = None  # a supplement: the part of `of` that is paid
    causes: tuple[ChangedFact, ...] = ()  # of a difference: what has changed since the month was paid


@dataclass(frozen=True, slots=True)
class DeductionView:
    """One deduction: `parts` are (part of the base in EUR, per cent)."""

    code: str
    amount: Decimal
    of: Decimal
    parts: tuple[tuple[Decimal, Decimal], ...]
    rule: str
    law: str
    source: str
    rate_valid: DateRange | None
    tag: str
    inputs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CardView:
    """A tax card as shown: percents, yearly ceiling, what was paid against it before this payday."""

    id: int
    kind: str
    base: Decimal
    ceiling: Decimal | None
    additional: Decimal
    valid: DateRange
    source: str
    fetched_at: datetime
    accumulated: Decimal


@dataclass(frozen=True, slots=True)
class YearToDate:
    """Paid in the calendar year up to and with this payslip, over the payee's payslips of this payer, in EUR."""

    gross: Decimal
    taxable: Decimal
    withholding: Decimal
    pension: Decimal
    net: Decimal


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One line or deduction that differs from the contract's payslip before."""

    code: str
    quantity_before: Decimal
    quantity: Decimal
    amount_before: Decimal
    amount: Decimal

    @property
    def difference(self) -> Decimal:
        return self.amount - self.amount_before


@dataclass(frozen=True, slots=True)
class PaidSheet:
    """A sheet revision that the payslip pays."""

    sheet_id: int
    revision: int
    period: DateRange
    reviewed_at: datetime


@dataclass(frozen=True, slots=True)
class PayslipRow:
    """One payslip in a list. A year's months are found by `payday`."""

    id: int
    number: str
    payday: date
    period: DateRange
    contract_id: int
    contract_number: str
    contract_kind: str
    payee: str
    recipient: str
    gross: Decimal
    net: Decimal
    has_correction: bool
    is_cancelled: bool
    document_id: int | None


@dataclass(frozen=True, slots=True)
class PayslipView:
    """One payslip with everything that its page says. Whether it was sent is asked of payments."""

    id: int
    number: str
    run_id: int
    payday: date
    period: DateRange
    made_at: datetime
    is_cancelled: bool
    document_id: int | None
    contract_id: int
    contract_number: str
    contract_kind: str
    person_id: int
    payer: Party
    payee: Party
    recipient: str
    iban: str
    masked_iban: str
    lines: tuple[LineView, ...]
    deductions: tuple[DeductionView, ...]
    gross: Decimal
    taxable: Decimal
    pensionable: Decimal
    net: Decimal
    receivable: Decimal  # overpayment found with it, not netted
    card: CardView | None
    year_to_date: YearToDate
    previous_id: int | None
    previous_payday: date | None
    changes: tuple[ChangeView, ...]
    sheets: tuple[PaidSheet, ...]
    is_explained: bool  # False: how it was worked out cannot be told any more


@dataclass(frozen=True, slots=True)
class MonthPaid:
    """What reached the payee's accounts in one month of a year."""

    month: int
    gross: Decimal
    net: Decimal
