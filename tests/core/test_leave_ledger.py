"""The leave ledger of an employment: what is told, in which order leave is taken, what counts like work."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from palkkio.calculation.assistance.leave import Employed, LeaveRule, hours_above_daily, leave_year
from palkkio.calculation.assistance.leave_ledger import (
    Adjustment,
    AdjustmentKind,
    Told,
    balances,
    told_leave_year,
    years_of_period,
)
from palkkio.calculation.employment import LeaveYear
from palkkio.calculation.events import FamilyLeave, Sick
from palkkio.calculation.facts import Shift
from palkkio.core.clock import HELSINKI
from palkkio.core.days import DateRange
from palkkio.rules import RateNotConfirmed

SINCE = date(2024, 4, 1)
OLD, LAST = leave_year(date(2024, 5, 1)), leave_year(date(2025, 5, 1))
TODAY = date(2026, 6, 8)
ASSISTANT = Employed(DateRange(SINCE, None), SINCE, LeaveRule.DAYS_14, Decimal(20))


def shift(day: date, *, last: int = 12, is_scheduled: bool = False) -> Shift:
    start, end = (datetime(day.year, day.month, day.day, hour, tzinfo=HELSINKI) for hour in (8, last))
    return Shift(start, end, is_scheduled=is_scheduled)


def days(month: date, count: int) -> list[date]:
    return [day for day in DateRange.month_of(month) if day.weekday() < 5][:count]


def no_pay(year: DateRange) -> LeaveYear:
    return LeaveYear(year.edges[0])


def opening(year: DateRange, count: int, **values: int) -> Adjustment:
    return Adjustment(year.edges[0], AdjustmentKind.OPENING, count, **values)


def test_a_year_is_told_from_its_beginning_or_by_staff_and_otherwise_is_not_guessed():
    assert balances(Told(None), ASSISTANT, TODAY) == []
    late = Told(date(2025, 6, 1))
    assert [row.year for row in balances(late, ASSISTANT, date(2026, 3, 1))] == []
    told = Told(date(2025, 6, 1), adjustments=(opening(LAST, 4),))
    assert [(row.year, row.in_all) for row in balances(told, ASSISTANT, date(2026, 3, 1))] == [(LAST, 4)]


def test_a_month_is_full_with_14_days_of_work_illness_and_leave_among_them():
    """V4 and V7."""
    worked = tuple(shift(day) for day in days(date(2025, 5, 1), 12))
    ill = Sick(DateRange.of_days(date(2025, 5, 19), date(2025, 5, 20)))
    assert next(row.earned.full_months for row in balances(Told(LAST.edges[0], worked), ASSISTANT, TODAY)) == 0
    told = Told(LAST.edges[0], worked, events=(ill,))
    (may,) = told_leave_year(LAST, told, ASSISTANT, TODAY).months
    assert (may.days, may.hours) == (14, Decimal(56))  # 12 shifts of four hours, two days of a 20-hour week
    row = balances(told, ASSISTANT, TODAY)[0]
    assert (row.earned.full_months, row.in_all) == (1, 3)  # 2.5 days, a fraction counted as a whole day
    planned = (*worked, shift(date(2025, 5, 19), is_scheduled=True))
    assert told_leave_year(LAST, Told(LAST.edges[0], planned), ASSISTANT, TODAY).days_worked == 12


def test_hours_above_eight_a_day_are_told_beside_the_days_worked():
    """V10: each eight of them is a day more in the divisor of the average daily pay."""
    worked = tuple(shift(day, last=18) for day in days(date(2025, 5, 1), 3))
    year = told_leave_year(LAST, Told(LAST.edges[0], worked), ASSISTANT, TODAY)
    assert (year.days_worked, year.hours_above_daily) == (3, 6)
    told = Told(LAST.edges[0], (*worked, shift(date(2025, 5, 30), last=22, is_scheduled=True)))
    (taken_from,) = years_of_period(
        DateRange.of_days(date(2026, 5, 16), date(2026, 5, 31)), told, ASSISTANT, ends=False, pay_of=no_pay
    )
    assert taken_from.hours_above_daily == 6  # a planned day is no day of work


def test_hours_above_eight_a_day_are_asked_only_by_the_rule_that_divides_by_them():
    """V10: a limit of the day that is not confirmed yet holds nobody under the 35-hour rule."""
    worked = {date(2031, 5, 2): 10 * 3600}
    assert hours_above_daily(worked, LeaveRule.HOURS_35) == hours_above_daily(worked, LeaveRule.NONE) == 0
    with pytest.raises(RateNotConfirmed):
        hours_above_daily(worked, LeaveRule.DAYS_14)


def test_leave_takes_the_rest_of_the_year_before_first_and_expired_days_are_gone():
    written = (opening(OLD, 4, taken=1), opening(LAST, 10), Adjustment(OLD.edges[0], AdjustmentKind.EXPIRED, 1))
    leave = tuple(date(2026, 5, day) for day in (18, 19, 20, 21, 22, 24))  # the last is a Sunday
    told = Told(date(2026, 4, 1), leave=leave, adjustments=written)
    old, last, now = balances(told, ASSISTANT, TODAY)
    assert (old.taken, old.left) == (leave[:2], 0)
    assert (last.taken, last.left) == (leave[2:5], 7)
    assert (now.in_all, now.used) == (0, 0)
    assert [row.used for row in balances(told, ASSISTANT, date(2026, 5, 19))] == [3, 0, 0]  # as of a day


def test_a_correction_changes_what_is_earned_and_may_leave_less_than_nothing():
    """Not below zero without payroll."""
    written = (opening(LAST, 2), Adjustment(LAST.edges[0], AdjustmentKind.CORRECTION, -1))
    leave = (date(2026, 5, 18), date(2026, 5, 19))
    row = balances(Told(None, leave=leave, adjustments=written), ASSISTANT, TODAY)[0]
    assert (row.in_all, row.left) == (1, -1)


def test_a_period_takes_from_the_years_that_have_leave_and_the_end_settles_all():
    def pay_of(year: DateRange) -> LeaveYear:
        return LeaveYear(year.edges[0], pay=Decimal(1000))

    period = DateRange.of_days(date(2026, 5, 16), date(2026, 5, 31))
    written = (opening(OLD, 3, taken=3), opening(LAST, 10, pay=Decimal(500), days_worked=Decimal(30)))
    told = Told(date(2026, 4, 1), leave=(date(2026, 5, 11), date(2026, 5, 18)), adjustments=written)
    (year,) = years_of_period(period, told, ASSISTANT, ends=False, pay_of=pay_of)
    assert (year.first, year.pay, year.days_worked) == (LAST.edges[0], Decimal(1500), Decimal(30))
    assert (year.corrected_days, year.taken_before, year.lacks_period) == (10, 1, False)
    ended = Employed(DateRange(SINCE, period.end), SINCE, LeaveRule.DAYS_14, Decimal(20))
    years = years_of_period(period, told, ended, ends=True, pay_of=pay_of)
    assert [(each.first.year, each.lacks_period) for each in years] == [(2025, False)]
    month = (*days(date(2026, 4, 1), 14), *days(date(2026, 5, 1), 14))
    worked = Told(date(2026, 4, 1), tuple(map(shift, month)), told.leave, (), written)
    years = years_of_period(period, worked, ended, ends=True, pay_of=pay_of)
    assert [(each.first.year, each.lacks_period) for each in years] == [(2025, False), (2026, True)]
    assert years_of_period(period, Told(date(2026, 5, 1)), ended, ends=True, pay_of=pay_of) == ()  # April is not told


def test_family_leave_counts_like_work_for_each_child():
    """V7 and K7: 160 working days a child and parent, without an end that is told, also over leave years."""
    leave = FamilyLeave(DateRange(date(2025, 4, 1), None), "first")
    other = FamilyLeave(DateRange.of_days(date(2026, 3, 2), date(2026, 3, 6)), "second")

    def counted(*events: FamilyLeave) -> int:
        told = Told(LAST.edges[0], events=events)
        return sum(each.days for each in told_leave_year(LAST, told, ASSISTANT, TODAY).months)

    assert (counted(leave), counted(leave, other), counted(replace(leave, days=other.days))) == (160, 165, 5)
