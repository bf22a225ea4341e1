"""Django field for ranges of days: `core.DateRange` in Python, `daterange` in PostgreSQL."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, RangeOperators
from django.db.models import F, Func, Q, QuerySet, Value
from psycopg.types.range import Range

from palkkio.core.days import DateRange
from palkkio.organisations.asking import days_text


class DaysField(DateRangeField):
    """Range of days, half-open, never empty."""

    def from_db_value(self, value: Any, expression: object, connection: object) -> DateRange | None:
        days: DateRange | None = self.to_python(value)
        return days

    def to_python(self, value: Any) -> Any:
        if value is None or isinstance(value, DateRange):
            return value
        if isinstance(value, Range):
            return DateRange(value.lower, value.upper)
        return super().to_python(value)

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, DateRange):
            return Range(value.start, value.end, "[)")
        return super().get_prep_value(value)

    def value_to_string(self, obj: Any) -> str:
        days = self.value_from_object(obj)
        return "" if days is None else days_text(days)


def no_overlap(name: str, of: str, days: str = "valid", condition: Q | None = None) -> ExclusionConstraint:
    """Rows of one `of` (a foreign key) hold no day twice; needs no extension, since the key is written as a range."""
    same = Func(F(of), F(of), Value("[]"), function="int8range", output_field=BigIntegerRangeField())
    return ExclusionConstraint(
        name=name,
        expressions=[(same, RangeOperators.OVERLAPS), (F(days), RangeOperators.OVERLAPS)],
        condition=condition,
    )


def make_room(rows: QuerySet[Any], day: date) -> list[int]:
    """Dated rows give way to one from `day` on: what is in force ends the day before, what begins then or later goes.

    rows  of one timeline, dated by `valid`
    Returns those that were deleted.
    """
    deleted = []
    for row in rows.filter(valid__overlap=DateRange(day, None)):
        if row.valid.start is not None and row.valid.start >= day:
            deleted.append(row.pk)
            row.delete()
        else:
            row.valid = DateRange(row.valid.start, day)
            row.save(update_fields=["valid"])
    return deleted
