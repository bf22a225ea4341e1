"""Facts and results as JSON, exactly: a payslip keeps what it was computed from. `frozen` reads them back.

A run writes the facts and the result of each payee. Of each type a writer is made once, as `dataclasses` makes methods.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Collection, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache, lru_cache
from json import JSONEncoder
from json.encoder import encode_basestring
from typing import Any, Union, get_args, get_origin, get_type_hints

from palkkio.calculation.facts import AssistantTerms, Entry, MonthFacts, Shift
from palkkio.calculation.paid import ABOUT, WITH_DAYS, kept_of
from palkkio.core.days import DateRange
from palkkio.core.once import Once
from palkkio.core.payslip import Contribution, Deduction, Line, PayResult, Working

Write = Callable[[Any], str]

PAID = "PaidResult"  # a result without its working: `paid_text`

# What many facts share as one object, and how many of it are kept. Months are large, and follow each other.
_SHARED: Mapping[type, int] = {Shift: 16384, Entry: 4096, AssistantTerms: 64, MonthFacts: 64}
to_text: Write = JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode


def to_json(value: Any) -> dict[str, Any]:
    """What `frozen_text` writes as dicts, lists and strings, for a JSON column."""
    found: dict[str, Any] = json.loads(frozen_text(value))
    return found


def frozen_text(value: Any) -> str:
    """JSON text of facts, a result or a part of one, without blanks.

    Amounts are strings with the digits they had, ranges of days say first and last day, "type" names the value; what
    has its default is left out.
    """
    of: Any = type(value)
    return _named(of)(value)


def paid_text(result: PayResult) -> str:
    """JSON text of a result without its working but for the names of rules, and what later stages ask of a line.

    Without its problems, too: a proposal keeps them beside it, with those of the person.
    Lines that become a receivable keep their working: the receivable tells their causes.
    """
    members = [f'"type":"{PAID}"']
    if result.lines:
        members.append(f'"lines":[{",".join(map(_line_once, result.lines))}]')
    if result.deductions:
        members.append(f'"deductions":[{",".join([_by_rule(_DEDUCTION, each) for each in result.deductions])}]')
    if result.employer:
        members.append(f'"employer":[{",".join([_by_rule(_CONTRIBUTION, each) for each in result.employer])}]')
    if rest := _REST(result):
        members.append(rest)
    return f"{{{','.join(members)}}}"


def _paid_line(line: Line) -> str:
    is_more = line.code in WITH_DAYS or line.code in ABOUT
    working = f"{{{_WORKING(kept_of(line))}}}" if is_more else _rule(line.working.rule)
    return f'{{{_LINE(line)},"working":{working}}}'


def _by_rule(members: Write, part: Deduction | Contribution) -> str:
    return f'{{{members(part)},"working":{_rule(part.working.rule)}}}'


@lru_cache(maxsize=1024)
def _rule(name: str) -> str:
    return f'{{"rule":{encode_basestring(name)}}}'


@cache
def _named(of: type) -> Write:
    """Writes a dataclass with its name first."""
    members, name = _members(of), f'{{"type":"{of.__name__}"'

    def write(value: Any) -> str:
        inside = members(value)
        return f"{name},{inside}}}" if inside else name + "}"

    return write


@cache
def _writer(hint: Any) -> Write:
    """A function that writes values of one type hint."""
    if isinstance(hint, type):
        return _plain(hint)
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _either([each for each in arguments if each is not types.NoneType])
    if origin is tuple and arguments == (date, ...):
        return _all_days
    if origin is tuple and arguments[-1] is Ellipsis:
        item = _writer(arguments[0])
        return lambda values: f"[{','.join([item(value) for value in values])}]"
    if origin is tuple and set(arguments) == {str}:
        return lambda values: f"[{','.join(map(encode_basestring, values))}]"
    if origin is tuple and set(arguments) == {Decimal}:
        return lambda values: '["' + '","'.join(map(str, values)) + '"]'
    if origin is tuple:
        items = [_writer(each) for each in arguments]
        return lambda values: f"[{','.join([write(value) for write, value in zip(items, values, strict=True)])}]"
    if origin is not None and issubclass(origin, Mapping):
        item = _writer(arguments[1])
        return lambda values: f"{{{','.join([f'{encode_basestring(key)}:{item(values[key])}' for key in values])}}}"
    raise TypeError(f"No JSON form for {hint}")


def _plain(hint: type) -> Write:
    if hint is Decimal:
        return lambda value: f'"{value!s}"'
    if hint is date:
        return _day
    if hint is datetime:
        return _moment
    if hint is int:
        return str
    if hint is DateRange:
        return lambda days: _days(days.start, days.end)
    if hint is str or (issubclass(hint, Enum) and issubclass(hint, str)):
        return encode_basestring
    if is_dataclass(hint):
        write = _members(hint, is_whole=True)
        return Once(write, _SHARED[hint]) if hint in _SHARED else write
    if issubclass(hint, Enum):
        return lambda value: to_text(value.value)
    return to_text


def _either(choices: list[Any]) -> Write:
    """X | None; X | Y by the type of the value, dataclasses with their names."""
    if len(choices) == 1:
        only = _writer(choices[0])
        return lambda value: "null" if value is None else only(value)
    if all(is_dataclass(each) for each in choices):
        by_kind = {each: _named(each) for each in choices}
        return lambda value: "null" if value is None else by_kind[type(value)](value)
    writers = [(each, _writer(each)) for each in choices]
    return lambda value: "null" if value is None else next(w for kind, w in writers if isinstance(value, kind))(value)


@lru_cache(maxsize=8192)
def _moment(value: datetime) -> str:
    """A moment in UTC to the minute, "2026-05-05T06:00Z"; with its seconds where it has some."""
    inside = value.astimezone(UTC)
    is_whole = not inside.second and not inside.microsecond
    return f'"{inside.isoformat(timespec="minutes" if is_whole else "auto").removesuffix("+00:00")}Z"'


@lru_cache(maxsize=4096)
def _day(value: date) -> str:
    return f'"{value.isoformat()}"'


@lru_cache(maxsize=1024)
def _all_days(values: tuple[date, ...]) -> str:
    """Days that a line was earned on: of many payees the same."""
    return f"[{','.join([_day(value) for value in values])}]"


@lru_cache(maxsize=4096)
def _days(start: date | None, end: date | None) -> str:
    days = DateRange(start, end)
    return to_text({"first": days.first and days.first.isoformat(), "last": days.last and days.last.isoformat()})


def _members(of: type, without: Collection[str] = (), *, is_whole: bool = False) -> Write:
    """Writes the fields of a dataclass in their order; one that has its default is left out.

    Amounts are left out for the same digits only: one that equals the default and is written otherwise is kept.
    is_whole  with the braces of an object
    """
    hints = get_type_hints(of)
    known: dict[str, Any] = {}
    source = ["def write(value):", " out = []"]
    for each in fields(of):
        if each.name in without:
            continue
        name, default = each.name, each.default
        known |= {f"default_{name}": default, f"digits_{name}": str(default), f"write_{name}": _writer(hints[name])}
        if hints[name] is Decimal and default is MISSING:
            source.append(f" out.append('\"{name}\":\"' + str(value.{name}) + '\"')")
            continue
        source.append(f" found = value.{name}")
        if isinstance(default, Decimal):
            source.append(f" if found is not default_{name} and (text := str(found)) != digits_{name}:")
            source.append(f"  out.append('\"{name}\":\"' + text + '\"')")
        else:
            source.append(f" if found is not default_{name}: out.append('\"{name}\":' + write_{name}(found))")
    source.append(" return '{' + ','.join(out) + '}'" if is_whole else " return ','.join(out)")
    exec("\n".join(source), known)  # noqa: S102  # made of names of our own fields
    write: Write = known["write"]
    return write


_LINE, _DEDUCTION, _CONTRIBUTION = (_members(of, {"working"}) for of in (Line, Deduction, Contribution))
_WORKING = _members(Working)
_line_once = Once(_paid_line, 64)  # lines of months that are alike are one object
_REST = _members(PayResult, {"lines", "deductions", "employer", "problems"})
