"""Months of informal care that are paid alike are computed once, and each has what it would have alone."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date
from decimal import Decimal
from unittest import mock

import pytest

from palkkio.calculation import earnings
from palkkio.calculation.earnings import earning_lines
from palkkio.calculation.facts import Caps, MonthFacts, Trip
from palkkio.core.days import DateRange
from palkkio.rules import figures, profile

from .care_facts import ALWAYS, care_terms, days, ill, informal

PROFILE = "pietarsaari-2018"
MID_MARCH = DateRange(date(2018, 3, 14), None)
PLAIN = informal()
MONTHS = (
    PLAIN,
    informal(contract=DateRange(date(2016, 5, 4), None)),
    informal(contract=MID_MARCH),
    informal(contract=DateRange(date(2016, 5, 4), date(2018, 3, 20))),
    informal(contract=DateRange(date(2018, 4, 1), None)),
    informal(terms=(care_terms("II"),)),
    informal(terms=(care_terms("II", interval_care_days=Decimal(9)),)),
    informal(terms=(care_terms("II", interval_care_days=Decimal("9.00")),)),
    informal(terms=(care_terms("I", MID_MARCH),)),
    informal(terms=(care_terms("II", DateRange(None, MID_MARCH.start)), care_terms("I", MID_MARCH))),
    informal(terms=(care_terms("I", rates={"lower_fee": "300.00"}),)),
    informal(terms=(care_terms("I", rates={"lower_fee": "300.0"}),)),
    informal(terms=(care_terms("I", rates={"lower_fee": "300.0"}, valid=MID_MARCH),)),
    informal(terms=(care_terms("I", rates={"class_I": "500.00"}),)),
    informal(terms=(replace(care_terms(), caps=Caps(euros=Decimal("100.00"))),)),
    informal(ill("2018-03-01", "2018-03-29")),
    replace(PLAIN, trips=(Trip(date(2018, 3, 5), Decimal(12)),)),
    informal(month=DateRange.of_month(2018, 4)),
)


def alone(month: MonthFacts, chosen: str = PROFILE) -> str:
    figures.forget()
    return repr(earning_lines(month, chosen))


@pytest.mark.parametrize("turn", [1, -1])
def test_a_month_has_the_lines_that_it_has_alone_whatever_was_computed_before(turn: int):
    """To the last digit, working and problems included (PAY-8)."""
    expected = [alone(month) for month in MONTHS]
    figures.forget()
    for month, told in list(zip(MONTHS, expected, strict=True))[::turn] * 2:
        assert repr(earning_lines(month, PROFILE)) == told


def test_a_contract_that_began_years_ago_is_paid_as_one_that_began_last_month():
    """The month is what counts: it is computed once."""
    figures.forget()
    with mock.patch.object(earnings, "_lines", wraps=earnings._lines) as lines:
        first = earning_lines(informal(contract=ALWAYS), PROFILE)
        assert earning_lines(informal(contract=days("2012-02-03", "2019-01-31")), PROFILE) == first
        assert lines.call_count == 1
        earning_lines(informal(contract=MID_MARCH), PROFILE)
    assert lines.call_count == 2


def test_payers_of_the_same_name_have_their_own_lines():
    """A choice that is tried out is not taken for the one that stands."""
    chosen = profile(PROFILE)
    tried = [chosen.with_overrides({"proration": word}) for word in ("actual_days", "fixed_30")]
    half = informal(contract=MID_MARCH)
    for one, other in itertools.permutations(tried):
        figures.forget()
        earning_lines(half, one)
        (line,), _problems = earning_lines(half, other)
        assert str(line.per) == {"actual_days": "31", "fixed_30": "30"}[str(other.choice("proration").value)]
