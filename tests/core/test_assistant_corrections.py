"""Corrections of assistants' half months, and what is taken from them: what holds for any shifts and absences."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from palkkio.calculation.earnings import earning_lines
from palkkio.calculation.events import ChildIll, Event, FamilyLeave, HetaMember, Sick
from palkkio.calculation.facts import AssistantTerms, Distraint, MonthFacts, RateFact, Shift, TaxCard
from palkkio.calculation.pay import pay
from palkkio.core.clock import HELSINKI
from palkkio.core.days import DateRange
from palkkio.core.payslip import Line
from palkkio.core.problems import ProblemCode
from palkkio.rules import Profile, profile

from .assistant_facts import half_month, wages

# Before the agreement bound all, so that a membership told late changes the terms; with the May of 2025 in sight.
APRIL = DateRange.of_days(date(2025, 4, 16), date(2025, 4, 30))
PAYDAY = date(2025, 5, 15)
UNPAID: Profile = profile("default").with_overrides({"family_leave_paid_days": "0", "child_illness_paid_days": "3"})
spans = st.tuples(st.integers(-3, 14), st.integers(0, 9))


def days(span: tuple[int, int]) -> DateRange:
    first = APRIL.edges[0] + timedelta(days=span[0])
    return DateRange.of_days(first, first + timedelta(days=span[1]))


@st.composite
def halves(draw: st.DrawFn) -> MonthFacts:
    """A half month: a shift on some days, planned or worked, absences, a membership, one of three ways of counting."""
    shifts = []
    for number, day in enumerate(list(APRIL)[::2]):
        start, hours, kind = draw(st.tuples(st.integers(0, 20), st.integers(1, 11), st.integers(0, 3)))
        if kind:
            begins = datetime(day.year, day.month, day.day, start, tzinfo=HELSINKI)
            ends = min(begins + timedelta(hours=hours), begins.replace(hour=23, minute=59))
            shifts.append(Shift(begins, ends, f"1.{1 + number % 2}", is_scheduled=kind == 1))
    away = st.one_of(spans.map(lambda each: Sick(days(each))), spans.map(lambda each: ChildIll(days(each))))
    further = st.one_of(
        away, spans.map(lambda each: FamilyLeave(days(each))), spans.map(lambda each: HetaMember(days(each)))
    )
    events: list[Event] = draw(st.lists(further, max_size=3))
    hourly = RateFact(Decimal(draw(st.sampled_from(["12.51", "13.00", "13.07"]))))
    working_time = draw(st.sampled_from(["normal", "period_2_weeks", "equalised_2_weeks"]))
    terms = AssistantTerms(
        hourly=hourly, weekly_hours=Decimal(30), working_time=working_time, period_starts=date(2025, 4, 14)
    )
    return half_month(shifts, APRIL, terms=terms, events=tuple(events))


def corrected(now: MonthFacts, paid: tuple[Line, ...]) -> tuple[Line, ...]:
    """All that changes hands when the half month is computed anew: what is paid and what is claimed back."""
    result = pay(wages(now, paid_on=PAYDAY, profile=UNPAID, paid_before=paid))
    assert not result.is_held, result.problems
    return (*result.lines, *result.overpaid)


def worth(of: MonthFacts) -> Decimal:
    return sum((line.amount for line in earning_lines(of, UNPAID)[0]), Decimal(0))


@given(halves(), halves(), halves())
def test_paid_and_differences_are_the_half_month_from_scratch_and_nothing_is_left(
    first: MonthFacts, second: MonthFacts, third: MonthFacts
) -> None:
    """BEY-2, issue: paid + differences = computed from scratch; recomputing twice changes nothing."""
    paid = corrected(first, ())
    paid += corrected(second, paid)
    paid += corrected(third, paid)
    assert sum((line.amount for line in paid), Decimal(0)) == worth(third)
    assert corrected(third, paid) == ()


@given(halves(), st.randoms())
def test_the_order_of_shifts_and_events_does_not_matter(now: MonthFacts, dice: Random) -> None:
    shifts, events = list(now.shifts), list(now.events)
    dice.shuffle(shifts)
    dice.shuffle(events)
    turned = replace(now, shifts=tuple(shifts), events=tuple(events))

    def told(of: MonthFacts) -> list[tuple[str, Decimal, Decimal, Decimal]]:
        return sorted((line.code, line.of, line.quantity, line.amount) for line in corrected(of, ()))

    assert told(turned) == told(now)


@given(
    halves(),
    halves(),
    st.decimals(0, 100, places=1),
    st.decimals(0, 100, places=1),
    st.decimals(0, 800, places=2),
    st.one_of(st.none(), st.integers(0, 3)),
)
def test_the_net_is_never_negative_without_a_problem(
    before: MonthFacts,
    now: MonthFacts,
    tax: Decimal,
    dues: Decimal,
    recovery: Decimal,
    dependants: int | None,
) -> None:
    """PAY-9: whatever is taken, each payslip says in red what could not be."""
    facts = wages(
        now,
        paid_on=PAYDAY,
        profile=UNPAID,
        tax_card=TaxCard(tax, None, tax, date(2025, 1, 1), Decimal(0)),
        paid_before=earning_lines(before, UNPAID)[0],
        union_dues=dues,
        recovery=recovery,
        distraint=None if dependants is None else Distraint(dependants, is_half_month=True),
    )
    result = pay(facts)
    assert min(result.gross, result.taxable, result.pensionable) >= 0
    assert result.net == result.gross - sum((each.amount for each in result.deductions), Decimal(0))
    assert result.net >= 0 or any(problem.code is ProblemCode.NET_NEGATIVE for problem in result.problems)
    assert all(each.amount >= 0 for each in result.deductions)
    assert pay(facts) == result
