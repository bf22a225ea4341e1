"""Words of the documents in Finnish, Swedish and English. Gettext belongs to the pages; the writers know no Django."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from ruamel.yaml import YAML

from palkkio.core.days import DateRange
from palkkio.formats import figures

LANGUAGES = ("fi", "sv", "en")


@dataclass(frozen=True)
class Words:
    """Words of one language by key, for instance `line.CARE_DAY`."""

    language: str
    texts: dict[str, str]

    def __call__(self, key: str, **values: str) -> str:
        """The words of `key` with `{name}` filled in. Raises KeyError where there are none."""
        text = self.texts[key]
        return text.format(**values) if values else text

    def get(self, key: str, otherwise: str = "") -> str:
        return self.texts.get(key, otherwise)

    def month(self, period: DateRange) -> str:
        """`toukokuu 2026` for a whole month, else first and last day."""
        if period.first is not None and period == DateRange.month_of(period.first):
            return f"{self(f'month.{period.first.month}')} {period.first.year}"
        return figures.days(period)

    def weekday(self, day: date) -> str:
        """`tiistaina 30.6.2026`."""
        return f"{self(f'weekday.{day.isoweekday()}')} {figures.day(day)}"

    def units(self, quantity: Decimal, unit: str) -> str:
        """`8 päivää`."""
        form = "one" if quantity == 1 else "many"
        return f"{figures.number(quantity)}\u00a0{self(f'unit.{unit}.{form}')}"


@lru_cache(maxsize=len(LANGUAGES))
def words(language: str) -> Words:
    """Raises ValueError for a language that documents are not written in."""
    if language not in LANGUAGES:
        raise ValueError(f"No documents are written in the language {language!r}")
    texts: dict[str, str] = {}
    for name in (f"{language}.yaml", f"why.{language}.yaml", f"contract.{language}.yaml"):
        texts |= _flat(YAML(typ="safe").load(Path(__file__).with_name(name)), "")
    return Words(language, texts)


def _flat(content: object, key: str) -> list[tuple[str, str]]:
    if isinstance(content, dict):
        return [
            pair for name, inside in content.items() for pair in _flat(inside, f"{key}.{name}" if key else str(name))
        ]
    return [(key, str(content))]
