"""Which certificate seals an organisation's documents, as configuration: PALKKIO_SIGNING (docs/guides/signing.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from palkkio.adapters.configuration import SettingsError, objects_of


@dataclass(frozen=True, slots=True)
class SealKey:
    """What one organisation seals with: a PKCS#12 file, or PEM files of certificate and key.

    passphrase_file  its first line opens the key
    chain            PEM files of the certificates above it, which are put into the seal
    timestamp_url    service of time stamps (RFC 3161); without one the seal tells the server's own time
    is_test          made by ourselves: no reader of PDF trusts it, and production refuses it
    """

    pkcs12: Path | None = None
    certificate: Path | None = None
    key: Path | None = None
    passphrase_file: Path | None = None
    chain: tuple[Path, ...] = ()
    timestamp_url: str = ""
    is_test: bool = False

    @property
    def passphrase(self) -> bytes | None:
        if self.passphrase_file is None:
            return None
        return self.passphrase_file.read_bytes().splitlines()[0]


def read_keys(text: str, *, production: bool) -> Mapping[str, SealKey]:
    """The keys by organisation's slug, from JSON or from the file of JSON that `text` names.

    Raises SettingsError.

    [{"organisation": "mallila", "pkcs12": "/run/secrets/mallila.p12", "passphrase_file": "/run/secrets/mallila.txt",
      "timestamp_url": "https://..."}]
    """
    rows = objects_of("PALKKIO_SIGNING", text)
    try:
        keys = {str(row["organisation"]): _key(row) for row in rows}
    except (KeyError, TypeError) as error:
        raise SettingsError(f"PALKKIO_SIGNING lacks {error}: docs/guides/signing.md.") from error
    for slug, key in keys.items():
        if key.pkcs12 is None and (key.certificate is None or key.key is None):
            raise SettingsError(f"PALKKIO_SIGNING of {slug} names neither pkcs12 nor certificate and key.")
        if production and key.is_test:
            raise SettingsError(f"{slug} would sign with a test certificate. Production refuses it.")
        if production and key.timestamp_url and urlsplit(key.timestamp_url).scheme not in {"http", "https"}:
            raise SettingsError(f"The timestamp service of {slug} must be an http or https address.")
    return keys


def _key(row: Any) -> SealKey:
    def path(name: str) -> Path | None:
        return Path(row[name]) if row.get(name) else None

    return SealKey(
        pkcs12=path("pkcs12"),
        certificate=path("certificate"),
        key=path("key"),
        passphrase_file=path("passphrase_file"),
        chain=tuple(Path(each) for each in row.get("chain", ())),
        timestamp_url=str(row.get("timestamp_url", "")),
        is_test=bool(row.get("is_test", False)),
    )
