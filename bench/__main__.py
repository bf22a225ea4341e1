"""`python -m bench [payees] [days]`: a scratch database, a seeded May, one run, the figures."""

from __future__ import annotations

import os
import sys
from dataclasses import replace

import django
import psycopg
from psycopg import sql

from palkkio.config import embedded

DATABASE = "palkkio_bench"


def main(arguments: list[str]) -> int:
    payees, days = (int(each) for each in [*arguments, *("1000", "20")[len(arguments) :]][:2])
    demo = embedded.demo()
    server = replace(demo, base=demo.base.with_name("bench"), database=DATABASE)  # safe writes, as in production
    with server.used():
        drop(server, and_make=True)
        os.environ |= {
            "DATABASE_URL": server.url(),
            "DJANGO_SETTINGS_MODULE": "palkkio.config.settings",
            "PALKKIO_TODAY": "2026-06-08",
        }
        django.setup()
        from django.core.management import call_command
        from django.db import connections

        from bench import measure

        say("Making the tables")
        call_command("migrate", verbosity=0, interactive=False)
        try:
            measure.whole_run(payees, days, say)
        finally:
            connections.close_all()
            drop(server)
    return 0


def drop(server: embedded.Server, *, and_make: bool = False) -> None:
    """Throw the scratch database away, also one that a killed bench left; an empty one in its place if asked."""
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        name = sql.Identifier(DATABASE)
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        if and_make:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(name))


def say(text: str = "") -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
