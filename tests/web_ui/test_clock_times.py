"""Clock times of a shift as moments, on ordinary nights and on the two on which clocks change (EMP-1)."""

from __future__ import annotations

from datetime import date, time

import pytest

from palkkio.core.clock import HELSINKI
from palkkio.web.clock_times import ClockTimesForm

FORWARD, BACK = date(2026, 3, 29), date(2026, 10, 25)  # clocks change at 3 and at 4 in the morning


def span(day: date, begins: time, ends: time, **folds: str) -> tuple[ClockTimesForm, tuple[str, str] | None]:
    form = ClockTimesForm(folds)
    form.is_valid()
    found = form.span(day, begins, ends, fields=("start_fold", "end_fold"))
    if found is None:
        return form, None
    first, last = (f"{each.astimezone(HELSINKI):%d.%m. %H.%M%z}" for each in found)
    return form, (first, last)


@pytest.mark.parametrize(
    ("day", "begins", "ends", "folds", "expected"),
    [
        (date(2026, 6, 8), time(22), time(3, 30), {}, ("08.06. 22.00+0300", "09.06. 03.30+0300")),
        # An evening shift that ends on the morning after is asked nothing of the night before.
        (FORWARD, time(22), time(3, 30), {}, ("29.03. 22.00+0300", "30.03. 03.30+0300")),
        (BACK, time(22), time(3, 30), {}, ("25.10. 22.00+0200", "26.10. 03.30+0200")),
        (BACK, time(1), time(3, 30), {"end_fold": "1"}, ("25.10. 01.00+0300", "25.10. 03.30+0200")),
        # Inside the doubled hour the clock may show an earlier time at the end.
        (
            BACK,
            time(3, 30),
            time(3, 10),
            {"start_fold": "0", "end_fold": "1"},
            ("25.10. 03.30+0300", "25.10. 03.10+0200"),
        ),
        (BACK, time(3, 30), time(1), {"start_fold": "1"}, ("25.10. 03.30+0200", "26.10. 01.00+0200")),
    ],
)
def test_the_wall_clock_decides_on_which_day_a_shift_ends(
    day: date, begins: time, ends: time, folds: dict[str, str], expected: tuple[str, str]
) -> None:
    form, found = span(day, begins, ends, **folds)
    assert found == expected
    assert form.errors == {}


def test_a_time_that_does_not_exist_is_refused_and_one_shown_twice_is_asked() -> None:
    jumped, none = span(FORWARD, time(1), time(3, 30))
    assert (none, list(jumped.errors)) == (None, ["end_fold"])
    asked, none = span(BACK, time(1), time(3, 30))
    assert (none, asked.asks_start, asked.asks_end) == (None, False, True)
