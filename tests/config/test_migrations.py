"""Our `migrate` draws fewer models than Django's (config/management/commands/migrate.py): the tables are the same."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from tests.databases import run

from palkkio.config import embedded, server_programs

OURS = "from django.core.management import call_command; call_command('migrate', verbosity=0)"
DJANGOS = (
    "from django.core.management import call_command; from django.core.management.commands.migrate import Command; "
    "call_command(Command(), verbosity=0)"
)


@pytest.mark.long
@pytest.mark.django_db
def test_tables_are_those_that_djangos_own_migrate_makes() -> None:
    server = embedded.tests()
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        programs = {"palkkio_migrated_by_us": OURS, "palkkio_migrated_by_django": DJANGOS}
        for name in programs:
            run(connection, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
            run(connection, "CREATE DATABASE {}", name)
        try:
            # Side by side, so that both read the same files.
            started = [migrated(server.url(name), program) for name, program in programs.items()]
            assert [each.wait() for each in started] == [0, 0]
            ours, djangos = (schema(server.url(name)) for name in programs)
        finally:
            for name in programs:
                run(connection, "DROP DATABASE {} WITH (FORCE)", name)
    assert "CREATE TABLE public.payroll_payslip " in ours
    assert ours == djangos


def migrated(url: str, program: str) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-c", f"import django; django.setup(); {program}"]
    return subprocess.Popen(words, env={**os.environ, "DATABASE_URL": url})


def schema(url: str) -> str:
    """All that pg_dump tells of a database but its rows; it opens and ends with a new random word each time."""
    program = Path(server_programs.binaries()) / "pg_dump"
    done = subprocess.run([program, "--schema-only", url], capture_output=True, text=True, check=True)
    return "\n".join(line for line in done.stdout.splitlines() if not line.startswith("\\"))
