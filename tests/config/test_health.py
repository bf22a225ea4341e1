"""Health and figures for who watches the installation (SYS-2)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from palkkio.config import health

pytestmark = pytest.mark.django_db


def beat(seconds_ago: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s))",
            [seconds_ago],
        )


@contextmanager
def database_away() -> Iterator[None]:
    def refuse(*_: Any) -> None:
        raise OperationalError

    with connection.execute_wrapper(refuse):
        yield


def test_the_database_is_asked_whatever_host_the_probe_names(client: Client) -> None:
    answer = client.get("/health/", headers={"host": "10.1.2.3:8000"})
    assert (answer.status_code, answer.json()) == (200, {"database": "ok"})
    assert answer.headers["Cache-Control"] == "no-store"
    assert not answer.cookies
    with database_away():
        answer = client.get("/health/")
    assert (answer.status_code, answer.json()) == (503, {"database": "away"})


def test_a_probe_is_not_led_to_https(client: Client, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/health/").status_code == 200
    assert client.get("/help/").status_code == 301


def test_a_worker_is_alive_while_its_heart_beats(client: Client) -> None:
    assert client.get("/health/worker/").status_code == 503
    beat(60)
    assert client.get("/health/worker/").json() == {"database": "ok", "worker": "away"}
    beat(5)
    answer = client.get("/health/worker/")
    assert (answer.status_code, answer.json()["worker"]) == (200, "ok")


def test_figures_are_told_to_who_brings_the_token(client: Client, settings: Any) -> None:
    from palkkio.entries.tasks import make_sheets

    make_sheets.defer(timestamp=0)
    beat(5)
    assert client.get("/metrics/", headers={"authorization": "Bearer "}).status_code == 404
    settings.PALKKIO_METRICS_TOKEN = "a-token-of-the-test"
    assert client.get("/metrics/").status_code == 404
    assert client.get("/metrics/", headers={"authorization": "Bearer another"}).status_code == 404
    told = client.get("/metrics/", headers={"authorization": "Bearer a-token-of-the-test"})
    lines = told.content.decode().splitlines()
    figures = dict(line.split() for line in lines if not line.startswith("#"))
    assert figures.pop("palkkio_jobs_longest_wait_seconds")
    assert figures == {
        "palkkio_database_up": "1",
        "palkkio_workers": "1",
        "palkkio_jobs_waiting": "1",
        "palkkio_jobs_under_way": "0",
        "palkkio_jobs_failed": "0",
    }
    assert lines.count(f"# TYPE {health.NAMES['failed']} gauge") == 1
    with database_away():
        away = client.get("/metrics/", headers={"authorization": "Bearer a-token-of-the-test"}).content.decode()
    assert "palkkio_database_up 0" in away
