"""Suomi.fi Messages of invented letters: `python -m palkkio.adapters.suomifi_messages.sandbox --port N --folder F`.

It takes letters in as the real one does: a token, an attachment, a message, whose body it checks; a letter that it has
already it answers with a conflict that names the message. What became of letters it tells as events: who has a mailbox
in use (the last figure of the serial is even) reads at once, the others' letters are printed. `faults.json` in the
folder names receivers that something happens to: {"010101-900X": "returned", "...": "unresolved", "...": "refused"}.
"""

from __future__ import annotations

import argparse
import json
import re
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from html import escape
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from palkkio.adapters import serving
from palkkio.adapters.suomifi_messages import sandbox_store as store
from palkkio.adapters.suomifi_messages.bodies import Channel
from palkkio.adapters.suomifi_messages.sandbox_rules import BODIES, problems
from palkkio.core.identifiers import is_test_identity, normal_identity_code

USER, PASSWORD, SERVICE_ID = "palkkio", "only-for-the-sandbox", "palkkio-letters"
DATA, FAULTS = "letters.sqlite3", "faults.json"
LARGEST = 16 * 1024 * 1024
EVENTS_AT_ONCE = 500
POSTI_RETURNED = {"returned": "Posti: returned to sender", "unresolved": "Posti: unresolved"}
Answer = tuple[int, dict[str, Any]]


class Sandbox(ThreadingHTTPServer):
    """The running server. `failures` calls are answered by an error of the server, for tests."""

    def __init__(self, port: int, folder: Path) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.folder = folder
        self.store = store.Store(folder / DATA)
        self.tokens: set[str] = set()  # a server that starts again knows none of them, as one whose tokens run out
        self.failures = 0
        self.forgets_to_answer = 0  # takes the letter in, and the connection breaks before the answer

    def settings(self, organisation: str = "mallila") -> str:
        return settings_text(self.server_address[1], organisation)

    def fault(self, receiver: str) -> str:
        path = self.folder / FAULTS
        found = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        return str(found.get(receiver, ""))

    def take(self, channel: Channel, body: Any) -> Answer:
        """One letter: status and answer."""
        if found := list(problems(body, BODIES[channel])):
            return 400, {"reason": "Validation failed", "validationErrors": [{"error": each} for each in found]}
        receiver = body.get("recipient", {}).get("id", "")
        if receiver and not is_test_identity(receiver):
            return 400, {"reason": "The sandbox knows only test identities (serials 900-999)."}
        if self.fault(receiver) == "refused":
            return 400, {"reason": "The end user cannot receive messages"}
        part = body.get("electronic") or body["paperMail"]
        service, external_id = body["sender"]["serviceId"], body["externalId"]
        is_paper = channel == Channel.PAPER or (channel == Channel.ANY and not has_mailbox(receiver))
        attachment_id = part["attachments"][0]["attachmentId"]
        with self.store.opened() as base:
            base.execute("BEGIN IMMEDIATE")
            if known := store.message_of(base, service, external_id):
                return 409, {"reason": "Duplicate externalId", "messageId": known}
            if not store.has_attachment(base, attachment_id):
                return 400, {"reason": "Unknown attachment"}
            is_verifiable = part["messageServiceType"] == "Verifiable"
            title = body["electronic"]["title"] if "electronic" in body else ""
            made = store.add_message(
                base, (service, external_id, receiver, is_paper, is_verifiable, title, attachment_id)
            )
            for kind in self._life(receiver, is_paper=is_paper, is_verifiable=is_verifiable):
                store.add_event(base, kind, datetime.now(UTC).isoformat(), made)
        return 200, {"messageId": made}

    def _life(self, receiver: str, *, is_paper: bool, is_verifiable: bool) -> Iterator[str]:
        """What becomes of a letter, in the service's words."""
        if not is_paper:
            yield "Electronic message created"
            yield "Receipt confirmed" if is_verifiable else "Electronic message read"
            return
        yield "Paper mail created"
        yield "Sent for printing and enveloping"
        if back := POSTI_RETURNED.get(self.fault(receiver)):
            yield back
        elif is_verifiable:
            yield "Posti: receipt confirmed"

    def events(self, token: str, service: str) -> dict[str, Any]:
        position = int(token or 0)
        with self.store.opened() as base:
            rows = store.events_after(base, position, service, EVENTS_AT_ONCE)
        events = [
            {
                "type": kind,
                "eventTime": at,
                "metadata": json.dumps({"messageId": message, "serviceId": service, "externalId": external_id}),
            }
            for _place, kind, at, message, external_id in rows
        ]
        return {"events": events, "continuationToken": str(rows[-1][0] if rows else position)}


def has_mailbox(receiver: str) -> bool:
    """Who has taken the mailbox into use: those whose serial ends in an even figure."""
    return is_test_identity(receiver) and int(normal_identity_code(receiver)[9]) % 2 == 0


def settings_text(port: int, organisation: str = "mallila") -> str:
    """PALKKIO_SUOMIFI_MESSAGES of a site beside the sandbox."""
    sender = {"name": "Mallila", "street": "Mallitie 1", "postcode": "00100", "town": "Mallila"}
    row = {
        "organisation": organisation,
        "url": f"http://localhost:{port}",
        "username": USER,
        "password": PASSWORD,
        "service_id": SERVICE_ID,
        "printing": {"username": "print", "password": PASSWORD, "email": "printing@mallila.example", "sender": sender},
        "is_sandbox": True,
    }
    return json.dumps([row])


class Handler(serving.Handler):
    server: Sandbox

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if address.path == "/v2/events":
            if self._is_let_in():
                token = parse_qs(address.query).get("continuationToken", [""])[0]
                self._answer(200, self.server.events(token, SERVICE_ID))
            return
        self._show()

    def do_POST(self) -> None:
        content = self.body(LARGEST)
        if self.server.failures:
            self.server.failures -= 1
            self._answer(503, {"reason": "Service unavailable"})
        elif self.path == "/v2/attachments":
            if self._is_let_in():
                self._answer(*self._attachment(content))
        else:
            try:
                body = json.loads(content)
            except ValueError:
                self._answer(400, {"reason": "The body is not JSON"})
                return
            self._post(body)

    def _post(self, body: Any) -> None:
        if self.path == "/v1/token":
            if body == {"username": USER, "password": PASSWORD}:
                token = secrets.token_urlsafe(24)
                self.server.tokens.add(token)
                self._answer(200, {"access_token": token, "token_type": "Bearer", "expires_in": 3600})
            else:
                self._answer(401, {"reason": "Unknown user or password"})
        elif not self._is_let_in():
            return
        elif self.path == "/v1/mailboxes/active":
            codes = [each["id"] for each in body["endUsers"]]
            self._answer(200, {"endUsersWithActiveMailbox": [{"id": each} for each in codes if has_mailbox(each)]})
        elif self.path in set(Channel):
            status, answer = self.server.take(Channel(self.path), body)
            if self.server.forgets_to_answer:
                self.server.forgets_to_answer -= 1
                self.close_connection = True
                return
            self._answer(status, answer)
        else:
            self._answer(404, {"reason": "Not found"})

    def _attachment(self, content: bytes) -> Answer:
        found = re.search(rb'name="file"; filename="([^"]+)".*?\r\n\r\n(%PDF-.*)\r\n--', content, re.DOTALL)
        if found is None:
            return 400, {"reason": "One file is expected, a PDF"}
        with self.server.store.opened() as base:
            made = store.add_attachment(base, found[1].decode("utf-8", "replace"), found[2])
        return 200, {"attachmentId": made}

    def _is_let_in(self) -> bool:
        if self.headers.get("Authorization", "").removeprefix("Bearer ") in self.server.tokens:
            return True
        self._answer(401, {"reason": "The token is not valid"})
        return False

    def _show(self) -> None:
        """What came in, without names: for whoever looks at the demo."""
        rows = self.server.store.messages()[-50:]
        items = "".join(
            f"<li>{escape(each.external_id)}: {'paper' if each.is_paper else 'mailbox'}</li>" for each in reversed(rows)
        )
        title = "Suomi.fi-viestit (testi)"
        page = f"<!doctype html><html lang='fi'><title>{title}</title><h1>{title}</h1><ul>{items}</ul>"
        self.send(200, "text/html; charset=utf-8", page.encode())

    def _answer(self, status: int, answer: dict[str, Any]) -> None:
        self.send(status, "application/json", json.dumps(answer).encode())


@contextmanager
def running(folder: Path, port: int = 0) -> Iterator[Sandbox]:
    """A sandbox in a thread, for tests."""
    with serving.in_a_thread(Sandbox(port, folder)) as server:
        yield server


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Suomi.fi Messages of invented letters.")
    parser.add_argument("--port", type=int, default=8404)
    parser.add_argument("--folder", type=Path, required=True, help="letters that came in")
    options = parser.parse_args(arguments)
    return serving.until_stopped(Sandbox(options.port, options.folder))


if __name__ == "__main__":
    sys.exit(main())
