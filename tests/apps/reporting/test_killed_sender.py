"""Whoever is killed between us and the register, started again it ends the same: nothing lost, nothing twice."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from palkkio.adapters.incomes_register import client, sandbox
from palkkio.adapters.incomes_register.settings import Register
from palkkio.adapters.incomes_register.signing import make_certificate
from palkkio.formats.incomes_register import write_delivery
from palkkio.formats.incomes_register.answers import Status
from palkkio.reporting import queueing, sending
from palkkio.reporting.models import Delivery, Report
from tests.adapters.test_incomes_register import OWNER
from tests.apps.payroll.test_killed_worker import ask, until
from tests.apps.reporting.register_scene import payday
from tests.formats.test_incomes_register import delivery, report
from tests.formats.values import MADE_AT

TODAY = date(2026, 6, 8)


@contextmanager
def process(folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The sandbox as `bin/demo` starts it; answers when entered."""
    words = ["palkkio.adapters.incomes_register.sandbox", f"--port={port}", f"--folder={folder}", "--delay=0"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PALKKIO_TODAY": TODAY.isoformat()}
    running = subprocess.Popen([sys.executable, "-m", *words], env=environment)
    try:
        until(lambda: _answers(sandbox.register_at(port, folder)))
        yield running
    finally:
        running.kill()
        running.wait()


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def _answers(register: Register) -> bool:
    with suppress(client.RegisterError):
        _became(register, "nothing")
        return True
    return False


def _became(register: Register, delivery_id: str) -> Any:
    return client.ask(
        register, delivery_type="100", delivery_id=delivery_id, owner=OWNER, at=MADE_AT, is_production=False
    )


@pytest.mark.slow
def test_the_register_killed_and_started_again_knows_what_it_took(tmp_path: Path) -> None:
    """Its books are written before it answers."""
    for name in ("payer", "register"):
        make_certificate(tmp_path, name)
    port = free_port()
    register = sandbox.register_at(port, tmp_path)
    made = write_delivery(delivery(report(report_id="k-1"), delivery_id="k"))
    with process(tmp_path, port) as running:
        taken = client.send(register, made, "100")
        os.kill(running.pid, signal.SIGKILL)
        running.wait()
        with pytest.raises(client.RegisterError):
            _became(register, "k")
    with process(tmp_path, port):
        answer = _became(register, "k")
        assert (answer.status, answer.register_id) == (Status.VALID, taken.register_id)
        assert client.send(register, made, "100").status == Status.REFUSED_ON_RECEIPT


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_while_it_sends_sends_nothing_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The register has taken the delivery in, and the worker dies before it hears so: the next one asks first."""
    paid = payday()
    ask("DELETE FROM procrastinate_jobs")
    row = paid.of(None)
    came, go_on = threading.Event(), threading.Event()
    with sandbox.running(tmp_path, TODAY) as server:
        take = server.books.take
        calls = []

        def holds(*arguments: Any) -> Any:
            calls.append(arguments)
            answer = take(*arguments)
            came.set()
            go_on.wait(60)
            return answer

        monkeypatch.setattr(server.books, "take", holds)
        queueing.send(row.pk)
        settings = sandbox.settings_text(server.server_address[1], tmp_path)
        worker = _worker(settings)
        assert came.wait(60)
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
        go_on.set()
        row.refresh_from_db()
        assert (row.sent_at, row.tried_at is None) == (None, False)
        ask("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '10 minutes'")
        with suppress(AlreadyEnqueued):
            app.configure_task("palkkio.config.worker.take_up_jobs_of_dead_workers").defer(timestamp=0)
        for _ in range(2):  # it may be taken up after the first has looked for jobs
            _worker(settings, "--one-shot").wait(timeout=120)
    row.refresh_from_db()
    assert (row.status, len(calls)) == (3, 1)
    assert set(Report.objects.filter(delivery=row).values_list("state", flat=True)) == {"accepted"}
    assert sending.send_delivery(row.pk, at=MADE_AT).answered_at == row.answered_at
    assert Delivery.objects.exclude(tried_at=None).count() == 1


def _worker(settings: str, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.apps.payroll.worker_in_small_steps", *arguments],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(sys.path),
            "DJANGO_SETTINGS_MODULE": "palkkio.config.settings",
            "PALKKIO_INCOMES_REGISTER": settings,
        },
        stderr=subprocess.DEVNULL,
    )
