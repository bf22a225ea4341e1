"""Properties of the cutting of agreed and decided rates; no database."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from palkkio.calculation.facts import RateFact
from palkkio.contracts.timelines import Timelines, cut_rates
from palkkio.core.days import Dated, DateRange

START = date(2026, 1, 1)
CODES = ("care", "training")
CLASSES = ("", "I", "II")


@st.composite
def timeline(draw: st.DrawFn) -> list[Dated[RateFact]]:
    """Rates that do not overlap, with gaps, the last one perhaps open."""
    edges = sorted(draw(st.sets(st.integers(-20, 80), max_size=8)))
    found = []
    for start, end in zip(edges[::2], edges[1::2], strict=False):
        valid = DateRange(START + timedelta(days=start), START + timedelta(days=end))
        found.append(Dated(valid, RateFact(Decimal(draw(st.integers(1, 999))), valid=valid)))
    if found and draw(st.booleans()):
        last = found[-1]
        found[-1] = Dated(DateRange(last.valid.start, None), last.value)
    return found


all_timelines = st.dictionaries(st.tuples(st.sampled_from(CODES), st.sampled_from(CLASSES)), timeline())
spans = st.tuples(st.integers(0, 60), st.integers(1, 60)).map(
    lambda pair: DateRange(START + timedelta(days=pair[0]), START + timedelta(days=sum(pair)))
)


def paid_on(timelines: Timelines, code: str, fee_class: str, day: date) -> RateFact | None:
    """The same question asked of one day, without any cutting."""
    own = timelines.get((code, fee_class))
    for rate in timelines.get((code, ""), []) if own is None else own:
        if day in rate.valid:
            return rate.value
    return None


@given(all_timelines, st.sampled_from(CLASSES), st.frozensets(st.sampled_from(CODES)), spans)
def test_each_day_has_the_rate_that_was_decided_for_it(
    timelines: Timelines, fee_class: str, agreed: frozenset[str], span: DateRange
) -> None:
    pieces = cut_rates(timelines, fee_class, agreed, span)

    for piece in pieces:
        for day in piece.valid:
            for code in CODES:
                expected = None if code in agreed else paid_on(timelines, code, fee_class, day)
                assert piece.value.get(code) == expected, (code, day)


@given(all_timelines, st.sampled_from(CLASSES), spans)
def test_the_pieces_are_the_span_without_gap_or_overlap_and_neighbours_differ(
    timelines: Timelines, fee_class: str, span: DateRange
) -> None:
    pieces = cut_rates(timelines, fee_class, frozenset(), span)

    assert [day for piece in pieces for day in piece.valid] == list(span)
    for before, after in itertools.pairwise(pieces):
        assert before.value != after.value


def test_a_class_that_has_been_decided_is_never_paid_by_the_rate_without_a_class() -> None:
    """PAY-13"""
    plain = RateFact(Decimal(90), valid=DateRange(START, None))
    timelines: Timelines = {("care", ""): [Dated(DateRange(START, None), plain)], ("care", "II"): []}

    assert [piece.value for piece in cut_rates(timelines, "II", frozenset(), DateRange.of_month(2026, 1))] == [{}]
    [other] = cut_rates(timelines, "I", frozenset(), DateRange.of_month(2026, 1))
    assert other.value == {"care": plain}
