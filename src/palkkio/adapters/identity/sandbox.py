"""A bank of invented people, for demo and tests: `python -m palkkio.adapters.identity.sandbox --port 8400`.

It serves one identity provider by OpenID Connect. Whoever comes chooses a bank and a person from lists, or types an
invented identity code; a menu makes the answer faulty. People come from a file of JSON: a list of objects with
`identity_code`, `given_names`, `family_name`, `note`.
"""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import AbstractContextManager
from dataclasses import replace
from html import escape
from http.server import ThreadingHTTPServer
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from authlib.oauth2 import OAuth2Error

from palkkio.adapters import serving
from palkkio.adapters.identity.sandbox_oauth import Client, Fault, Request, Server, Someone
from palkkio.core.identifiers import is_test_identity, normal_identity_code

CLIENT_ID = "palkkio"
CLIENT_SECRET = "only-for-the-sandbox"  # noqa: S105 - of a server without secrets
BANKS = {"testbank": "Testipankki", "modelbank": "Mallipankki", "mobile": "Mobiilivarmenne (testi)"}
FAULTS = {
    Fault.NONE: "ei vikaa / inget fel / no fault",
    Fault.NONCE: "väärä nonce",
    Fault.ACR: "liian heikko tunnistus (acr)",
    Fault.ISSUER: "väärä myöntäjä (iss)",
    Fault.AUDIENCE: "väärä vastaanottaja (aud)",
    Fault.SIGNATURE: "väärä allekirjoitus",
    Fault.EXPIRED: "vanhentunut (exp)",
    Fault.OLD_SIGN_IN: "tunnistauduttu aiemmin (auth_time)",
    Fault.NO_IDENTITY_CODE: "henkilötunnus puuttuu",
}
_HEAD = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_HERE = Path(__file__).parent


class Sandbox(ThreadingHTTPServer):
    """The running server. `people` may be changed while it runs."""

    def __init__(self, port: int = 0, people: list[Someone] | None = None) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.people = people or []
        self.oauth = Server(self.issuer, Client(CLIENT_ID, CLIENT_SECRET))

    @property
    def issuer(self) -> str:
        return f"http://localhost:{self.server_address[1]}"


class Handler(serving.Handler):
    server: Sandbox

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        oauth = self.server.oauth
        if path == "/.well-known/openid-configuration":
            self._json(200, oauth.discovery())
        elif path == "/keys":
            self._json(200, oauth.public_keys())
        elif path == "/authorize":
            self._ask()
        elif path == "/style.css":
            self._send(200, "text/css; charset=utf-8", (_HERE / "sandbox.css").read_text(encoding="utf-8"))
        else:
            self._send(404, "text/plain; charset=utf-8", "Nothing is here.")

    def do_POST(self) -> None:
        body = self.body(20_000).decode()
        path = urlsplit(self.path).path
        if path == "/token":
            status, answer, _ = self.server.oauth.create_token_response(self._request(body))
            self._json(status, answer)
        elif path == "/authorize":
            self._answer(dict(parse_qsl(body)))
        else:
            self._send(404, "text/plain; charset=utf-8", "Nothing is here.")

    def _request(self, body: str = "") -> Request:
        return Request(self.command, self.server.issuer + self.path, dict(self.headers), body)

    def _ask(self) -> None:
        """The bank's own pages: which bank, then who."""
        try:
            self.server.oauth.get_consent_grant(self._request())
        except OAuth2Error as error:
            self._send(400, "text/html; charset=utf-8", _page("Pyyntöä ei hyväksytty", f"<p>{escape(str(error))}</p>"))
            return
        asked = dict(parse_qsl(urlsplit(self.path).query))
        bank = BANKS.get(asked.get("bank", ""))
        if bank is None:
            links = (
                f'<li><a href="/authorize?{escape(urlencode({**asked, "bank": key}))}">{escape(name)}</a></li>'
                for key, name in BANKS.items()
            )
            self._send(200, "text/html; charset=utf-8", _page("Valitse pankki", f"<ul>{''.join(links)}</ul>"))
            return
        page = _page(bank, _who(self.server.people, f"/authorize?{urlencode(asked)}"))
        self._send(200, "text/html; charset=utf-8", page)

    def _answer(self, typed: dict[str, str]) -> None:
        """Back to the site, with a code, or with word that the person gave up."""
        request = self._request()
        try:
            grant = self.server.oauth.get_consent_grant(request)
            who = None if typed.get("do") == "cancel" else self._someone(typed)
        except (OAuth2Error, ValueError) as error:
            self._send(422, "text/html; charset=utf-8", _page("Ei onnistunut", f"<p>{escape(str(error))}</p>"))
            return
        status, _, headers = self.server.oauth.create_authorization_response(request, who, grant)
        self._send(303 if status == 302 else status, "text/plain; charset=utf-8", "", dict(headers))

    def _someone(self, typed: dict[str, str]) -> Someone:
        fault = Fault(typed.get("fault", ""))
        chosen = typed.get("person", "")
        if chosen.isdigit() and int(chosen) < len(self.server.people):
            return replace(self.server.people[int(chosen)], fault=fault)
        code = normal_identity_code(typed.get("identity_code", ""))
        if not is_test_identity(code):
            raise ValueError("The sandbox knows only test identities (serials 900-999).")
        return Someone(code, typed.get("given_names") or "Testi", typed.get("family_name") or "Testaaja", fault=fault)

    def _json(self, status: int, answer: Any) -> None:
        self._send(status, "application/json", json.dumps(answer))

    def _send(self, status: int, kind: str, text: str, more: dict[str, str] | None = None) -> None:
        self.send(status, kind, text.encode(), {**_HEAD, **(more or {})})


def _page(heading: str, inside: str) -> str:
    text = Template((_HERE / "sandbox.html").read_text(encoding="utf-8"))
    return text.substitute(heading=escape(heading), inside=inside)


def _who(people: list[Someone], action: str) -> str:
    rows = "".join(
        f'<li><button name="person" value="{number}">{escape(f"{each.given_names} {each.family_name}")}'
        f"<small>{escape(each.note)}</small></button></li>"
        for number, each in enumerate(people)
    )
    faults = "".join(f'<option value="{fault.value}">{escape(words)}</option>' for fault, words in FAULTS.items())
    return (
        f'<form method="post" action="{escape(action)}"><p><label>Vika vastauksessa '
        f'<select name="fault">{faults}</select></label></p><ul>{rows}</ul>'
        '<fieldset><legend>Joku muu</legend><p><label>Henkilötunnus (testi) <input name="identity_code"></label></p>'
        '<p><label>Etunimet <input name="given_names"></label></p>'
        '<p><label>Sukunimi <input name="family_name"></label></p><p><button>Tunnistaudu</button></p></fieldset>'
        '<p><button name="do" value="cancel">Keskeytä</button></p></form>'
    )


def read_people(path: Path) -> list[Someone]:
    """Invented people from a file of JSON."""
    return [
        Someone(row["identity_code"], row["given_names"], row["family_name"], row.get("note", ""))
        for row in json.loads(path.read_text(encoding="utf-8"))
    ]


def running(people: list[Someone] | None = None, port: int = 0) -> AbstractContextManager[Sandbox]:
    """A sandbox in a thread, for tests."""
    return serving.in_a_thread(Sandbox(port, people))


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="An identity provider of invented people.")
    parser.add_argument("--port", type=int, default=8400)
    parser.add_argument("--people", type=Path, help="file of JSON")
    options = parser.parse_args(arguments)
    return serving.until_stopped(Sandbox(options.port, read_people(options.people) if options.people else []))


if __name__ == "__main__":
    sys.exit(main())
