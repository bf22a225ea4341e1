"""Earning lines of one month."""

import dataclasses
import itertools
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palkkio.calculation.earnings import earning_lines
from palkkio.calculation.facts import Entry, MonthFacts, RateFact, Terms, Trip
from palkkio.core.days import DateRange
from palkkio.core.payslip import ContractKind, DayType, Line
from palkkio.core.problems import Problem, ProblemCode
from palkkio.rules import profile

from .facts import APRIL, MAY, care, entries, month, terms

PROFILE = profile("western-uusimaa")


def lines_of(facts: MonthFacts) -> list[tuple[str, str, str, str]]:
    return [
        (line.code, f"{line.quantity:f}", f"{line.of:f}", f"{line.amount:f}")
        for line in earning_lines(facts, PROFILE)[0]
    ]


def problems_of(facts: MonthFacts) -> tuple[Problem, ...]:
    return earning_lines(facts, PROFILE)[1]


def test_each_day_type_pays_by_its_own_rate():
    """CARE-4."""
    rates = {"care": "97.55", "training": "50.00", "notice": "97.55", "cancelled": "48.78"}
    facts = month(
        *care(1, 2),
        *entries(DayType.TRAINING, 5),
        *entries(DayType.NOTICE, 6),
        *entries(DayType.CANCELLED, 7),
        rates=rates,
    )
    assert lines_of(facts) == [
        ("CARE_DAY", "2", "97.55", "195.10"),
        ("TRAINING_DAY", "1", "50.00", "50.00"),
        ("NOTICE_DAY", "1", "97.55", "97.55"),
        ("CANCELLED_DAY", "1", "48.78", "48.78"),
    ]


def test_two_periods_over_a_weekend_are_paid_as_two():
    """CARE-7: entries on Friday and Saturday, none on Sunday."""
    assert lines_of(month(*care(8, 9))) == [("CARE_DAY", "2", "97.55", "195.10")]


def test_an_unpaid_cancelled_day_makes_no_line_and_needs_no_rate():
    """CARE-4."""
    assert earning_lines(month(*entries(DayType.CANCELLED_UNPAID, 8), rates={}), PROFILE) == ((), ())


def test_no_entries_no_lines():
    """CARE-9."""
    assert earning_lines(month(), PROFILE) == ((), ())


def test_a_rate_of_zero_is_a_rate():
    assert lines_of(month(*entries(DayType.TRAINING, 5), rates={"training": "0.00"})) == [
        ("TRAINING_DAY", "1", "0.00", "0.00")
    ]


def test_a_line_carries_its_working():
    """PAY-8, BEY-1: the rule, the dated rate, its source, the law and the days."""
    (line,), _ = earning_lines(month(*care(9, 8)), PROFILE)
    assert line.working.rule == "care_day"
    assert line.working.law == "937/2005 4 a §"
    assert line.working.source == "Board 15.12.2025 § 8"
    assert line.working.rate_valid == DateRange(date(2026, 1, 1), None)
    assert line.working.tag == "V"
    assert line.working.days == (date(2026, 5, 8), date(2026, 5, 9))
    assert line.period == MAY


def test_the_working_shows_the_days_of_the_decision_also_where_the_terms_are_cut_to_the_month():
    """PAY-8: the dated rate."""
    decided = DateRange.of_days(date(2026, 1, 1), date(2026, 12, 31))
    rate = RateFact(Decimal("97.55"), valid=decided)
    (line,), _ = earning_lines(month(*care(8), dated=(Terms(MAY, {"care": rate}),)), PROFILE)
    assert line.working.rate_valid == decided


def test_the_days_of_two_terms_with_one_rate_are_one_line_with_both_grounds():
    old = Terms(DateRange.of_days(date(2026, 1, 1), date(2026, 5, 15)), {"care": RateFact(Decimal("97.55"), "A")})
    new = Terms(DateRange.of_days(date(2026, 5, 16), None), {"care": RateFact(Decimal("97.55"), "B")})
    (line,), _ = earning_lines(month(*care(8, 9, 20), dated=(old, new)), PROFILE)
    assert line.quantity == 3
    assert line.working.source == "A; B"
    assert line.working.rate_valid == DateRange(date(2026, 1, 1), None)


def test_hours_are_added_before_they_are_multiplied():
    """CARE-15: 7.5 h × 18.35 = 137.625, half up."""
    entered = [
        Entry(date(2026, 5, day), DayType.HOURS, Decimal(count))
        for day, count in ((5, "3.5"), (12, "1.5"), (19, "2.5"))
    ]
    facts = month(*entered, rates={"hour": "18.35"}, kind=ContractKind.OTHER_COMMISSION)
    assert lines_of(facts) == [("HOUR", "7.5", "18.35", "137.63")]
    (line,), _ = earning_lines(facts, PROFILE)
    assert line.working.inputs == (("2026-05-05", "3.5"), ("2026-05-12", "1.5"), ("2026-05-19", "2.5"))
    assert line.working.law == ""


def test_a_day_type_without_a_rate_is_named_once_with_its_first_day():
    facts = month(*care(8), *entries(DayType.TRAINING, 12, 6))
    assert problems_of(facts) == (Problem(ProblemCode.CONTRACT_TERM_MISSING, "rates/training", date(2026, 5, 6)),)


def test_a_day_without_terms_is_named():
    late = terms({"care": "97.55"}, first=date(2026, 5, 10))
    facts = month(*care(8, 12), dated=(late,))
    assert problems_of(facts) == (Problem(ProblemCode.CONTRACT_TERM_MISSING, "rates/care", date(2026, 5, 8)),)
    assert lines_of(facts) == [("CARE_DAY", "1", "97.55", "97.55")]


def test_entries_and_trips_outside_the_contract_are_named_and_not_paid():
    facts = month(
        *care(8, 20),
        rates={"care": "97.55", "kilometre": "0.25"},
        trips=(Trip(date(2026, 5, 21), Decimal(30)),),
        contract=DateRange.of_days(date(2025, 1, 1), date(2026, 5, 15)),
    )
    assert problems_of(facts) == (
        Problem(ProblemCode.ENTRY_OUTSIDE_CONTRACT, "care", date(2026, 5, 20)),
        Problem(ProblemCode.ENTRY_OUTSIDE_CONTRACT, "trip", date(2026, 5, 21)),
    )
    assert lines_of(facts) == [("CARE_DAY", "1", "97.55", "97.55")]


@pytest.mark.parametrize("tag", ["C", "C+R", "U", "guess"])
def test_a_rate_that_is_not_confirmed_makes_no_line(tag: str):
    unsure = Terms(DateRange(date(2026, 1, 1), None), {"care": RateFact(Decimal("97.55"), tag=tag)})
    facts = month(*care(8), dated=(unsure,))
    assert problems_of(facts) == (Problem(ProblemCode.RATE_NOT_CONFIRMED, "rates/care", date(2026, 5, 8)),)
    assert lines_of(facts) == []


def test_a_recalled_rate_pays_with_a_yellow_note():
    unsure = Terms(DateRange(date(2026, 1, 1), None), {"care": RateFact(Decimal("97.55"), tag="R")})
    (line,), problems = earning_lines(month(*care(8), dated=(unsure,)), PROFILE)
    assert problems == (Problem(ProblemCode.RATE_NOT_VERIFIED, "rates/care", date(2026, 5, 8)),)
    assert line.working.tag == "R"


def test_a_rate_decided_for_last_year_does_not_pay_this_year():
    """PAY-13."""
    last_year = RateFact(Decimal("97.55"), valid=DateRange.of_days(date(2025, 1, 1), date(2025, 12, 31)))
    facts = month(*care(8), dated=(Terms(DateRange(date(2025, 1, 1), None), {"care": last_year}),))
    assert problems_of(facts) == (Problem(ProblemCode.RATE_NOT_CONFIRMED, "rates/care", date(2026, 5, 8)),)


def test_kilometres_above_the_tax_free_part_are_taxable_and_carry_no_pension():
    facts = month(
        rates={"kilometre": "0.55"}, trips=(Trip(date(2026, 5, 8), Decimal(34)), Trip(date(2026, 5, 9), Decimal(50)))
    )
    free, taxable = earning_lines(facts, PROFILE)[0]
    assert (free.code, free.of, free.amount) == ("KILOMETRES", Decimal("0.25"), Decimal("21.00"))
    assert (taxable.code, taxable.of, taxable.amount) == ("KILOMETRES_TAXABLE", Decimal("0.30"), Decimal("25.20"))
    assert (free.is_taxable, free.is_pensionable) == (False, False)
    assert (taxable.is_taxable, taxable.is_pensionable) == (True, False)
    assert free.working.tag == "R"
    assert ("tax_free_limit", "0.25") in free.working.inputs
    assert problems_of(facts) == (
        Problem(ProblemCode.RATE_NOT_VERIFIED, "travel/kilometre/commission_tax_free", date(2026, 5, 8)),
    )


def test_kilometres_paid_below_the_limit_are_all_tax_free():
    facts = month(rates={"kilometre": "0.20"}, trips=(Trip(date(2026, 5, 8), Decimal("10.5")),))
    assert lines_of(facts) == [("KILOMETRES", "10.5", "0.20", "2.10")]


def test_the_laws_own_figure_goes_before_the_payers_choice():
    in_2021 = DateRange.of_month(2021, 5)
    facts = month(
        trips=(Trip(date(2021, 5, 8), Decimal(10)),),
        period=in_2021,
        contract=DateRange(date(2020, 1, 1), None),
        dated=(terms({"kilometre": "0.44"}, first=date(2020, 1, 1)),),
    )
    generous = PROFILE.with_overrides({"tax_free_kilometre": "0.40"})
    (free, _), problems = earning_lines(facts, generous)
    assert (free.of, free.working.tag, problems) == (Decimal("0.25"), "V", ())


def test_kilometres_without_law_or_choice_hold():
    facts = month(rates={"kilometre": "0.55"}, trips=(Trip(date(2026, 5, 8), Decimal(34)),))
    assert earning_lines(facts, "default") == (
        (),
        (Problem(ProblemCode.RATE_NOT_CONFIRMED, "travel/kilometre/commission_tax_free", date(2026, 5, 8)),),
    )


def test_a_limit_is_not_asked_where_kilometres_are_not_paid():
    facts = month(rates={"kilometre": "0.00"}, trips=(Trip(date(2026, 5, 8), Decimal(34)),))
    assert earning_lines(facts, "default") == ((), ())


def test_receipts_of_a_month_are_one_tax_free_line():
    trips = (
        Trip(date(2026, 5, 8), Decimal(0), expense=Decimal("6.80")),
        Trip(date(2026, 5, 9), Decimal(0), expense=Decimal("3.40")),
    )
    (line,), problems = earning_lines(month(rates={}, trips=trips), PROFILE)
    assert (line.code, line.amount, line.is_taxable, line.is_pensionable) == (
        "TRIP_EXPENSE",
        Decimal("10.20"),
        False,
        False,
    )
    assert line.working.days == (date(2026, 5, 8), date(2026, 5, 9))
    assert problems == ()


def test_an_entry_of_another_month_is_a_contradiction():
    with pytest.raises(ValueError, match="outside the period"):
        earning_lines(month(*care(8, month=APRIL)), PROFILE)


def test_the_same_day_twice_is_a_contradiction():
    with pytest.raises(ValueError, match="twice"):
        earning_lines(month(*care(8, 8)), PROFILE)


some_days = st.lists(st.integers(1, 31), unique=True, max_size=31)


@given(some_days, st.randoms())
def test_the_order_of_entries_carries_no_meaning(days: list[int], random: object):
    entered = care(*days)
    shuffled = list(entered)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    both = terms({"care": "97.55"}, last=date(2026, 5, 15)), terms({"care": "100.00"}, first=date(2026, 5, 16))
    assert earning_lines(month(*entered, dated=both), PROFILE) == earning_lines(month(*shuffled, dated=both), PROFILE)


@given(some_days, st.dates(date(2026, 5, 2), date(2026, 5, 31)))
def test_each_day_is_paid_once_wherever_the_terms_are_cut(days: list[int], cut: date):
    two = (
        terms({"care": "97.55"}, last=cut - (date(2026, 5, 2) - date(2026, 5, 1))),
        terms({"care": "100.00"}, first=cut),
    )
    lines, problems = earning_lines(month(*care(*days), dated=two), PROFILE)
    paid = list(itertools.chain.from_iterable(line.working.days for line in lines))
    assert sorted(paid) == sorted(date(2026, 5, day) for day in days)
    assert sum(line.amount for line in lines) == sum(
        Decimal("97.55") if date(2026, 5, day) < cut else Decimal("100.00") for day in days
    )
    assert problems == ()


def test_lines_are_values():
    (line,), _ = earning_lines(month(*care(8)), PROFILE)
    assert isinstance(line, Line)
    with pytest.raises(dataclasses.FrozenInstanceError):
        line.amount = Decimal(0)  # type: ignore[misc]
