"""Cents."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palkkio.core.money import percent_of, to_cents

amounts = st.decimals(min_value=-1_000_000, max_value=1_000_000, places=5)


@pytest.mark.parametrize(
    ("amount", "cents"),
    [("12.125", "12.13"), ("-12.125", "-12.13"), ("12.1249", "12.12"), ("0.005", "0.01"), ("7", "7.00")],
)
def test_half_cents_go_away_from_zero(amount: str, cents: str):
    assert str(to_cents(Decimal(amount))) == cents


@given(amounts)
def test_rounding_moves_an_amount_by_half_a_cent_at_most(amount: Decimal):
    rounded = to_cents(amount)
    assert abs(rounded - amount) <= Decimal("0.005")
    assert to_cents(rounded) == rounded
    assert to_cents(-amount) == -rounded


def test_a_percentage_is_rounded_once():
    assert percent_of(Decimal("195.10"), Decimal("7.15")) == Decimal("13.95")
    assert percent_of(Decimal("812.35"), Decimal(60)) == Decimal("487.41")
