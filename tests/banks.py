"""The sandbox bank for tests of pages: open it, and go there and back as a visitor.

def test_...(bank: Bank, client: Client):
    answer = bank.visit(client, "sign_in", code)            where the site sends the visitor in the end
"""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from palkkio.adapters.identity import sandbox
from palkkio.adapters.identity.provider import Provider
from palkkio.adapters.identity.transport import transport

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any) -> None:
        return None


@dataclass
class Bank:
    """A running sandbox, and the way there and back."""

    sandbox: sandbox.Sandbox

    def providers(self) -> tuple[Provider, ...]:
        return tuple(
            Provider(
                key,
                {"fi": name, "sv": name, "en": name},
                self.sandbox.issuer,
                sandbox.CLIENT_ID,
                sandbox.CLIENT_SECRET,
                parameters={"bank": key},
                is_sandbox=True,
            )
            for key, name in sandbox.BANKS.items()
        )

    def answer_for(self, client: Client, purpose: str, code: str, *, fault: str = "", going_to: str = "") -> str:
        """The address that the bank sends a visitor back to."""
        query = urlencode({"for": purpose, "next": going_to})
        sent = client.get(f"/eid/testbank/?{query}")
        assert sent.status_code == 302, sent.content
        typed = {"identity_code": code, "given_names": "Testi", "family_name": "Testaaja", "fault": fault}
        try:
            urllib.request.build_opener(_Stay).open(sent["Location"], data=urlencode(typed).encode())
        except urllib.error.HTTPError as answer:
            assert answer.code == 303, answer.read()
            back = urlsplit(answer.headers["Location"])
            return f"{back.path}?{back.query}"
        raise AssertionError("The bank did not send the visitor back")

    def visit(self, client: Client, purpose: str, code: str, *, fault: str = "", going_to: str = "") -> HttpResponse:
        """To the bank and back; the site's answer to what the bank said."""
        return client.get(self.answer_for(client, purpose, code, fault=fault, going_to=going_to))


@contextmanager
def opened() -> Iterator[Bank]:
    """A sandbox for a module of tests."""
    transport.forget()
    with sandbox.running() as running:
        yield Bank(running)
