"""Withholding from one payment (PAY-2)."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palkkio.calculation.deductions import withholding
from palkkio.calculation.facts import TaxCard
from palkkio.core.money import to_cents
from palkkio.rules import RateNotConfirmed

PAID_ON = date(2026, 11, 30)


def card(ceiling: str | None, accumulated: str, base: str = "12.5", valid_from: date = date(2026, 1, 1)) -> TaxCard:
    limit = None if ceiling is None else Decimal(ceiling)
    return TaxCard(Decimal(base), limit, Decimal("34.0"), valid_from, Decimal(accumulated))


def amount(taxable: str, of_card: TaxCard | None, paid_on: date = PAID_ON) -> str:
    return str(withholding(Decimal(taxable), of_card, paid_on).amount)


@pytest.mark.parametrize(
    ("taxable", "ceiling", "accumulated", "withheld"),
    [
        ("1000.00", "20000.00", "19600.00", "254.00"),  # 400 × 12.5 % + 600 × 34 %
        ("500.00", "20000.00", "20600.00", "170.00"),  # all above
        ("400.00", "20000.00", "19600.00", "50.00"),  # just up to the ceiling
        ("1000.00", None, "19600.00", "125.00"),  # no ceiling
        ("1000.00", "0.00", "0.00", "340.00"),
    ],
)
def test_the_ceiling_divides_one_payment(taxable: str, ceiling: str | None, accumulated: str, withheld: str):
    assert amount(taxable, card(ceiling, accumulated)) == withheld


def test_the_parts_show_what_was_taken_by_which_percent():
    """PAY-8."""
    made = withholding(Decimal("1000.00"), card("20000.00", "19600.00"), PAID_ON)
    assert made.parts == ((Decimal("400.00"), Decimal("12.5")), (Decimal("600.00"), Decimal("34.0")))
    assert made.of == Decimal("1000.00")
    assert made.working.rule == "withholding_by_card"
    assert ("accumulated", "19600.00") in made.working.inputs


def test_without_a_card_the_decrees_percentage_is_withheld():
    made = withholding(Decimal("812.35"), None, date(2026, 3, 31))
    assert made.amount == Decimal("487.41")
    assert made.working.rule == "withholding_without_card"
    assert (made.working.law, made.working.tag) == ("1124/1996 3 §", "V")


def test_a_card_that_begins_after_the_payday_is_no_card():
    assert amount("100.00", card(None, "0.00", valid_from=date(2026, 12, 1))) == "60.00"


def test_last_years_card_is_used_in_january_only():
    last_year = card(None, "0.00", base="10", valid_from=date(2025, 3, 1))
    assert amount("700.00", last_year, date(2026, 1, 2)) == "70.00"
    assert amount("700.00", last_year, date(2026, 2, 2)) == "420.00"


def test_a_card_of_the_year_before_last_is_not_used():
    assert amount("700.00", card(None, "0.00", valid_from=date(2024, 2, 1)), date(2026, 1, 2)) == "420.00"


def test_the_percentage_without_a_card_is_not_guessed_for_2027():
    with pytest.raises(RateNotConfirmed):
        withholding(Decimal("100.00"), None, date(2027, 1, 29))


def test_a_confirmed_card_needs_no_figure_of_the_decree():
    assert amount("100.00", card(None, "0.00", valid_from=date(2027, 1, 1)), date(2027, 1, 29)) == "12.50"


def test_nothing_taxable_nothing_withheld():
    assert amount("0.00", card("20000.00", "0.00")) == "0.00"
    assert amount("-97.55", card("20000.00", "0.00")) == "0.00"


euros = st.decimals(min_value=0, max_value=20_000, places=2)
percents = st.decimals(min_value=0, max_value=60, places=1)


@given(euros, euros, euros, percents, percents)
def test_the_parts_are_the_whole_and_the_tax_lies_between_its_percents(
    taxable: Decimal, ceiling: Decimal, accumulated: Decimal, base: Decimal, additional: Decimal
):
    made = withholding(taxable, TaxCard(base, ceiling, additional, date(2026, 1, 1), accumulated), PAID_ON)
    assert sum(part for part, _ in made.parts) == taxable
    low, high = sorted((base, additional))
    assert to_cents(taxable * low / 100) <= made.amount <= to_cents(taxable * high / 100)


@given(euros, euros, euros)
def test_two_payments_withhold_what_one_would(first: Decimal, second: Decimal, ceiling: Decimal):
    """PAY-12: payslips of a payday use up the ceiling one after the other; each rounds once."""
    whole = withholding(first + second, card(str(ceiling), "0.00"), PAID_ON).amount
    parts = (
        withholding(first, card(str(ceiling), "0.00"), PAID_ON).amount
        + withholding(second, card(str(ceiling), str(first)), PAID_ON).amount
    )
    assert abs(whole - parts) <= Decimal("0.01")
