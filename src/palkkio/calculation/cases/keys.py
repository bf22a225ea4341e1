"""Reading of case files: YAML 1.2, every key known, every error with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from palkkio.core.clock import HELSINKI
from palkkio.core.days import DateRange

_MONTH = re.compile(r"([12]\d{3})-(0[1-9]|1[0-2])")
_MONEY = re.compile(r"-?\d{1,12}(\.\d{1,6})?")
_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
# What people meet when they write a case, and what to do about it.
_HINTS = {
    "mapping values are not allowed here": "; a sentence with a colon is written in quotes",
    "found character '\\t' that cannot start any token": "; indent by spaces, not by tabs",
}


class CaseError(ValueError):
    """A case cannot be read, or asks for what is not calculated yet.

    The message names the key; `line` counts from 1.
    """

    def __init__(self, line: int, message: str) -> None:
        super().__init__(f"line {line}: {message}")
        self.line = line


def read_case(path: Path) -> Keys:
    """The top mapping of a case file. Raises CaseError if it is not YAML or not a mapping."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise CaseError(line, "the file is not in UTF-8: save it in that encoding") from error
    try:
        data = YAML(typ="rt", pure=True).load(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        problem = error.problem or ""
        raise CaseError(line, f"not readable as YAML: {problem}{_HINTS.get(problem, '')}") from error
    except YAMLError as error:
        raise CaseError(1, f"not readable as YAML: {error}") from error
    except ValueError as error:  # a day that the calendar does not have
        raise _no_day(text, error) from error
    if not isinstance(data, CommentedMap):
        raise CaseError(1, "a case is a mapping with name, source, given and expect")
    return Keys(data, "case", 1)


def _no_day(text: str, error: ValueError) -> CaseError:
    """The first line with a day that does not exist, such as 2018-02-30."""
    for number, line in enumerate(text.splitlines(), 1):
        for found in _DAY.findall(line):
            if _day(found) is None:
                return CaseError(number, f"there is no day {found}")
    return CaseError(1, f"not readable as YAML: {error}")


def _time(text: str) -> datetime:
    """A time in ISO 8601; 24:00 is the next midnight. Raises ValueError."""
    day, _, clock = text.partition("T")
    if clock.startswith("24:00"):
        return datetime.fromisoformat(f"{day}T00:00{clock[5:]}") + timedelta(days=1)
    return datetime.fromisoformat(text)


def _both(clock: datetime) -> tuple[datetime, datetime]:
    """A time of the clock in Helsinki, before and after clocks change: two moments where it occurs twice or never."""
    return clock.replace(tzinfo=HELSINKI, fold=0), clock.replace(tzinfo=HELSINKI, fold=1)


def _goes_forward_at(clock: datetime) -> bool:
    """True for 03:00 of the night that has no hour from three to four: a shift may end with the change."""
    before, after = _both(clock - timedelta(seconds=1))
    first, second = (each.astimezone(UTC) for each in _both(clock))
    return before.utcoffset() == after.utcoffset() and first > second


def _day(text: str) -> date | None:
    """A quoted day; None: it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


class Keys:
    """One mapping of a case, with the lines of its keys."""

    def __init__(self, data: CommentedMap, name: str, line: int) -> None:
        self._data = data
        self.name = name
        self.own_line = line

    def __contains__(self, key: str) -> bool:
        """True if the key is written and is not null."""
        return self._data.get(key) is not None

    def __iter__(self) -> Iterator[str]:
        """The keys that are written and are not null."""
        return (key for key in self._data if key in self)

    def only(self, *known: str) -> None:
        """Raises CaseError at the first key that is not among `known`."""
        for key in self._data:
            if key not in known:
                self.fail(key, f"unknown key '{key}' in {self.name}; known are {', '.join(known)}")

    def line(self, key: str) -> int:
        return self._data.lc.key(key)[0] + 1 if key in self._data else self.own_line

    def fail(self, key: str, message: str) -> NoReturn:
        raise CaseError(self.line(key), message)

    def raw(self, key: str) -> Any:
        """The value as read. Raises CaseError if the key is missing."""
        if key not in self._data:
            raise CaseError(self.own_line, f"{self.name} needs '{key}'")
        return self._data[key]

    def text(self, key: str) -> str:
        value = self.raw(key)
        if not isinstance(value, str):
            hint = "; put it in quotes" if isinstance(value, (bool, int, float, date)) else ""
            self.fail(key, f"'{key}' is a word or sentence, not {_shown(value)}{hint}")
        return str(value)

    def word(self, key: str, known: Sequence[str], default: str | None = None) -> str:
        """One of some words; without a `default` it must be written."""
        if default is not None and key not in self:
            return default
        found = self.text(key)
        if found not in known:
            self.fail(key, f"'{key}' is one of {', '.join(known)}, not '{found}'")
        return found

    def boolean(self, key: str, default: bool) -> bool:
        if key not in self:
            return default
        value = self._data[key]
        if not isinstance(value, bool):
            self.fail(key, f"'{key}' is true or false")
        return value

    def day(self, key: str) -> date:
        value = self.raw(key)
        found = _day(value) if isinstance(value, str) else value
        if not isinstance(found, date) or isinstance(found, datetime):
            self.fail(key, f"'{key}' is a day such as 2026-01-31, not {_shown(value)}")
        return found

    def optional_day(self, key: str) -> date | None:
        return self.day(key) if key in self else None

    def moment(self, key: str) -> datetime:
        """A time such as 2026-03-07T14:00 of Helsinki, in UTC; with an offset it is that moment.

        Raises CaseError for a time that occurs twice and has no offset, or that does not occur; the one at which clocks
        go forward is a moment.
        """
        value = self.raw(key)
        try:
            found = value if isinstance(value, datetime) else _time(str(value))
        except ValueError:
            found = None
        if found is None or "T" not in str(value).replace(" ", "T"):
            self.fail(key, f"'{key}' is a time such as 2026-03-07T14:00, not {_shown(value)}")
        if found.tzinfo is not None:
            return found.astimezone(UTC)
        first, second = _both(found)
        if first.utcoffset() != second.utcoffset() and not _goes_forward_at(found):
            self._fail_changing_clocks(key, found, first)
        return first.astimezone(UTC)

    def _fail_changing_clocks(self, key: str, found: datetime, first: datetime) -> NoReturn:
        value = self.raw(key)
        if first.astimezone(UTC).astimezone(HELSINKI).replace(tzinfo=None) != found:
            self.fail(key, f"'{key}': {value} does not occur, since clocks go forward")
        self.fail(key, f"'{key}': {value} occurs twice; give the offset, +03:00 for the first or +02:00 for the second")

    def month(self, key: str) -> DateRange:
        match = _MONTH.fullmatch(str(self.raw(key)))
        if not match:
            self.fail(key, f"'{key}' is a month such as 2026-01, not {_shown(self.raw(key))}")
        return DateRange.of_month(int(match[1]), int(match[2]))

    def days(self, key: str) -> DateRange:
        """A closed range: {first: ..., last: ...}, both included."""
        inside = self.mapping(key)
        inside.only("first", "last")
        return inside.span()

    def span(self) -> DateRange:
        """The days of a mapping that has `first` and may have `last`."""
        first, last = self.day("first"), self.optional_day("last")
        if last is not None and last < first:
            self.fail("last", f"'last' {last} is before 'first' {first}")
        return DateRange.of_days(first, last)

    def money(self, key: str, *, least: int | None = None) -> Decimal:
        """Euros, a quoted string, so that no binary fraction comes in between."""
        value = self.raw(key)
        if not isinstance(value, str):
            self.fail(key, f"'{key}' is a quoted figure such as \"97.55\", not {_shown(value)}")
        if not _MONEY.fullmatch(value):
            self.fail(key, f"'{key}' is a figure such as \"97.55\", with a point before the cents, not {_shown(value)}")
        return self.number(key, least=least)

    def number(self, key: str, *, least: int | None = None, most: int | None = None) -> Decimal:
        """Days, hours, percents: quoted or not."""
        value = self.raw(key)
        try:
            found = None if isinstance(value, bool) else Decimal(str(value))
        except InvalidOperation:
            found = None
        if found is None or not found.is_finite():
            self.fail(key, f"'{key}' is a figure, not {_shown(value)}")
        if least is not None and found < least:
            self.fail(key, f"'{key}' is {least} or more, not {found}")
        if most is not None and found > most:
            self.fail(key, f"'{key}' is {most} or less, not {found}")
        return found

    def percent(self, key: str) -> Decimal:
        return self.number(key, least=0, most=100)

    def mapping(self, key: str) -> Keys:
        value = self.raw(key)
        if not isinstance(value, CommentedMap):
            self.fail(key, f"'{key}' is a mapping of keys")
        return Keys(value, key, self.line(key))

    def optional_mapping(self, key: str) -> Keys:
        """The mapping under `key`, an empty one if it is not written."""
        return self.mapping(key) if key in self else Keys(CommentedMap(), key, self.line(key))

    def mappings(self, key: str) -> list[Keys]:
        """The list of mappings under `key`, empty if it is not written."""
        if key not in self:
            return []
        value = self._data[key]
        if not isinstance(value, CommentedSeq):
            self.fail(key, f"'{key}' is a list")
        rows = []
        for at, row in enumerate(value):
            line = value.lc.item(at)[0] + 1
            if not isinstance(row, CommentedMap):
                raise CaseError(line, f"'{key}' lists mappings such as {{first: 2026-01-01}}")
            rows.append(Keys(row, key, line))
        return rows

    def plain(self) -> dict[str, Any]:
        """The mapping as it was read, for readers of other formats."""
        return dict(self._data)

    def words(self, key: str) -> list[str]:
        """A list of words; one word alone is a list of one."""
        value = self.raw(key)
        if isinstance(value, str):
            return [value]
        if not isinstance(value, CommentedSeq) or not all(isinstance(each, str) for each in value):
            self.fail(key, f"'{key}' is a list of words")
        return [str(each) for each in value]


def check_place(row: Keys, key: str, day: date, period: DateRange, *, beside: bool) -> None:
    """Raises CaseError for what was entered on a day that is not in the period, or is in it and not `beside` it."""
    if beside and day in period:
        row.fail(key, f"{day} lies in the period {period.first} – {period.last}; what is paid goes to 'entries'")
    if not beside and day not in period:
        row.fail(key, f"{day} lies outside the period {period.first} – {period.last}; neighbours go to 'context'")


def _shown(value: object) -> str:
    """What was read, as its writer would write it."""
    if isinstance(value, (CommentedMap, CommentedSeq)):
        return "a mapping" if isinstance(value, CommentedMap) else "a list"
    return repr(value) if isinstance(value, str) else str(value)
