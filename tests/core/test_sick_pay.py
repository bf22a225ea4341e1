"""Sick pay of assistants: the day of onset and nine weekdays, by what was planned (PAY-6, EMP-7)."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palkkio.calculation import frozen
from palkkio.calculation.assistance.sick_pay import Illness, illnesses, paid_days, percent_of_pay
from palkkio.calculation.earnings import earning_lines
from palkkio.calculation.events import ChildIll, Sick
from palkkio.calculation.facts import Around, MonthFacts, RateFact
from palkkio.calculation.pay import pay
from palkkio.calculation.weekdays import is_weekday, weekday_after
from palkkio.core.days import DateRange
from palkkio.core.payslip import Line, LineCode
from palkkio.rules import profile

from .assistant_facts import ASSISTANT, FIRST_HALF, SECOND_HALF, half_month, shift, wages

MARCH = DateRange.of_month(2026, 3)


def sick(first: date, last: date | None = None, *, has_certificate: bool = True) -> Sick:
    return Sick(DateRange.of_days(first, last), has_certificate)


def lines_of(month: MonthFacts) -> list[Line]:
    return [line for line in earning_lines(month, "default")[0] if line.code == LineCode.SICK_PAY]


def test_the_tenth_paid_day_is_the_ninth_weekday_after_the_onset():
    """Worked example 10, and an onset on a Sunday, and Christmas."""
    for onset, last in (
        (date(2026, 3, 3), date(2026, 3, 13)),
        (date(2026, 3, 8), date(2026, 3, 18)),
        (date(2026, 12, 22), date(2027, 1, 5)),  # 25. and 26.12., 1.1. and Sundays are no weekdays; 24.12. is
        (date(2026, 6, 17), date(2026, 6, 29)),  # Midsummer Eve is a weekday, Midsummer Day none
    ):
        assert paid_days(Illness(DateRange(onset, None), has_certificate=True)) == DateRange.of_days(onset, last)


@given(st.dates(date(2024, 1, 1), date(2027, 12, 31)), st.integers(0, 20))
def test_weekdays_are_counted_one_by_one(day: date, count: int):
    last = weekday_after(day, count)
    between = [day + timedelta(days=n) for n in range(1, (last - day).days + 1)]
    assert sum(map(is_weekday, between)) == count
    assert count == 0 or is_weekday(last)


def test_an_illness_told_in_parts_is_one_and_has_one_count():
    parts = [sick(date(2026, 3, 10), date(2026, 3, 20)), sick(date(2026, 3, 3), date(2026, 3, 9))]
    (one,) = illnesses(parts)
    assert one.days == DateRange.of_days(date(2026, 3, 3), date(2026, 3, 20))
    later = sick(date(2026, 3, 22), date(2026, 3, 23))
    assert len(illnesses([*parts, later])) == 2
    assert illnesses([sick(date(2026, 3, 3)), later]) == [Illness(DateRange(date(2026, 3, 3), None), True)]


@pytest.mark.parametrize(
    ("since", "onset", "percent"),
    [
        (date(2026, 2, 3), date(2026, 3, 2), 50),
        (date(2026, 2, 3), date(2026, 3, 3), 100),
        (date(2026, 1, 31), date(2026, 2, 27), 50),
        (date(2026, 1, 31), date(2026, 2, 28), 100),  # a month of the calendar that has no 31st day
    ],
)
def test_full_pay_begins_with_a_month_of_employment(since: date, onset: date, percent: int):
    assert percent_of_pay(since, onset).value == percent


def test_sick_hours_carry_no_supplements():
    """K5: a planned Sunday night under the agreement pays its plain hours."""
    terms = replace(ASSISTANT, agreement="heta")
    night = [shift(date(2026, 3, 8), 8, start=20, is_scheduled=True)]
    month = half_month(night, terms=terms, events=(sick(date(2026, 3, 8), date(2026, 3, 9)),))
    assert [(line.code, line.amount) for line in pay(wages(month)).lines] == [("SICK_PAY", Decimal("100.08"))]


@pytest.mark.parametrize(
    ("minutes", "hourly", "quantity", "amount"),
    [((110,), "15.03", "1.8333", "27.56"), ((20, 20, 20), "12.51", "1.00", "12.51")],
)
def test_missed_time_is_multiplied_before_it_is_divided(
    minutes: tuple[int, ...], hourly: str, quantity: str, amount: str
):
    """110 minutes at 15.03 are 27.555, and thrice 20 minutes are an hour to the second."""
    onset = date(2026, 3, 3)
    planned = [shift(onset + timedelta(at), 1, is_scheduled=True) for at in range(len(minutes))]
    planned = [
        replace(each, end=each.start + timedelta(minutes=lasts)) for each, lasts in zip(planned, minutes, strict=True)
    ]
    terms = replace(ASSISTANT, hourly=RateFact(Decimal(hourly)))
    (line,) = lines_of(half_month(planned, terms=terms, events=(sick(onset, onset + timedelta(3)),)))
    assert (line.quantity, line.amount) == (Decimal(quantity), Decimal(amount))


def test_what_was_worked_on_the_day_of_onset_is_pay_of_work():
    shifts = [shift(date(2026, 3, 3), 3), shift(date(2026, 3, 3), 5, start=11, is_scheduled=True)]
    month = half_month(shifts, events=(sick(date(2026, 3, 3), date(2026, 3, 4)),))
    assert {line.code: line.amount for line in pay(wages(month)).lines} == {
        "BASE_PAY": Decimal("37.53"),
        "SICK_PAY": Decimal("62.55"),
    }


def test_an_illness_over_a_change_of_terms_is_one_line_that_frozen_facts_make_again():
    """One hourly pay is one line, rounded once, whether its grounds are one value or several: 25.5 h x 12.51 EUR."""
    planned = [shift(date(2026, 3, day), "5.1", is_scheduled=True) for day in (9, 10, 11, 12, 13)]
    month = half_month(planned, events=(sick(date(2026, 3, 9), date(2026, 3, 13)),))
    (terms,) = month.terms
    cut = date(2026, 3, 11)
    later = replace(terms, valid=DateRange(cut, None), assistant=replace(ASSISTANT, pay_group="B1"))
    month = replace(month, terms=(replace(terms, valid=DateRange(terms.valid.start, cut)), later))
    facts = wages(month)
    paid = pay(facts)
    assert [(line.code, line.amount) for line in paid.lines] == [("SICK_PAY", Decimal("319.01"))]
    assert pay(frozen.from_json(frozen.to_json(facts))) == paid


def test_an_assistant_called_in_when_needed_has_lost_nothing_without_a_plan():
    month = half_month(events=(sick(date(2026, 3, 3), date(2026, 3, 4)),))
    assert pay(wages(month)).lines == ()


def test_a_certificate_is_asked_for_after_three_days():
    """K1, EMP-7: yellow, and paid."""
    for last, is_asked in ((5, False), (6, True)):
        event = sick(date(2026, 3, 3), date(2026, 3, last), has_certificate=False)
        result = pay(wages(half_month([shift(date(2026, 3, 3), 5, is_scheduled=True)], events=(event,))))
        assert is_asked == ("CERTIFICATE_MISSING" in {problem.code.value for problem in result.problems})
        assert result.gross == Decimal("62.55")


def test_illness_after_the_contract_has_ended_is_not_paid():
    shifts = [shift(date(2026, 3, day), 5, is_scheduled=True) for day in (5, 6)]
    ended = DateRange.of_days(ASSISTANT.employed_since, date(2026, 3, 5))
    month = half_month(shifts, contract=ended, events=(sick(date(2026, 3, 4)),))
    assert sum(line.amount for line in lines_of(month)) == Decimal("62.55")


@given(
    st.dates(date(2026, 2, 20), date(2026, 3, 31)),
    st.integers(0, 30),
    st.lists(st.integers(1, 31), unique=True, max_size=31),
    st.randoms(use_true_random=False),
)
def test_the_halves_of_a_month_pay_what_the_month_pays(onset: date, days: int, planned: list[int], random):
    """Issue: parts of a month add up to the whole, and the order of facts does not matter."""
    shifts = [shift(date(2026, 3, day), 5, is_scheduled=True) for day in planned]
    events = (sick(onset, onset + timedelta(days=days)),)
    before = [shift(date(2026, 2, 25), 5, is_scheduled=True)]
    whole = lines_of(half_month(shifts, MARCH, events=events, around=Around(tuple(before))))
    parts: list[Line] = []
    for period in (FIRST_HALF, SECOND_HALF):
        own = [each for each in shifts if each.start.date() in period]
        beside = [*before, *(each for each in shifts if each.start.date() not in period)]
        random.shuffle(own)
        random.shuffle(beside)
        parts += lines_of(half_month(own, period, events=events, around=Around(tuple(beside))))
    assert sum(line.amount for line in parts) == sum(line.amount for line in whole)
    assert sorted(day for line in parts for day in line.working.days) == [
        d for line in whole for d in line.working.days
    ]


def test_a_late_illness_is_paid_as_a_difference():
    """BEY-2: what was paid for the half stays, the sick pay comes beside it with its original period."""
    worked = [shift(date(2026, 3, 2), 5)]
    before = pay(wages(half_month(worked)))
    known = half_month(
        [*worked, shift(date(2026, 3, 3), 5, is_scheduled=True)], events=(sick(date(2026, 3, 3), date(2026, 3, 3)),)
    )
    late = pay(wages(known, paid_on=date(2026, 4, 15), paid_before=before.lines))
    assert [(line.code, line.amount, line.period) for line in late.lines] == [
        ("SICK_PAY", Decimal("62.55"), FIRST_HALF)
    ]
    assert late.pension == Decimal("9.13")  # 62.55 before stayed under the limit: 125.10 now


def test_a_childs_illness_is_paid_for_the_days_that_the_payer_has_chosen():
    """K6: the first three working days, also where the illness began in the period before."""
    terms = replace(ASSISTANT, agreement="heta")
    ill = ChildIll(DateRange.of_days(date(2026, 3, 13), date(2026, 3, 18)))
    before = [shift(date(2026, 3, day), 5, is_scheduled=True) for day in (13, 14)]
    now = [shift(date(2026, 3, day), 5, is_scheduled=True) for day in (16, 17)]
    month = half_month(now, SECOND_HALF, terms=terms, events=(ill,), around=Around(tuple(before)))
    chosen = profile("default").with_overrides({"child_illness_paid_days": "3"})
    (line,) = pay(wages(month, profile=chosen, paid_on=date(2026, 4, 15))).lines
    assert (line.working.days, line.working.tag) == ((date(2026, 3, 16),), "R")


def days_of_march(first: int, last: int | None) -> DateRange:
    return DateRange.of_days(date(2026, 3, first), last and date(2026, 3, last))


@pytest.mark.parametrize(
    ("told", "hours", "amount"),
    [
        ([ChildIll(days_of_march(2, 6))], "18", "225.18"),
        ([ChildIll(days_of_march(2, 6)), ChildIll(days_of_march(2, 6))], "18", "225.18"),
        ([ChildIll(days_of_march(2, 4)), ChildIll(days_of_march(5, 6))], "18", "225.18"),
        ([Sick(days_of_march(2, 6), True), ChildIll(days_of_march(2, 6))], "30", "375.30"),
    ],
)
def test_a_day_of_absence_is_paid_once_however_often_it_was_told(told: list[Sick | ChildIll], hours: str, amount: str):
    """Three working days of a child's illness by the payer's choice, 6 h a day at 12.51 EUR; five of one's own."""
    chosen = profile("default").with_overrides({"child_illness_paid_days": "3"})
    planned = [shift(date(2026, 3, day), 6, is_scheduled=True) for day in range(2, 7)]
    month = half_month(planned, terms=replace(ASSISTANT, agreement="heta"), events=tuple(told))
    lines = [line for line in pay(wages(month, profile=chosen)).lines if line.code == LineCode.SICK_PAY]
    assert sum(line.quantity for line in lines) == Decimal(hours)
    assert sum(line.amount for line in lines) == Decimal(amount)


def test_no_average_day_is_paid_on_a_day_that_was_worked():
    """The return to work isn't recorded yet: weekdays 4.-13.3. count, less the three that were worked."""
    worked = [shift(date(2026, 3, day), 5) for day in (9, 10, 11)]
    month = half_month(
        worked, terms=replace(ASSISTANT, weekly_hours=Decimal(20)), events=(Sick(days_of_march(4, None), True),)
    )
    (line,) = [line for line in lines_of(month) if line.code == LineCode.SICK_PAY]
    assert [day.day for day in line.working.days] == [4, 5, 6, 12, 13]
    assert line.amount == Decimal("250.20")  # 5 x 4 h x 12.51
