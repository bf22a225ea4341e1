"""Days of moments are those of Finland."""

from __future__ import annotations

from datetime import UTC, date, datetime

from palkkio.core.clock import HELSINKI, day_of


def test_a_moment_after_midnight_is_of_its_day_in_finland_however_it_is_kept() -> None:
    for evening in (datetime(2026, 6, 7, 21, 30, tzinfo=UTC), datetime(2026, 1, 7, 22, 30, tzinfo=UTC)):
        in_finland = evening.astimezone(HELSINKI)
        assert day_of(evening) == day_of(in_finland) == date(2026, evening.month, 8)
