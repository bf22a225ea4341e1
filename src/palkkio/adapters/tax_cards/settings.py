"""How the Tax Administration is asked, as configuration: PALKKIO_TAX_CARDS (docs/guides/tax-cards.md)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from palkkio.adapters.configuration import SettingsError, check_address, json_of


@dataclass(frozen=True, slots=True)
class Service:
    """Where cards are asked for.

    certificate, key    PEM files that open the connection; empty at the sandbox
    days_before_payday  so many calendar days before a payday its payees' cards are asked for
    """

    url: str
    certificate: Path | None = None
    key: Path | None = None
    days_before_payday: int = 10
    is_sandbox: bool = False


def read_service(text: str, *, production: bool) -> Service | None:
    """The service from JSON, or from the file of JSON that `text` names; None where none is configured.

    Raises SettingsError.
    """
    row = json_of("PALKKIO_TAX_CARDS", text)
    if row is None:
        return None
    try:
        service = Service(
            str(row["url"]).rstrip("/"),
            Path(row["certificate"]) if row.get("certificate") else None,
            Path(row["key"]) if row.get("key") else None,
            int(row.get("days_before_payday", 10)),
            bool(row.get("is_sandbox", False)),
        )
    except ValueError as error:
        raise SettingsError(f"PALKKIO_TAX_CARDS: {error}") from error
    except (KeyError, TypeError) as error:
        raise SettingsError(f"PALKKIO_TAX_CARDS lacks {error}: docs/guides/tax-cards.md.") from error
    check_address(service.url, "the tax card service", is_sandbox=service.is_sandbox, production=production)
    if production and service.certificate is None:
        raise SettingsError("Tax cards would be asked for without a certificate. Production refuses it.")
    return service
