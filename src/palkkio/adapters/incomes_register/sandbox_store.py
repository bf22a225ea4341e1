"""What the sandbox has taken in, in a file of SQLite: killed and started again it knows the same."""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from palkkio.adapters.sqlite_file import SqliteFile
from palkkio.formats.incomes_register.answers import Answer, Error, Item, Status

_TABLES = """
    CREATE TABLE IF NOT EXISTS delivery (
        owner TEXT, type TEXT, delivery_id TEXT, register_id TEXT, status INTEGER, errors TEXT, received REAL,
        PRIMARY KEY (owner, type, delivery_id));
    CREATE TABLE IF NOT EXISTS item (
        register_id TEXT, position INTEGER, report_id TEXT, item_id TEXT, version INTEGER, errors TEXT,
        PRIMARY KEY (register_id, position));
    CREATE TABLE IF NOT EXISTS report (
        payer TEXT, report_id TEXT, item_id TEXT, version INTEGER, state TEXT, facts TEXT,
        PRIMARY KEY (payer, report_id));
"""


@dataclass(slots=True)
class Known:
    """A report as the register has it; `facts` are what a replacement may not change."""

    item_id: str
    version: int
    state: str  # valid, invalidated
    facts: tuple[str, ...]


class Store(SqliteFile):
    def __init__(self, path: Path) -> None:
        super().__init__(path, _TABLES)

    def answer(self, owner: str, kind: str, delivery_id: str) -> tuple[Answer, float] | None:
        """What became of a delivery, and when it came; None if it did not."""
        with self.opened() as base:
            row = base.execute(
                "SELECT register_id, status, errors, received FROM delivery"
                " WHERE owner = ? AND type = ? AND delivery_id = ?",
                (owner, kind, delivery_id),
            ).fetchone()
            if row is None:
                return None
            items = [
                Item(report_id, item_id or "", version, _errors(errors))
                for report_id, item_id, version, errors in base.execute(
                    "SELECT report_id, item_id, version, errors FROM item WHERE register_id = ? ORDER BY position",
                    (row[0],),
                )
            ]
        valid = tuple(each for each in items if not each.errors)
        invalid = tuple(each for each in items if each.errors)
        return Answer(Status(row[1]), row[0], valid, invalid, _errors(row[2])), row[3]


def add_delivery(
    base: sqlite3.Connection, owner: str, kind: str, delivery_id: str, answer: Answer, received: float
) -> None:
    base.execute(
        "INSERT INTO delivery VALUES (?, ?, ?, ?, ?, ?, ?)",
        (owner, kind, delivery_id, answer.register_id, int(answer.status), _json(answer.errors), received),
    )
    base.executemany(
        "INSERT INTO item VALUES (?, ?, ?, ?, ?, ?)",
        (
            (answer.register_id, place, each.report_id, each.register_id, each.version, _json(each.errors))
            for place, each in enumerate((*answer.valid, *answer.invalid))
        ),
    )


def known(base: sqlite3.Connection, payer: str, report_id: str) -> Known | None:
    row = base.execute(
        "SELECT item_id, version, state, facts FROM report WHERE payer = ? AND report_id = ?", (payer, report_id)
    ).fetchone()
    return None if row is None else Known(row[0], row[1], row[2], tuple(json.loads(row[3])))


def save(base: sqlite3.Connection, payer: str, report_id: str, report: Known) -> None:
    base.execute(
        "INSERT OR REPLACE INTO report VALUES (?, ?, ?, ?, ?, ?)",
        (payer, report_id, report.item_id, report.version, report.state, json.dumps(report.facts)),
    )


def new_id() -> str:
    """32 letters, as the register's own ids."""
    return uuid.uuid4().hex


def _json(errors: Iterable[Error]) -> str:
    return json.dumps([[each.code, each.message] for each in errors])


def _errors(text: str) -> tuple[Error, ...]:
    return tuple(Error(code, message) for code, message in json.loads(text))
