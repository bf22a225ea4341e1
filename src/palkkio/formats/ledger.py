"""Accounting vouchers (tositteet): what a run costs and owes, and their file for the ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from palkkio.core.money import ZERO
from palkkio.core.payslip import Payslip
from palkkio.formats.csv_export import write_csv

NET = "NET"  # code of what is owed to the payees until the bank has paid
COLUMNS = (
    "voucher", "day", "account", "cost_centre", "product", "municipality", "debit", "credit", "code", "text",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class VoucherLine:
    """One posting in EUR: either debit or credit is positive, the other is zero."""

    account: str
    debit: Decimal
    credit: Decimal
    code: str = ""
    cost_centre: str = ""
    product: str = ""
    municipality: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Voucher:
    number: str
    day: date
    text: str
    lines: tuple[VoucherLine, ...]

    @property
    def debit(self) -> Decimal:
        return sum((line.debit for line in self.lines), ZERO)

    @property
    def credit(self) -> Decimal:
        return sum((line.credit for line in self.lines), ZERO)


@dataclass(frozen=True, slots=True)
class Posting:
    """Where one kind of sum is posted."""

    account: str
    product: str = ""


@dataclass(frozen=True, slots=True)
class PostedPayslip:
    """A payslip with the cost centre and municipality that bear its cost."""

    payslip: Payslip
    cost_centre: str = ""
    municipality: str = ""


# (kind of contract, line or deduction code or NET); an empty kind is every kind
PostingAccounts = Mapping[tuple[str, str], Posting]


class AccountMissing(ValueError):
    """No account is set for some sums; `codes` are (kind of contract, code)."""

    def __init__(self, codes: Sequence[tuple[str, str]]) -> None:
        super().__init__("No ledger account for " + ", ".join(f"{code} of {kind}" for kind, code in codes))
        self.codes = tuple(codes)


class _Key(NamedTuple):
    account: str
    code: str
    cost_centre: str
    product: str
    municipality: str


def voucher_of_payslips(
    posted: Sequence[PostedPayslip], *, number: str, day: date, text: str, accounts: PostingAccounts
) -> Voucher:
    """One voucher for the payslips of a run.

    Costs are debited by code, cost centre and municipality; what is withheld and what is owed to the payees is
    credited without them, since those are debts of the whole organisation. The payer's own share of the pension
    contribution is not in a payslip and not posted here.
    Raises AccountMissing, naming every sum that has no account.
    """
    missing: list[tuple[str, str]] = []
    sums: dict[_Key, Decimal] = defaultdict(lambda: ZERO)

    def post(slip: PostedPayslip, code: str, amount: Decimal, *, is_cost: bool) -> None:
        kind = slip.payslip.contract_kind
        found = accounts.get((kind, code)) or accounts.get(("", code))
        if not amount:
            return
        if found is None:
            missing.append((kind, code))
            return
        place = (slip.cost_centre, found.product, slip.municipality) if is_cost else ("", found.product, "")
        sums[_Key(found.account, code, *place)] += amount

    for slip in posted:
        result = slip.payslip.result
        for line in result.lines:
            post(slip, line.code, line.amount, is_cost=True)
        for deduction in result.deductions:
            post(slip, deduction.code, -deduction.amount, is_cost=False)
        post(slip, NET, -result.net, is_cost=False)
    if missing:
        raise AccountMissing(sorted(set(missing)))
    return Voucher(number, day, text, tuple(_line(key, sums[key]) for key in sorted(sums) if sums[key]))


def _line(key: _Key, amount: Decimal) -> VoucherLine:
    return VoucherLine(
        key.account,
        debit=max(amount, ZERO),
        credit=max(-amount, ZERO),
        code=key.code,
        cost_centre=key.cost_centre,
        product=key.product,
        municipality=key.municipality,
    )


def check_vouchers(vouchers: Iterable[Voucher]) -> list[str]:
    """What is wrong with vouchers, a sentence each: sides that differ, lines on both sides or none, no account."""
    found = []
    for voucher in vouchers:
        name = f"Voucher {voucher.number}"
        if not voucher.lines:
            found.append(f"{name} has no lines")
        if voucher.debit != voucher.credit:
            found.append(f"{name} does not balance: debit {voucher.debit}, credit {voucher.credit}")
        for at, line in enumerate(voucher.lines, start=1):
            if not line.account:
                found.append(f"{name}, line {at} has no account")
            if min(line.debit, line.credit) != 0 or max(line.debit, line.credit) <= 0:
                found.append(f"{name}, line {at} needs one positive side")
    return found


def write_vouchers(vouchers: Sequence[Voucher]) -> bytes:
    """The vouchers as CSV for the ledger, one row a line; format as in `csv_export`, days in ISO 8601.

    Raises ValueError if `check_vouchers` finds anything: a voucher that does not balance is never written.
    """
    if found := check_vouchers(vouchers):
        raise ValueError("; ".join(found))
    rows = [
        (
            voucher.number,
            voucher.day,
            line.account,
            line.cost_centre,
            line.product,
            line.municipality,
            f"{line.debit:.2f}".replace(".", ","),
            f"{line.credit:.2f}".replace(".", ","),
            line.code,
            line.text or voucher.text,
        )
        for voucher in vouchers
        for line in voucher.lines
    ]
    return write_csv(COLUMNS, rows, iso_dates=True)
