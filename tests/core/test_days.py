"""Half-open ranges of days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palkkio.core.days import Dated, DateRange, add_months, cut, merged, months_between, value_on, weeks_of

days = st.dates(date(1950, 1, 1), date(2090, 1, 1))


@st.composite
def ranges(draw: st.DrawFn) -> DateRange:
    start = draw(st.none() | days)
    length = draw(st.none() | st.integers(1, 800))
    if start is None or length is None:
        return DateRange(start, draw(st.none() | days) if start is None else None)
    return DateRange(start, start + timedelta(days=length))


def test_people_read_first_and_last_day():
    weekend = DateRange.of_days(date(2026, 5, 8), date(2026, 5, 9))
    assert (weekend.first, weekend.last) == (date(2026, 5, 8), date(2026, 5, 9))
    assert weekend.end == date(2026, 5, 10)
    assert weekend.days == 2
    assert list(weekend) == [date(2026, 5, 8), date(2026, 5, 9)]


def test_a_range_holds_at_least_one_day():
    with pytest.raises(ValueError, match="at least one day"):
        DateRange(date(2026, 5, 8), date(2026, 5, 8))


def test_an_open_range_has_no_length_and_no_edges():
    running = DateRange(date(2026, 5, 8), None)
    with pytest.raises(ValueError, match="open"):
        _ = running.days
    with pytest.raises(ValueError, match="open"):
        _ = running.edges


def test_what_is_open_at_its_start_says_no_day_on_which_it_begins():
    assert DateRange(date(2026, 5, 8), None).begins == date(2026, 5, 8)
    until = DateRange(None, date(2026, 5, 8))
    for ask in (lambda: until.begins, lambda: list(until), lambda: merged([until])):
        with pytest.raises(ValueError, match="no first day"):
            ask()


def test_december_ends_with_the_year():
    assert DateRange.of_month(2026, 12) == DateRange(date(2026, 12, 1), date(2027, 1, 1))


@given(ranges(), ranges(), days)
def test_an_overlap_holds_the_days_that_both_hold(one: DateRange, other: DateRange, day: date):
    both = one.overlap(other)
    assert both == other.overlap(one)
    assert (both is not None and day in both) == (day in one and day in other)


@given(ranges(), ranges())
def test_a_range_that_covers_another_leaves_none_of_its_days_out(one: DateRange, other: DateRange):
    if one.covers(other):
        assert one.overlap(other) == other


@given(days, st.integers(1, 500), st.lists(days))
def test_pieces_of_a_cut_join_to_the_whole(start: date, length: int, at: list[date]):
    whole = DateRange(start, start + timedelta(days=length))
    pieces = cut(whole, at)
    assert [day for piece in pieces for day in piece] == list(whole)
    assert {piece.start for piece in pieces} == {start} | {day for day in at if day in whole}


@given(days, st.integers(-200, 200))
def test_months_are_added_to_the_same_day_number_or_the_last(day: date, months: int):
    there = add_months(day, months)
    assert (there.year * 12 + there.month) - (day.year * 12 + day.month) == months
    assert there.day == day.day or (there.day < day.day and (there + timedelta(days=1)).day == 1)


def test_a_month_after_the_last_of_january_is_the_last_of_february():
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)


def test_months_between_two_days_are_whole_months():
    found = list(months_between(date(2025, 12, 31), date(2026, 2, 1)))
    assert found == [DateRange.of_month(2025, 12), DateRange.of_month(2026, 1), DateRange.of_month(2026, 2)]


@given(st.dates(date(2018, 1, 1), date(2030, 1, 1)), st.integers(1, 8), st.dates(date(2018, 1, 1), date(2030, 1, 1)))
def test_weeks_counted_from_a_day_hold_the_day_asked_for(day: date, weeks: int, anchor: date):
    found = weeks_of(day, weeks, anchor)
    assert day in found
    assert found.days == 7 * weeks
    assert (found.begins - anchor).days % (7 * weeks) == 0


def test_a_week_begins_on_monday():
    assert weeks_of(date(2026, 6, 10), 1) == DateRange.of_days(date(2026, 6, 8), date(2026, 6, 14))


def test_the_value_of_a_day_is_the_one_in_force_on_it():
    timeline = [
        Dated(DateRange.of_days(date(2026, 1, 1), date(2026, 5, 15)), "old"),
        Dated(DateRange.of_days(date(2026, 5, 16), None), "new"),
    ]
    assert value_on(timeline, date(2026, 5, 15)) == "old"
    assert value_on(timeline, date(2026, 5, 16)) == "new"
    assert value_on(timeline, date(2025, 12, 31)) is None
