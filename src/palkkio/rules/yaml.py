"""Reading of rule files: YAML 1.2, plain values, and errors that name the file."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError


class Faulty(ValueError):
    """A rule file breaks the format; the message names the file and what to mend."""


def read(path: Path) -> dict[str, Any]:
    """Content of a rule file. Raises Faulty if it is not a YAML mapping."""
    try:
        data = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    except YAMLError as error:
        raise Faulty(f"{path.name}: {error}") from error
    if not isinstance(data, dict):
        raise Faulty(f"{path.name}: a rule file is a mapping of keys")
    return data


def take(data: Any, where: str, *, needs: set[str], may: set[str]) -> None:
    """Raises Faulty unless `data` is a mapping that has all of `needs` and nothing besides them and `may`."""
    if not isinstance(data, dict):
        raise Faulty(f"{where}: expected keys {', '.join(sorted(needs))}")
    if missing := needs - data.keys():
        raise Faulty(f"{where}: {', '.join(sorted(missing))} missing")
    if unknown := data.keys() - needs - may:
        raise Faulty(f"{where}: unknown {', '.join(sorted(map(str, unknown)))}")


def dated(value: Any, where: str) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise Faulty(f"{where}: {value!r} is not a day such as 2026-01-31")


def decimal(value: Any, where: str) -> Decimal:
    """A figure written as a quoted string, so that no binary fraction comes in between."""
    try:
        if isinstance(value, str):
            return Decimal(value)
    except InvalidOperation:
        pass
    raise Faulty(f'{where}: {value!r} is not a quoted figure such as "7.30"')
