"""The ledger of annual leave: what is earned, what it consumes, what it pays (PAY-6)."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palkkio.calculation.assistance.absence_pay import average_weekly_hours
from palkkio.calculation.assistance.holiday_pay import multiplier
from palkkio.calculation.assistance.leave import (
    Employed,
    LeaveRule,
    accrual,
    consumed,
    leave_year,
    summer_season,
    winter_season,
    year_taken_on,
)
from palkkio.calculation.assistance.like_work import Absence, Cause, days_like_work
from palkkio.calculation.employment import LeaveMonth, LeaveYear
from palkkio.calculation.facts import Entry
from palkkio.calculation.pay import pay
from palkkio.core.days import DateRange
from palkkio.core.payslip import DayType, LineCode
from palkkio.rules import RateNotConfirmed

from .assistant_facts import ASSISTANT, half_month, shift, wages

YEAR = LeaveYear(date(2025, 4, 1), pay=Decimal("14000.00"), overtime_premium=Decimal("200.00"))
WHOLE = DateRange(date(2025, 4, 1), date(2026, 4, 1))


def employed(since: date, rule: LeaveRule = LeaveRule.DAYS_14, last: date | None = None, **more) -> Employed:
    return Employed(DateRange.of_days(since, last), since, rule, **more)


def test_leave_year_and_seasons():
    assert leave_year(date(2026, 3, 31)) == leave_year(date(2025, 4, 1)) == WHOLE
    assert summer_season(WHOLE) == DateRange.of_days(date(2026, 5, 2), date(2026, 9, 30))
    assert winter_season(WHOLE) == DateRange.of_days(date(2026, 10, 1), date(2027, 4, 30))
    assert year_taken_on(date(2026, 5, 2)) == year_taken_on(date(2027, 4, 30)) == WHOLE
    assert year_taken_on(date(2026, 4, 30)) == DateRange(date(2024, 4, 1), date(2025, 4, 1))


def test_leave_consumes_weekdays_without_holidays():
    """V9: Easter 2026 and Midsummer; a day ticked twice counts once."""
    easter = [date(2026, 4, 1) + timedelta(days=n) for n in range(8)]
    assert consumed([*easter, *easter]) == (date(2026, 4, 1), date(2026, 4, 2), date(2026, 4, 7), date(2026, 4, 8))
    not_consumed = ((6, 19), (6, 20), (6, 21), (5, 1), (12, 24), (12, 25), (12, 26), (5, 14), (10, 31))
    assert consumed(date(2026, *day) for day in not_consumed) == ()
    assert consumed([date(2027, 12, 6)]) == ()


@pytest.mark.parametrize(
    ("since", "days", "months"),
    [
        (date(2022, 1, 1), 30, 12),  # over a year
        (date(2025, 4, 1), 30, 12),  # a year to the day on 31 March
        (date(2025, 4, 2), 24, 12),  # a day short of it; April has 21 working days left, full
        (date(2025, 11, 1), 10, 5),
        (date(2026, 3, 20), 0, 0),  # eight working days in March
    ],
)
def test_two_days_a_month_in_the_first_year_and_two_and_a_half_after_it(since, days, months):
    """V2, V6."""
    found = accrual(YEAR, employed(since))
    assert (found.days, found.full_months) == (days, months)


def test_the_agreement_gives_more_days():
    """V3: 2.5 days after two years of similar work, 3 after fifteen years of employment."""
    new = employed(date(2025, 11, 1), is_under_agreement=True)
    assert accrual(YEAR, new).days == 10
    assert accrual(YEAR, replace(new, has_similar_work=True)).days == 13
    old = employed(date(2011, 4, 1), is_under_agreement=True)
    assert accrual(YEAR, old).days == 36
    assert accrual(YEAR, replace(old, is_under_agreement=False)).days == 30
    assert accrual(YEAR, employed(date(2011, 4, 2), is_under_agreement=True)).days == 30


def test_a_month_is_full_by_the_rule_of_the_contract_alone():
    """Worked example 12: thirteen days of forty hours, and fourteen days of 34.5 hours."""
    long, short = LeaveMonth(date(2025, 4, 1), 13, Decimal(40)), LeaveMonth(date(2025, 5, 1), 14, Decimal("34.5"))
    for rule, full in ((LeaveRule.DAYS_14, short), (LeaveRule.HOURS_35, long)):
        assert accrual(replace(YEAR, months=(full,)), employed(date(2022, 1, 1), rule)).full_months == 1
        other = long if full is short else short
        assert accrual(replace(YEAR, months=(other,)), employed(date(2022, 1, 1), rule)).full_months == 0


def test_first_and_last_month_can_make_one_full_month():
    """V12: eight and nine days of two months that are not full."""
    months = (
        LeaveMonth(date(2025, 6, 1), 8, Decimal(0)),
        LeaveMonth(date(2025, 7, 1), 20, Decimal(0)),
        LeaveMonth(date(2025, 8, 1), 9, Decimal(0)),
    )
    year = replace(YEAR, months=months)
    ended = employed(date(2025, 6, 20), last=date(2025, 8, 12))
    assert accrual(year, ended, until=date(2025, 8, 13)).full_months == 2
    fewer = replace(year, months=(replace(months[0], days=4), *months[1:]))
    assert accrual(fewer, ended, until=date(2025, 8, 13)).full_months == 1
    assert accrual(year, employed(date(2025, 6, 20))).full_months == 1


def test_days_like_work_count_up_to_their_most():
    """V7: 75 days of illness, once for an illness over 31 March; 160 days of family leave a child."""
    days = tuple(date(2025, 4, 1) + timedelta(days=n) for n in range(200))
    assert len(days_like_work(WHOLE, [Absence(Cause.ILLNESS, days)])) == 75
    two = [Absence(Cause.ILLNESS, days[:50], "back"), Absence(Cause.ILLNESS, days[60:110], "arm")]
    assert len(days_like_work(WHOLE, two)) == 75
    over = tuple(date(2025, 2, 10) + timedelta(days=n) for n in range(100))  # fifty days in each leave year
    assert len(days_like_work(WHOLE, [Absence(Cause.ILLNESS, over)])) == 25
    assert len(days_like_work(WHOLE, [Absence(Cause.FAMILY_LEAVE, days, "child")])) == 160
    before_reform = tuple(date(2022, 7, 1) + timedelta(days=n) for n in range(200))
    year = leave_year(before_reform[0])
    assert len(days_like_work(year, [Absence(Cause.FAMILY_LEAVE, before_reform)])) == 156
    assert len(days_like_work(WHOLE, [Absence(Cause.PAID, days)])) == 200


def test_the_multiplier_is_that_of_the_act():
    """V10."""
    for days, wanted in ((2, "1.8"), (12, "10.8"), (13, "11.8"), (20, "18.3"), (30, "27.8"), (36, "33.2")):
        assert multiplier(days, date(2025, 4, 1))[0] == Decimal(wanted)
    with pytest.raises(RateNotConfirmed, match="multiplier/1"):
        multiplier(1, date(2025, 4, 1))


def leave_lines(first: int, last: int, taken_before: int = 0, rule: str = "hours35"):
    """Lines of July 2026 with leave from one day to another."""
    july = DateRange.of_month(2026, 7)
    entries = tuple(Entry(date(2026, 7, day), DayType.LEAVE) for day in range(first, last + 1))
    year = replace(YEAR, taken_before=taken_before, days_worked=Decimal(150))
    terms = replace(ASSISTANT, leave_rule=rule, employed_since=date(2022, 1, 1))
    month = half_month((), july, terms=terms, entries=entries, leave=(year,))
    return pay(wages(month, paid_on=date(2026, 7, 31))).lines


def test_a_leave_line_says_what_was_earned_and_taken():
    """V15, PAY-8: the payslip can show the days earned and what is left."""
    (line,) = leave_lines(1, 15, taken_before=4)
    inputs = dict(line.working.inputs)
    assert (inputs["days_earned"], inputs["days_taken_before"], inputs["days_paid_now"]) == ("30", "4", "13")
    assert inputs["leave_year"] == "2025-04-01/2026-03-31"
    assert len(line.working.days) == 13
    assert (line.code, line.working.law, line.working.tag) == (LineCode.LEAVE_PAY, "162/2005 12 §", "V")


@given(st.integers(1, 30), st.sampled_from(["hours35", "days14"]))
def test_two_parts_of_a_leave_pay_what_the_whole_pays(cut: int, rule: str):
    """Issue: parts of a period add up to the whole."""
    whole = sum(line.amount for line in leave_lines(1, 31, rule=rule))
    first = leave_lines(1, cut, rule=rule)
    taken = sum(len(line.working.days) for line in first)
    second = leave_lines(cut + 1, 31, taken, rule)
    assert sum(line.amount for line in (*first, *second)) == whole


def test_the_average_of_twelve_weeks_takes_work_before_the_absence_alone():
    """V11: planned shifts, the day of the absence itself and work of earlier weeks are left out."""
    onset = date(2026, 3, 23)
    first = onset - timedelta(weeks=12)
    worked = [shift(first, 6), shift(onset - timedelta(days=1), 6)]
    beside = [
        shift(first - timedelta(days=1), 6),
        shift(onset, 6),
        shift(date(2026, 3, 2), 6, is_scheduled=True),
    ]
    assert average_weekly_hours([*worked, *beside], onset) == 1
    assert average_weekly_hours(beside, onset) is None
