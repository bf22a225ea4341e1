"""Facts and results read back from JSON, exactly: a payslip keeps what it was computed from."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache, lru_cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from palkkio.calculation.facts import MonthFacts, PayFacts
from palkkio.calculation.frozen_text import PAID, to_json
from palkkio.core.days import DateRange
from palkkio.core.payslip import (
    ChangedFact,
    Deduction,
    Line,
    LineCode,
    PaidDeduction,
    PaidLine,
    PaidSums,
    PayResult,
    Working,
)
from palkkio.core.problems import Problem

__all__ = ["from_json", "is_without_working", "sums_from_json", "to_json"]

_ROOTS: Mapping[str, type] = {
    **{each.__name__: each for each in (PayFacts, PayResult, MonthFacts, Line, Deduction, Problem, ChangedFact)},
    PAID: PayResult,
}

_REPORTED_BY_DAY = frozenset({LineCode.SICK_PAY.value, LineCode.LEAVE_PAY.value})


def is_without_working(data: Mapping[str, Any]) -> bool:
    """True for a frozen result that says what was paid alone; results of earlier runs have their working."""
    return bool(data["type"] == PAID)


def from_json(data: Mapping[str, Any]) -> Any:
    """The value that `to_json` wrote. Raises ValueError if it is none of ours."""
    root = _ROOTS.get(data.get("type", ""))
    if root is None:
        raise ValueError(f"Not a frozen value of the calculation: {data.get('type')!r}")
    return _decoder(root)(data)


def sums_from_json(data: Mapping[str, Any]) -> PaidSums:
    """A frozen result without its working but for the names of rules and the days of absences.

    Enough to add up and to report, and many times faster than `from_json`.
    """
    return PaidSums(
        tuple([_paid_line(each) for each in data.get("lines", ())]),
        tuple(
            [
                PaidDeduction(each["code"], Decimal(each["amount"]), _rule(each["working"]["rule"]))
                for each in data.get("deductions", ())
            ]
        ),
    )


def _paid_line(data: Mapping[str, Any]) -> PaidLine:
    code, period, working = data["code"], data["period"], data["working"]
    return PaidLine(
        code,
        Decimal(data["quantity"]),
        data["unit"],
        Decimal(data["of"]),
        Decimal(data["amount"]),
        _period(period["first"], period["last"]),
        _rule_and_days(working) if code in _REPORTED_BY_DAY else _rule(working["rule"]),
        data.get("is_taxable", True),
    )


@lru_cache(maxsize=1024)
def _period(first: str | None, last: str | None) -> DateRange:
    return DateRange.of_days(_day_in(first), _day_in(last))


def _rule_and_days(working: Mapping[str, Any]) -> Working:
    return Working(rule=working["rule"], days=tuple(map(date.fromisoformat, working.get("days", ()))))


@lru_cache(maxsize=1024)
def _rule(name: str) -> Working:
    return Working(rule=name)


@cache
def _decoder(hint: Any) -> Callable[[Any], Any]:
    """A function that reads values of one type hint; made once a type."""
    if isinstance(hint, type):
        if hint is date:
            return date.fromisoformat
        if hint is datetime:
            return datetime.fromisoformat
        if hint is DateRange:
            return _days_in
        if hint is Decimal or issubclass(hint, Enum):
            return hint
        if is_dataclass(hint):
            return _dataclass_decoder(hint)
        return _same
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _optional_or_named([each for each in arguments if each is not types.NoneType])
    if origin is tuple and arguments[-1] is Ellipsis:
        item = _decoder(arguments[0])
        return lambda values: tuple([item(value) for value in values])
    if origin is tuple:
        items = [_decoder(each) for each in arguments]
        return lambda values: tuple([read(value) for read, value in zip(items, values, strict=True)])
    if origin is not None and issubclass(origin, Mapping):
        item = _decoder(arguments[1])
        return lambda values: {key: item(value) for key, value in values.items()}
    raise TypeError(f"No JSON form for {hint}")


def _dataclass_decoder(of: type) -> Callable[[Any], Any]:
    hints = get_type_hints(of)
    parts = [(each.name, _decoder(hints[each.name])) for each in fields(of)]
    # A field that was added after the value was frozen has its default.
    return lambda data: of(**{name: read(data[name]) for name, read in parts if name in data})


def _optional_or_named(choices: list[Any]) -> Callable[[Any], Any]:
    """X | None; str | X: where a name may stand for the value, text is the name; X | Y: "type" says which."""
    if _are_kinds(choices):
        by_name = {each.__name__: _decoder(each) for each in choices}
        return lambda value: None if value is None else by_name[value["type"]](value)
    rest = [each for each in choices if each is not str]
    read = _decoder(rest[0]) if rest else _same
    if len(rest) == len(choices):
        return lambda value: None if value is None else read(value)
    return lambda value: value if value is None or isinstance(value, str) else read(value)


def _are_kinds(choices: list[Any]) -> bool:
    """True for several dataclasses, of which a value is one."""
    return len(choices) > 1 and all(is_dataclass(each) for each in choices)


def _days_in(data: Mapping[str, str | None]) -> DateRange:
    return DateRange.of_days(_day_in(data["first"]), _day_in(data["last"]))


def _day_in(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _same(value: Any) -> Any:
    return value
