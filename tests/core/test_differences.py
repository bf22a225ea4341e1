"""Differences per original period (BEY-2)."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from palkkio.calculation.differences import differences
from palkkio.calculation.earnings import earning_lines
from palkkio.calculation.facts import Entry, MonthFacts, Trip
from palkkio.core.payslip import DayType, Line

from .facts import APRIL, MAY, care, entries, facts, month

RATES = {"care": "97.55", "cancelled": "48.78", "hour": "18.35", "kilometre": "0.55"}


def lines(facts_of_month: MonthFacts) -> tuple[Line, ...]:
    return earning_lines(facts_of_month, "western-uusimaa")[0]


def short(made: tuple[Line, ...]) -> list[tuple[str, str, str]]:
    return [(line.code, f"{line.quantity:f}", f"{line.amount:f}") for line in made]


def test_equal_lines_vanish():
    now = lines(month(*care(8, 9)))
    assert differences(now, now) == ()


def test_a_month_that_was_never_paid_is_paid_whole():
    now = lines(month(*care(8, 9)))
    assert differences(now, ()) == now


def test_one_more_day_is_one_day_of_difference_with_its_day():
    made = differences(lines(month(*care(8, 9, 15))), lines(month(*care(8, 9))))
    assert short(made) == [("CARE_DAY", "1", "97.55")]
    assert made[0].working.days == (date(2026, 5, 15),)
    assert made[0].working.inputs[-2:] == (("amount_now", "292.65"), ("amount_before", "195.10"))


def test_a_day_less_is_a_negative_line_with_its_day():
    (line,) = differences(lines(month(*care(8))), lines(month(*care(8, 9))))
    assert short((line,)) == [("CARE_DAY", "-1", "-97.55")]
    assert line.working.days == (date(2026, 5, 9),)


def test_another_day_type_takes_one_back_and_pays_the_other():
    now = lines(month(*care(8), *entries(DayType.CANCELLED, 9), rates=RATES))
    assert short(differences(now, lines(month(*care(8, 9), rates=RATES)))) == [
        ("CARE_DAY", "-1", "-97.55"),
        ("CANCELLED_DAY", "1", "48.78"),
    ]


def test_another_rate_takes_the_old_back_and_pays_the_new():
    now = lines(month(*care(8, 9), rates={"care": "100.00"}))
    assert short(differences(now, lines(month(*care(8, 9))))) == [
        ("CARE_DAY", "2", "200.00"),
        ("CARE_DAY", "-2", "-195.10"),
    ]


def test_a_month_of_which_nothing_is_left_is_taken_back_whole():
    assert short(differences((), lines(month(*care(8, 9))))) == [("CARE_DAY", "-2", "-195.10")]


def test_a_correction_of_a_correction_counts_all_that_was_paid():
    first = lines(month(*care(8, 9)))
    second = differences(lines(month(*care(8, 9, 15))), first)
    third = differences(lines(month(*care(15))), (*first, *second))
    assert short(third) == [("CARE_DAY", "-2", "-195.10")]
    assert third[0].working.days == (date(2026, 5, 8), date(2026, 5, 9))


def test_months_do_not_mix():
    april = month(*care(8, month=APRIL), period=APRIL)
    now = (*lines(month(*care(8))), *lines(april))
    assert differences(now, lines(april)) == lines(month(*care(8)))


def test_receipts_are_one_signed_sum():
    def receipts(*amounts: str) -> tuple[Line, ...]:
        return lines(
            month(rates={}, trips=tuple(Trip(date(2026, 5, 8), Decimal(0), expense=Decimal(each)) for each in amounts))
        )

    (line,) = differences(receipts("6.80", "3.40"), receipts("6.80"))
    assert (line.code, line.quantity, line.of, line.amount) == ("TRIP_EXPENSE", 1, Decimal("3.40"), Decimal("3.40"))


def test_one_off_lines_of_before_are_not_taken_back():
    """PAY-11: they are paid once, whatever the month becomes."""
    from dataclasses import replace

    from palkkio.calculation.facts import OneOff
    from palkkio.calculation.pay import pay

    paid = pay(replace(facts(month(*care(8))), one_offs=(OneOff(Decimal("50.00"), "Interpreter", MAY),))).lines
    assert differences(lines(month(*care(8))), paid) == ()


quarter_hours = st.integers(1, 60).map(lambda quarters: Decimal(quarters) / 4)
sheets = st.dictionaries(
    st.integers(1, 31),
    st.sampled_from([DayType.CARE, DayType.CANCELLED, DayType.CANCELLED_UNPAID, DayType.HOURS]),
    max_size=10,
).flatmap(
    lambda days: st.tuples(
        st.just(days), st.lists(quarter_hours, min_size=10, max_size=10), st.lists(st.integers(1, 60), max_size=2)
    )
)


def sheet(drawn: tuple[dict[int, DayType], list[Decimal], list[int]]) -> MonthFacts:
    days, hours, kilometres = drawn
    entered = [
        Entry(date(2026, 5, day), day_type, count if day_type is DayType.HOURS else Decimal(1))
        for (day, day_type), count in zip(days.items(), hours, strict=False)
    ]
    trips = tuple(Trip(date(2026, 5, at), Decimal(each)) for at, each in enumerate(kilometres, start=1))
    return month(*entered, rates=RATES, trips=trips)


@given(st.lists(sheets, min_size=1, max_size=4))
def test_all_payments_of_a_month_add_up_to_what_it_is_worth_now(versions: list):
    paid: tuple[Line, ...] = ()
    for version in versions:
        paid = (*paid, *differences(lines(sheet(version)), paid))
        now = lines(sheet(version))
        assert sum(line.amount for line in paid) == sum(line.amount for line in now)
        assert differences(now, paid) == ()
        for code in {line.code for line in (*paid, *now)}:
            taken = sum(line.quantity for line in paid if line.code == code)
            assert taken == sum(line.quantity for line in now if line.code == code)
