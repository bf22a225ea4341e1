"""Databases for test runs: one migrated template, copied for each run in a tenth of a second."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from psycopg import sql

from palkkio.config import env
from palkkio.config.embedded import Server

TEMPLATE = "palkkio_template_"
RUN = "palkkio_run_"
ONE_AT_A_TIME = 20260608  # number of the advisory lock


def make(server: Server) -> str:
    """A database of this process's own with every migration applied; its name."""
    name = f"{RUN}{os.getpid()}"
    with admin(server) as connection:
        sweep(connection)
        template = TEMPLATE + fingerprint()
        if template not in names(connection, TEMPLATE):
            for old in names(connection, TEMPLATE):
                run(connection, "DROP DATABASE {} WITH (FORCE)", old)
            half = f"{template}_half"
            run(connection, "CREATE DATABASE {}", half)
            migrate(server.url(half))
            run(connection, "ALTER DATABASE {} RENAME TO {}", half, template)
        run(connection, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
        run(connection, "CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy", name, template)
    return name


def drop(server: Server, name: str) -> None:
    with admin(server) as connection:
        run(connection, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def tables() -> list[str]:
    """Tables of the run's database."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        return [table for (table,) in cursor.fetchall()]


def filled(among: Iterable[str]) -> list[str]:
    """Those of the tables that have rows."""
    from django.db import connection

    asked = sql.SQL(" UNION ALL ").join(
        sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(sql.Literal(each), sql.Identifier(each))
        for each in among
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return [table for (table,) in cursor.fetchall()]


def empty(kept: Iterable[str]) -> None:
    """Take the rows out of all tables but `kept`: what Django's flush does, without making 150 tables anew."""
    from django.db import connection

    without_triggers = [sql.SQL("SET session_replication_role = replica")]
    deletions = [
        sql.SQL("DELETE FROM {}").format(sql.Identifier(each)) for each in filled(set(tables()).difference(kept))
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("; ").join([*without_triggers, *deletions, sql.SQL("SET session_replication_role = origin")])
        )


def sweep(connection: psycopg.Connection) -> None:
    """Drop what killed runs left behind."""
    for name in names(connection, RUN):
        if not Path(f"/proc/{name.removeprefix(RUN)}").exists():
            run(connection, "DROP DATABASE {} WITH (FORCE)", name)


def migrate(url: str) -> None:
    from django.db import connections

    connection = connections["default"]
    connection.close()
    connection.settings_dict.update({**settings.DATABASES["default"], **env.database(url)})
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        connections.close_all()


def fingerprint() -> str:
    """Changes when a migration or a locked package does."""
    digest = hashlib.sha256((Path(__file__).parents[1] / "requirements" / "base.txt").read_bytes())
    for app in apps.get_app_configs():
        for path in sorted((Path(app.path) / "migrations").glob("*.py")):
            digest.update(f"{app.label}/{path.name}".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def admin(server: Server) -> psycopg.Connection:
    connection = psycopg.connect(server.url("postgres"), autocommit=True)
    connection.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
    return connection


def names(connection: psycopg.Connection, prefix: str) -> list[str]:
    rows = connection.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix])
    return [row[0] for row in rows]


def run(connection: psycopg.Connection, statement: str, *names: str) -> None:
    connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
