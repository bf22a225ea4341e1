"""The embedded server starts, stops and comes up again whatever happened to it."""

from __future__ import annotations

import os
import signal
from collections.abc import Generator
from pathlib import Path

import psycopg
import pytest

from palkkio.config.embedded import Server, home
from palkkio.config.server_programs import closed_parent, server_user

pytestmark = pytest.mark.slow


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Generator[Server]:
    base = home() / f"trial-{os.getpid()}"
    server = Server(base=base, database="palkkio_trial", throwaway=True)
    yield server
    server.remove()


def ask(server: Server, query: str) -> object:
    with psycopg.connect(server.url(), autocommit=True) as connection:
        cursor = connection.execute(query.encode())
        row = cursor.fetchone() if cursor.description else None
    return row[0] if row else None


def postmaster(server: Server) -> int:
    return int((server.data / "postmaster.pid").read_text().splitlines()[0])


def test_data_outlives_a_stop(server: Server) -> None:
    server.start()
    ask(server, "CREATE TABLE kept AS SELECT 7 AS n")
    assert server.stop()
    assert not server.is_running()
    server.start()
    assert ask(server, "SELECT n FROM kept") == 7


def test_starting_twice_keeps_the_same_server(server: Server) -> None:
    server.start()
    first = postmaster(server)
    server.start()
    assert postmaster(server) == first


def test_comes_up_again_after_kill_9(server: Server) -> None:
    server.start()
    os.kill(postmaster(server), signal.SIGKILL)
    server.start()
    assert ask(server, "SELECT 1") == 1


def test_pid_file_that_names_another_program_does_not_hinder(server: Server) -> None:
    server.start()
    server.stop()
    stale = f"{os.getpid()}\n{server.data}\n1\n5432\n{server.sockets}\n\n0 0\nready\n"
    (server.data / "postmaster.pid").write_text(stale)
    server.start()
    assert ask(server, "SELECT 1") == 1
    assert postmaster(server) != os.getpid()


def test_last_user_to_leave_stops_the_server(server: Server) -> None:
    with server.used():
        with server.used():
            pass
        assert server.is_running()
    assert not server.is_running()


def test_server_that_is_to_be_kept_runs_on_after_its_users(server: Server) -> None:
    server.start(keep=True)
    with server.used():
        pass
    assert server.is_running()


def test_folder_too_deep_for_a_socket_gets_a_short_one() -> None:
    deep = Server(base=Path("/srv") / ("x" * 100), database="palkkio_trial")
    assert len(str(deep.sockets)) < 60
    assert deep.sockets.parent == Path("/tmp")


def test_nobody_else_can_enter_the_folder_of_the_socket(server: Server) -> None:
    server.start()
    assert server.sockets.stat().st_mode & 0o077 == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as another user")
def test_folder_the_server_may_not_enter_is_found(tmp_path: Path) -> None:
    user = server_user()
    assert user is not None
    shut = tmp_path / "shut"
    shut.mkdir(mode=0o700)
    found = closed_parent(shut / "data", user)
    assert found is not None
    assert not found.stat().st_mode & 0o001
