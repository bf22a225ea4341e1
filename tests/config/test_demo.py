"""The demo fills the database that it made, and no other."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import psycopg
import pytest

from palkkio.config import embedded

pytestmark = pytest.mark.long


@pytest.fixture
def data(monkeypatch: pytest.MonkeyPatch) -> Generator[dict[str, str]]:
    """Environment of a demo whose data lies in a folder of the test's own."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PALKKIO_") and k != "DATABASE_URL"}
    place = str(embedded.home() / f"trial-demo-{os.getpid()}")
    monkeypatch.setenv("PALKKIO_DATA", place)
    yield {**clean, "PALKKIO_DATA": place}
    embedded.demo().remove()
    shutil.rmtree(place, ignore_errors=True)


def demo(variables: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "palkkio.config.demo", *arguments]
    return subprocess.run(command, env=variables, capture_output=True, text=True, check=False)


def test_refuses_to_start_where_an_installation_is_named() -> None:
    done = demo({**os.environ, "DATABASE_URL": "postgresql://palkkio@db.example.fi/palkkio"}, "--no-serve")
    assert done.returncode == 1
    assert "looks like a real installation" in done.stderr


def test_leaves_a_database_that_it_did_not_make(data: dict[str, str]) -> None:
    server = embedded.demo()
    server.start()
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute("CREATE TABLE somebody_elses AS SELECT 1 AS n")
    for arguments in (["--no-serve"], ["--no-serve", "--reset"]):
        done = demo(data, *arguments)
        assert done.returncode == 1
        assert "was not made by bin/demo" in done.stderr
    with psycopg.connect(server.url()) as connection:
        assert connection.execute("SELECT n FROM somebody_elses").fetchone() == (1,)


def test_taken_port_is_told_before_anything_is_started(data: dict[str, str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = demo(data, "--port", str(port))
    assert done.returncode == 1
    assert f"Port {port} is taken" in done.stderr


def test_second_run_keeps_what_was_entered(data: dict[str, str], tmp_path: Path) -> None:
    data["PALKKIO_VAR"] = str(tmp_path)
    first = demo(data, "--no-serve")
    assert first.returncode == 0, first.stderr
    assert re.search(r"payees \d+ +gross [\d,]+\.\d\d EUR +net [\d,]+\.\d\d EUR", first.stdout)
    assert list(tmp_path.rglob("*.pdf"))
    assert list(tmp_path.rglob("pain001*.xml"))
    with psycopg.connect(embedded.demo().url(), autocommit=True) as connection:
        connection.execute("UPDATE people_person SET phone = '040 000 0000' WHERE id = 1")
    second = demo(data, "--no-serve")
    assert second.returncode == 0, second.stderr
    assert "what was entered stays" in second.stdout
    with psycopg.connect(embedded.demo().url()) as connection:
        assert connection.execute("SELECT phone FROM people_person WHERE id = 1").fetchone() == ("040 000 0000",)
    stopped = demo(data, "--stop")
    assert stopped.stdout == "Database stopped.\n"
    assert not embedded.demo().is_running()
