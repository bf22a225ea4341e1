"""Many rows into one table by COPY: PostgreSQL's fastest way in. Constraints and triggers hold as for any row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection
from psycopg import sql

from palkkio.organisations.asking import rows_of

NULL = "\\N"
AT_ONCE = 500


def copy_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Write rows of texts, as `escaped` and PostgreSQL's own spelling of numbers, days and ranges. Returns how many."""
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    count = 0
    # What the database refuses is Django's error here as elsewhere: jobs are tried again by it.
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(into) as copy:
        block: list[str] = []
        for row in rows:
            block.append("\t".join(row))
            count += 1
            if len(block) == AT_ONCE:
                copy.write("\n".join(block) + "\n")
                block = []
        if block:
            copy.write("\n".join(block) + "\n")
    return count


def new_ids(table: str, count: int) -> list[int]:
    """Numbers for rows that are copied in under them."""
    numbers = "SELECT nextval((SELECT pg_get_serial_sequence(%(table)s, 'id'))) FROM generate_series(1, %(count)s)"
    return [number for (number,) in rows_of(numbers, table=table, count=count)]


def escaped(text: str) -> str:
    """Text as one value of a row."""
    if "\\" in text:
        text = text.replace("\\", "\\\\")
    return text.replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def optional(value: object) -> str:
    """A number, day or moment that may be missing, as one value of a row."""
    return NULL if value is None else str(value)


def truth(value: object) -> str:
    return "t" if value else "f"
