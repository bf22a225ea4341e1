"""Which organisation sends letters by Suomi.fi Messages: PALKKIO_SUOMIFI_MESSAGES (docs/guides/letters.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from palkkio.adapters.configuration import SettingsError, check_address, objects_of
from palkkio.adapters.suomifi_messages.bodies import Address

NEEDED = ("organisation", "url", "username", "password", "service_id")
NEEDED_FOR_PAPER = ("username", "password", "email")


@dataclass(frozen=True, slots=True)
class Printing:
    """The county's own contract on printing and enveloping (M9); without it nothing goes on paper by Suomi.fi.

    sender  stands on the envelope
    """

    username: str
    password: str = field(repr=False)
    email: str
    sender: Address


@dataclass(frozen=True, slots=True)
class Service:
    """One organisation's way to Suomi.fi Messages. `service_id` names its service there."""

    url: str
    username: str
    password: str = field(repr=False)
    service_id: str
    printing: Printing | None = None
    is_sandbox: bool = False


def read_services(text: str, *, production: bool) -> dict[str, Service]:
    """Services by the organisation's short name, from a list of JSON, or from the file of it that `text` names.

    Raises SettingsError.
    """
    rows = objects_of("PALKKIO_SUOMIFI_MESSAGES", text)
    found = {str(row.get("organisation", "")): _service(row, production=production) for row in rows}
    if len(found) < len(rows):
        raise SettingsError("PALKKIO_SUOMIFI_MESSAGES names an organisation twice.")
    return found


def _service(row: Mapping[str, Any], *, production: bool) -> Service:
    if missing := [key for key in NEEDED if not row.get(key)]:
        raise SettingsError(f"PALKKIO_SUOMIFI_MESSAGES lacks {', '.join(missing)}: docs/guides/letters.md.")
    service = Service(
        str(row["url"]).rstrip("/"),
        str(row["username"]),
        str(row["password"]),
        str(row["service_id"]),
        _printing(row["printing"]) if row.get("printing") else None,
        bool(row.get("is_sandbox", False)),
    )
    check_address(service.url, "Suomi.fi Messages", is_sandbox=service.is_sandbox, production=production)
    return service


def _printing(row: Any) -> Printing:
    try:
        sender = Address(**row["sender"])
    except (KeyError, TypeError) as error:
        raise SettingsError(f"The sender's address on paper cannot be read: {error}") from error
    if missing := [key for key in NEEDED_FOR_PAPER if not row.get(key)]:
        raise SettingsError(f"The printing of letters lacks {', '.join(missing)}: docs/guides/letters.md.")
    return Printing(str(row["username"]), str(row["password"]), str(row["email"]), sender)
