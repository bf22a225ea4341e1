"""Jobs of a worker that was killed are taken up by another."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from palkkio.config import worker

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SLEEPER = """
import sys, time, django
django.setup()
from procrastinate.contrib.django import app
@app.task(name="trial.sleeps")
def sleeps():
    print("begun", flush=True)
    time.sleep(float(sys.argv[1]))
from django.core.management import call_command
call_command("procrastinate", "worker", *(["--one-shot"] if sys.argv[1] == "0" else []))
"""


def start_worker(seconds: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SLEEPER, str(seconds)],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "palkkio.config.settings"},
        stdout=subprocess.PIPE,
        text=True,
    )


def ask(query: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(query)
        row = cursor.fetchone() if cursor.description else None
    return row[0] if row else None


def until(wanted: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not wanted():
        assert time.monotonic() < deadline, "it did not happen in a minute"
        time.sleep(0.1)


def test_job_of_a_killed_worker_is_done_by_the_next(database_url: str) -> None:
    app.configure_task("trial.sleeps").defer()
    first = start_worker(600)
    assert first.stdout is not None
    assert first.stdout.readline() == "begun\n"
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    status = "SELECT status::text FROM procrastinate_jobs WHERE task_name = 'trial.sleeps'"
    assert ask(status) == "doing"

    ask("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '10 minutes'")
    with suppress(AlreadyEnqueued):  # the first worker may have put this minute's in the queue before it was killed
        app.configure_task(
            "palkkio.config.worker.take_up_jobs_of_dead_workers", queueing_lock="take_up_jobs_of_dead_workers"
        ).defer(timestamp=0)
    second = start_worker(0)
    second.communicate(timeout=30)
    until(lambda: ask(status) == "succeeded")


def test_job_of_a_living_worker_is_left_alone() -> None:
    assert worker.DEAD_AFTER.total_seconds() > 3 * 10, "a worker may miss a heartbeat or two"


@pytest.mark.long
def test_done_jobs_are_forgotten_after_a_month_and_failed_ones_are_kept() -> None:
    for status in ("succeeded", "failed"):
        ask(
            "WITH job AS (INSERT INTO procrastinate_jobs (queue_name, task_name, status)"
            f" VALUES ('default', 'trial.old', '{status}') RETURNING id)"
            " INSERT INTO procrastinate_events (job_id, type, at)"
            f" SELECT id, '{status}', now() - interval '40 days' FROM job"
        )
    app.configure_task("palkkio.config.worker.remove_done_jobs").defer(timestamp=0)
    start_worker(0).communicate(timeout=30)
    kept = "SELECT string_agg(status::text, ',') FROM procrastinate_jobs WHERE task_name = 'trial.old'"
    assert ask(kept) == "failed"
