"""What the role that web and worker sign in as may do: read and write rows, nothing to tables.

History and audit are added to and read, never changed or deleted, whatever the code above may try.
"""

from __future__ import annotations

from typing import Any

import pghistory.models
from django.apps import apps
from django.db import connection
from psycopg import sql

ALL = ("SELECT", "INSERT", "UPDATE", "DELETE")
ADD_ONLY = ("SELECT", "INSERT")
READ_ONLY = ("SELECT",)


def grant(role: str) -> None:
    """Give `role` its rights on every table there is. Run after each migration, as the tables' owner."""
    add_only = add_only_tables()
    name = sql.Identifier(role)
    with connection.cursor() as cursor:
        execute(cursor, "REVOKE CREATE ON SCHEMA public FROM PUBLIC")
        execute(cursor, "GRANT USAGE ON SCHEMA public TO {}", name)
        execute(cursor, "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}", name)
        for table in sorted(connection.introspection.table_names(cursor)):
            rights = READ_ONLY if table == "django_migrations" else ADD_ONLY if table in add_only else ALL
            execute(cursor, "REVOKE ALL ON {} FROM {}", sql.Identifier(table), name)
            execute(cursor, f"GRANT {', '.join(rights)} ON {{}} TO {{}}", sql.Identifier(table), name)


def add_only_tables() -> set[str]:
    """Tables of history and audit."""
    events = {model._meta.db_table for model in apps.get_models() if issubclass(model, pghistory.models.Event)}
    return events | {model._meta.db_table for model in apps.get_app_config("audit").get_models()}


def execute(cursor: Any, statement: str, *parts: sql.Composable) -> None:
    cursor.execute(sql.SQL(statement).format(*parts))
