"""What holds for all worked time of assistants, wherever it is cut and in whatever order it is told."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from palkkio.calculation.assistance.worked import HELSINKI
from palkkio.calculation.facts import Shift
from palkkio.core.payslip import LineCode

from .assistants import lines, period, seconds

MINUTE = timedelta(minutes=1)
# Half months with a change of the clocks, with public holidays, and a plain one.
HALVES = [
    (date(2026, 3, 16), date(2026, 3, 31)),
    (date(2026, 10, 16), date(2026, 10, 31)),
    (date(2026, 4, 1), date(2026, 4, 15)),
    (date(2026, 12, 16), date(2026, 12, 31)),
    (date(2026, 9, 1), date(2026, 9, 15)),
]
halves = st.sampled_from(HALVES)
ANCHOR = {"period_starts": date(2026, 1, 5)}
working_times = st.sampled_from(
    ["normal", "period_2_weeks", "period_3_weeks", "levelled_2_weeks", "equalised_2_weeks", "equalised_8_weeks"]
)


@st.composite
def worked(draw: st.DrawFn, first: date, last: date, most: int = 14) -> list[Shift]:
    """Shifts that begin in a period and do not overlap, in whole minutes that are hundredths of an hour."""
    at = datetime(first.year, first.month, first.day, tzinfo=HELSINKI).astimezone(UTC)
    end = datetime(last.year, last.month, last.day, 23, 30, tzinfo=HELSINKI).astimezone(UTC)
    shifts: list[Shift] = []
    for gap, length in draw(st.lists(st.tuples(st.integers(0, 800), st.integers(1, 260)), max_size=most)):
        start = at + 3 * gap * MINUTE
        if start > end:
            break
        at = start + 3 * length * MINUTE
        shifts.append(Shift(start, at))
    return shifts


@given(st.data(), halves, working_times, st.randoms())
def test_the_order_of_shifts_carries_no_meaning(data: st.DataObject, half, working_time: str, random):
    shifts = data.draw(worked(*half))
    shuffled = list(shifts)
    random.shuffle(shuffled)
    told = {"working_time": working_time, **ANCHOR}
    assert lines(period(*half, *shifts, **told)) == lines(period(*half, *shuffled, **told))


@given(st.data(), halves, working_times)
def test_a_shift_cut_at_any_minute_pays_the_same(data: st.DataObject, half, working_time: str):
    shifts = [each for each in data.draw(worked(*half)) if each.end - each.start > MINUTE]
    if not shifts:
        return
    one = data.draw(st.sampled_from(shifts))
    minutes = (one.end - one.start) // MINUTE
    cut = one.start + data.draw(st.integers(1, minutes - 1)) * MINUTE
    if cut.astimezone(HELSINKI).date() > half[1]:
        return  # the second part would begin in the next pay period
    rest = [each for each in shifts if each is not one]
    told = {"working_time": working_time, **ANCHOR}
    whole = period(*half, *shifts, **told)
    parts = period(*half, *rest, replace(one, end=cut), replace(one, start=cut), **told)
    assert lines(whole) == lines(parts)


@given(st.data(), st.sampled_from([2, 3, 4, 5, 10, 12]), working_times)
def test_two_pay_periods_add_up_to_the_whole_month(data: st.DataObject, month: int, working_time: str):
    """Neighbours are read and never paid: each hour and each hour of overtime is paid in one pay period."""
    first, middle = date(2026, month, 1), date(2026, month, 15)
    last = date(2026, month + 1, 1) - timedelta(days=1) if month < 12 else date(2026, 12, 31)
    shifts = data.draw(worked(first, last, most=24))
    told = {"working_time": working_time, **ANCHOR}
    one = tuple(each for each in shifts if each.start.astimezone(HELSINKI).date() <= middle)
    two = tuple(each for each in shifts if each not in one)
    halves = [
        period(first, middle, *one, around=two, **told),
        period(middle + timedelta(days=1), last, *two, around=one, **told),
    ]
    sums: Counter[object] = Counter()
    for half in halves:
        sums.update(seconds(half))
    assert dict(sums) == seconds(period(first, last, *shifts, **told))


@given(st.data(), halves)
def test_supplements_are_those_of_each_minute_by_the_clock_of_helsinki(data: st.DataObject, half):
    """L1, L7, H9: the same hours come out when every minute is looked at by itself."""
    shifts = data.draw(worked(*half, most=8))
    minutes: Counter[str] = Counter()
    holidays = {date(2026, 4, 3), date(2026, 4, 6), date(2026, 12, 24), date(2026, 12, 25), date(2027, 1, 1)}
    for shift in shifts:
        at = shift.start
        while at < shift.end:
            minutes.update(_of_minute(at.astimezone(HELSINKI), holidays))
            at += MINUTE
    paid = {line.code: line.quantity for line in lines(period(*half, *shifts))}
    for code in ("BASE_PAY", "EVENING", "NIGHT", "SATURDAY", "SUNDAY", "PUBLIC_HOLIDAY"):
        assert paid.get(code, Decimal(0)) == Decimal(minutes[code]) / 60


def _of_minute(at: datetime, holidays: set[date]) -> list[str]:
    found = ["BASE_PAY"]
    if 18 <= at.hour < 21:
        found.append("EVENING")
    if at.hour >= 21 or at.hour < 6:
        found.append("NIGHT")
    is_church_saturday = at.date() in {date(2026, 12, 26), date(2026, 10, 31)}
    if at.date() in holidays:
        return [*found, "PUBLIC_HOLIDAY"]
    if at.weekday() == 6 or (at.weekday() == 5 and at.hour >= 21) or is_church_saturday:
        found.append("SUNDAY")
    if at.weekday() == 5 and 6 <= at.hour < 21:
        found.append("SATURDAY")
    return found


@given(st.data(), halves, working_times)
def test_overtime_is_never_more_than_what_was_worked(data: st.DataObject, half, working_time: str):
    shifts = data.draw(worked(*half, most=30))
    paid = Counter[str]()
    is_equalised = working_time.startswith("equalised")  # other periods begin with the half month
    for line in lines(period(*half, *shifts, working_time=working_time, **(ANCHOR if is_equalised else {}))):
        paid[line.code] += line.quantity
    over = paid[LineCode.OVERTIME_50] + paid[LineCode.OVERTIME_100]
    assert over <= paid[LineCode.BASE_PAY]
    if working_time.startswith("period"):
        assert paid[LineCode.OVERTIME_50] <= 18
