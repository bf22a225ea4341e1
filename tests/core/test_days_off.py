"""Days off that the Acts give carers, month by month (937/2005 4 §, 263/2015 13 §)."""

from __future__ import annotations

from datetime import date

import pytest

from palkkio.calculation.days_off import earned_in_family_care, earned_in_informal_care
from palkkio.core.days import DateRange
from palkkio.rules import RateNotConfirmed

YEAR = DateRange.of_days(date(2026, 1, 1), date(2026, 12, 31))
MAY = DateRange.of_month(2026, 5)


def until(day: date) -> DateRange:
    return DateRange.of_days(date(2026, 5, 1), day)


def test_a_month_of_informal_care_gives_three_days_to_who_is_bound_on_its_first_day() -> None:
    """L4: the month in which the terms change goes by those with which it begins."""
    assert earned_in_informal_care(YEAR, []) == 24
    assert earned_in_informal_care(YEAR, [YEAR]) == 36
    assert earned_in_informal_care(YEAR, [until(date(2026, 6, 2))]) == 26
    assert earned_in_informal_care(until(date(2026, 6, 1)), [MAY]) == 5
    assert earned_in_informal_care(DateRange.of_days(date(2026, 5, 31), date(2026, 6, 1)), [MAY]) == 5


def test_a_month_of_family_care_gives_two_days_from_fourteen_days_as_a_carer_on() -> None:
    """K3"""
    assert earned_in_family_care(YEAR, [], []) == 24
    assert earned_in_family_care(until(date(2026, 5, 13)), [], []) == 0
    assert earned_in_family_care(until(date(2026, 5, 14)), [], []) == 2
    assert earned_in_family_care(until(date(2026, 6, 13)), [], []) == 2


def test_where_family_care_is_paid_by_the_day_the_days_of_care_count() -> None:
    """K3: days on which it is paid by the month count whole, care days outside the days paid by the day do not."""
    days = [date(2026, 5, day) for day in range(1, 15)]
    assert earned_in_family_care(MAY, [MAY], days[:13]) == 0
    assert earned_in_family_care(MAY, [MAY], days) == 2
    last_week = DateRange.of_days(date(2026, 5, 14), date(2026, 5, 31))
    assert earned_in_family_care(MAY, [last_week], days[:13]) == 0  # 13 days by the month
    assert earned_in_family_care(MAY, [last_week], days) == 2


def test_what_the_act_gives_on_days_that_nobody_has_looked_at_is_not_guessed() -> None:
    for days in (DateRange.of_month(2016, 6), DateRange.of_month(2031, 1)):
        with pytest.raises(RateNotConfirmed):
            earned_in_informal_care(days, [])
        with pytest.raises(RateNotConfirmed):
            earned_in_family_care(days, [], [])
