"""The embedded PostgreSQL of the demo and the tests: real PostgreSQL from a package, no installation needed.

    python -m palkkio.config.embedded start     start (or find it running), print its address
    python -m palkkio.config.embedded stop
    python -m palkkio.config.embedded address   print the address without starting anything
    python -m palkkio.config.embedded run PROGRAM ARGUMENTS...   with the server up, on it; stop it if it was not kept

The server listens on a Unix socket in a folder that only its user may enter, on no network address, so `trust` opens
it to nobody else. PostgreSQL refuses to run as root: there the server runs as a system user of its own, and its data
lies below /var/lib/palkkio, since that user cannot reach into root's home. Each checkout has its own server.

Who uses the server holds a shared lock on a file; the kernel drops it even after kill -9. The last user to leave stops
the server, unless `start` was told to keep it.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from palkkio.config.server_programs import (
    SYSTEM_USER,
    EmbeddedServerError,
    closed_parent,
    hand_over,
    run_binary,
    server_user,
    tail,
    write_as,
)
from palkkio.config.server_settings import PORT, THROWAWAY, TUNING

ROOT = Path(__file__).resolve().parents[3]
SUPERUSER = "palkkio"
LONGEST_SOCKET_PATH = 100


@dataclass(frozen=True)
class Server:
    """One embedded server.

    base        its folder: data, socket, log, locks
    database    the database that `url()` names by default
    throwaway   faster, and loses data when the machine stops
    tuning      settings beside those of a small machine
    """

    base: Path
    database: str
    throwaway: bool = False
    tuning: Mapping[str, str] = field(default_factory=dict, compare=False)
    _held: list[int] = field(default_factory=list, compare=False, repr=False)

    @property
    def data(self) -> Path:
        return self.base / "data"

    @property
    def log(self) -> Path:
        return self.base / "server.log"

    @property
    def sockets(self) -> Path:
        """Folder of the Unix socket: in `base`, or a short path where the system allows only those."""
        here = self.base / "run"
        if len(str(here / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET_PATH:
            return here
        digest = hashlib.sha256(str(self.base).encode()).hexdigest()[:10]
        return Path(tempfile.gettempdir()) / f"palkkio-{os.geteuid()}-{digest}"

    def url(self, database: str | None = None, user: str = SUPERUSER) -> str:
        """postgresql://user@/database?host=socket-folder; says nothing about whether the server runs."""
        return f"postgresql://{user}@/{database or self.database}?host={quote(str(self.sockets), safe='/')}&port={PORT}"

    def exists(self) -> bool:
        return (self.data / "PG_VERSION").exists()

    def is_running(self) -> bool:
        try:
            with psycopg.connect(self.url("postgres"), connect_timeout=5) as connection:
                row = connection.execute("SHOW data_directory").fetchone()
        except psycopg.OperationalError:
            return False
        return row is not None and Path(row[0]) == self.data

    def start(self, *, keep: bool = False) -> None:
        """Start the server, making it first where there is none; do nothing when it runs.

        keep    it goes on running when its last user leaves, until `stop`
        Raises EmbeddedServerError with the end of the server's log when it does not come up.
        """
        with self._alone():
            if not self.exists():
                self._make()
            if not self.is_running():
                self._launch()
            if keep:
                (self.base / "keep").touch()
            self._make_database()

    def stop(self) -> bool:
        """Stop the server if it runs; True if there was one to stop. Its data stays."""
        if not self.base.exists():
            return False
        with self._alone():
            (self.base / "keep").unlink(missing_ok=True)
            return self._halt()

    def remove(self) -> None:
        """Stop the server and delete its data."""
        self.stop()
        if self.base.exists():
            shutil.rmtree(self.base)
        if self.sockets.exists():
            shutil.rmtree(self.sockets)

    @contextmanager
    def used(self) -> Iterator[str]:
        """Run inside with the server up, and its address; the last one out stops it."""
        self.acquire()
        try:
            yield self.url()
        finally:
            self.release()

    def acquire(self) -> None:
        self.start()
        handle = os.open(self.base / "users", os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(handle, fcntl.LOCK_SH)
        self._held.append(handle)

    def release(self) -> None:
        with self._alone():
            os.close(self._held.pop())
            if (self.base / "keep").exists():
                return
            handle = os.open(self.base / "users", os.O_RDWR | os.O_CREAT, 0o600)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return  # someone else still uses it
            else:
                self._halt()
            finally:
                os.close(handle)

    # --- inside ------------------------------------------------------------------------------------------------------

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One process at a time makes, starts or stops the server."""
        self.base.mkdir(parents=True, exist_ok=True)
        with (self.base / "lock").open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def _make(self) -> None:
        owner = server_user()
        shutil.rmtree(self.data, ignore_errors=True)  # an initdb that was cut short
        hand_over(self.base, 0o755, owner)
        hand_over(self.data, 0o700, owner)
        self._check_reachable()
        run_binary(
            "initdb",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--no-instructions",
            f"--username={SUPERUSER}",
            f"--pgdata={self.data}",
            "--no-sync",  # what the power takes in these seconds is made again
        )

    def _launch(self) -> None:
        owner = server_user()
        hand_over(self.sockets, 0o700, owner)
        self._check_reachable()
        self._remove_stale_pid_file()
        settings = (
            TUNING
            | (THROWAWAY if self.throwaway else {})
            | {**self.tuning, "unix_socket_directories": f"'{self.sockets}'"}
        )
        lines = ["# Written at every start by palkkio.config.embedded"]
        lines += [f"{name} = {value}" for name, value in settings.items()]
        write_as(self.data / "postgresql.auto.conf", "\n".join(lines) + "\n", owner)
        self.log.touch()
        hand_over(self.log, 0o600, owner)
        # Backends of a killed server need a moment to notice before its memory is free.
        for pause in (0.5, 1.5, 4.0, 0):
            try:
                run_binary("pg_ctl", "start", "--wait", "--timeout=60", f"--log={self.log}", f"--pgdata={self.data}")
            except EmbeddedServerError:
                if not pause:
                    raise EmbeddedServerError(
                        f"The embedded PostgreSQL did not start. The end of {self.log}:\n{tail(self.log)}"
                    ) from None
                time.sleep(pause)
            else:
                return

    def _halt(self) -> bool:
        if self._postmaster() is None:
            return False
        run_binary("pg_ctl", "stop", "--mode=fast", "--wait", "--timeout=60", f"--pgdata={self.data}")
        return True

    def _postmaster(self) -> int | None:
        """Process number of our running server, if there is one."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().splitlines()[0])
            command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except (FileNotFoundError, ProcessLookupError, ValueError, IndexError):
            return None
        return pid if b"postgres" in command[0] and str(self.data).encode() in b" ".join(command) else None

    def _remove_stale_pid_file(self) -> None:
        """After a crash the number in the file may be another program's by now; PostgreSQL would not start."""
        if self._postmaster() is None:
            (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _make_database(self) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.database]).fetchone()
            if found is None:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(self.database)))

    def _check_reachable(self) -> None:
        owner = server_user()
        if owner is not None and (closed := closed_parent(self.base, owner)):
            raise EmbeddedServerError(
                f"The database server runs as the user {SYSTEM_USER}, which may not enter {closed}. "
                f"Set PALKKIO_DATA to a folder outside it, such as /var/lib/palkkio."
            )


def demo() -> Server:
    return Server(base=home() / "demo", database="palkkio_demo")


def tests() -> Server:
    return Server(base=home() / "tests", database="palkkio_tests", throwaway=True)


def home() -> Path:
    """Where the servers of this checkout lie: PALKKIO_DATA, else /var/lib/palkkio/… as root, else var/ here."""
    if chosen := os.environ.get("PALKKIO_DATA"):
        return Path(chosen).resolve()
    if os.geteuid() == 0:
        return Path("/var/lib/palkkio") / hashlib.sha256(str(ROOT).encode()).hexdigest()[:10]
    return ROOT / "var" / "postgresql"


def main(arguments: list[str]) -> int:
    """The command line above."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    server = demo()
    try:
        match arguments:
            case ["start"]:
                server.start(keep=True)
                sys.stdout.write(server.url() + "\n")
            case ["stop"]:
                stopped = server.stop()
                sys.stdout.write("Database stopped.\n" if stopped else "The database was not running.\n")
            case ["address"]:
                sys.stdout.write(server.url() + "\n")
            case ["run", *command] if command:
                with server.used() as url:
                    return subprocess.run(command, env=os.environ | {"DATABASE_URL": url}, check=False).returncode
            case _:
                sys.stderr.write((__doc__ or "").strip() + "\n")
                return 2
    except EmbeddedServerError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
