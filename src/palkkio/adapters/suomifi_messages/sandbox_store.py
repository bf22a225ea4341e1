"""What the sandbox has taken in, in a file of SQLite: killed and started again it knows the same."""

from __future__ import annotations

import sqlite3
import uuid
from dataclasses import dataclass
from pathlib import Path

from palkkio.adapters.sqlite_file import SqliteFile

_TABLES = """
    CREATE TABLE IF NOT EXISTS attachment (id TEXT PRIMARY KEY, name TEXT, content BLOB);
    CREATE TABLE IF NOT EXISTS message (
        id INTEGER PRIMARY KEY AUTOINCREMENT, service TEXT, external_id TEXT, receiver TEXT, is_paper INTEGER,
        is_verifiable INTEGER, title TEXT, attachment TEXT, UNIQUE (service, external_id));
    CREATE TABLE IF NOT EXISTS event (
        position INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT, at TEXT, message INTEGER, UNIQUE (kind, message));
"""


@dataclass(frozen=True, slots=True)
class Taken:
    """A message as it was taken in."""

    id: int
    service: str
    external_id: str
    receiver: str
    is_paper: bool
    is_verifiable: bool
    title: str
    attachment: str


class Store(SqliteFile):
    def __init__(self, path: Path) -> None:
        super().__init__(path, _TABLES)

    def messages(self) -> list[Taken]:
        with self.opened() as base:
            rows = base.execute(
                "SELECT id, service, external_id, receiver, is_paper, is_verifiable, title, attachment FROM message"
                " ORDER BY id"
            )
            return [
                Taken(number, service, external_id, receiver, bool(is_paper), bool(is_verifiable), title, attachment)
                for number, service, external_id, receiver, is_paper, is_verifiable, title, attachment in rows
            ]


def add_attachment(base: sqlite3.Connection, name: str, content: bytes) -> str:
    made = str(uuid.uuid4())
    base.execute("INSERT INTO attachment VALUES (?, ?, ?)", (made, name, content))
    return made


def has_attachment(base: sqlite3.Connection, attachment_id: str) -> bool:
    return base.execute("SELECT 1 FROM attachment WHERE id = ?", (attachment_id,)).fetchone() is not None


def message_of(base: sqlite3.Connection, service: str, external_id: str) -> int | None:
    row = base.execute(
        "SELECT id FROM message WHERE service = ? AND external_id = ?", (service, external_id)
    ).fetchone()
    return None if row is None else int(row[0])


def add_message(base: sqlite3.Connection, values: tuple[object, ...]) -> int:
    """Service, external id, receiver, whether paper, whether verifiable, title, attachment."""
    made = base.execute(
        "INSERT INTO message (service, external_id, receiver, is_paper, is_verifiable, title, attachment)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        values,
    )
    return int(made.lastrowid or 0)


def add_event(base: sqlite3.Connection, kind: str, at: str, message_id: int) -> None:
    """Once for each message and kind."""
    base.execute("INSERT OR IGNORE INTO event (kind, at, message) VALUES (?, ?, ?)", (kind, at, message_id))


def events_after(
    base: sqlite3.Connection, position: int, service: str, most: int
) -> list[tuple[int, str, str, int, str]]:
    """Position, kind, moment, message, external id."""
    return list(
        base.execute(
            "SELECT event.position, event.kind, event.at, message.id, message.external_id FROM event"
            " JOIN message ON message.id = event.message WHERE event.position > ? AND message.service = ?"
            " ORDER BY event.position LIMIT ?",
            (position, service, most),
        )
    )
