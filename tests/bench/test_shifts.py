"""bin/bench shifts saves shifts through the view and says how long it took."""

from __future__ import annotations

import pytest

from bench import shifts

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]


def test_each_save_goes_through_and_is_timed_with_few_and_with_many_employments() -> None:
    few, many = shifts.compare(40, 4, lambda said: None)
    for made in (few, many):
        assert [(one.what, len(one.taken)) for one in made] == [
            (shifts.SAVE, 4),
            (shifts.PAGE, 4),
            (shifts.CALENDAR, 4),
        ]
    said: list[str] = []
    shifts.report(few, many, said.append)
    assert "save a shift: p50" in said[0]
    assert "nearly empty database p50 x " in said[0]


def test_a_save_that_takes_too_long_fails_the_bench() -> None:
    quick, slow = (shifts.Times(shifts.SAVE, [each] * 20, [1.0] * 20) for each in (20.0, 151.0))
    assert shifts.report([quick], [quick], lambda said: None)
    assert not shifts.report([quick], [slow], lambda said: None)
