"""How the register is reached, as configuration: PALKKIO_INCOMES_REGISTER (docs/guides/incomes-register.md)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from palkkio.adapters.configuration import SettingsError, check_address, json_of


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

    Raises SettingsError.
    """
    row = json_of("PALKKIO_INCOMES_REGISTER", text)
    if row is None:
        return None
    try:
        register = _register(row)
    except ValueError as error:
        raise SettingsError(f"PALKKIO_INCOMES_REGISTER: {error}") from error
    except (KeyError, TypeError) as error:
        raise SettingsError(f"PALKKIO_INCOMES_REGISTER lacks {error}: docs/guides/incomes-register.md.") from error
    check_address(register.url, "the incomes register", is_sandbox=register.is_sandbox, production=production)
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
