"""Rows of constant statements."""

from __future__ import annotations

from datetime import date

import pytest

from palkkio.core.days import DateRange
from palkkio.organisations.asking import days_of, days_or_none, numbers, rows_of


@pytest.mark.django_db
@pytest.mark.parametrize(
    "days",
    [
        DateRange(date(2026, 5, 1), date(2026, 6, 1)),
        DateRange(date(2026, 5, 1), None),
        DateRange(None, date(2026, 6, 1)),
        DateRange(None, None),
    ],
)
def test_days_are_read_as_postgresql_writes_them(days):
    [(text,)] = rows_of("SELECT daterange(%(first)s, %(end)s)::text", first=days.start, end=days.end)
    assert days_of(text) == days
    assert days_or_none(None) is None


@pytest.mark.django_db
@pytest.mark.parametrize(("ids", "found"), [([], []), ([2], [2]), ([3, 1], [1, 3])])
def test_many_numbers_are_one_parameter(ids, found):
    asked = rows_of("SELECT n FROM generate_series(1, 3) AS n WHERE n = ANY(%(ids)s::bigint[])", ids=numbers(ids))
    assert [n for (n,) in asked] == found
