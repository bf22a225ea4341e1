"""What a part of a run has read: kept, so that an approval can ask whether it would read the same again.

What a payday is computed from is read from the database; the rest is the program and its rules. So where each statement
still returns what it returned, and the program is the same, the result is the same and need not be computed again: the
first statement depends on nothing, and each further one only on what those before it returned.
"""

from __future__ import annotations

import json
import sys
import zlib
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b, sha256
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from psycopg import ClientCursor

import palkkio

_NULL, _BETWEEN = b"\x00-", b"\x00,"  # values of PostgreSQL hold no zero byte
_STARTS = (b"SELECT ", b"WITH ")
_NO_READING = ("SAVEPOINT ", "RELEASE SAVEPOINT ")


@dataclass
class Reading:
    """Statements in their order, with a digest of what they returned.

    is_whole  False where something else than a whole SELECT was asked: such a reading cannot be repeated
    """

    statements: list[str] = field(default_factory=list)
    is_whole: bool = True
    _returned: Any = field(default_factory=sha256)  # most processors have instructions for it

    def add(self, statement: bytes, cursor: Any) -> None:
        if cursor.pgresult is None or not statement.lstrip().startswith(_STARTS):
            self.is_whole = False
            return
        self.statements.append(statement.decode())
        # A statement that orders a part of itself alone is at worst found to return something else, and computed again.
        rows = _rows(cursor.pgresult, is_ordered=b" ORDER BY " in statement)
        self._returned.update(b"%d " % len(rows) + rows)

    @property
    def digest(self) -> str:
        """Of all that was returned, and of the program; 32 letters. Empty if the reading cannot be repeated."""
        return blake2b(self._returned.digest() + program(), digest_size=16).hexdigest() if self.is_whole else ""

    @property
    def kept(self) -> bytes:
        return zlib.compress(json.dumps(self.statements).encode(), 1) if self.is_whole else b""


@contextmanager
def recorded() -> Generator[Reading]:
    """Everything that is read meanwhile."""
    reading = Reading()

    def record(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        found = execute(sql, params, many, context)
        if not sql.startswith(_NO_READING):
            cursor = context["cursor"].cursor
            if many or not isinstance(cursor, ClientCursor) or cursor._query is None:
                reading.is_whole = False  # its values went apart from the statement
            else:
                reading.add(cursor._query.query, cursor)
        return found

    with connection.execute_wrapper(record):
        yield reading


def reads_the_same(kept: bytes, digest: str) -> bool:
    """True if the statements of an earlier reading return what they returned then, under the same program."""
    if not kept or not digest:
        return False
    again = Reading()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL transaction_read_only = on")
        for statement in json.loads(zlib.decompress(kept)):
            cursor.execute(statement)
            again.add(statement.encode(), cursor.cursor)
    return again.digest == digest


def _rows(result: Any, *, is_ordered: bool) -> bytes:
    """The rows of a result as bytes; those of a statement without an order in one of their own."""
    value, columns, rows = result.get_value, range(result.nfields), range(result.ntuples)
    head = b"%d %d " % (len(columns), len(rows))
    if is_ordered:
        return head + _joined([value(row, column) for row in rows for column in columns])
    return head + b"\x00\n".join(sorted(_joined([value(row, column) for column in columns]) for row in rows))


def _joined(cells: list[bytes | None]) -> bytes:
    if None in cells:
        return _BETWEEN.join([_NULL if cell is None else cell for cell in cells])
    return _BETWEEN.join(cells)  # type: ignore[arg-type]  # none of them is None


@cache
def program() -> bytes:
    """Digest of the program's own files, its rules among them, of its libraries and of Python."""
    folder = Path(palkkio.__file__).parent
    files = sorted(path for ending in ("py", "yaml") for path in folder.rglob(f"*.{ending}"))
    return _digest(
        [
            sys.version.encode(),
            *sorted(f"{each.name} {each.version}".encode() for each in distributions()),
            *(part for path in files for part in (path.relative_to(folder).as_posix().encode(), path.read_bytes())),
        ]
    )


def _digest(parts: Iterable[bytes]) -> bytes:
    made = blake2b(digest_size=16)
    for part in parts:
        made.update(b"%d " % len(part) + part)
    return made.digest()
