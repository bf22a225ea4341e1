"""Reader of the dated figures under `law/`: one figure, one file, or one column of a table (`tables.py`)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache, wraps
from pathlib import Path
from typing import Any, TypeVar, TypeVarTuple

from palkkio.core.days import ONE_DAY, DateRange
from palkkio.rules.tables import column_of, columns_of, is_table
from palkkio.rules.tags import Tag, pays
from palkkio.rules.yaml import Faulty, dated, decimal, read, take

LAW = Path(__file__).parent / "law"
Ts = TypeVarTuple("Ts")
T = TypeVar("T")


class RateNotConfirmed(LookupError):
    """No confirmed figure for the day: it is not last year's figure, and nobody is paid by a guess.

    figure  key of the figure
    day     the day it was asked for
    """

    def __init__(self, figure: str, day: date) -> None:
        super().__init__(f"{figure} is not confirmed on {day}")
        self.figure = figure
        self.day = day


@dataclass(frozen=True, slots=True)
class Figure:
    """One value of the law with the days it is in force, and where it was read."""

    key: str
    value: Decimal
    valid: DateRange
    tag: str
    source: str
    law: str
    unit: str


@dataclass(frozen=True, slots=True)
class Value:
    """One row of a file; `value` is None where it is unknown (U)."""

    valid: DateRange
    value: Decimal | None
    tag: Tag
    source: str
    read: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example of a figure: of `of` EUR (or units) on a day it gives `gives` EUR."""

    on: date
    of: Decimal
    gives: Decimal


@dataclass(frozen=True, slots=True)
class Series:
    """A figure of the law through time, without gaps.

    by               what the days mean: day of payment, of the trip, or of birth
    confirmed_until  last day for which somebody has looked; a later day is RateNotConfirmed
    """

    key: str
    name: dict[str, str]
    unit: str
    law: str
    by: str
    confirmed_until: date
    values: tuple[Value, ...]
    examples: tuple[Example, ...]
    note: str
    _starts: tuple[date, ...]
    _figures: tuple[Figure | None, ...]

    @property
    def changes(self) -> tuple[date, ...]:
        """Days on which another value may come into force, or the last one ends."""
        return self._starts if self.confirmed_until == date.max else (*self._starts, self.confirmed_until + ONE_DAY)

    def on(self, day: date) -> Figure:
        """The figure in force on `day`. Raises RateNotConfirmed if it is unknown or may not be used to pay."""
        at = bisect_right(self._starts, day) - 1
        found = self._figures[at] if at >= 0 and day <= self.confirmed_until else None
        if found is None:
            raise RateNotConfirmed(self.key, day)
        return found


@dataclass(frozen=True, slots=True)
class EnteredFigure:
    """An official figure that a payer has entered, where the rules have none that pays; with its days and source."""

    valid: DateRange
    value: Decimal
    source: str


EnteredFigures = Mapping[str, tuple[EnteredFigure, ...]]


class _Entered:
    """Figures in force for one payer beside those of the law, and what was derived from them."""

    def __init__(self, entered: EnteredFigures) -> None:
        self.series = {key: _with_entered(figure_of_law(key), rows) for key, rows in entered.items()}
        self.derived: dict[Callable[..., Any], Callable[..., Any]] = {}


_entered: ContextVar[_Entered | None] = ContextVar("entered_figures", default=None)


@contextmanager
def entered_figures(figures: _Entered | None) -> Iterator[None]:
    """Inside it `figure` answers with a payer's own official figures on their days, elsewhere with those of the law."""
    token = _entered.set(figures)
    try:
        yield
    finally:
        _entered.reset(token)


def in_force(entered: EnteredFigures) -> _Entered | None:
    """A payer's figures, made ready once; None: it has entered none. Raises KeyError for a figure that is none."""
    return _Entered(entered) if entered else None


_derived: list[Any] = []  # what was derived from the figures of the law


def forget() -> None:
    """Read figures anew when they are next asked for, and derive from them anew: where their files change."""
    figure_of_law.cache_clear()
    for each in _derived:
        each.cache_clear()


def of_figures(maxsize: int) -> Callable[[Callable[[*Ts], T]], Callable[[*Ts], T]]:
    """Keeps what was derived from figures, apart for each payer that has entered some.

    Arguments go by their place: asked many times for each payee, a call with names costs twice as much.
    """

    def decorate(derive: Callable[[*Ts], T]) -> Callable[[*Ts], T]:
        by_law: Callable[[*Ts], T] = lru_cache(maxsize)(derive)  # type: ignore[assignment]
        _derived.append(by_law)

        @wraps(derive)
        def derived(*args: *Ts) -> T:
            own = _entered.get()
            if own is None:
                return by_law(*args)
            if derive not in own.derived:
                own.derived[derive] = lru_cache(maxsize)(derive)
            return own.derived[derive](*args)  # type: ignore[no-any-return]

        return derived

    return decorate


def figure(key: str) -> Series:
    """The figure `key`, e.g. "social_insurance/carer_pension/basic": the path of its file under `law/`.

    A figure of a table has the name of its column behind it: "assistance/windows/night_from".
    Raises KeyError if there is no such figure, Faulty if its file breaks the format.
    """
    own = _entered.get()
    return figure_of_law(key) if own is None else own.series.get(key) or figure_of_law(key)


def _with_entered(law: Series, rows: tuple[EnteredFigure, ...]) -> Series:
    """The series of the law with entered figures on their days: the official figure goes before what is not sure."""
    ranges = [*(each.valid for each in law.values), *(each.valid for each in rows)]
    cuts = {edge for days in ranges for edge in (days.start, days.end) if edge is not None}
    starts = sorted(cuts | {date.min})
    found: list[Figure | None] = []
    for start in starts:
        own = next((each for each in rows if start in each.valid), None)
        at = bisect_right(law._starts, start) - 1
        found.append(
            Figure(law.key, own.value, own.valid, Tag.S, own.source, law.law, law.unit)
            if own is not None
            else law._figures[at]
            if at >= 0 and start <= law.confirmed_until
            else None
        )
    return replace(law, confirmed_until=date.max, _starts=tuple(starts), _figures=tuple(found))


@cache
def figure_of_law(key: str) -> Series:
    """The figure `key` of the law alone. Raises as `figure` does."""
    file, _, column = key.rpartition("/")
    if ".." not in key:
        if (found := _content(key)) is not None and not is_table(found):
            return series_from(key, found)
        if (found := _content(file)) is not None and is_table(found) and column in columns_of(found):
            return series_from(key, column_of(found, column, f"law/{file}.yaml"))
    raise KeyError(f"There is no figure {key}")


@cache
def keys() -> tuple[str, ...]:
    """Keys of all figures, in alphabetical order of their files, those of a table in the order of its columns."""
    return tuple(key for file in files() for key in keys_of(file))


def read_all() -> None:
    """Read every figure of the law now, so that a worker's first job need not."""
    for key in keys():
        figure_of_law(key)


@cache
def files() -> tuple[str, ...]:
    """The files under `law/` without their ending, in alphabetical order."""
    return tuple(sorted(path.relative_to(LAW).with_suffix("").as_posix() for path in LAW.rglob("*.yaml")))


def is_file(file: str) -> bool:
    """True if there is such a file under `law/`."""
    return file in files()


def keys_of(file: str) -> tuple[str, ...]:
    """Keys of the figures in one file: its own, or one for each column."""
    found = _content(file)
    if found is None:
        raise KeyError(f"There is no file {file}")
    return tuple(f"{file}/{column}" for column in columns_of(found)) if is_table(found) else (file,)


def _content(file: str) -> dict[str, Any] | None:
    path = LAW / f"{file}.yaml"
    return _read_once(path, path.stat().st_mtime_ns) if file and path.is_file() else None


@lru_cache(maxsize=256)
def _read_once(path: Path, changed_at: int) -> dict[str, Any]:
    """A table is asked for each of its columns; a file that has changed is read again."""
    return read(path)


def series_from(key: str, data: dict[str, Any]) -> Series:
    """A series from the content of its file. Raises Faulty, naming the key, for anything that is not in the format."""
    where = f"law/{key}.yaml"
    take(data, where, needs={"name", "unit", "law", "by", "values", "confirmed_until"}, may={"examples", "note"})
    law, unit = str(data["law"]), str(data["unit"])
    confirmed_until = dated(data["confirmed_until"], where)
    values = _values(data["values"], confirmed_until, where)
    figures = tuple(
        Figure(key, row.value, row.valid, row.tag, row.source, law, unit)
        if row.value is not None and pays(row.tag)
        else None
        for row in values
    )
    return Series(
        key=key,
        name=dict(data["name"]),
        unit=unit,
        law=law,
        by=str(data["by"]),
        confirmed_until=confirmed_until,
        values=values,
        examples=tuple(_example(row, where) for row in data.get("examples", ())),
        note=str(data.get("note", "")).strip(),
        _starts=tuple(row.valid.edges[0] for row in values),
        _figures=figures,
    )


def _values(rows: list[dict[str, Any]], confirmed_until: date, where: str) -> tuple[Value, ...]:
    """Rows in order; each is in force until the next begins, the last until `confirmed_until`."""
    if not rows:
        raise Faulty(f"{where}: values is empty")
    for row in rows:
        take(row, where, needs={"from", "tag", "source", "read"}, may={"value", "note"})
    starts = [dated(row["from"], where) for row in rows]
    ends = [*starts[1:], confirmed_until + ONE_DAY]
    values = []
    for row, start, end in zip(rows, starts, ends, strict=True):
        if start >= end:
            raise Faulty(f"{where}: the values must be in order of time and end by confirmed_until, see {start}")
        try:
            tag = Tag(str(row["tag"]))
        except ValueError:
            raise Faulty(f"{where}: unknown tag {row['tag']}") from None
        if ("value" in row) == (tag is Tag.U):
            raise Faulty(f"{where}: a value has a figure, or the tag U and none, see {start}")
        if not str(row["source"]).strip():
            raise Faulty(f"{where}: the value from {start} has no source")
        value = decimal(row["value"], where) if "value" in row else None
        read_on = dated(row["read"], where)
        values.append(Value(DateRange(start, end), value, tag, str(row["source"]), read_on, str(row.get("note", ""))))
    return tuple(values)


def _example(row: dict[str, Any], where: str) -> Example:
    take(row, where, needs={"on", "of", "gives"}, may=set())
    return Example(dated(row["on"], where), decimal(row["of"], where), decimal(row["gives"], where))
