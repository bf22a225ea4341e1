"""Why the gross changed since the last payslip."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from palkkio.calculation.compare import Cause, CauseKind, Slip, causes, totals
from palkkio.calculation.facts import MonthFacts, OneOff, Trip
from palkkio.calculation.pay import pay
from palkkio.core.days import DateRange

from .facts import APRIL, MAY, care, facts, month, terms

MARCH = DateRange.of_month(2026, 3)


def slip(*months: MonthFacts, one_offs: tuple[OneOff, ...] = ()) -> Slip:
    return Slip(months[0].month, pay(replace(facts(*months), one_offs=one_offs)).lines)


def april(*days: int, rate: str = "97.55", kilometres: int = 0) -> MonthFacts:
    rates = {"care": rate, "kilometre": "0.25"}
    trips = (Trip(date(2026, 4, 1), Decimal(kilometres)),) if kilometres else ()
    return month(*care(*days, month=APRIL), period=APRIL, rates=rates, trips=trips)


def may(*days: int, rate: str = "97.55", kilometres: int = 0) -> MonthFacts:
    rates = {"care": rate, "kilometre": "0.25"}
    trips = (Trip(date(2026, 5, 1), Decimal(kilometres)),) if kilometres else ()
    return month(*care(*days), rates=rates, trips=trips)


def test_nothing_changed_no_cause():
    """PAY-7."""
    assert causes(slip(may(8, 9)), slip(april(10, 11))) == ()
    assert causes(None, None) == ()


def test_more_days_are_the_cause():
    assert causes(slip(may(8, 9, 15)), slip(april(10, 11))) == (
        Cause(CauseKind.QUANTITY, Decimal("97.55"), "CARE_DAY", Decimal(1)),
    )


def test_another_rate_is_the_cause():
    assert causes(slip(may(8, 9, rate="100.00")), slip(april(10, 11))) == (
        Cause(CauseKind.RATE, Decimal("4.90"), "CARE_DAY"),
    )


def test_days_and_rate_share_the_change():
    """3 × 100.00 - 2 × 97.55 = 104.90: one day at the old rate, the rest is the new rate."""
    assert causes(slip(may(8, 9, 15, rate="100.00")), slip(april(10, 11))) == (
        Cause(CauseKind.QUANTITY, Decimal("97.55"), "CARE_DAY", Decimal(1)),
        Cause(CauseKind.RATE, Decimal("7.35"), "CARE_DAY"),
    )


def test_a_first_and_a_last_payslip_are_causes_of_their_own():
    assert causes(slip(may(8)), None) == (Cause(CauseKind.NEW, Decimal("97.55")),)
    assert causes(None, slip(april(10))) == (Cause(CauseKind.ENDED, Decimal("-97.55")),)


def test_a_correction_of_another_month_is_a_cause():
    march = month(*care(6, month=MARCH), period=MARCH)
    assert causes(slip(may(8), march), slip(april(10))) == (Cause(CauseKind.CORRECTION, Decimal("97.55")),)


def test_a_one_off_line_is_a_cause_once_it_comes_and_once_it_goes():
    with_line = slip(may(8), one_offs=(OneOff(Decimal("50.00"), "Interpreter", MAY),))
    assert causes(with_line, slip(april(10))) == (Cause(CauseKind.ONE_OFF, Decimal("50.00")),)
    assert causes(slip(april(10)), with_line) == (Cause(CauseKind.ONE_OFF, Decimal("-50.00")),)


def test_kilometres_are_told_apart_from_days():
    found = causes(slip(may(8, kilometres=84)), slip(april(10, kilometres=40)))
    assert found == (Cause(CauseKind.QUANTITY, Decimal("11.00"), "KILOMETRES", Decimal(44)),)


def test_the_run_adds_up_causes_and_counts_contracts():
    found = totals(
        [
            causes(slip(may(8, 9)), slip(april(10))),
            causes(slip(may(8, 9, 15)), slip(april(10))),
            causes(slip(may(8)), None),
            causes(None, slip(april(10, 11, 12, 13))),
        ]
    )
    assert [(total.kind, total.amount, total.contracts) for total in found] == [
        (CauseKind.ENDED, Decimal("-390.20"), 1),
        (CauseKind.QUANTITY, Decimal("292.65"), 2),
        (CauseKind.NEW, Decimal("97.55"), 1),
    ]


day_numbers = st.lists(st.integers(1, 30), unique=True, max_size=12)
rates = st.sampled_from(["97.55", "100.00", "0.00", "33.33"])


@given(day_numbers, day_numbers, rates, rates, rates, st.integers(0, 90), st.integers(0, 90))
def test_causes_add_up_to_the_change_in_gross(
    now: list[int], before: list[int], new: str, middle: str, old: str, km_now: int, km_before: int
):
    both = terms({"care": new}, last=date(2026, 5, 14)), terms({"care": middle}, first=date(2026, 5, 15))
    one = slip(month(*care(*now), dated=both), april(1, 2))
    other = slip(april(*before, rate=old, kilometres=km_before))
    assert sum(cause.amount for cause in causes(one, other)) == sum(line.amount for line in one.lines) - sum(
        line.amount for line in other.lines
    )
    third = slip(may(*now, rate=new, kilometres=km_now))
    assert sum(cause.amount for cause in causes(third, other)) == sum(line.amount for line in third.lines) - sum(
        line.amount for line in other.lines
    )
