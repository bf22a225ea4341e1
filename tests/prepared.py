"""Scenes that many tests begin with: made once by a process, laid out again from then on.

    return prepared("may of the desk", make)

The first time `make` runs, and what it writes is copied: the rows, and the values that it returns. After that the rows
are put back as they were, in one statement, and the values are new copies of their own, so that no test sees what
another has done. Rows keep their numbers; sequences have gone on, so nothing made later meets them.
"""

from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TypeVar

from django.db import connection, transaction
from psycopg import sql

from tests import databases

Scene = TypeVar("Scene")


@dataclass(frozen=True)
class Copy:
    statement: str
    values: bytes


_copies: dict[Hashable, Copy] = {}


def prepared(key: Hashable, make: Callable[[], Scene], *, is_free: Callable[[], bool] | None = None) -> Scene:
    """What `make` returns, with the rows that it writes.

    is_free  whether the rows of the copy may be laid out; by default while there is no organisation. Otherwise `make`
             runs and nothing is copied.
    """
    if not (is_free or _is_clean)():
        return make()
    found = _copies.get(key)
    if found is None:
        found = _copies[key] = _copy(make)
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(found.statement)
    values: Scene = pickle.loads(found.values)
    return values


def forget() -> None:
    """Another database: numbers that were given there are free here."""
    _copies.clear()


def _is_clean() -> bool:
    from palkkio.organisations.queries import organisation_ids

    return not organisation_ids()


def _copy(make: Callable[[], Scene]) -> Copy:
    before = _rows()
    with transaction.atomic():
        values = pickle.dumps(make())
    made = {}
    for table, rows in _rows().items():
        if before[table] - rows:
            raise AssertionError(f"A prepared scene changes rows of {table} that were there before it")
        if new := rows - before[table]:
            made[table] = sorted(new.elements())
    statements = [sql.SQL("SET LOCAL session_replication_role = replica")]  # no triggers: their rows are copied, too
    statements += [
        sql.SQL("INSERT INTO {table} SELECT * FROM unnest({rows}::{table}[])").format(
            table=sql.Identifier(table), rows=sql.Literal(rows)
        )
        for table, rows in made.items()
    ]
    statements.append(sql.SQL("SET LOCAL session_replication_role = origin"))
    return Copy(sql.SQL("; ").join(statements).as_string(connection.connection), values)


def _rows() -> dict[str, Counter[str]]:
    """Every row of every table as text."""
    found: dict[str, Counter[str]] = {table: Counter() for table in databases.tables()}
    asked = sql.SQL(" UNION ALL ").join(
        sql.SQL("SELECT {}, each::text FROM {} each").format(sql.Literal(table), sql.Identifier(table))
        for table in found
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        for table, row in cursor.fetchall():
            found[table][row] += 1
    return found
