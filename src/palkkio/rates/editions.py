"""Choices and official figures of an organisation as one frozen package: the facts of a payday name it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from hashlib import blake2b
from typing import Any, TypeVar

from django.db.models import QuerySet

from palkkio.core.days import DateRange
from palkkio.rates.models import HOLDS, Edition, OfficialFigure, PolicyChoice
from palkkio.rules import Choice, EnteredFigure, profile
from palkkio.rules.profiles import is_kept, keep
from palkkio.rules.tags import Tag

T = TypeVar("T")
Row = TypeVar("Row", PolicyChoice, OfficialFigure)
Content = dict[str, list[dict[str, Any]]]


def rows_in_force(organisation_id: int) -> tuple[list[PolicyChoice], list[OfficialFigure]]:
    """Approved rows that hold on some days. Two queries."""
    choices = PolicyChoice.objects.filter(HOLDS, organisation_id=organisation_id)
    figures = OfficialFigure.objects.filter(HOLDS, organisation_id=organisation_id)
    return _in_order(choices), _in_order(figures)


def _in_order(rows: QuerySet[Row]) -> list[Row]:
    return list(rows.select_related("series").order_by("series__key", "valid"))


def content_of(choices: Iterable[PolicyChoice], figures: Iterable[OfficialFigure]) -> Content:
    """Rows as JSON values, in an order of their own; empty where there are none."""
    found: Content = {}
    if chosen := [{"key": each.key, "value": each.value, **_ground(each)} for each in choices]:
        found["choices"] = chosen
    entered = [
        {"key": f"{each.file}/{column}" if column else each.file, "value": value, **_ground(each)}
        for each in figures
        for column, value in sorted(each.values.items())
    ]
    if entered:
        found["figures"] = entered
    return found


def name_of(base: str, content: Content) -> str:
    """The name that facts carry: that of the profile alone where nothing is decided, kept for this process."""
    if not content:
        return base
    name = f"{base}@{digest_of(content)}"
    if is_kept(name):
        return name
    decided: dict[str, list[Choice]] = defaultdict(list)
    for row in content.get("choices", ()):
        decided[row["key"]].append(Choice(row["value"], Tag.S, row["source"], _days(row)))
    figures: dict[str, list[EnteredFigure]] = defaultdict(list)
    for row in content.get("figures", ()):
        figures[row["key"]].append(EnteredFigure(_days(row), Decimal(row["value"]), row["source"]))
    return keep(replace(profile(base), name=name, decided=_tuples(decided), figures=_tuples(figures)))


def known(name: str, organisation_id: int) -> str:
    """A name that facts carry, kept for this process also where another one made it. Raises KeyError for an unknown."""
    base, _, digest = name.partition("@")
    if not digest or is_kept(name):
        return name
    content = Edition.objects.filter(organisation_id=organisation_id, digest=digest).values_list("content", flat=True)
    found = content.first()
    if found is None:
        raise KeyError(f"There is no edition {name}")
    return name_of(base, found)


def digest_of(content: Content) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return blake2b(text.encode(), digest_size=12).hexdigest()


def _ground(row: PolicyChoice | OfficialFigure) -> dict[str, Any]:
    valid: DateRange = row.valid
    return {"first": _iso(valid.first), "last": _iso(valid.last), "source": row.source}


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _days(row: Mapping[str, Any]) -> DateRange:
    first, last = row["first"], row["last"]
    return DateRange.of_days(first and date.fromisoformat(first), last and date.fromisoformat(last))


def _tuples(rows: Mapping[str, list[T]]) -> dict[str, tuple[T, ...]]:
    return {key: tuple(each) for key, each in rows.items()}
