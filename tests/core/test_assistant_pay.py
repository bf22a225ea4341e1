"""Hourly pay of assistants: which agreement, which table, which step, and what a day of the clock means."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

import pytest

from palkkio.calculation.assistance.agreement import Agreement, agreement_on
from palkkio.calculation.assistance.holidays import public_holiday
from palkkio.calculation.assistance.hourly_pay import (
    AREAS,
    PAY_GROUPS,
    TABLE,
    compensation_2023,
    experience_on,
    monthly_pay,
    risen,
    table_pay,
)
from palkkio.calculation.assistance.worked import hours, parts_of
from palkkio.calculation.assistance.working_times import reach
from palkkio.calculation.events import HetaMember
from palkkio.calculation.facts import AssistantTerms, RateFact, Shift, Terms
from palkkio.core.days import DateRange
from palkkio.core.problems import Problem, ProblemCode
from palkkio.rules import RateNotConfirmed, figure, keys

from .assistants import CONTRACT, TERMS, amounts, lines, period, problems, shift

MARCH = date(2026, 3, 1), date(2026, 3, 15)
PUBLISHED = [
    (group, area, value.valid.first)
    for group in PAY_GROUPS
    for area in AREAS
    for value in figure(f"{TABLE}/{area}/{group}/0").values
    if value.valid.first in (date(2021, 11, 1), date(2022, 8, 1))
]


# --- Pay tables ---


def test_there_are_eight_published_tables():
    assert len(PUBLISHED) == 8


@pytest.mark.parametrize(("group", "area", "day"), PUBLISHED)
def test_each_published_step_is_the_one_before_times_1_0125(group: str, area: str, day: date):
    """2.2: the rule reproduces the tables, which are kept as data all the same."""
    found = []
    for step in (0, 12, 36, 60, 96, 132):
        try:
            found.append(figure(f"{TABLE}/{area}/{group}/{step}").on(day).value)
        except RateNotConfirmed:
            assert step == 132
    assert len(found) == (5 if day.year == 2021 else 6)
    for before, after in pairwise(found):
        assert after == (before * Decimal("1.0125")).quantize(Decimal("0.01"), ROUND_HALF_UP)


def test_computed_and_unknown_values_of_the_tables_never_pay():
    for key in keys():
        if not key.startswith(TABLE):
            continue
        for value in figure(key).values:
            if value.tag in ("C", "U"):
                with pytest.raises(RateNotConfirmed, match=key):
                    figure(key).on(value.valid.edges[0])


@pytest.mark.parametrize(
    ("day", "months", "step"),
    [
        (date(2022, 7, 31), 140, "96"),
        (date(2022, 8, 1), 131, "96"),
        (date(2022, 8, 1), 132, "132"),
        (date(2022, 8, 1), 200, "132"),
        (date(2022, 8, 1), 11, "0"),
        (date(2022, 8, 1), 12, "12"),
    ],
)
def test_the_step_is_the_highest_that_is_full_and_exists_on_the_day(day: date, months: int, step: str):
    assert table_pay("A", "rest", months, day).key == f"{TABLE}/rest/A/{step}"


def test_the_step_of_14_years_is_from_2024_and_its_value_is_not_known():
    with pytest.raises(RateNotConfirmed, match="rest/A/168"):
        table_pay("A", "rest", 168, date(2024, 1, 1))


@pytest.mark.parametrize(
    ("day", "months"),
    [(date(2024, 1, 31), 5), (date(2024, 2, 28), 5), (date(2024, 2, 29), 6), (date(2024, 12, 31), 16)],
)
def test_experience_grows_with_the_calendar(day: date, months: int):
    terms = Terms(DateRange(date(2024, 1, 31), None), {}, assistant=TERMS)
    assert experience_on(day, terms, replace(TERMS, experience_months=5)) == months


def test_a_month_of_20_hours_a_week():
    """2.4."""
    assert monthly_pay(Decimal(20), Decimal("11.47"), date(2022, 9, 1)) == Decimal("997.89")


def test_the_compensation_of_december_2023_is_in_proportion_of_full_time():
    assert compensation_2023(Decimal(40), date(2023, 12, 15)) == Decimal("400.00")
    assert compensation_2023(Decimal(15), date(2023, 12, 15)) == Decimal("150.00")
    with pytest.raises(RateNotConfirmed):
        compensation_2023(Decimal(40), date(2024, 1, 15))


def test_rises_of_personal_pay_are_known_for_two_days():
    assert risen(Decimal("12.00"), date(2021, 11, 1)) == Decimal("12.16")
    assert risen(Decimal("12.16"), date(2022, 8, 1)) == Decimal("12.39")
    for day in (date(2022, 8, 3), date(2021, 12, 1), date(2025, 5, 1)):
        with pytest.raises(RateNotConfirmed):
            risen(Decimal("12.00"), day)


# --- Agreement ---


@pytest.mark.parametrize(
    ("day", "agreement"),
    [
        (date(2025, 4, 30), Agreement.STATUTE),
        (date(2025, 5, 1), Agreement.HETA),
        (date(2024, 6, 1), Agreement.HETA),
        (date(2024, 12, 31), Agreement.HETA),
        (date(2025, 1, 1), Agreement.STATUTE),
    ],
)
def test_membership_decides_until_the_agreement_binds_all(day: date, agreement: Agreement):
    """S3."""
    member = HetaMember(DateRange.of_days(date(2024, 6, 1), date(2024, 12, 31)))
    assert agreement_on(day, AssistantTerms(), (member,)) is agreement


def test_whom_the_agreement_binds_after_its_end_is_not_known():
    with pytest.raises(RateNotConfirmed):
        agreement_on(date(2028, 5, 1), AssistantTerms(), ())


def test_a_forced_agreement_holds_on_every_day():
    assert agreement_on(date(2026, 1, 1), AssistantTerms(agreement="statute"), ()) is Agreement.STATUTE
    assert agreement_on(date(2030, 1, 1), AssistantTerms(agreement="heta"), ()) is Agreement.HETA


# --- Public holidays ---


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2026, "1.1. 6.1. 3.4. 6.4. 1.5. 14.5. 19.6. 24.12. 25.12."),
        (2027, "1.1. 6.1. 26.3. 29.3. 6.5. 25.6. 6.12. 24.12."),
    ],
)
def test_public_holidays_of_a_year(year: int, days: str):
    found = [day for day in DateRange(date(year, 1, 1), date(year + 1, 1, 1)) if public_holiday(day)]
    assert " ".join(f"{day.day}.{day.month}." for day in found) == days


def test_the_two_weeks_before_a_public_holiday_are_full_on_the_fourteenth_day():
    """H4."""
    epiphany = date(2026, 1, 6), date(2026, 1, 6)
    assert amounts(period(*epiphany, employed_since=date(2025, 12, 23))) == {"PUBLIC_HOLIDAY_OFF": Decimal("50.04")}
    assert amounts(period(*epiphany, employed_since=date(2025, 12, 24))) == {}


def test_a_public_holiday_without_agreed_hours_pays_nothing_and_says_so():
    found = problems(period(date(2026, 1, 6), date(2026, 1, 6), weekly_hours=None))
    assert Problem(ProblemCode.RATE_NOT_VERIFIED, "average_daily_hours", date(2026, 1, 6)) in found


def test_a_night_into_a_public_holiday_is_split_at_midnight():
    """L7: 5 January 22-24 and Epiphany 0-6."""
    found = amounts(period(date(2026, 1, 5), date(2026, 1, 11), shift("2026-01-05T22:00", 8)))
    assert found["PUBLIC_HOLIDAY"] == Decimal("150.12")
    assert found["NIGHT"] == Decimal("30.02")
    assert "PUBLIC_HOLIDAY_OFF" not in found


# --- Shifts ---


def test_a_shift_over_the_end_of_a_pay_period_is_paid_with_the_one_in_which_it_begins():
    night = shift("2026-03-15T22:00", 8)
    assert amounts(period(*MARCH, night))["BASE_PAY"] == Decimal("100.08")
    assert lines(period(date(2026, 3, 16), date(2026, 3, 31), around=(night,))) == ()


def test_daily_overtime_counts_the_calendar_day_also_of_a_shift_that_began_before():
    """From 20 to 10: four hours of Sunday, ten of Monday, two of them overtime of Monday's pay period."""
    night = shift("2026-03-15T20:00", 14)
    assert "OVERTIME_50" not in amounts(period(*MARCH, night))
    found = period(date(2026, 3, 16), date(2026, 3, 31), around=(night,))
    assert amounts(found) == {"OVERTIME_50": Decimal("12.51")}
    assert Problem(ProblemCode.OVERTIME, "", date(2026, 3, 16)) in problems(found)


def test_weekly_overtime_is_settled_with_the_last_day_of_the_employment():
    week = [shift(f"2026-03-{day:02}T08:00", 8) for day in (9, 10, 11, 12, 13)]
    last = shift("2026-03-14T08:00", 2)
    ends = replace(period(*MARCH, *week, last), contract=DateRange.of_days(date(2024, 1, 1), date(2026, 3, 14)))
    assert amounts(ends)["OVERTIME_50"] == Decimal("12.51")


def test_overlapping_shifts_are_a_contradiction():
    with pytest.raises(ValueError, match="overlap"):
        lines(period(*MARCH, shift("2026-03-02T10:00", 2), shift("2026-03-02T11:59", 2)))


def test_touching_shifts_are_none():
    assert len(parts_of([shift("2026-03-02T10:00", 2), shift("2026-03-02T12:00", 2)])) == 2


def test_a_shift_of_another_period_is_a_contradiction():
    with pytest.raises(ValueError, match="outside the period"):
        lines(period(*MARCH, shift("2026-03-16T10:00", 2)))


def test_a_planned_shift_pays_nothing():
    planned = replace(shift("2026-03-03T10:00", 2), is_scheduled=True)
    assert lines(period(*MARCH, planned)) == ()


def test_a_shift_without_a_time_zone_or_end_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        Shift(datetime(2026, 3, 1, 10), datetime(2026, 3, 1, 11))  # noqa: DTZ001
    at = datetime(2026, 3, 1, 10, tzinfo=UTC)
    with pytest.raises(ValueError, match="ends after"):
        Shift(at, at)


@pytest.mark.parametrize(("seconds", "shown"), [(3600, "1.00"), (900, "0.25"), (1200, "0.3333"), (60, "0.0167")])
def test_hours_are_shown_exactly_or_to_four_decimals(seconds: int, shown: str):
    assert str(hours(seconds)) == shown


def test_a_line_shows_its_working():
    """PAY-8: hours by day and decision, the window, the percentage with its ground."""
    base, evening, *_ = lines(period(*MARCH, shift("2026-03-03T17:00", 3), shift("2026-03-05T17:00", "1.5")))
    assert base.working.days == (date(2026, 3, 3), date(2026, 3, 5))
    assert ("decision", "1.1 4.50") in base.working.inputs
    assert ("day_hours", "2026-03-05 1.50") in base.working.inputs
    assert base.working.source == "Contract 2024"
    assert ("window", "18-21") in evening.working.inputs
    assert (evening.percent, evening.working.tag, evening.working.law) == (Decimal(15), "R", "Heta-JHL TES")


def test_a_line_by_the_table_says_group_area_and_step():
    told = {"hourly": None, "experience_months": 13, "area": "rest"}
    day = date(2022, 9, 5)
    (line,) = lines(period(day, day, shift("2022-09-05T10:00", 1), **told))
    assert line.of == Decimal("11.59")  # 13 months and 32 since the first day of the terms
    assert {("pay_group", "A"), ("area", "rest"), ("experience_step", "36")} <= set(line.working.inputs)
    assert line.working.rate_valid == DateRange(date(2022, 8, 1), date(2024, 1, 1))


def test_the_same_pay_by_table_and_by_contract_is_one_line():
    first = Terms(DateRange.of_days(None, date(2022, 9, 5)), {}, assistant=replace(TERMS, hourly=None, area="rest"))
    agreed = replace(TERMS, hourly=RateFact(Decimal("11.31"), "Contract 2022"), area="rest")
    second = Terms(DateRange(date(2022, 9, 6), None), {}, assistant=agreed)
    days = date(2022, 9, 1), date(2022, 9, 15)
    month = period(*days, shift("2022-09-05T10:00", 1), shift("2022-09-06T10:00", 1))
    (line,) = lines(replace(month, terms=(first, second), contract=CONTRACT))
    assert (line.quantity, line.amount) == (Decimal("2.00"), Decimal("22.62"))
    assert "Contract 2022" in line.working.source


def test_an_unverified_agreed_pay_makes_a_note_and_a_computed_one_holds():
    recalled = period(*MARCH, shift("2026-03-03T10:00", 1), hourly=RateFact(Decimal(13), tag="R"))
    assert Problem(ProblemCode.RATE_NOT_VERIFIED, "hourly", date(2026, 3, 3)) in problems(recalled)
    computed = period(*MARCH, shift("2026-03-03T10:00", 1), hourly=RateFact(Decimal(13), tag="C"))
    assert Problem(ProblemCode.RATE_NOT_CONFIRMED, "hourly", date(2026, 3, 3)) in problems(computed)


def test_a_day_without_terms_holds():
    month = replace(period(*MARCH, shift("2026-03-03T10:00", 1)), terms=())
    assert Problem(ProblemCode.CONTRACT_TERM_MISSING, "assistant", date(2026, 3, 3)) in problems(month)


def test_what_overtime_may_need_beside_a_pay_period():
    assert reach(DateRange.of_days(*MARCH)) == DateRange.of_days(date(2026, 2, 8), date(2026, 3, 21))
