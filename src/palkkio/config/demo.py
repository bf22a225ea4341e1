"""`bin/demo`: a believable county on an embedded database, its last payroll run, and the site that serves it.

bin/demo              set up what is missing, serve on http://localhost:8000 until Ctrl-C
bin/demo --no-serve   all but serve
bin/demo --reset      begin anew: what was entered is lost
bin/demo --stop       stop the database
bin/demo --port 8080  another port
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType
from typing import NoReturn

import psycopg
from psycopg import sql

from palkkio.config import demo_sandboxes, embedded
from palkkio.config.server_programs import EmbeddedServerError

WEB_ROLE = "palkkio_web"
MARK = "Made by bin/demo"
TODAY = "2026-06-08"


def main(arguments: list[str] | None = None) -> int:
    options = parse(arguments)
    server = embedded.demo()
    try:
        if options.stop:
            say("Database stopped." if server.stop() else "The database was not running.")
            return 0
        refuse_foreign_database()
        if options.serve:
            for port in (options.port, *demo_sandboxes.ports(options.port).values()):
                refuse_busy_port(port)
        prepare(server, reset=options.reset)
        if options.serve:
            return serve(server, options.port)
    except EmbeddedServerError as error:
        sys.exit(str(error))
    say("\nServe it with bin/demo; stop its database with bin/demo --stop.")
    return 0


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/demo", description="Palkkio with a made-up county.")
    parser.add_argument("--no-serve", dest="serve", action="store_false", help="do all but serve")
    parser.add_argument("--reset", action="store_true", help="begin anew: what was entered is lost")
    parser.add_argument("--stop", action="store_true", help="stop the database")
    parser.add_argument("--port", type=int, default=8000, help="port of the site (8000)")
    return parser.parse_args(arguments)


def prepare(server: embedded.Server, *, reset: bool) -> None:
    """A running, migrated, filled database; a second time this takes a second or two and keeps what was entered."""
    step("Starting the database")
    server.start(keep=True)
    if reset:
        drop_database(server)
        server.start(keep=True)
    refuse_unmarked(server)
    make_web_role(server)

    from django.core.management import call_command

    set_up_django(server.url())
    step("Migrating")
    from django.db import connection

    with connection.cursor() as cursor:  # a migration that the power takes is done again: none waits for the disk
        cursor.execute("SET synchronous_commit = off")
    call_command("migrate", verbosity=0, interactive=False)
    from palkkio.config.grants import grant

    grant(WEB_ROLE)
    # From here on with the rights that the web has, no more.
    run_with_rights_of_web(server, "load_demo")


def run_with_rights_of_web(server: embedded.Server, *command: str) -> None:
    done = subprocess.run([sys.executable, "-m", "django", *command], env=environment(server), check=False)
    if done.returncode:
        sys.exit(done.returncode)


def environment(server: embedded.Server, port: int = 0) -> dict[str, str]:
    """What web, worker and commands of the demo are started with; `port` of the site where the sandboxes stand too."""
    return {
        **os.environ,
        "DATABASE_URL": server.url(user=WEB_ROLE),
        "DJANGO_SETTINGS_MODULE": "palkkio.config.settings",
        "PALKKIO_TODAY": os.environ.get("PALKKIO_TODAY", TODAY),
        "PYTHONUNBUFFERED": "1",
        **(demo_sandboxes.settings(port, folder()) if port else {}),
    }


def folder() -> Path:
    """Where the demo's own files lie."""
    return Path(os.environ.get("PALKKIO_VAR", embedded.ROOT / "var")) / "demo"


def set_up_django(url: str) -> None:
    import django

    os.environ["DATABASE_URL"] = url
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "palkkio.config.settings")
    django.setup()


# --- Whose database --------------------------------------------------------------------------------------------------


def refuse_foreign_database() -> None:
    if os.environ.get("PALKKIO_PRODUCTION") or os.environ.get("DATABASE_URL"):
        sys.exit(
            "DATABASE_URL or PALKKIO_PRODUCTION is set, so this looks like a real installation. The demo fills only "
            "the database that it makes itself. Unset them for the demo, or use bin/install."
        )


def refuse_unmarked(server: embedded.Server) -> None:
    """Fill a database only if it is empty or the demo's own."""
    with psycopg.connect(server.url()) as connection:
        row = connection.execute(
            "SELECT shobj_description(oid, 'pg_database'), (SELECT count(*) FROM pg_tables WHERE schemaname = 'public')"
            " FROM pg_database WHERE datname = current_database()"
        ).fetchone()
        comment, tables = row or (None, 0)
        if comment != MARK and tables:
            sys.exit(f"The database {server.database} was not made by bin/demo. It is left as it is.")
        connection.execute(
            sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(server.database), sql.Literal(MARK))
        )


def drop_database(server: embedded.Server) -> None:
    refuse_unmarked(server)
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(server.database)))


def make_web_role(server: embedded.Server) -> None:
    with psycopg.connect(server.url(), autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [WEB_ROLE]).fetchone():
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(WEB_ROLE)))


# --- Serving ---------------------------------------------------------------------------------------------------------


def refuse_busy_port(port: int) -> None:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError:
            sys.exit(f"Port {port} is taken, perhaps by another bin/demo. Choose one: bin/demo --port {port + 80}.")


def serve(server: embedded.Server, port: int) -> int:
    """The site, a worker and the sandboxes, until Ctrl-C or until one of them ends."""
    programs = {
        "site": [
            "granian", "--interface=wsgi", "--host=127.0.0.1", f"--port={port}", "--workers=1", "--blocking-threads=4",
            "--log-level=warning", "palkkio.config.wsgi:application",
        ],
        "worker": ["palkkio.config.worker"],
        **demo_sandboxes.commands(port, folder()),
    }  # fmt: skip
    signal.signal(signal.SIGTERM, interrupt)
    running = {
        name: subprocess.Popen([sys.executable, "-m", *words], env=environment(server, port), start_new_session=True)
        for name, words in programs.items()
    }
    code = 0
    try:
        if answers(port, running["site"]):
            say("")
            for line in demo_sandboxes.told(port):
                say(line)
            say(f"Palkkio is at http://localhost:{port} (Ctrl-C ends it; the database stays up: bin/demo --stop).")
        while all(process.poll() is None for process in running.values()):
            time.sleep(0.5)
        ended = next(name for name, process in running.items() if process.poll() is not None)
        say(f"The {ended} ended by itself; stopping the rest.")
        code = 1
    except KeyboardInterrupt:
        say("\nStopping.")
    finally:
        for process in running.values():
            process.terminate()
        for process in running.values():
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
    return code


def interrupt(number: int, frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def answers(port: int, process: subprocess.Popen[bytes]) -> bool:
    """True as soon as the site answers; False when it ends instead, or says nothing for half a minute."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5):
                return True
        except urllib.error.HTTPError:
            return True
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    return False


def step(text: str) -> None:
    say(f"{text}.")


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
