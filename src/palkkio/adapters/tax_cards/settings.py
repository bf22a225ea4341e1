"""How the Tax Administration is asked, as configuration: PALKKIO_TAX_CARDS (docs/guides/tax-cards.md)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})


class TaxCardSettingsError(Exception):
    """The configuration cannot be used; the text says what to mend."""


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

    Raises TaxCardSettingsError.
    """
    if not text.strip():
        return None
    try:
        row = json.loads(text if text.lstrip().startswith("{") else Path(text).read_text(encoding="utf-8"))
        service = Service(
            str(row["url"]).rstrip("/"),
            Path(row["certificate"]) if row.get("certificate") else None,
            Path(row["key"]) if row.get("key") else None,
            int(row.get("days_before_payday", 10)),
            bool(row.get("is_sandbox", False)),
        )
    except (ValueError, OSError) as error:
        raise TaxCardSettingsError(f"PALKKIO_TAX_CARDS is not JSON: {error}") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise TaxCardSettingsError(f"PALKKIO_TAX_CARDS lacks {error}: docs/guides/tax-cards.md.") from error
    address = urlsplit(service.url)
    is_local = address.hostname in LOCAL_HOSTS
    if production and (service.is_sandbox or is_local or service.certificate is None):
        raise TaxCardSettingsError("Tax cards are asked of a sandbox, or without a certificate. Production refuses it.")
    if address.scheme != "https" and not (service.is_sandbox and is_local):
        raise TaxCardSettingsError("The address of the tax card service must begin with https://.")
    return service
