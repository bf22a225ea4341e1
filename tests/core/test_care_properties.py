"""What holds for every month of a care fee, wherever it is cut and in whatever order it is told."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from palkkio.calculation.differences import differences
from palkkio.calculation.earnings import earning_lines
from palkkio.calculation.events import AbsenceReason, CarerIll, DaysOff, Event, RecipientAway, Terminated
from palkkio.calculation.facts import CareTerms, OtherAbsence, Payee, PayFacts, RateFact, TaxCard, Terms
from palkkio.calculation.pay import pay
from palkkio.core.days import DateRange
from palkkio.core.payslip import Line
from palkkio.core.problems import ProblemCode
from palkkio.rules import profile

from .care_facts import ALWAYS, family, informal

FIRST = date(2017, 12, 1)
GUIDE = profile("pietarsaari-2018")
PAYDAY = date(2018, 12, 31)

months = st.integers(1, 12).map(lambda month: DateRange.of_month(2018, month))
conventions = st.sampled_from(["actual_days", "fixed_30", "full_month"])
counts = st.sampled_from(["statutory", "inclusive", "days_30"])
some_day = st.dates(FIRST, date(2018, 12, 31))


@st.composite
def spans(draw: st.DrawFn) -> DateRange:
    first = draw(some_day)
    return DateRange.of_days(first, draw(st.none() | st.dates(first, first + timedelta(days=60))))


events = st.lists(
    st.one_of(
        spans().map(CarerIll),
        spans().map(lambda days: RecipientAway(days, AbsenceReason.HEALTH)),
        spans().map(lambda days: RecipientAway(days, AbsenceReason.OTHER)),
        spans().map(DaysOff),
        some_day.map(Terminated),
    ),
    max_size=4,
).map(tuple)
classes = st.sampled_from(["I", "II"])


def choices(convention: str, count: str = "statutory", *, is_summed: bool = False):
    overrides = {
        "proration": convention,
        "client_absence_count": count,
        "sum_absences": "yes" if is_summed else "no",
    }
    return GUIDE.with_overrides(overrides)


def terms(fee_class: str, valid: DateRange = ALWAYS) -> Terms:
    return Terms(valid, {}, CareTerms(fee_class), absence_other=OtherAbsence(3))


def halves(whole: DateRange, at: date) -> list[DateRange]:
    """The range cut before a day, or whole where the day does not lie inside."""
    if whole.start is not None and whole.start < at and (whole.end is None or at < whole.end):
        return [DateRange(whole.start, at), DateRange(at, whole.end)]
    return [whole]


def worth(lines: tuple[Line, ...]) -> dict[tuple[str, Decimal], Decimal]:
    sums: dict[tuple[str, Decimal], Decimal] = defaultdict(Decimal)
    for line in lines:
        sums[line.code, line.of] += line.amount
    return {key: amount for key, amount in sums.items() if amount}


@given(months, events, conventions, classes, some_day)
def test_any_cut_of_the_terms_gives_the_same_lines(
    month: DateRange, told: tuple[Event, ...], convention: str, fee_class: str, at: date
):
    whole = informal(*told, terms=(terms(fee_class),), month=month)
    parts = tuple(terms(fee_class, valid) for valid in halves(ALWAYS, at))
    cut = replace(whole, terms=parts)
    own = choices(convention)
    assert worth(earning_lines(cut, own)[0]) == worth(earning_lines(whole, own)[0])


@given(months, spans(), conventions, counts, st.booleans(), some_day)
def test_an_absence_told_in_two_parts_is_one_absence(
    month: DateRange, absence: DateRange, convention: str, count: str, is_summed: bool, at: date
):
    own = choices(convention, count, is_summed=is_summed)
    for make in (CarerIll, lambda days: RecipientAway(days, AbsenceReason.HEALTH)):
        whole = informal(make(absence), terms=(terms("I"),), month=month)
        parts = informal(*(make(days) for days in halves(absence, at)), terms=(terms("I"),), month=month)
        assert earning_lines(parts, own) == earning_lines(whole, own)


@given(months, events, conventions, counts, st.booleans(), some_day, st.randoms())
def test_the_order_in_which_things_are_told_carries_no_meaning(
    month: DateRange, told: tuple[Event, ...], convention: str, count: str, is_summed: bool, at: date, random: object
):
    listed = [terms("I" if at > date(2018, 6, 1) else "II", valid) for valid in halves(ALWAYS, at)]
    facts = informal(*told, terms=tuple(listed), month=month)
    shuffled, others = list(told), list(listed)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    random.shuffle(others)  # type: ignore[attr-defined]
    own = choices(convention, count, is_summed=is_summed)
    again = replace(facts, events=tuple(shuffled), terms=tuple(others))
    assert earning_lines(again, own)[0] == earning_lines(facts, own)[0]


@given(months, events, conventions, classes)
def test_a_month_is_worth_between_nothing_and_the_full_fee(
    month: DateRange, told: tuple[Event, ...], convention: str, fee_class: str
):
    lines, _ = earning_lines(informal(*told, terms=(terms(fee_class),), month=month), choices(convention))
    full = Decimal("392.57") if fee_class == "I" else Decimal("530.91")
    assert 0 <= sum(line.amount for line in lines) <= full
    for line in lines:
        assert line.amount == (line.quantity * line.of / line.per).quantize(Decimal("0.01"), "ROUND_HALF_UP")
        assert all(day in month for day in line.working.days)


@given(months, conventions, st.dates(date(2018, 1, 1), date(2018, 12, 31)))
def test_a_month_without_interruptions_is_the_full_fee_however_many_terms_it_has(
    month: DateRange, convention: str, at: date
):
    facts = informal(terms=tuple(terms("I", valid) for valid in halves(ALWAYS, at)), month=month)
    (line,), _ = earning_lines(facts, choices(convention))
    assert line.amount == Decimal("392.57")


@given(months, events, events, conventions, classes, classes)
def test_what_was_paid_and_the_differences_are_what_the_month_is_worth_now(
    month: DateRange, before: tuple[Event, ...], now: tuple[Event, ...], convention: str, one: str, other: str
):
    """BEY-2."""
    own = choices(convention)
    old, _ = earning_lines(informal(*before, terms=(terms(one),), month=month), own)
    new, _ = earning_lines(informal(*now, terms=(terms(other),), month=month), own)
    changed = differences(new, old)
    assert worth((*old, *changed)) == worth(new)
    assert differences(new, (*old, *changed)) == ()


@settings(deadline=None)
@given(
    months,
    events,
    st.decimals(0, 100, places=1),
    st.decimals(0, 100, places=1),
    st.decimals(0, 2000, places=2),
    st.integers(1, 3),
    events,
)
def test_the_net_is_never_negative_without_a_problem(
    month: DateRange,
    told: tuple[Event, ...],
    tax: Decimal,
    dues: Decimal,
    recovery: Decimal,
    clients: int,
    before: tuple[Event, ...],
):
    rates = {"monthly_fee": RateFact(Decimal("966.35")), "expense_allowance": RateFact(Decimal("500.00"))}
    agreed = Terms(ALWAYS, rates, clients=clients, absence_other=OtherAbsence(0))
    facts = PayFacts(
        paid_on=PAYDAY,
        payee=Payee(date(1970, 1, 15)),
        months=(family(*told, terms=(agreed,), month=month),),
        tax_card=TaxCard(tax, None, tax, date(2018, 1, 1), Decimal(0)),
        profile="default",
        paid_before=earning_lines(family(*before, terms=(agreed,), month=month), "default")[0],
        union_dues=dues,
        recovery=recovery,
    )
    result = pay(facts)
    assert result.gross >= 0
    assert result.taxable >= 0
    assert result.pensionable >= 0
    assert result.net >= 0 or any(problem.code is ProblemCode.NET_NEGATIVE for problem in result.problems)
    assert pay(facts) == result
