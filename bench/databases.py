"""Scratch databases of the bench on its embedded server."""

from __future__ import annotations

import os

import psycopg
from psycopg import sql

from palkkio.config import embedded

DATABASE = "palkkio_bench"


def drop(server: embedded.Server, name: str = DATABASE) -> None:
    """Throw a database away, also one that a killed bench left."""
    run(server, sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def make(server: embedded.Server, name: str = DATABASE, *, like: str = "template1") -> None:
    """A database in place of one of that name: empty, or a copy."""
    drop(server, name)
    run(server, sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(like)))


def names(server: embedded.Server) -> set[str]:
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        return {name for (name,) in connection.execute("SELECT datname FROM pg_database")}


def run(server: embedded.Server, statement: sql.Composed) -> None:
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(statement)


def settle() -> None:
    """A county's tables are not filled within a minute: what PostgreSQL and the disk do after that is done before it
    is timed."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM (FREEZE, ANALYZE)")
        cursor.execute("CHECKPOINT")
    os.sync()
