"""Identity providers (tunnistuspalvelu) as configuration: which ones there are, and what each must prove."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from palkkio.adapters.configuration import LOCAL_HOSTS, SettingsError, objects_of

# Levels of assurance that count as strong (laki vahvasta sähköisestä tunnistamisesta 617/2009): substantial and high.
STRONG = (
    "http://ftn.ficora.fi/2017/loa2",
    "http://ftn.ficora.fi/2017/loa3",
    "http://eidas.europa.eu/LoA/substantial",
    "http://eidas.europa.eu/LoA/high",
)
SANDBOX_HOSTS = LOCAL_HOSTS | {"sandbox"}


@dataclass(frozen=True, slots=True)
class Provider:
    """One row of the list of banks.

    key                  short word for addresses and logs
    names                what people read, by language
    issuer               the provider's own address, as its tokens carry it
    acr_values           levels of assurance that are accepted
    identity_code_claim  claim with the personal identity code (henkilötunnus)
    parameters           sent along, for example the bank that a broker goes to at once
    """

    key: str
    names: Mapping[str, str]
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    acr_values: tuple[str, ...] = STRONG
    identity_code_claim: str = "personal_identity_code"
    scope: str = "openid profile"
    algorithms: tuple[str, ...] = ("RS256", "PS256", "ES256")
    parameters: Mapping[str, str] = field(default_factory=dict)
    is_sandbox: bool = False

    def name(self, language: str) -> str:
        return self.names.get(language) or self.names.get("fi") or self.key


def read_providers(text: str, *, production: bool) -> tuple[Provider, ...]:
    """Providers from JSON, or from the file of JSON that `text` names: docs/guides/install.md.

    production  refuses the sandbox and every address without HTTPS
    Raises SettingsError.
    """
    providers = tuple(_provider(row) for row in objects_of("PALKKIO_IDENTITY_PROVIDERS", text))
    if len({each.key for each in providers}) < len(providers):
        raise SettingsError("Two identity providers have the same key.")
    for each in providers:
        _check_issuer(each, production=production)
    return providers


def _provider(row: Any) -> Provider:
    try:
        return Provider(
            key=row["key"],
            names=row["names"],
            issuer=row["issuer"].rstrip("/"),
            client_id=row["client_id"],
            client_secret=row["client_secret"],
            acr_values=tuple(row.get("acr_values", STRONG)),
            identity_code_claim=row.get("identity_code_claim", "personal_identity_code"),
            scope=row.get("scope", "openid profile"),
            algorithms=tuple(row.get("algorithms", ("RS256", "PS256", "ES256"))),
            parameters=row.get("parameters", {}),
            is_sandbox=bool(row.get("is_sandbox", False)),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise SettingsError(f"An identity provider lacks {error}: docs/guides/install.md.") from error


def _check_issuer(provider: Provider, *, production: bool) -> None:
    address = urlsplit(provider.issuer)
    if not provider.key.isidentifier():
        raise SettingsError(f"The key {provider.key!r} of an identity provider is not one plain word.")
    if not provider.acr_values:
        raise SettingsError(f"The identity provider {provider.key} accepts no level of assurance (acr_values).")
    if any(name.upper().startswith("HS") or name.lower() == "none" for name in provider.algorithms):
        raise SettingsError(f"The identity provider {provider.key} must sign with a key pair (algorithms).")
    if production and (provider.is_sandbox or (address.hostname or "") in SANDBOX_HOSTS):
        raise SettingsError(f"The identity provider {provider.key} is a sandbox. Production refuses it.")
    if address.scheme != "https" and (production or address.hostname not in LOCAL_HOSTS):
        raise SettingsError(f"The issuer of the identity provider {provider.key} must begin with https://.")
