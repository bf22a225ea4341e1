"""Official figures that a payer has entered, and choices by day (SYS-3, BEY-11)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from palkkio.core.days import DateRange
from palkkio.rules import Choice, EnteredFigure, RateNotConfirmed, figure, of_figures, profile, under
from palkkio.rules.profiles import is_kept, keep

PORTION = "distraint/protected_debtor"
OWN = EnteredFigure(DateRange.of_days(date(2026, 3, 1), date(2026, 3, 31)), Decimal("33.10"), "Decree of the example")
PAYER = replace(profile("helsinki"), name="helsinki@test", figures={PORTION: (OWN,)})


def test_an_entered_figure_holds_on_its_days_and_the_law_beside_them():
    with under(PAYER):
        found = figure(PORTION).on(date(2026, 3, 31))
        assert (found.value, found.tag, found.source) == (Decimal("33.10"), "S", "Decree of the example")
        assert figure(PORTION).on(date(2025, 12, 31)).value == Decimal("32.88")
        for day in (date(2026, 2, 28), date(2026, 4, 1), date(2027, 1, 1), date(2021, 12, 31)):
            with pytest.raises(RateNotConfirmed):
                figure(PORTION).on(day)
    with pytest.raises(RateNotConfirmed):
        figure(PORTION).on(date(2026, 3, 31))


def test_what_was_derived_for_one_payer_is_not_another_payers():
    asked = []

    @of_figures(maxsize=8)
    def portion(day: date) -> Decimal:
        asked.append(day)
        return figure(PORTION).on(day).value

    day = date(2026, 3, 5)
    name = keep(PAYER)
    for _again in range(2):
        with under(name):
            assert portion(day) == Decimal("33.10")
        with pytest.raises(RateNotConfirmed):
            portion(day)
    assert asked == [day, day, day]  # derived once for the payer, and a refusal is not kept


def test_an_edition_is_known_by_its_name():
    name = keep(PAYER)
    assert is_kept(name)
    assert profile(name) is not None
    assert profile(name).figures == PAYER.figures
    assert not is_kept("helsinki@other")


def test_a_choice_decided_by_day_goes_before_the_one_of_the_profile_on_its_days():
    row = Choice("fixed_30", "S", "Board 5.6.2026, 9 §", DateRange.of_days(date(2026, 7, 1), None))
    chosen = replace(profile("helsinki"), decided={"proration": (row,)})
    assert chosen.choice("proration", date(2026, 6, 30)).value == "actual_days"
    assert chosen.choice("proration", date(2026, 7, 1)) is row


def test_a_figure_that_is_none_cannot_be_entered():
    with pytest.raises(KeyError), under(replace(PAYER, name="x", figures={"distraint/nothing": (OWN,)})):
        pass
