"""Corrections by differences (BEY-2): what holds for any late facts."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from palkkio.calculation.changes import changed_facts
from palkkio.calculation.earnings import earning_lines
from palkkio.calculation.facts import Entry, MonthFacts, PayFacts, RateFact, Terms, Trip
from palkkio.calculation.pay import pay
from palkkio.core.days import DateRange
from palkkio.core.payslip import ChangedKind, DayType, Line

from .facts import care, facts, month

PROFILE = "western-uusimaa"
FIRST = date(2026, 5, 1)
rates = st.sampled_from(["90.00", "97.55", "100.55", "33.33"])
types = st.sampled_from([DayType.CARE, DayType.TRAINING, DayType.CANCELLED_UNPAID])


@st.composite
def months(draw: st.DrawFn) -> MonthFacts:
    """A month of substitute care: one or two pieces of terms, days of some types, trips."""
    days = draw(st.dictionaries(st.integers(1, 31), types, max_size=20))
    entries = tuple(Entry(date(2026, 5, day), kind) for day, kind in days.items())
    cut = draw(st.integers(2, 31))
    pieces = []
    for start, end in ((1, cut), (cut, 32)):
        amounts = {"care": draw(rates), "training": draw(rates), "kilometre": "0.40"}
        pieces.append(
            Terms(
                DateRange(date(2026, 5, 1) + timedelta(days=start - 1), date(2026, 5, 1) + timedelta(days=end - 1)),
                {key: RateFact(Decimal(amount)) for key, amount in amounts.items()},
            )
        )
    trips = tuple(
        Trip(date(2026, 5, draw(st.integers(1, 31))), Decimal(draw(st.integers(1, 60))))
        for _ in range(draw(st.integers(0, 3)))
    )
    return replace(month(), entries=entries, terms=tuple(pieces), trips=trips)


def worth(of: MonthFacts) -> Decimal:
    lines, _ = earning_lines(of, PROFILE)
    return sum((line.amount for line in lines), Decimal(0))


def corrected(now: MonthFacts, before: MonthFacts | None, paid: tuple[Line, ...]) -> tuple[Line, ...]:
    """All that changes hands when a month is computed anew: what is paid and what is claimed back."""
    base: PayFacts = facts(now)
    result = pay(replace(base, paid_before=paid, months_before=() if before is None else (before,), profile=PROFILE))
    return (*result.lines, *result.overpaid)


@given(months(), months(), months())
def test_paid_and_differences_add_up_to_the_month_computed_from_scratch(
    first: MonthFacts, second: MonthFacts, third: MonthFacts
) -> None:
    paid = corrected(first, None, ())
    paid += corrected(second, first, paid)
    paid += corrected(third, second, paid)
    assert sum((line.amount for line in paid), Decimal(0)) == worth(third)
    assert corrected(third, third, paid) == ()  # recomputing changes nothing


@given(months(), months(), st.randoms())
def test_the_order_of_facts_does_not_matter(before: MonthFacts, now: MonthFacts, dice: object) -> None:
    entries, trips, terms = list(now.entries), list(now.trips), list(now.terms)
    for each in (entries, trips, terms):
        dice.shuffle(each)  # type: ignore[attr-defined]
    turned = replace(now, entries=tuple(entries), trips=tuple(trips), terms=tuple(terms))
    paid = corrected(before, None, ())
    one = sorted((line.code, line.of, line.quantity, line.amount) for line in corrected(now, before, paid))
    other = sorted((line.code, line.of, line.quantity, line.amount) for line in corrected(turned, before, paid))
    assert one == other
    assert changed_facts(before, now) == changed_facts(before, turned)
    assert changed_facts(now, turned) == ()


@given(months(), months())
def test_every_difference_has_a_cause_with_its_days(before: MonthFacts, now: MonthFacts) -> None:
    for line in corrected(now, before, corrected(before, None, ())):
        assert line.working.causes
        for cause in line.working.causes:
            assert cause.kind in {ChangedKind.ENTRY, ChangedKind.RATE, ChangedKind.TRIP}
            assert cause.days is not None
            assert cause.days.overlap(now.month) == cause.days


def test_a_changed_rate_is_named_with_its_days_and_amounts() -> None:
    before = month(*care(1, 2, 3), rates={"care": "97.55"})
    (terms,) = before.terms
    later = date(2026, 5, 10)
    now = replace(
        before,
        terms=(
            replace(terms, valid=DateRange(FIRST, later)),
            replace(terms, valid=DateRange(later, date(2026, 6, 1)), rates={"care": RateFact(Decimal("100.00"))}),
        ),
    )
    (change,) = changed_facts(replace(before, terms=(replace(terms, valid=before.month),)), now)
    assert (change.kind, change.what, change.before, change.now) == (ChangedKind.RATE, "care", "97.55", "100")
    assert change.days == DateRange(later, date(2026, 6, 1))


def test_an_official_figure_that_changed_is_the_cause_where_no_fact_has() -> None:
    paid_otherwise = tuple(
        replace(line, of=Decimal("90.00"), amount=line.quantity * Decimal("90.00"))
        for line in earning_lines(month(*care(1, 2)), PROFILE)[0]
    )
    now = month(*care(1, 2))
    causes = {cause for line in corrected(now, now, paid_otherwise) for cause in line.working.causes}
    assert {cause.kind for cause in causes} == {ChangedKind.FIGURE}
