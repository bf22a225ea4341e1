"""Policy profiles: what a payer chooses where the law leaves a choice, as data files under `profiles/`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from palkkio.core.days import DateRange
from palkkio.rules.class_rates import ClassRate, class_rates_from, rate_on
from palkkio.rules.figures import EnteredFigure, entered_figures, in_force
from palkkio.rules.tags import Tag
from palkkio.rules.yaml import Faulty, dated, decimal, read, take

HERE = Path(__file__).parent
PROFILES = HERE / "profiles"
CHOICES = HERE / "choices.yaml"


@dataclass(frozen=True, slots=True)
class ChoiceKind:
    """One choice that payers make: what it means, what may be chosen, what holds when nothing is said.

    values   allowed words; empty means a figure of `unit` (or nothing, where the default is None)
    default  None: the payer must say, or the law's own figure is needed
    used_by  kinds of contract whose pay asks it
    """

    key: str
    name: str
    meaning: str
    values: tuple[str, ...]
    unit: str
    default: str | None
    tag: Tag
    source: str
    read: date
    used_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """What one payer chose, and on what ground. The value is a word or a figure as text."""

    value: str | None
    tag: str
    source: str
    valid: DateRange | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """The choices of one payer; those not made are the defaults.

    class_rates  amounts of the fee classes of informal care, by class
    decided      choices with their days, decided by the payer's body: they go before `choices` on those days
    figures      official figures that the payer has entered, by key
    """

    name: str
    title: str
    choices: Mapping[str, Choice]
    class_rates: Mapping[str, tuple[ClassRate, ...]] = field(default_factory=dict)
    decided: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    figures: Mapping[str, tuple[EnteredFigure, ...]] = field(default_factory=dict)

    def __hash__(self) -> int:
        """What is derived from choices is kept by them: equal ones have the same name."""
        return hash(self.name)

    def choice(self, key: str, day: date | None = None) -> Choice:
        """What holds for this payer on `day`; None: what holds where nothing is decided by day.

        Raises KeyError if there is no such choice.
        """
        if day is not None and key in self.decided:
            for row in self.decided[key]:
                if row.valid is not None and day in row.valid:
                    return row
        made = self.choices.get(key)
        if made is not None:
            return made
        return _defaults()[key]

    def class_rate(self, name: str, day: date) -> ClassRate | None:
        """What a fee class pays on `day`; None: the payer has decided nothing for the day."""
        return rate_on(self.class_rates, name, day)

    def with_class_rates(self, rates: Mapping[str, tuple[ClassRate, ...]]) -> Profile:
        """The same profile with the rates of some classes replaced."""
        return replace(self, class_rates={**self.class_rates, **rates})

    def with_overrides(self, overrides: Mapping[str, str]) -> Profile:
        """The same profile with single choices replaced. Raises KeyError or ValueError for what cannot be chosen."""
        made = dict(self.choices)
        for key, value in overrides.items():
            check_choice(choice_kinds()[key], value, key)
            made[key] = Choice(value, Tag.R, "override")
        return replace(self, choices=made)


@cache
def choice_kinds() -> Mapping[str, ChoiceKind]:
    """All choices by key, in the order of the file."""
    return {key: _choice_kind(key, row) for key, row in read(CHOICES).items()}


@cache
def _defaults() -> Mapping[str, Choice]:
    """What holds where a payer says nothing, by key."""
    return {key: Choice(kind.default, kind.tag, kind.source) for key, kind in choice_kinds().items()}


def profile(name: str) -> Profile:
    """The profile `name`, e.g. "western-uusimaa"; "default" makes no choice of its own.

    An edition of a payer's own choices has the name that `keep` was given.
    Raises KeyError if there is none, Faulty if its file breaks the format.
    """
    edition = _editions.get(name)
    return _of_file(name) if edition is None else edition


_editions: dict[str, Profile] = {}
_ready: dict[str, Any] = {}  # figures entered in an edition, made ready once


def keep(edition: Profile) -> str:
    """Keep a payer's choices under their name, which stands for them from now on in this process.

    The name holds a digest of the content: facts that name an edition are computed by the same choices for ever.
    """
    if edition.name not in _editions:
        _ready[edition.name] = in_force(edition.figures)
        _editions[edition.name] = edition
    return edition.name


def is_kept(name: str) -> bool:
    """True if `profile` knows the edition in this process."""
    return name in _editions


def under(chosen: str | Profile) -> AbstractContextManager[Profile]:
    """The payer's choices by name or as they are; inside it `figure` answers with the figures that it has entered."""
    made = profile(chosen) if isinstance(chosen, str) else chosen
    return _with_figures(made) if made.figures else nullcontext(made)


@contextmanager
def _with_figures(made: Profile) -> Iterator[Profile]:
    with entered_figures(_ready.get(made.name) or in_force(made.figures)):
        yield made


@cache
def _of_file(name: str) -> Profile:
    if name == "default":
        return Profile("default", "Defaults", {})
    if name not in profile_names():
        raise KeyError(f"There is no profile {name}")
    return profile_from(name, read(PROFILES / f"{name}.yaml"))


@cache
def profile_names() -> tuple[str, ...]:
    """Names of the profiles that have a file."""
    return tuple(sorted(path.stem for path in PROFILES.glob("*.yaml")))


def profile_from(name: str, data: dict[str, Any]) -> Profile:
    """A profile from the content of its file. Raises Faulty, naming the key, for anything not in the format."""
    where = f"profiles/{name}.yaml"
    take(data, where, needs={"name", "choices"}, may={"class_rates"})
    choices = {}
    for key, row in data["choices"].items():
        at = f"{where}: {key}"
        if key not in choice_kinds():
            raise Faulty(f"{at} is not a choice, see choices.yaml")
        take(row, at, needs={"value", "tag", "source", "read"}, may={"from", "to"})
        value = str(row["value"])
        try:
            check_choice(choice_kinds()[key], value, at)
        except ValueError as error:
            raise Faulty(str(error)) from error
        dated(row["read"], at)
        first = dated(row["from"], at) if "from" in row else None
        last = dated(row["to"], at) if "to" in row else None
        valid = DateRange.of_days(first, last) if first or last else None
        choices[key] = Choice(value, Tag(str(row["tag"])), str(row["source"]), valid)
    class_rates = class_rates_from(data.get("class_rates", {}), f"{where}: class_rates")
    return Profile(name, str(data["name"]), choices, class_rates)


def check_choice(kind: ChoiceKind, value: str, where: str) -> None:
    """Raises ValueError unless `value` may be chosen."""
    if kind.values:
        if value not in kind.values:
            raise ValueError(f"{where}: {value!r} is none of {', '.join(kind.values)}")
    elif decimal(value, where) < 0:
        raise ValueError(f"{where}: {value!r} is negative")


def _choice_kind(key: str, row: dict[str, Any]) -> ChoiceKind:
    where = f"choices.yaml: {key}"
    take(row, where, needs={"name", "meaning", "default", "tag", "source", "read", "used_by"}, may={"values", "unit"})
    if ("values" in row) == ("unit" in row):
        raise Faulty(f"{where}: a choice has either values or a unit")
    kind = ChoiceKind(
        key=key,
        name=str(row["name"]),
        meaning=str(row["meaning"]).strip(),
        values=tuple(str(value) for value in row.get("values", ())),
        unit=str(row.get("unit", "")),
        default=None if row["default"] is None else str(row["default"]),
        tag=Tag(str(row["tag"])),
        source=str(row["source"]),
        read=dated(row["read"], where),
        used_by=tuple(str(each) for each in row["used_by"]),
    )
    if kind.default is not None:
        check_choice(kind, kind.default, where)
    return kind
