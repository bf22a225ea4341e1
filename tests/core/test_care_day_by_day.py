"""A month of informal care, counted a second time: day by day, straight from the rules F4-F8, I1-I5 and L15-L18."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from palkkio.calculation.earnings import earning_lines
from palkkio.calculation.events import (
    AbsenceReason,
    CarerIll,
    DaysOff,
    Event,
    Notice,
    NoticeBy,
    RecipientAway,
    RecipientMovesOut,
    Terminated,
)
from palkkio.calculation.facts import CareTerms, OtherAbsence, RateFact, Terms
from palkkio.core.days import DateRange
from palkkio.rules import profile

from .care_facts import informal

GUIDE = profile("pietarsaari-2018")
RATES = {"I": Decimal("392.57"), "II": Decimal("530.91"), "III": Decimal("785.14")}
DAY = timedelta(days=1)
SOON = date(2018, 12, 31)

# Close together, so that what happens meets in one month; the month after January is February.
some_day = st.dates(date(2018, 1, 25), date(2018, 5, 10))


@st.composite
def spans(draw: st.DrawFn) -> DateRange:
    first = draw(some_day)
    return DateRange.of_days(first, draw(st.none() | st.dates(first, first + 60 * DAY)))


long_absences = st.builds(  # about the month that is paid
    lambda first, days: RecipientAway(DateRange.of_days(first, first + days * DAY), AbsenceReason.HEALTH),
    some_day,
    st.integers(27, 40),
)
events = st.lists(
    st.one_of(
        spans().map(CarerIll),
        st.builds(RecipientAway, spans(), st.sampled_from(AbsenceReason)),
        long_absences,
        long_absences,
        spans().map(DaysOff),
        st.builds(Notice, st.sampled_from(NoticeBy), some_day),
        some_day.map(RecipientMovesOut),
        some_day.map(Terminated),
    ),
    max_size=3,
).map(tuple)
plans = st.builds(
    CareTerms,
    fee_class=st.sampled_from(["I", "II", "III"]),
    otherwise=st.sampled_from(["I", "II"]),
    carer_income=st.sampled_from([(), (), ("pension",), ("studies", "other_regular")]),
    interval_care_days=st.sampled_from([0, 13, 14]).map(Decimal),
    other_services_hours=st.sampled_from(["0", "60", "60.5"]).map(Decimal),
)
lower_fees = st.sampled_from([None, None, None, "200.00", "450.00", "600.00"])
absences = st.sampled_from([None, 0, 5]).map(OtherAbsence)


@dataclass(frozen=True)
class Contract:
    days: DateRange
    terms: tuple[Terms, ...]


@st.composite
def contracts(draw: st.DrawFn) -> Contract:
    days = draw(st.just(DateRange(date(2018, 1, 1), None)) | spans())
    first, last = days.first, days.last
    assert first is not None
    cuts = sorted({first, *draw(st.lists(st.dates(first, last or SOON), max_size=2))})
    ends = [*(cut - DAY for cut in cuts[1:]), last]
    terms = []
    for start, end in zip(cuts, ends, strict=True):
        lower = draw(lower_fees)
        rates = {} if lower is None else {"lower_fee": RateFact(Decimal(lower))}
        terms.append(Terms(DateRange.of_days(start, end), rates, draw(plans), absence_other=draw(absences)))
    return Contract(days, tuple(terms))


# --- The second count ------------------------------------------------------------------------------------------------


def same_day_number(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_day(event: Event) -> date | None:
    match event:
        case Notice():
            return same_day_number(event.given_on, 2 if event.by is NoticeBy.COUNTY else 1)
        case RecipientMovesOut():
            return event.on.replace(day=monthrange(event.on.year, event.on.month)[1])
        case Terminated():
            return event.on
    return None


def stretches(ranges: Iterable[DateRange]) -> list[list[date]]:
    """Days without a break, whatever pieces they were told in."""
    days = {day for each in ranges for day in DateRange(each.start, each.end or SOON)}
    found: list[list[date]] = []
    for day in sorted(days):
        if not found or found[-1][-1] + DAY != day:
            found.append([])
        found[-1].append(day)
    return found


def unpaid(told: tuple[Event, ...], contract: Contract, count: str) -> set[date]:
    away = [event for event in told if isinstance(event, RecipientAway)]
    found: set[date] = set()
    for days in stretches(event.days for event in told if isinstance(event, CarerIll)):
        found |= set(days[7:])
    for days in stretches(event.days for event in away if event.reason is AbsenceReason.HEALTH):
        month = same_day_number(days[0], 1)
        last = {"statutory": month, "inclusive": month - DAY, "days_30": days[0] + 29 * DAY}[count]
        found |= {day for day in days if day > last}
    for days in stretches(event.days for event in away if event.reason is AbsenceReason.OTHER):
        for at, day in enumerate(days):
            terms = next((each for each in contract.terms if day in each.valid), None)
            agreed = None if terms is None or terms.absence_other is None else terms.absence_other.paid_days
            if agreed is not None and at >= agreed:
                found.add(day)
    return found


def fee_of(terms: Terms) -> tuple[Decimal, str]:
    """Fee of a full month, and whether it is the class's or a lower one asked for."""
    care = terms.care
    assert care is not None
    name = care.fee_class
    if name == "III" and care.carer_income:
        name = care.otherwise
    if name == "II" and (care.interval_care_days >= 14 or care.other_services_hours > 60):
        name = "I"
    lower = terms.rates.get("lower_fee")
    if lower is not None and lower.amount <= RATES[name]:
        return lower.amount, "lower"
    return RATES[name], "class"


def counted(month: DateRange, contract: Contract, told: tuple[Event, ...], count: str) -> Decimal:
    ends = [end for end in (*map(last_day, told), contract.days.last) if end is not None]
    stopped = unpaid(told, contract, count)
    paid: Counter[tuple[Decimal, str]] = Counter()
    for day in month:
        if day in contract.days and day <= min(ends, default=day) and day not in stopped:
            paid[fee_of(next(each for each in contract.terms if day in each.valid))] += 1
    cent = Decimal("0.01")
    amounts = ((fee * days / month.days).quantize(cent, ROUND_HALF_UP) for (fee, _), days in paid.items())
    return sum(amounts, Decimal(0))


@settings(deadline=None, max_examples=100)
@given(
    st.integers(2, 5).map(lambda month: DateRange.of_month(2018, month)),
    contracts(),
    events,
    st.sampled_from(["statutory", "inclusive", "days_30"]),
)
def test_a_month_is_worth_its_days_counted_one_by_one(
    month: DateRange, contract: Contract, told: tuple[Event, ...], count: str
) -> None:
    facts = informal(*told, terms=contract.terms, month=month, contract=contract.days)
    lines, _ = earning_lines(facts, GUIDE.with_overrides({"client_absence_count": count}))
    assert sum((line.amount for line in lines), Decimal(0)) == counted(month, contract, told, count)
