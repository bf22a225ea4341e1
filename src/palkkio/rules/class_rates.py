"""A payer's own amounts of the fee classes of informal care, dated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from palkkio.core.days import DateRange
from palkkio.rules.tags import Tag
from palkkio.rules.yaml import Faulty, dated, decimal, take

CLASSES = ("I", "II", "III")
LEGAL_MINIMUM = "legal_minimum"


@dataclass(frozen=True, slots=True)
class ClassRate:
    """What one class pays a month on some days.

    amount  EUR; None: the minimum of the law on the day
    """

    valid: DateRange
    amount: Decimal | None
    tag: str
    source: str


ClassRates = Mapping[str, tuple[ClassRate, ...]]


def class_rates_from(data: Any, where: str) -> dict[str, tuple[ClassRate, ...]]:
    """Rates by class from `class_rates` of a profile file. Raises Faulty, naming the class, for anything else."""
    take(data, where, needs=set(), may=set(CLASSES))
    rates = {}
    for name, rows in data.items():
        at = f"{where}: {name}"
        if not isinstance(rows, list):
            raise Faulty(f"{at}: expected a list of dated amounts")
        rates[str(name)] = check_no_overlap([_class_rate(row, at) for row in rows], at)
    return rates


def check_no_overlap(rows: Iterable[ClassRate], where: str) -> tuple[ClassRate, ...]:
    """`rows` as they are. Raises Faulty if two of them hold on one day."""
    listed = tuple(rows)
    for at, row in enumerate(listed):
        if any(row.valid.overlap(other.valid) for other in listed[:at]):
            raise Faulty(f"{where}: two amounts hold on one day, see {row.valid.first}")
    return listed


def _class_rate(row: Any, where: str) -> ClassRate:
    take(row, where, needs={"from", "value", "tag", "source", "read"}, may={"to"})
    first, last = dated(row["from"], where), dated(row["to"], where) if "to" in row else None
    if last is not None and last < first:
        raise Faulty(f"{where}: 'to' {last} is before 'from' {first}")
    dated(row["read"], where)
    try:
        tag = Tag(str(row["tag"]))
    except ValueError:
        raise Faulty(f"{where}: unknown tag {row['tag']}") from None
    amount = None if row["value"] == LEGAL_MINIMUM else decimal(row["value"], where)
    return ClassRate(DateRange.of_days(first, last), amount, tag, str(row["source"]))


def rate_on(rates: ClassRates, name: str, day: date) -> ClassRate | None:
    """What the class pays on `day`; None: the payer has said nothing for the day."""
    return next((row for row in rates.get(name, ()) if day in row.valid), None)
