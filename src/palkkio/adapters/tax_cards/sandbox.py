"""A Tax Administration of invented cards: `python -m palkkio.adapters.tax_cards.sandbox --port N --cards FILE`.

The file is a list of objects with `identity_code`, `kind` and the fields of a card. Whoever is not in it gets a card
that follows from the identity code, always the same; nobody with the serial 998 has one.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import date
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

from palkkio.adapters import serving
from palkkio.core.identifiers import is_test_identity, normal_identity_code

LARGEST = 8 * 1024 * 1024
WITHOUT_CARD = "998"
Cards = dict[tuple[str, str], dict[str, Any]]


class Sandbox(ThreadingHTTPServer):
    """The running server. `failures` calls are answered by an error of the server, for tests."""

    def __init__(self, port: int = 0, cards: Cards | None = None) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.cards = cards or {}
        self.failures = 0
        self.asked = 0

    @property
    def url(self) -> str:
        return f"http://localhost:{self.server_address[1]}"

    def card(self, query: Mapping[str, str]) -> dict[str, Any] | None:
        code = normal_identity_code(query["identity_code"])
        if not is_test_identity(code):
            raise ValueError("The sandbox knows only test identities (serials 900-999).")
        if found := self.cards.get((code, query["kind"])):
            return found
        if code[7:10] == WITHOUT_CARD:
            return None
        digest = hashlib.sha256(f"{code} {query['kind']}".encode()).digest()
        base = digest[0] % 50 / 2
        year = date.fromisoformat(query["payday"]).year
        return {
            "base_percent": f"{base:.1f}",
            "ceiling": f"{4000 + digest[1] * 100}.00",
            "additional_percent": f"{base + 20:.1f}",
            "first": f"{year}-01-01",
            "last": f"{year}-12-31",
        }


class Handler(serving.Handler):
    server: Sandbox

    def do_POST(self) -> None:
        content = self.body(LARGEST)
        if self.server.failures:
            self.server.failures -= 1
            self._answer(503, {"error": "Service unavailable"})
            return
        try:
            queries = json.loads(content)["queries"]
            cards = [self.server.card(each) for each in queries]
        except (ValueError, KeyError, TypeError) as error:
            self._answer(400, {"error": str(error)})
            return
        self.server.asked += len(queries)
        self._answer(200, {"cards": cards})

    def _answer(self, status: int, answer: Any) -> None:
        self.send(status, "application/json", json.dumps(answer).encode())


def read_cards(path: Path) -> Cards:
    """Cards from a file of JSON; none if it is not there."""
    if not path.exists():
        return {}
    rows = json.loads(path.read_text(encoding="utf-8"))
    return {(row["identity_code"], row["kind"]): row for row in rows}


def running(cards: Cards | None = None, port: int = 0) -> AbstractContextManager[Sandbox]:
    """A sandbox in a thread, for tests."""
    return serving.in_a_thread(Sandbox(port, cards))


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="A Tax Administration of invented tax cards.")
    parser.add_argument("--port", type=int, default=8403)
    parser.add_argument("--cards", type=Path, help="file of JSON")
    options = parser.parse_args(arguments)
    return serving.until_stopped(Sandbox(options.port, read_cards(options.cards) if options.cards else {}))


if __name__ == "__main__":
    sys.exit(main())
