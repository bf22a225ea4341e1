"""Databases for test runs: one migrated template, copied for each run in a tenth of a second.

A template says of what it was made. New migrations go onto a copy of a template that lacks nothing but them.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from psycopg import sql

from palkkio.config import embedded, env
from palkkio.config.embedded import Server

TEMPLATE = "palkkio_template_"
RUN = "palkkio_run_"
HALF = "_half"
KEPT = 3
ONE_AT_A_TIME = 20260608  # number of the advisory lock


def make(server: Server) -> str:
    """A database of this process's own with every migration applied; its name."""
    name = f"{RUN}{os.getpid()}"
    with admin(server) as connection:
        sweep(connection)
        template = whole_template(connection, server)
        run(connection, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
        run(connection, "CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy", name, template)
    return name


def whole_template(connection: psycopg.Connection, server: Server) -> str:
    """The name of a template with today's migrations, made if there is none."""
    made_of = ingredients()
    template = TEMPLATE + hashlib.sha256(json.dumps(made_of).encode()).hexdigest()[:16]
    templates = recipes(connection)
    if template not in templates:
        half = f"{template}{HALF}"
        lacking = [name for name, recipe in templates.items() if recipe and recipe.items() <= made_of.items()]
        begun = max(lacking, key=lambda name: len(templates[name]), default="template1")
        run(connection, "DROP DATABASE IF EXISTS {} WITH (FORCE)", half)
        run(connection, "CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy", half, begun)
        migrate(server.url(half))
        comment = sql.SQL("COMMENT ON DATABASE {} IS {}")
        connection.execute(comment.format(sql.Identifier(half), sql.Literal(json.dumps(made_of))))
        run(connection, "ALTER DATABASE {} RENAME TO {}", half, template)
        for old in [*templates][: -KEPT + 1]:
            run(connection, "DROP DATABASE {} WITH (FORCE)", old)
    return template


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


def ingredients() -> dict[str, str]:
    """The digest of each migration and of the locked packages."""
    paths = {"requirements": Path(__file__).parents[1] / "requirements" / "base.txt"}
    for app in apps.get_app_configs():
        paths |= {f"{app.label}/{path.name}": path for path in sorted((Path(app.path) / "migrations").glob("0*.py"))}
    return {name: hashlib.sha256(path.read_bytes()).hexdigest()[:16] for name, path in paths.items()}


def recipes(connection: psycopg.Connection) -> dict[str, dict[str, str]]:
    """Of what each whole template was made, the oldest first."""
    rows = connection.execute(
        "SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database WHERE starts_with(datname, %s)"
        " AND NOT datname LIKE %s ORDER BY oid",
        [TEMPLATE, f"%{HALF}"],
    )
    return {name: json.loads(recipe or "{}") for name, recipe in rows}


def admin(server: Server) -> psycopg.Connection:
    connection = psycopg.connect(server.url("postgres"), autocommit=True)
    connection.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
    return connection


def names(connection: psycopg.Connection, prefix: str) -> list[str]:
    rows = connection.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix])
    return [row[0] for row in rows]


def run(connection: psycopg.Connection, statement: str, *names: str) -> None:
    connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


if __name__ == "__main__":  # bin/test makes the template while it checks types
    import django

    django.setup()
    with embedded.tests().used(), admin(embedded.tests()) as at_server:
        whole_template(at_server, embedded.tests())
