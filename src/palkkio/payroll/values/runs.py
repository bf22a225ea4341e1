"""Values about a run: totals, why they changed, what stands in the way, whether it may be approved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from palkkio.core.days import ONE_DAY, DateRange
from palkkio.core.money import ZERO
from palkkio.core.problems import ProblemCode


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums of a run in EUR. `reimbursements` (tax-free travel) are part of `gross`; what is left out is not counted."""

    payees: int = 0
    contracts: int = 0
    gross: Decimal = ZERO
    reimbursements: Decimal = ZERO
    withholding: Decimal = ZERO
    pension: Decimal = ZERO
    other_deductions: Decimal = ZERO
    net: Decimal = ZERO

    def less(self, before: Totals) -> Totals:
        """What changed since `before`, signed."""
        return Totals(
            self.payees - before.payees,
            self.contracts - before.contracts,
            self.gross - before.gross,
            self.reimbursements - before.reimbursements,
            self.withholding - before.withholding,
            self.pension - before.pension,
            self.other_deductions - before.other_deductions,
            self.net - before.net,
        )


class CauseKind(StrEnum):
    """Why the gross of a run differs from that of the scheduled run before it, in the order of a waterfall."""

    MORE_DAYS = "more_days"  # more days, visits, hours or kilometres than before
    FEWER_DAYS = "fewer_days"
    NEW_CONTRACTS = "new_contracts"  # contracts that were never paid before
    CAME_BACK = "came_back"  # paid before, but not in the run before
    RATE = "rate"
    CORRECTIONS = "corrections"  # lines of earlier months
    ONE_OFF = "one_off"
    NO_ENTRIES = "no_entries"  # paid in the run before, nothing to pay now
    ENDED = "ended"  # the contract has ended
    LEFT_OUT = "left_out"  # on hold or set aside: the next run takes it
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Cause:
    """One step between the gross before and the gross now. All causes add up to the difference."""

    kind: CauseKind
    amount: Decimal
    contracts: int


class Repair(StrEnum):
    """Where a problem is repaired; the page turns it into a button."""

    TAX_CARD = "tax_card"  # record a card for the person
    BANK_ACCOUNT = "bank_account"  # give the person an account
    PERSON = "person"  # identity code, death: the person's page
    CONTRACT = "contract"  # terms of the contract
    RATE = "rate"  # approve the organisation's rate
    SHEET = "sheet"  # reopen or return the sheet
    WAIT = "wait"  # a figure of the law is not confirmed yet
    NONE = "none"


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """One contract in a run, as lists show it. Sums in EUR.

    problems    codes of all its problems, red ones first; `set_aside` those of them that somebody set aside
    is_blocked  a red problem stands; is_left_out: on hold or set aside, the next run takes it
    change      gross less `gross_before` (the scheduled run before); None where there is none to compare with
    causes      how the change splits
    """

    id: int
    contract_id: int
    contract_number: str
    contract_kind: str
    person_id: int
    payee: str
    recipient: str
    unit_id: int
    gross: Decimal
    withholding: Decimal
    pension: Decimal
    net: Decimal
    receivable: Decimal
    gross_before: Decimal | None
    change: Decimal | None
    causes: tuple[Cause, ...]
    problems: tuple[str, ...]
    set_aside: tuple[str, ...]
    is_blocked: bool
    is_left_out: bool
    is_held: bool  # a hold on the person
    has_correction: bool
    sheet_ids: tuple[int, ...]
    payslip_id: int | None = None


@dataclass(frozen=True, slots=True)
class ProblemGroup:
    """Contracts of a run with the same problem, and its repair.

    figure, first_day  the figure that is missing and the first day it is asked for
    open               contracts that have it and where nobody set it aside
    amount             gross of the open ones, EUR
    rows               the first few, largest gross first
    """

    code: ProblemCode
    is_red: bool
    figure: str
    first_day: date | None
    contracts: int
    open: int
    set_aside: int
    amount: Decimal
    repair: Repair
    can_be_set_aside: bool
    rows: tuple[ProposalRow, ...]


@dataclass(frozen=True, slots=True)
class SetAsideRow:
    """A red problem that somebody set aside."""

    contract_id: int
    contract_number: str
    payee: str
    code: str
    reason: str
    by_name: str
    at: datetime
    pays: bool  # paid all the same (60 %); otherwise the next run takes it


class OddityKind(StrEnum):
    GREW = "grew"  # gross grew by more than half
    SHRANK = "shrank"  # gross fell by more than half
    EVERY_DAY = "every_day"  # each day of the month is entered
    LARGE_CORRECTION = "large_correction"  # a correction above a quarter of the gross
    TWO_PAYEES_ONE_ACCOUNT = "two_payees_one_account"
    OVERPAYMENT = "overpayment"


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something to look at; it stops nothing. The most unusual first."""

    kind: OddityKind
    row: ProposalRow
    amount: Decimal  # what makes it odd: change, correction, receivable
    days: Decimal = ZERO
    days_before: Decimal = ZERO


class WithoutPayKind(StrEnum):
    """Why a valid contract that is paid by entries has no pay in this run."""

    NO_ENTRIES = "no_entries"
    NOT_REVIEWED = "not_reviewed"
    NOT_CONFIRMED = "not_confirmed"
    NO_SHEET = "no_sheet"


@dataclass(frozen=True, slots=True)
class WithoutPay:
    contract_id: int
    contract_number: str
    person_id: int
    payee: str
    sheet_id: int | None
    why: WithoutPayKind


@dataclass(frozen=True, slots=True)
class GateItem:
    """One condition of an approval. `message` is a message id with `params`; an unmet one blocks."""

    key: str
    is_met: bool
    message: str
    params: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PaydayRow:
    """One payday of the schedule, coming or past, with its run if there is one."""

    payday: date
    contract_kinds: tuple[str, ...]
    periods: tuple[tuple[DateRange, tuple[str, ...]], ...]  # care months, or halves, with the kinds paid for them
    deadline: date
    review_by: date
    bank_by: date
    run_id: int | None
    run_state: str | None

    @property
    def first(self) -> date:
        """First day that it pays."""
        return min(period.edges[0] for period, _kinds in self.periods)

    @property
    def last(self) -> date:
        return max(period.edges[1] for period, _kinds in self.periods) - ONE_DAY


@dataclass(frozen=True, slots=True)
class RunProgress:
    """How far the work on a run is: contracts calculated, or payslips made, of how many.

    trouble  message id of what stopped the calculation or the making of payslips or files, empty if nothing did;
             with `trouble_params`
    """

    run_id: int
    state: str
    done: int
    of: int
    trouble: str
    trouble_params: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class RunView:
    """A run with all that its page says.

    before          totals of the scheduled run before it, None for the first one; `before_payday` its day
    causes          steps from the gross before to the gross now, largest first within the kinds' order
    blocks, warnings   problems, red and yellow
    gate            what must hold before approval; `may_approve` when all of it does
    """

    id: int
    number: int
    payday: date
    state: str
    is_extra: bool
    proposal: int
    contract_kinds: tuple[str, ...]
    care_months_until: date
    proposed_by: str
    proposed_at: datetime
    calculated_at: datetime | None
    approved_by: str
    approved_at: datetime | None
    produced_at: datetime | None
    cancelled_at: datetime | None
    cancelled_reason: str
    returned_reason: str
    totals: Totals
    before: Totals | None
    before_payday: date | None
    change: Totals | None
    causes: tuple[Cause, ...]
    blocks: tuple[ProblemGroup, ...]
    warnings: tuple[ProblemGroup, ...]
    set_asides: tuple[SetAsideRow, ...]
    left_out: int
    receivables: Decimal
    without_pay: tuple[WithoutPay, ...]  # the first of them, by name
    without_pay_count: int
    oddities: tuple[Oddity, ...]
    gate: tuple[GateItem, ...]
    may_approve: bool
    progress: RunProgress
    report_due_on: date  # the incomes register's
