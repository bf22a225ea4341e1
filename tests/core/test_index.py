"""The yearly index of care fees."""

from datetime import date
from decimal import Decimal

import pytest

from palkkio.calculation.index import IndexMode, revised, revised_allowance
from palkkio.rules import RateNotConfirmed, figure

MINIMUM = "informal_care/minimum_fee"


def test_a_fee_follows_the_wage_coefficient_rounded_half_up():
    """X1: 530.91 × 1.417 / 1.391 = 540.8335."""
    made = revised(Decimal("530.91"), 2019, mode=IndexMode.INDEX)
    assert made.after == Decimal("540.83")
    assert made.coefficient is not None
    assert [each.value for each in made.coefficient] == [Decimal("1.417"), Decimal("1.391")]


def test_an_indexed_fee_below_the_minimum_is_lifted_to_it():
    """X2: 472.15 × 1.712 / 1.673 = 483.1566, the minimum of 2026 is 530.00."""
    made = revised(Decimal("472.15"), 2026, mode=IndexMode.INDEX, minimum=MINIMUM)
    assert (made.after, made.lifted) == (Decimal("530.00"), Decimal("46.84"))


def test_a_lower_fee_on_request_is_indexed_and_not_lifted():
    """X2, L11, L12: all agreed fees are revised, also those below the minimum."""
    made = revised(Decimal("300.00"), 2026, mode=IndexMode.INDEX, minimum=MINIMUM, is_lower_on_request=True)
    assert (made.after, made.lifted) == (Decimal("306.99"), Decimal("0.00"))


def test_a_chain_of_index_steps_is_not_the_official_minimum():
    """X3: the official table wins; 461.99 of 2024 is not 439.70 × 1.637 / 1.558 = 462.00."""
    assert revised(Decimal("439.70"), 2024, mode=IndexMode.INDEX).after == Decimal("462.00")
    assert revised(Decimal("439.70"), 2024, mode=IndexMode.LEGAL_MINIMUM, minimum=MINIMUM).after == Decimal("461.99")


@pytest.mark.parametrize(
    ("before", "year", "chained", "key", "official"),
    [
        ("799.82", 2020, "816.19", "informal_care/transition_phase_minimum", "816.18"),
        ("439.70", 2024, "462.00", MINIMUM, "461.99"),
        ("399.91", 2020, "408.09", MINIMUM, "408.09"),
        ("408.09", 2021, "413.45", MINIMUM, "413.45"),
        ("816.21", 2021, "826.93", "family_care/minimum_fee", "826.90"),
        ("826.90", 2022, "847.22", "family_care/minimum_fee", "847.24"),
        ("799.84", 2020, "816.21", "family_care/minimum_fee", "816.21"),
        ("944.31", 2026, "966.32", None, None),  # the transition phase of 2026: no official amount was seen
    ],
)
def test_official_minimums_lie_up_to_three_cents_beside_the_chain(
    before: str, year: int, chained: str, key: str | None, official: str | None
):
    """X3: `new = old × coefficient / coefficient of the year before`; the table of the ministry wins."""
    assert revised(Decimal(before), year, mode=IndexMode.INDEX).after == Decimal(chained)
    if key is not None and official is not None:
        assert figure(key).on(date(year, 1, 1)).value == Decimal(official)
        assert abs(Decimal(chained) - Decimal(official)) <= Decimal("0.03")


def test_the_payer_chooses_how_a_class_is_revised():
    """X4, B3."""
    fee = Decimal("646.46")
    assert revised(fee, 2026, mode=IndexMode.FROZEN).after == fee
    assert revised(fee, 2026, mode=IndexMode.COUNCIL_DECISION, minimum=MINIMUM).after is None
    assert revised(fee, 2026, mode=IndexMode.LEGAL_MINIMUM, minimum=MINIMUM).after == Decimal("530.00")
    assert revised(Decimal("500.00"), 2026, mode=IndexMode.FROZEN, minimum=MINIMUM).after == Decimal("530.00")


def test_a_year_whose_coefficient_is_not_known_is_an_error():
    with pytest.raises(RateNotConfirmed):
        revised(Decimal("530.00"), 2027, mode=IndexMode.INDEX)


def test_a_minimum_that_is_not_confirmed_lifts_nothing():
    with pytest.raises(RateNotConfirmed, match=MINIMUM):
        revised(Decimal("392.57"), 2019, mode=IndexMode.INDEX, minimum=MINIMUM)


def test_an_allowance_follows_the_cost_of_living_rounded_half_up():
    """K7: 411.52 × 1931 / 1920 = 413.8777 (2018), start-up 2922.52 × 1931 / 1920 = 2939.2637."""
    made = revised_allowance(Decimal("411.52"), 2018, falls=True)
    assert made.after == Decimal("413.88")
    assert revised_allowance(Decimal("2922.52"), 2018, falls=True).after == Decimal("2939.26")


def test_a_falling_index_lowers_an_allowance_unless_an_act_blocks_it():
    """K7: the index fell before 2026, 502.17 × 2338 / 2343 = 501.0983."""
    assert revised_allowance(Decimal("502.17"), 2026, falls=True).after == Decimal("501.10")
    assert revised_allowance(Decimal("502.17"), 2026, falls=False).after == Decimal("502.17")


def test_an_indexed_allowance_is_lifted_to_a_minimum_that_is_confirmed():
    """K5, K7: 430.00 × 2211 / 2041 = 465.8158, the minimum of 2023 is 473.88; that of 2026 is not known."""
    minimum = "family_care/minimum_expense_allowance"
    made = revised_allowance(Decimal("430.00"), 2023, falls=True, minimum=minimum)
    assert (made.after, made.lifted) == (Decimal("473.88"), Decimal("8.06"))
    assert revised_allowance(Decimal("430.00"), 2026, falls=True, minimum=minimum).after == Decimal("429.08")


def test_an_index_that_is_not_confirmed_revises_no_allowance():
    with pytest.raises(RateNotConfirmed):
        revised_allowance(Decimal("502.17"), 2027, falls=True)
