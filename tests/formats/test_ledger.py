"""Accounting vouchers: PAY-7."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palkkio.core.payslip import DeductionCode, LineCode, PayResult
from palkkio.formats.ledger import (
    NET,
    AccountMissing,
    PostedPayslip,
    Posting,
    Voucher,
    VoucherLine,
    check_vouchers,
    voucher_of_payslips,
    write_vouchers,
)

from .values import PAYDAY, deduction, line, payslip

ACCOUNTS = {
    ("substitute_care", LineCode.CARE_DAY): Posting("4381", "1010"),
    ("", LineCode.CARE_DAY): Posting("4380"),
    ("", LineCode.CANCELLED_DAY): Posting("4380"),
    ("", LineCode.KILOMETRES): Posting("4501"),
    ("", DeductionCode.WITHHOLDING): Posting("2560"),
    ("", DeductionCode.PENSION): Posting("2570"),
    ("", NET): Posting("2550"),
}
MAY_RUN = "Palkkiot 5/2026"


def voucher(*posted: PostedPayslip) -> Voucher:
    return voucher_of_payslips(posted, number="2026-17", day=PAYDAY, text=MAY_RUN, accounts=ACCOUNTS)


def test_voucher_of_a_run_balances_and_shows_costs_and_debts() -> None:
    """PAY-7"""
    made = voucher(PostedPayslip(payslip(), "1234", "444"), PostedPayslip(payslip("b"), "1234", "444"))
    assert check_vouchers([made]) == []
    assert [(each.account, each.code, str(each.debit), str(each.credit)) for each in made.lines] == [
        ("2550", "NET", "0.00", "1380.30"),
        ("2560", "WITHHOLDING", "0.00", "199.00"),
        ("2570", "PENSION", "0.00", "121.06"),
        ("4380", "CANCELLED_DAY", "97.56", "0.00"),
        ("4381", "CARE_DAY", "1560.80", "0.00"),
        ("4501", "KILOMETRES", "42.00", "0.00"),
    ]
    assert made.debit == made.credit == Decimal("1700.36")


def test_costs_are_kept_apart_by_cost_centre_and_municipality_and_debts_are_not() -> None:
    made = voucher(PostedPayslip(payslip(), "1234", "444"), PostedPayslip(payslip("b"), "5678", "049"))
    fees = [each for each in made.lines if each.account == "4381"]
    assert [(each.cost_centre, each.municipality, each.product) for each in fees] == [
        ("1234", "444", "1010"),
        ("5678", "049", "1010"),
    ]
    assert [each.cost_centre for each in made.lines if each.code == NET] == [""]


def test_a_correction_that_lowers_a_cost_is_credited() -> None:
    result = PayResult((line("CANCELLED_DAY", "2", "60.00", "120.00"), line("CARE_DAY", "-1", "97.55", "-97.55")))
    made = voucher(PostedPayslip(payslip(result=result)))
    assert check_vouchers([made]) == []
    assert [str(each.credit) for each in made.lines if each.code == "CARE_DAY"] == ["97.55"]


def test_every_sum_without_account_is_named() -> None:
    slip = payslip(result=PayResult((line("VISIT"), line("HOUR"))))
    with pytest.raises(AccountMissing) as caught:
        voucher(PostedPayslip(slip))
    assert caught.value.codes == (("substitute_care", "HOUR"), ("substitute_care", "VISIT"))


@given(
    st.lists(
        st.tuples(st.decimals("-500", "500", places=2), st.decimals("0", "90", places=2), st.sampled_from("AB")),
        min_size=1,
        max_size=8,
    )
)
def test_any_payslips_make_a_voucher_that_balances(sums: list[tuple[Decimal, Decimal, str]]) -> None:
    posted = [
        PostedPayslip(
            payslip(
                result=PayResult((line(amount=str(earned)),), (deduction("WITHHOLDING", str(tax), str(earned), "12"),))
            ),
            centre,
        )
        for earned, tax, centre in sums
    ]
    made = voucher(*posted)
    assert made.debit == made.credit
    assert [each for each in check_vouchers([made]) if "no lines" not in each] == []


def test_file_has_a_row_for_each_line_in_a_form_that_ledgers_read() -> None:
    content = write_vouchers([voucher(PostedPayslip(payslip(), "0123", "049"))])
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    fee = next(row for row in rows if row["code"] == "CARE_DAY")
    assert fee == {
        "voucher": "2026-17",
        "day": "2026-06-30",
        "account": "4381",
        "cost_centre": "0123",
        "product": "1010",
        "municipality": "049",
        "debit": "780,40",
        "credit": "0,00",
        "code": "CARE_DAY",
        "text": MAY_RUN,
    }
    assert len(rows) == 6


@pytest.mark.parametrize(
    ("lines", "finding"),
    [
        ((), "no lines"),
        ((VoucherLine("1", Decimal("1.00"), Decimal(0)), VoucherLine("2", Decimal(0), Decimal("1.01"))), "not balance"),
        ((VoucherLine("", Decimal("1.00"), Decimal(0)), VoucherLine("2", Decimal(0), Decimal("1.00"))), "no account"),
        ((VoucherLine("1", Decimal("1.00"), Decimal("1.00")),), "one positive side"),
        ((VoucherLine("1", Decimal(0), Decimal(0)),), "one positive side"),
        ((VoucherLine("1", Decimal(-1), Decimal(0)), VoucherLine("2", Decimal(0), Decimal(-1))), "one positive side"),
    ],
)
def test_a_voucher_that_is_wrong_is_found_and_never_written(lines: tuple[VoucherLine, ...], finding: str) -> None:
    wrong = Voucher("2026-17", date(2026, 6, 30), "", lines)
    assert finding in " ".join(check_vouchers([wrong]))
    with pytest.raises(ValueError, match=finding):
        write_vouchers([wrong])
    assert "2026-18" in " ".join(check_vouchers([replace(wrong, number="2026-18")]))
