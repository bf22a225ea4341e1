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
        recreate(server)
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
    return 0


def recreate(server: embedded.Server) -> None:
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        name = sql.Identifier(DATABASE)
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(name))


def say(text: str = "") -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
