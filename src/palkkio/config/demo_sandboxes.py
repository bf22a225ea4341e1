"""The sandboxes beside the demo: servers of ours that stand for those outside, each a process of its own.

A sandbox is `python -m palkkio.adapters.<x>.sandbox --port N ...`, ends at SIGTERM, and knows invented people alone. A
new one is a row of SANDBOXES; where it listens and what the site is told of it follow from the row.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

FIRST_PORT = 1000  # that many from the site's


@dataclass(frozen=True, slots=True)
class Sandbox:
    """One process.

    name       of the process, where it is told that it ended
    says       what it is, for the visitor; %(url)s is where it is
    arguments  of its command line beside the port, by the folder of the demo's files
    settings   environment of site and worker, by port and folder: how they find it
    """

    name: str
    module: str
    says: str
    arguments: Callable[[Path], list[str]]
    settings: Callable[[int, Path], dict[str, str]]


def _identity(port: int, folder: Path) -> dict[str, str]:
    return {"PALKKIO_IDENTITY_PROVIDERS": identity_providers(port)}


def identity_providers(port: int) -> str:
    """The list of banks that one signs in with: all of them are the sandbox."""
    from palkkio.adapters.identity import sandbox

    return json.dumps(
        [
            {
                "key": key,
                "names": {"fi": name, "sv": name, "en": name},
                "issuer": f"http://localhost:{port}",
                "client_id": sandbox.CLIENT_ID,
                "client_secret": sandbox.CLIENT_SECRET,
                "parameters": {"bank": key},
                "is_sandbox": True,
            }
            for key, name in sandbox.BANKS.items()
        ]
    )


def _bank(port: int, folder: Path) -> dict[str, str]:
    """The county's way to its bank. The bank's key is made here, so that the site knows it before it is started."""
    from palkkio.adapters.bank import sandbox

    row = {
        "organisation": "mallila",
        "host": "127.0.0.1",
        "port": port,
        "user": sandbox.USER,
        "password": sandbox.PASSWORD,
        "host_key": sandbox.host_key(folder / "sandbox-bank"),
        "to": f"/{sandbox.TO}",
        "from": f"/{sandbox.FROM}",
    }
    return {"PALKKIO_BANKS": json.dumps([row])}


def _register(port: int, folder: Path) -> dict[str, str]:
    """The way to the incomes register, with the certificates of both sides in its folder."""
    from palkkio.adapters.incomes_register import sandbox

    return {"PALKKIO_INCOMES_REGISTER": sandbox.settings_text(port, folder / "sandbox-register")}


def _letters(port: int, folder: Path) -> dict[str, str]:
    from palkkio.adapters.suomifi_messages import sandbox

    return {"PALKKIO_SUOMIFI_MESSAGES": sandbox.settings_text(port)}


SANDBOXES: tuple[Sandbox, ...] = (
    Sandbox(
        "identity",
        "palkkio.adapters.identity.sandbox",
        "The sandbox of strong authentication (invented people) is at %(url)s.",
        lambda folder: [f"--people={folder / 'bank-people.json'}"],
        _identity,
    ),
    Sandbox(
        "bank",
        "palkkio.adapters.bank.sandbox",
        "The sandbox bank takes the county's payment files over SFTP, pays at once, and answers.",
        lambda folder: [f"--folder={folder / 'sandbox-bank'}"],
        _bank,
    ),
    Sandbox(
        "incomes register",
        "palkkio.adapters.incomes_register.sandbox",
        "The sandbox of the incomes register, and what it has been given, is at %(url)s.",
        lambda folder: [f"--folder={folder / 'sandbox-register'}"],
        _register,
    ),
    Sandbox(
        "tax cards",
        "palkkio.adapters.tax_cards.sandbox",
        "The sandbox of the Tax Administration answers for invented tax cards.",
        lambda folder: [f"--cards={folder / 'tax-cards.json'}"],
        lambda port, folder: {"PALKKIO_TAX_CARDS": json.dumps({"url": f"http://localhost:{port}", "is_sandbox": True})},
    ),
    Sandbox(
        "letters",
        "palkkio.adapters.suomifi_messages.sandbox",
        "The sandbox of Suomi.fi Messages, and which letters came, is at %(url)s.",
        lambda folder: [f"--folder={folder / 'sandbox-letters'}"],
        _letters,
    ),
)


def ports(site: int, sandboxes: Iterable[Sandbox] = SANDBOXES) -> dict[str, int]:
    """Where each sandbox stands: a thousand ports from the site, one beside the other."""
    first = site + FIRST_PORT if site + FIRST_PORT + len(SANDBOXES) <= 65_536 else site - FIRST_PORT
    return {each.name: first + place for place, each in enumerate(sandboxes)}


def commands(site: int, folder: Path) -> dict[str, list[str]]:
    """Command lines, without the interpreter."""
    at = ports(site)
    return {each.name: [each.module, f"--port={at[each.name]}", *each.arguments(folder)] for each in SANDBOXES}


def settings(site: int, folder: Path) -> dict[str, str]:
    """What site and worker are told of all of them."""
    at = ports(site)
    return {name: text for each in SANDBOXES for name, text in each.settings(at[each.name], folder).items()}


def told(site: int) -> list[str]:
    at = ports(site)
    return [each.says % {"url": f"http://localhost:{at[each.name]}"} for each in SANDBOXES]
