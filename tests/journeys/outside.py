"""Who is outside, and the worker between, each in a process of its own that a test stops, kills and starts again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from palkkio.config.demo_sandboxes import SANDBOXES
from tests.apps.payroll.test_killed_worker import until
from tests.apps.reporting.test_killed_sender import free_port

BANK, REGISTER, CARDS, LETTERS, WORKER = "bank", "incomes register", "tax cards", "letters", "worker"
TAKE_UP = "palkkio.config.worker.take_up_jobs_of_dead_workers"


@dataclass
class Process:
    """`python -m` with these words, in this environment; `is_up` tells when it answers."""

    words: Sequence[str]
    environment: dict[str, str]
    is_up: Callable[[], bool] = lambda: True
    running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **self.environment}
        self.running = subprocess.Popen([sys.executable, "-m", *self.words], env=environment, stderr=subprocess.DEVNULL)
        until(self.is_up)

    def holds_still(self) -> None:
        """It takes calls, and answers none."""
        self._signal(signal.SIGSTOP)

    def goes_on(self) -> None:
        self._signal(signal.SIGCONT)

    def ends(self) -> None:
        """It does what it has begun, as at an upgrade."""
        if self.running is not None:
            self.running.terminate()
            self.running.wait(timeout=60)
            self.running = None

    def kill(self) -> None:
        """`kill -9`, also of one that holds still."""
        if self.running is not None:
            self.running.kill()
            self.running.wait()
            self.running = None

    def _signal(self, number: signal.Signals) -> None:
        assert self.running is not None
        os.kill(self.running.pid, number)


@dataclass
class Outside:
    """The four sandboxes, as `bin/demo` starts them, and one worker that talks to them."""

    folder: Path
    today: date
    sandboxes: dict[str, Process] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    worker: Process | None = None

    def __post_init__(self) -> None:
        fixed = {"PALKKIO_TODAY": self.today.isoformat()}
        for each in SANDBOXES:
            if each.name in (BANK, REGISTER, CARDS, LETTERS):
                port = free_port()
                words = [each.module, f"--port={port}", *each.arguments(self.folder)]
                quick = ["--delay=0"] if each.name == REGISTER else []
                self.sandboxes[each.name] = Process([*words, *quick], fixed, partial(_listens, port))
                self.settings |= each.settings(port, self.folder)

    def day(self, today: date) -> None:
        """A worker of this day; the one of the day before has done what there was."""
        if self.worker is not None:
            self.worker.ends()
        environment = {
            **self.settings,
            "DJANGO_SETTINGS_MODULE": "palkkio.config.settings",
            "PALKKIO_TODAY": today.isoformat(),
        }
        self.worker = Process(["palkkio.config.worker", "--fetch-job-polling-interval=0.3"], environment)
        self.worker.start()

    def talk(self, about: str, begins: Callable[[], Any], *, killed: str, is_under_way: Callable[[], Any]) -> None:
        """What `begins` asks for is done; if one of the two is `killed`, in the middle, and it is started again."""
        sandbox = self.sandboxes[about]
        if killed in (about, WORKER):
            sandbox.holds_still()
            begins()
            until(is_under_way)
            if killed == WORKER:
                worker = self.worker
                assert worker is not None
                worker.kill()
                sandbox.goes_on()
                query("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '10 minutes'")
                worker.start()
                job(TAKE_UP, timestamp=0)
            else:
                sandbox.kill()
                until(lambda: query("SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'") == 0)
                sandbox.start()
        else:
            begins()
        done()


@contextmanager
def outside(folder: Path, today: date) -> Generator[Outside]:
    made = Outside(folder, today)
    try:
        for each in made.sandboxes.values():
            each.start()
        yield made
    finally:
        for each in (*made.sandboxes.values(), *filter(None, [made.worker])):
            each.kill()


def done() -> None:
    """The worker has done every job; nobody waits here for a retry's time."""

    def is_done() -> bool:
        query("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo' AND scheduled_at > now()")
        return bool(query("SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')") == 0)

    until(is_done, seconds=180)  # a worker that begins anew takes half a minute on a busy machine
    failed = query("SELECT string_agg(task_name, ' ') FROM procrastinate_jobs WHERE status = 'failed'")
    assert failed is None, f"{failed}: {query('SELECT text FROM jobs_jobtrouble LIMIT 1')}"


def job(task: str, **arguments: Any) -> None:
    """A job of the timetable, now."""
    with suppress(AlreadyEnqueued):
        app.configure_task(task, queueing_lock=f"now {task}").defer(**arguments)


def query(statement: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        row = cursor.fetchone() if cursor.description else None
    return row[0] if row else None


def _listens(port: int) -> bool:
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) == 0
