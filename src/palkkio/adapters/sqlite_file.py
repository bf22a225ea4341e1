"""A file of SQLite in which a sandbox keeps what it has taken in."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class SqliteFile:
    """One file; whoever writes holds it. `tables`: statements that make them where they are missing."""

    def __init__(self, path: Path, tables: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        with self.opened() as base:
            base.executescript(tables)

    @contextmanager
    def opened(self) -> Iterator[sqlite3.Connection]:
        """A transaction: whole, or not at all."""
        base = sqlite3.connect(self.path, timeout=30)
        try:
            with base:
                yield base
        finally:
            base.close()
