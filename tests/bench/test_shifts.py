"""bin/bench shifts saves shifts through the view and says how long it took (issue 5, "how we will know")."""

from __future__ import annotations

import pytest

from bench import shifts

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]


def test_each_save_goes_through_and_is_timed() -> None:
    made = shifts.measure(40, 4, lambda said: None)
    assert [(one.what, len(one.taken)) for one in made] == [
        (shifts.SAVE, 4),
        (shifts.PAGE, 4),
        (shifts.CALENDAR, 4),
    ]
    said: list[str] = []
    shifts.report(made, said.append)
    assert "save a shift: p50" in said[0]
