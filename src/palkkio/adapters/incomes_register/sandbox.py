"""A register of invented reports: `python -m palkkio.adapters.incomes_register.sandbox --port N --folder FOLDER`.

It answers like the real one over SOAP: checks the signature, the schema where the official files are there, and the
business rules; acknowledges at once, and tells what became of a delivery when it is asked. In its folder are its books
and the certificates of both sides, made when they are missing.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from contextlib import AbstractContextManager
from datetime import date
from html import escape
from http.server import ThreadingHTTPServer
from pathlib import Path

from palkkio.adapters import serving
from palkkio.adapters.incomes_register.sandbox_register import Books, schema_problems, write_answer
from palkkio.adapters.incomes_register.sandbox_store import Store
from palkkio.adapters.incomes_register.settings import Register
from palkkio.adapters.incomes_register.signing import SignatureError, make_certificate, sign, verified
from palkkio.adapters.incomes_register.soap import SoapFault, fault, unwrap, wrap
from palkkio.formats.incomes_register.answers import Answer, Status
from palkkio.formats.xml import name_of

LARGEST = 64 * 1024 * 1024
DATA = "books.sqlite3"


class Sandbox(ThreadingHTTPServer):
    """The running server. `failures` calls are answered by an error of the server, for tests."""

    def __init__(self, port: int, folder: Path, today: date, delay: float = 0) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.folder = folder
        self.books = Books(Store(folder / DATA), today, delay)
        self.sender, _ = make_certificate(folder, "payer")
        self.certificate, self.key = make_certificate(folder, "register")
        self.failures = 0
        self.forgets_to_answer = 0  # takes the delivery in, and the connection breaks before the answer

    @property
    def register(self) -> Register:
        return register_at(self.server_address[1], self.folder)


def register_at(port: int, folder: Path) -> Register:
    """How a sandbox of this folder is reached."""
    return Register(
        f"http://localhost:{port}",
        folder / "payer.pem",
        folder / "payer.key",
        folder / "register.pem",
        poll_minutes=0,
        is_sandbox=True,
    )


def settings_text(port: int, folder: Path) -> str:
    """PALKKIO_INCOMES_REGISTER of a site beside the sandbox."""
    found = register_at(port, folder)
    return json.dumps(
        {
            "url": found.url,
            "certificate": str(found.certificate),
            "key": str(found.key),
            "register_certificate": str(found.register_certificate),
            "poll_minutes": 0,
            "is_sandbox": True,
        }
    )


class Handler(serving.Handler):
    server: Sandbox

    def do_GET(self) -> None:
        """What came in, without names: for whoever looks at the demo."""
        with self.server.books.store.opened() as base:
            rows = base.execute("SELECT delivery_id, type, status FROM delivery ORDER BY received DESC LIMIT 50")
            items = "".join(
                f"<li>{escape(delivery_id)}: {escape(kind)}, {escape(Status(status).name)}</li>"
                for delivery_id, kind, status in rows
            )
        title = "Tulorekisteri (testi)"
        page = f"<!doctype html><html lang='fi'><title>{title}</title><h1>{title}</h1><ul>{items}</ul>"
        self.send(200, "text/html; charset=utf-8", page.encode())

    def do_POST(self) -> None:
        content = self.body(LARGEST)
        if self.server.failures:
            self.server.failures -= 1
            self.send(503, "text/plain; charset=utf-8", b"Service unavailable")
            return
        try:
            signed = unwrap(content)
            message = verified(signed, certificate=self.server.sender.read_bytes())
        except (SignatureError, SoapFault, ValueError) as error:
            self.send(500, "text/xml; charset=utf-8", fault(str(error)))
            return
        books, found = self.server.books, schema_problems(signed)
        is_question = name_of(message) == "StatusRequestToIR"
        if is_question:
            answer = Answer(Status.REFUSED_ON_RECEIPT, errors=found) if found else books.tell(message, time.time())
        else:
            answer = books.take(message, time.time(), found)
            if self.server.forgets_to_answer:
                self.server.forgets_to_answer -= 1
                self.close_connection = True
                return
        written = write_answer(answer, message, is_ack=not is_question)
        answered = sign(written, key=self.server.key.read_bytes(), certificate=self.server.certificate.read_bytes())
        self.send(200, "text/xml; charset=utf-8", wrap(answered))


def running(folder: Path, today: date, port: int = 0, delay: float = 0) -> AbstractContextManager[Sandbox]:
    """A sandbox in a thread, for tests."""
    return serving.in_a_thread(Sandbox(port, folder, today, delay))


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="An incomes register of invented reports.")
    parser.add_argument("--port", type=int, default=8402)
    parser.add_argument("--folder", type=Path, required=True, help="books and certificates")
    parser.add_argument("--delay", type=float, default=3, help="seconds that it takes over a delivery")
    options = parser.parse_args(arguments)
    fixed = os.environ.get("PALKKIO_TODAY")
    today = date.fromisoformat(fixed) if fixed else date.today()  # noqa: DTZ011 - a sandbox lives where it stands
    return serving.until_stopped(Sandbox(options.port, options.folder, today, options.delay))


if __name__ == "__main__":
    sys.exit(main())
