"""Whoever is killed while they answer us has given no answer: it is told as none, and the job asks again (PAY-10)."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from palkkio.adapters.identity.transport import ServiceError, Transport
from palkkio.adapters.incomes_register import client as register
from palkkio.adapters.incomes_register.sandbox import register_at
from palkkio.adapters.incomes_register.signing import make_certificate
from palkkio.adapters.tax_cards import client as cards
from palkkio.adapters.tax_cards.records import Query
from palkkio.adapters.tax_cards.settings import Service
from palkkio.formats.incomes_register import write_delivery
from tests.formats.test_incomes_register import delivery, report
from tests.formats.values import identity_code

HALVES = [
    b"",
    b"HTT",
    b"HTTP/1.1 200 OK\r\nContent-Le",
    b'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"cards": [',
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n<soap",
]


@contextmanager
def answering(half: bytes) -> Iterator[int]:
    """A server that says so much, and is gone; its port."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.recv(1 << 20)
            self.request.sendall(half)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("half", HALVES)
def test_half_an_answer_is_none(half: bytes, tmp_path: Path) -> None:
    for name in ("payer", "register"):
        make_certificate(tmp_path, name)
    query = Query(identity_code(date(1980, 1, 1), 901), "wage", date(2026, 6, 30))
    with answering(half) as port:
        with pytest.raises(cards.TaxCardError):
            cards.fetch(Service(f"http://localhost:{port}", is_sandbox=True), "0737546-2", [query])
        with pytest.raises(register.RegisterError):
            register.send(register_at(port, tmp_path), write_delivery(delivery(report(report_id="h"))), "100")
        with pytest.raises(ServiceError):
            Transport().get_json(f"http://localhost:{port}/.well-known/openid-configuration")
