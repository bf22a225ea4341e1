"""How the register is reached, as configuration: PALKKIO_INCOMES_REGISTER (docs/guides/install.md)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})


class RegisterSettingsError(Exception):
    """The configuration cannot be used; the text says what to mend."""


@dataclass(frozen=True, slots=True)
class Register:
    """One environment of the register.

    url                   what the services' names are put behind, without a slash at the end
    certificate, key      PEM files of the certificate that the Tax Administration's certificate service gave us
    register_certificate  PEM file of the certificate that the register signs its answers with
    poll_minutes          how long after sending, and how often, the register is asked what became of a delivery
    is_sandbox            a server of ours; production refuses it
    """

    url: str
    certificate: Path
    key: Path
    register_certificate: Path
    poll_minutes: int = 5
    is_sandbox: bool = False


def read_register(text: str, *, production: bool) -> Register | None:
    """The register from JSON, or from the file of JSON that `text` names; None where none is configured.

    Raises RegisterSettingsError.
    """
    if not text.strip():
        return None
    try:
        row = json.loads(text if text.lstrip().startswith("{") else Path(text).read_text(encoding="utf-8"))
        register = _register(row)
    except (ValueError, OSError) as error:
        raise RegisterSettingsError(f"PALKKIO_INCOMES_REGISTER is not JSON: {error}") from error
    except (KeyError, TypeError) as error:
        raise RegisterSettingsError(f"PALKKIO_INCOMES_REGISTER lacks {error}: docs/guides/install.md.") from error
    address = urlsplit(register.url)
    is_local = address.hostname in LOCAL_HOSTS
    if production and (register.is_sandbox or is_local):
        raise RegisterSettingsError("The incomes register is a sandbox. Production refuses it.")
    if address.scheme != "https" and not (register.is_sandbox and is_local):
        raise RegisterSettingsError("The address of the incomes register must begin with https://.")
    return register


def _register(row: Any) -> Register:
    return Register(
        url=str(row["url"]).rstrip("/"),
        certificate=Path(row["certificate"]),
        key=Path(row["key"]),
        register_certificate=Path(row["register_certificate"]),
        poll_minutes=int(row.get("poll_minutes", 5)),
        is_sandbox=bool(row.get("is_sandbox", False)),
    )
