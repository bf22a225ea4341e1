"""Several figures in one file: a table with a column for each, such as the steps of a pay table or clock times.

The columns of one table change on the same days. Each column is a figure of its own, `<key of the file>/<column>`.
"""

from __future__ import annotations

from typing import Any

from palkkio.rules.tags import Tag
from palkkio.rules.yaml import Faulty, take

_OF_ROW = {"from", "row", "tag", "source", "read"}


def is_table(data: dict[str, Any]) -> bool:
    """True if the content of a file is a table."""
    return "columns" in data


def columns_of(data: dict[str, Any]) -> tuple[str, ...]:
    """Names of the columns, in order."""
    return tuple(str(name) for name in data["columns"])


def column_of(data: dict[str, Any], column: str, where: str) -> dict[str, Any]:
    """One column as the content of a file with a single figure.

    A cell is a figure with the tag and source of its row, {value, tag, source, note} where it has its own, or unknown.
    Raises Faulty for a row that has not a cell for each column.
    """
    rest = {key: value for key, value in data.items() if key not in ("columns", "values")}
    if not isinstance(data["columns"], dict):
        raise Faulty(f"{where}: columns maps each column to its names")
    at = columns_of(data).index(column)
    words = data["columns"][column]
    rest["name"] = {language: f"{name}: {words[language]}" for language, name in data["name"].items()}
    return {**rest, "values": [_value(row, at, len(data["columns"]), where) for row in data["values"]]}


def _value(row: dict[str, Any], at: int, columns: int, where: str) -> dict[str, Any]:
    take(row, where, needs=_OF_ROW, may={"note"})
    if len(row["row"]) != columns:
        raise Faulty(f"{where}: the row from {row['from']} has {len(row['row'])} cells for {columns} columns")
    cell, plain = row["row"][at], {key: value for key, value in row.items() if key != "row"}
    if cell == "unknown":
        return {**plain, "tag": Tag.U.value}
    if isinstance(cell, dict):
        take(cell, where, needs=set(), may={"value", "tag", "source", "note"})
        return {**plain, **cell}
    return {**plain, "value": cell}
