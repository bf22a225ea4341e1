"""Calendar of Finland: CARE-10, paydays and deadlines."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palkkio.core.clock import HELSINKI, Clock
from palkkio.core.days import DateRange
from palkkio.core.finland import (
    DayRule,
    PaydayRule,
    Shift,
    banking_days_before,
    is_banking_day,
    is_public_holiday,
    next_banking_day,
    previous_banking_day,
    public_holidays,
)

days = st.dates(date(2018, 1, 1), date(2035, 12, 31))


def test_banks_are_closed_on_these_days_of_2026():
    year = DateRange(date(2026, 1, 1), date(2027, 1, 1))
    closed = [day for day in year if day.weekday() < 5 and not is_banking_day(day)]
    expected = ["01-01", "01-06", "04-03", "04-06", "05-01", "05-14", "06-19", "12-24", "12-25"]
    assert closed == [date.fromisoformat(f"2026-{day}") for day in expected]


def test_public_holidays_have_finnish_names():
    assert public_holidays(2026)[date(2026, 6, 20)] == "Juhannuspäivä"
    assert is_public_holiday(date(2026, 12, 6))
    assert not is_public_holiday(date(2026, 5, 8))


@pytest.mark.parametrize(
    ("care_month", "payday"),
    [
        ((2018, 2), date(2018, 3, 29)),
        ((2024, 2), date(2024, 3, 28)),  # Good Friday on the 29th
        ((2026, 4), date(2026, 5, 29)),
        ((2026, 5), date(2026, 6, 30)),
        ((2026, 11), date(2026, 12, 31)),
    ],
)
def test_payday_is_the_last_banking_day_of_the_month_after(care_month: tuple[int, int], payday: date):
    """CARE-10."""
    rule = DayRule(PaydayRule.LAST_BANKING_DAY, months_after=1)
    assert rule.for_month(DateRange.of_month(*care_month)) == payday


def test_the_deadline_on_a_weekend_does_not_move():
    """CARE-10: entries by the 3rd of the following month."""
    rule = DayRule(PaydayRule.DAY_OF_MONTH, months_after=1, day=3)
    assert rule.for_month(DateRange.of_month(2026, 4)) == date(2026, 5, 3)  # a Sunday
    assert rule.for_month(DateRange.of_month(2026, 5)) == date(2026, 6, 3)


def test_a_day_rule_moves_as_the_organisation_chose():
    sunday_14_june = DateRange.of_month(2026, 5)
    previous = DayRule(PaydayRule.DAY_OF_MONTH, 1, 14, Shift.PREVIOUS)
    following = DayRule(PaydayRule.DAY_OF_MONTH, 1, 14, Shift.NEXT)
    assert previous.for_month(sunday_14_june) == date(2026, 6, 12)
    assert following.for_month(sunday_14_june) == date(2026, 6, 15)


def test_a_day_number_past_the_end_is_the_last_day():
    assert DayRule(PaydayRule.DAY_OF_MONTH, 1, 31).for_month(DateRange.of_month(2026, 1)) == date(2026, 2, 28)


@given(days)
def test_the_nearest_banking_day_is_one_and_none_lies_between(day: date):
    before, after = previous_banking_day(day), next_banking_day(day)
    assert is_banking_day(before)
    assert is_banking_day(after)
    assert before <= day <= after
    assert before == after or not any(map(is_banking_day, DateRange(before + timedelta(days=1), after)))


@given(days, st.integers(1, 10))
def test_banking_days_are_counted_backwards(day: date, count: int):
    start = banking_days_before(day, count)
    assert sum(map(is_banking_day, DateRange(start, day))) == count


def test_a_fixed_clock_stands_on_its_day_in_helsinki():
    clock = Clock(date(2026, 6, 8))
    assert clock.today() == date(2026, 6, 8)
    assert clock.now().tzinfo == HELSINKI
