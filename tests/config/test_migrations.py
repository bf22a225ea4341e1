"""Our `migrate` draws fewer models than Django's (config/management/commands/migrate.py): the tables are the same."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from palkkio.config import embedded

OURS = "from django.core.management import call_command; call_command('migrate', verbosity=0)"
DJANGOS = (
    "from django.core.management import call_command; from django.core.management.commands.migrate import Command; "
    "call_command(Command(), verbosity=0)"
)


@pytest.mark.long
@pytest.mark.django_db
def test_tables_are_those_that_djangos_own_migrate_makes(monkeypatch: pytest.MonkeyPatch) -> None:
    server, dumps = embedded.tests(), []
    for name, program in (("palkkio_migrated_by_us", OURS), ("palkkio_migrated_by_django", DJANGOS)):
        database = sql.Identifier(name)
        with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(database))
            connection.execute(sql.SQL("CREATE DATABASE {}").format(database))
            try:
                monkeypatch.setenv("DATABASE_URL", server.url(name))
                subprocess.run([sys.executable, "-c", f"import django; django.setup(); {program}"], check=True)
                dumps.append(schema(server.url(name)))
            finally:
                connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(database))
    ours, djangos = dumps
    assert "CREATE TABLE public.payroll_payslip " in ours
    assert ours == djangos


def schema(url: str) -> str:
    """All that pg_dump tells of a database but its rows; it opens and ends with a new random word each time."""
    program = Path(embedded.binaries()) / "pg_dump"
    done = subprocess.run([program, "--schema-only", url], capture_output=True, text=True, check=True)
    return "\n".join(line for line in done.stdout.splitlines() if not line.startswith("\\"))
