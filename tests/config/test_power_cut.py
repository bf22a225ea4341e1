"""Parts of a run do not wait for the disk: what a power cut takes of them is done again, and nothing is paid twice."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from tests.config.power_cut import PAYEES, PAYEES_A_PART

from palkkio.config import embedded, server_programs

pytestmark = pytest.mark.long
DONE = "SELECT count(*) FROM payroll_runpart WHERE step = %s AND done_at IS NOT NULL"
LONGEST = 120  # s
CUT_AFTER = 3  # parts


@pytest.fixture
def server() -> Iterator[embedded.Server]:
    """A database server of its own with safe writes, as in production."""
    made = embedded.Server(base=embedded.home() / "power-cut", database="palkkio_power_cut")
    made.remove()
    with made.used():
        yield made
    made.remove()


def cut_the_power(server: embedded.Server) -> None:
    """The server and all its processes end at once; what they had not written is gone."""
    server_programs.run_binary("pg_ctl", "stop", "--mode=immediate", f"--pgdata={server.data}")


def step(server: embedded.Server, name: str, kept: Path) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "DATABASE_URL": server.url(),
        "DJANGO_SETTINGS_MODULE": "palkkio.config.settings",
        "PALKKIO_TODAY": "2026-06-08",
    }
    command = [sys.executable, "-m", "tests.config.power_cut", name, str(kept)]
    return subprocess.Popen(command, env=environment, cwd=embedded.ROOT, stderr=subprocess.DEVNULL)


def parts_done(server: embedded.Server, of: str) -> int:
    with psycopg.connect(server.url(), autocommit=True) as connection:
        row = connection.execute(DONE, [of]).fetchone()
    assert row is not None
    return int(row[0])


def test_a_power_cut_in_the_middle_of_a_run_loses_and_doubles_nothing(server: embedded.Server, tmp_path: Path) -> None:
    kept = tmp_path / "who"
    assert step(server, "seed", kept).wait(timeout=LONGEST) == 0
    for name, of in (("calculate", "calculate"), ("produce", "produce")):
        working = step(server, name, kept)
        deadline = time.monotonic() + LONGEST
        while parts_done(server, of) < CUT_AFTER and working.poll() is None:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        cut_the_power(server)
        assert working.wait(timeout=LONGEST) != 0, "it was over before the power was cut"
        server.start()
        assert parts_done(server, of) < PAYEES / PAYEES_A_PART
        assert step(server, name, kept).wait(timeout=LONGEST) == 0
    assert step(server, "check", kept).wait(timeout=LONGEST) == 0
