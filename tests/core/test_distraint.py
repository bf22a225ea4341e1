"""Distraint of pay: bands of the protected portion."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palkkio.calculation.distraint import distraint
from palkkio.calculation.facts import Distraint
from palkkio.calculation.pay import pay
from palkkio.core.money import to_cents
from palkkio.core.payslip import DeductionCode
from palkkio.rules import RateNotConfirmed, figure

from .facts import care, facts, month

PAID_ON = date(2025, 6, 30)  # S for a month is 30 × 32.88 = 986.40


@pytest.mark.parametrize(
    ("net", "taken"),
    [
        ("986.40", "0.00"),
        ("986.41", "0.01"),
        ("1972.80", "657.60"),
        ("1972.81", "657.60"),
        ("3945.60", "1315.20"),
        ("4000.00", "1358.72"),
        ("20000.00", "10000.00"),
    ],
)
def test_each_band_takes_its_part(net: str, taken: str):
    assert distraint(Decimal(net), Distraint(), PAID_ON).amount == Decimal(taken)


def test_dependants_are_protected_in_every_band():
    made = distraint(Decimal("1700.00"), Distraint(dependants=1), PAID_ON)  # S = 30 × (32.88 + 9.61) = 1274.70
    assert made.amount == Decimal("283.53")
    assert ("protected", "1274.70") in made.working.inputs


def test_a_protected_portion_that_is_not_confirmed_is_not_guessed():
    with pytest.raises(RateNotConfirmed):
        distraint(Decimal("1500.00"), Distraint(), date(2026, 6, 30))


@pytest.mark.parametrize(
    ("year", "debtor", "dependant"),
    [(2023, "30.75", "8.99"), (2024, "32.56", "9.52"), (2025, "32.88", "9.61"), (2026, "33.03", "9.66")],
)
def test_the_protected_portion_follows_the_national_pension_index(year: int, debtor: str, dependant: str):
    """D6: of index 1805 times that of the year; what is computed so for 2026 does not pay before the decree."""
    first = date(year, 1, 1)
    index = figure("index/national_pension").on(first).value
    assert to_cents(Decimal("30.75") * index / 1805) == Decimal(debtor)
    assert to_cents(Decimal("8.99") * index / 1805) == Decimal(dependant)
    if year < 2026:
        assert figure("distraint/protected_debtor").on(first).value == Decimal(debtor)
        assert figure("distraint/protected_dependant").on(first).value == Decimal(dependant)


def test_dues_come_after_distraint_and_do_not_lower_it():
    sheet = month(*care(8), rates={"care": "1500.00"})
    plain = replace(facts(sheet), paid_on=PAID_ON, distraint=Distraint())
    plain = replace(plain, tax_card=replace(plain.tax_card, valid_from=date(2025, 1, 1)))  # type: ignore[type-var]
    with_dues = replace(plain, union_dues=Decimal("1.5"))
    assert pay(with_dues).deduction(DeductionCode.DISTRAINT) == pay(plain).deduction(DeductionCode.DISTRAINT) > 0
    codes = [each.code for each in pay(with_dues).deductions]
    assert codes == ["WITHHOLDING", "PENSION", "DISTRAINT", "UNION_DUES"]


@given(st.decimals(0, 50000, places=2), st.decimals(0, 500, places=2), st.integers(0, 6), st.booleans())
def test_more_pay_is_never_worth_less(net: Decimal, more: Decimal, dependants: int, half: bool):
    order = Distraint(dependants, half)
    first, second = (distraint(each, order, PAID_ON).amount for each in (net, net + more))
    assert 0 <= first <= second <= (net + more) / 2 + Decimal("0.01")
    assert net - first <= net + more - second + Decimal("0.01")
