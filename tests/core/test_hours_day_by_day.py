"""A month of an assistant in two halves, counted a second time: day by day, from the rules H1-H3, T2, T6 and W9-W10."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from palkkio.calculation.employment import PaidInMonth
from palkkio.calculation.facts import Around, Shift
from palkkio.calculation.pay import pay
from palkkio.core.clock import HELSINKI
from palkkio.core.days import DateRange, halves
from palkkio.core.payslip import PayResult

from .assistant_facts import ASSISTANT, WAGE_CARD, half_month, wages

DAY = timedelta(days=1)
HOURLY, LIMIT = Decimal("12.51"), Decimal("71.72")
OFF_IN_2026 = {  # public holidays of the agreement
    *(date(2026, 1, day) for day in (1, 6)),
    *(date(2026, 4, day) for day in (3, 6)),
    *(date(2026, 5, day) for day in (1, 14)),
    date(2026, 6, 19),
    *(date(2026, 12, day) for day in (24, 25)),
}
PERCENT = {"BASE_PAY": 100, "PUBLIC_HOLIDAY": 200, "PUBLIC_HOLIDAY_OFF": 100, "OVERTIME_50": 50, "OVERTIME_100": 100}
# Sunday, evening, night and Saturday supplements have a second count of their own, minute by minute.
COUNTED = frozenset(PERCENT)


@dataclass(frozen=True)
class Case:
    """Quarters of an hour worked: day -> (start, length); the next day begins free."""

    month: date
    worked: dict[date, tuple[int, int]]
    weekly_hours: int
    is_heta: bool
    accumulated: Decimal


def cents(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    month = date(2026, draw(st.sampled_from([1, 4, 5, 6, 11])), 1)
    days = [month - 7 * DAY + n * DAY for n in range(45)]
    kind = draw(st.sampled_from(["full weeks", "few hours", "any"]))
    chosen = set(draw(st.lists(st.sampled_from(days), unique=True, max_size=4 if kind == "few hours" else 8)))
    if kind == "full weeks":
        chosen = set(days) - chosen - (OFF_IN_2026 if draw(st.booleans()) else set())
    starts, lengths = {"full weeks": ((24, 36), (20, 46)), "few hours": ((32, 40), (4, 22)), "any": ((0, 95), (1, 60))}[
        kind
    ]
    length = st.tuples(st.integers(*starts), st.integers(*lengths))
    found: dict[date, tuple[int, int]] = {}
    free_from = datetime.combine(days[0], datetime.min.time())
    for day in sorted(chosen):
        start, long = draw(length)
        begins = datetime.combine(day, datetime.min.time()) + timedelta(minutes=15 * start)
        if begins >= free_from:
            found[day] = (start, long)
            free_from = begins + timedelta(minutes=15 * long)
    card = draw(st.sampled_from(["0.00", "19900.00", "19999.99", "20500.00"]))
    return Case(month, found, draw(st.sampled_from([40, 15, 0])), draw(st.booleans()), Decimal(card))


def quarters_by_day(case: Case, days: Sequence[date] | None = None) -> Counter[date]:
    """Quarters worked on each calendar day; `days` are those on which the shifts begin."""
    found: Counter[date] = Counter()
    for day, (start, length) in case.worked.items():
        if days is None or day in days:
            for quarter in range(start, start + length):
                found[day + quarter // 96 * DAY] += 1
    return found


def by_hand(case: Case, half: DateRange) -> dict[str, Decimal]:
    """Hours of each line of one half month."""
    days = list(half)
    worked = quarters_by_day(case)
    holidays = OFF_IN_2026 if case.is_heta else set()
    off = {day: 4 * Decimal(case.weekly_hours) / 5 for day in holidays if not worked[day]}
    found: dict[str, Decimal] = defaultdict(Decimal)
    for day, quarters in quarters_by_day(case, days).items():
        found["BASE_PAY"] += quarters
        found["PUBLIC_HOLIDAY"] += quarters if day in holidays else 0
    for day in days:
        above = max(worked[day] - 32, 0)
        found["OVERTIME_50"] += min(above, 8)
        found["OVERTIME_100"] += max(above - 8, 0)
        found["PUBLIC_HOLIDAY_OFF"] += off.get(day, 0)
        if day.weekday() == 6:
            week = [day - n * DAY for n in range(7)]
            regular = sum(min(worked[each], 32) for each in week)
            most = 160 - sum(off.get(each, Decimal(0)) for each in week)
            found["OVERTIME_50"] += max(regular - most, 0)
    return {code: quarters / 4 for code, quarters in found.items() if quarters}


def told(case: Case, half: DateRange, before: PayResult | None) -> PayResult:
    terms = replace(
        ASSISTANT,
        agreement="heta" if case.is_heta else "statute",
        weekly_hours=Decimal(case.weekly_hours),
    )
    shifts = {day: _shift(day, *times) for day, times in case.worked.items()}
    own = [shift for day, shift in shifts.items() if day in half]
    beside = tuple(shift for day, shift in shifts.items() if day not in half)
    month = half_month(own, half, terms=terms, around=Around(beside))
    accumulated = case.accumulated + (before.taxable if before is not None else 0)
    paid = (PaidInMonth(case.month, before.gross),) if before is not None else ()
    return pay(wages(month, tax_card=replace(WAGE_CARD, accumulated=accumulated), paid_in_month=paid))


def _shift(day: date, start: int, length: int) -> Shift:
    begins = datetime(day.year, day.month, day.day, tzinfo=HELSINKI) + timedelta(minutes=15 * start)
    return Shift(begins, begins + timedelta(minutes=15 * length))


@settings(max_examples=40)
@given(cases())
def test_hours_and_deductions_of_both_halves_are_those_counted_by_hand(case: Case) -> None:
    """PAY-6, PAY-7: public holidays worked and not, overtime of days and weeks, the limit of the month, the ceiling."""
    before: PayResult | None = None
    for half in halves(DateRange.month_of(case.month)):
        result = told(case, half, before)
        found = {str(line.code): line for line in result.lines if line.code in COUNTED}
        hours = by_hand(case, half)
        assert {code: line.quantity for code, line in found.items()} == hours
        for code, line in found.items():
            assert line.amount == cents(hours[code] * HOURLY * PERCENT[code] / 100)
        taken = {str(each.code): each.amount for each in result.deductions}
        room = max(Decimal("20000.00") - case.accumulated - (before.taxable if before is not None else 0), Decimal(0))
        below = min(result.gross, room)
        assert taken.get("WITHHOLDING", 0) == cents(below * 125 / 1000 + (result.gross - below) * 34 / 100)
        earlier = before.gross if before is not None else Decimal(0)
        borne = earlier if earlier >= LIMIT else Decimal(0)
        insured = earlier + result.gross - borne if earlier + result.gross >= LIMIT else Decimal(0)
        assert taken.get("PENSION", 0) == cents(insured * 73 / 1000)
        assert taken.get("UNEMPLOYMENT", 0) == cents(result.gross * 89 / 10000)
        assert result.net == result.gross - sum(taken.values())
        before = result
