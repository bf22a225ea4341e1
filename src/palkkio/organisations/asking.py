"""Rows of constant statements: how thousands of rows are read where Django's objects would cost more than the rows.

Ranges of days and JSON are asked for as text (`valid::text`, `facts::text`) and read here: equal texts are read once.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connection

from palkkio.core.days import DateRange


def rows_of(statement: str, **parameters: Any) -> list[tuple[Any, ...]]:
    """All rows of a SELECT; its parameters by name."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def numbers(ids: Iterable[int]) -> str:
    """Whole numbers as PostgreSQL writes an array, for `= ANY(%(ids)s::bigint[])`: the driver would look at each."""
    return f"{{{','.join(map(str, ids))}}}"


@lru_cache(maxsize=4096)
def days_of(text: str) -> DateRange:
    """The value of a `daterange` as PostgreSQL writes it: [2026-05-01,2026-06-01), open edges left out."""
    start, end = text[1:-1].split(",")
    return DateRange(date.fromisoformat(start) if start else None, date.fromisoformat(end) if end else None)


@lru_cache(maxsize=4096)
def days_text(days: DateRange) -> str:
    """As `days_of` reads it."""
    return f"[{days.start or ''},{days.end or ''})"


def days_or_none(text: str | None) -> DateRange | None:
    return None if text is None else days_of(text)
