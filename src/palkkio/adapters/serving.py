"""How a sandbox of ours serves: over HTTP, in a thread for tests or as a process of its own."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import BaseServer
from typing import TypeVar

Server = TypeVar("Server", bound=BaseServer)
SECONDS = 60  # without a word: who asks is gone


class Handler(BaseHTTPRequestHandler):
    """One request. Nothing is logged: addresses and bodies name people, carry codes and states."""

    protocol_version = "HTTP/1.1"
    timeout = SECONDS

    def body(self, largest: int) -> bytes:
        return self.rfile.read(min(int(self.headers.get("Content-Length") or 0), largest))

    def send(self, status: int, kind: str, content: bytes, headers: Mapping[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {**(headers or {}), "Content-Type": kind, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base's
        """Nothing."""


@contextmanager
def in_a_thread(server: Server) -> Iterator[Server]:
    """The server while it answers, for tests."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def until_stopped(server: ThreadingHTTPServer) -> int:
    """Serves until the process is told to end; the exit status."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        return 0
    finally:
        server.server_close()
    return 0
