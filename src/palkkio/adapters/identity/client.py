"""Our side of OpenID Connect: authorization code with PKCE, nonce, and an ID token that is checked to the last claim.

    url, attempt = begin(provider, redirect_uri, at=now)        send the browser to `url`, keep `attempt` in its session
    identity = finish(provider, attempt, query, at=now)         when it comes back with `query`

What is checked: state, age of the attempt, issuer in the answer, signature by the provider's published keys (JWKS),
issuer, audience, authorized party, expiry, nonce, level of assurance (acr) and that the person authenticated just now.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import quote, urlencode

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from palkkio.adapters.identity.provider import Provider
from palkkio.adapters.identity.transport import ServiceError, Transport, transport
from palkkio.core.identifiers import normal_identity_code

LASTS = timedelta(minutes=15)  # a slow reader finds the code list of the bank
LEEWAY = 60  # seconds by which two clocks may differ


class Refused(StrEnum):
    """Why an answer was not taken; for logs and tests, never with personal data."""

    CANCELLED = "cancelled"
    STATE = "state"
    TOO_OLD = "too_old"
    ISSUER = "issuer"
    UNREACHABLE = "unreachable"
    CODE = "code"
    SIGNATURE = "signature"
    CLAIMS = "claims"
    NONCE = "nonce"
    ACR = "acr"
    NOT_FRESH = "not_fresh"
    IDENTITY_CODE = "identity_code"


class AuthenticationRefused(Exception):
    """Strong authentication did not succeed; nobody is identified."""

    def __init__(self, reason: Refused) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Attempt:
    """What the browser's session remembers while its owner is at the bank."""

    provider: str
    state: str
    nonce: str
    verifier: str
    redirect_uri: str
    begun_at: float

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Attempt:
        return cls(**stored)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who authenticated. The identity code is for matching and is kept nowhere."""

    issuer: str
    subject: str
    identity_code: str
    given_names: str
    family_name: str
    acr: str

    def __repr__(self) -> str:
        return "Identity(...)"


def begin(provider: Provider, redirect_uri: str, *, at: datetime, language: str = "fi") -> tuple[str, Attempt]:
    """The address to send the browser to, and what to remember. Raises AuthenticationRefused (unreachable)."""
    attempt = Attempt(
        provider=provider.key,
        state=secrets.token_urlsafe(32),
        nonce=secrets.token_urlsafe(32),
        verifier=secrets.token_urlsafe(64),
        redirect_uri=redirect_uri,
        begun_at=at.timestamp(),
    )
    query = {
        **provider.parameters,
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": redirect_uri,
        "scope": provider.scope,
        "state": attempt.state,
        "nonce": attempt.nonce,
        "code_challenge": _challenge(attempt.verifier),
        "code_challenge_method": "S256",
        "acr_values": " ".join(provider.acr_values),
        "ui_locales": language,
        "max_age": "0",  # a sign-in that still stands at the bank is not enough
    }
    endpoint = _discovered(provider, "authorization_endpoint", transport)
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(query)}", attempt


def finish(provider: Provider, attempt: Attempt, query: Mapping[str, str], *, at: datetime) -> Identity:
    """Who came back. Raises AuthenticationRefused."""
    if not hmac.compare_digest(query.get("state", "").encode(), attempt.state.encode()):
        raise AuthenticationRefused(Refused.STATE)
    if provider.key != attempt.provider:
        raise AuthenticationRefused(Refused.STATE)
    if at.timestamp() - attempt.begun_at > LASTS.total_seconds():
        raise AuthenticationRefused(Refused.TOO_OLD)
    if query.get("iss", provider.issuer).rstrip("/") != provider.issuer:  # RFC 9207: whose answer this is
        raise AuthenticationRefused(Refused.ISSUER)
    if query.get("error"):
        raise AuthenticationRefused(Refused.CANCELLED)
    if not query.get("code"):
        raise AuthenticationRefused(Refused.CODE)
    token = _exchange(provider, attempt, query["code"], transport)
    claims = _signed_claims(provider, token, transport)
    _check(provider, attempt, claims, at)
    return _identity(provider, claims)


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _discovered(provider: Provider, name: str, service: Transport, *, anew: bool = False) -> str:
    """An address of the provider, from what it publishes about itself; the issuer there must be the one configured."""
    found = _json(service, f"{provider.issuer}/.well-known/openid-configuration", anew=anew)
    if str(found.get("issuer", "")).rstrip("/") != provider.issuer or not isinstance(found.get(name), str):
        raise AuthenticationRefused(Refused.ISSUER)
    return str(found[name])


def _json(service: Transport, url: str, *, anew: bool = False) -> dict[str, Any]:
    try:
        return service.get_json(url, anew=anew)
    except ServiceError as error:
        raise AuthenticationRefused(Refused.UNREACHABLE) from error


def _exchange(provider: Provider, attempt: Attempt, code: str, service: Transport) -> str:
    """The code for the ID token, with the verifier that only this session knows."""
    secret = f"{quote(provider.client_id, safe='')}:{quote(provider.client_secret, safe='')}"
    try:
        answer = service.post_form(
            _discovered(provider, "token_endpoint", service),
            {
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": attempt.redirect_uri,
                "code_verifier": attempt.verifier,
            },
            {"Authorization": f"Basic {base64.b64encode(secret.encode()).decode()}"},
        )
    except ServiceError as error:
        raise AuthenticationRefused(Refused.CODE if error.was_answered else Refused.UNREACHABLE) from error
    token = answer.get("id_token")
    if not isinstance(token, str):
        raise AuthenticationRefused(Refused.CODE)
    return token


def _signed_claims(provider: Provider, token: str, service: Transport) -> dict[str, Any]:
    """Claims of a token that one of the provider's keys signed; keys are asked for once more, since they change."""
    address = _discovered(provider, "jwks_uri", service)
    for anew in (False, True):
        try:
            keys = KeySet.import_key_set(_json(service, address, anew=anew))  # type: ignore[arg-type]
            return dict(jwt.decode(token, keys, algorithms=list(provider.algorithms)).claims)
        except (JoseError, ValueError):
            continue
    raise AuthenticationRefused(Refused.SIGNATURE)


def _check(provider: Provider, attempt: Attempt, claims: Mapping[str, Any], at: datetime) -> None:
    now = at.timestamp()
    if str(claims.get("iss", "")).rstrip("/") != provider.issuer:
        raise AuthenticationRefused(Refused.ISSUER)
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    if provider.client_id not in audiences or claims.get("azp", provider.client_id) != provider.client_id:
        raise AuthenticationRefused(Refused.CLAIMS)
    if len(audiences) > 1 and "azp" not in claims:
        raise AuthenticationRefused(Refused.CLAIMS)
    if not _moment(claims, "exp") > now - LEEWAY or _moment(claims, "iat") > now + LEEWAY:
        raise AuthenticationRefused(Refused.CLAIMS)
    if "nbf" in claims and _moment(claims, "nbf") > now + LEEWAY:
        raise AuthenticationRefused(Refused.CLAIMS)
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), attempt.nonce.encode()):
        raise AuthenticationRefused(Refused.NONCE)
    if claims.get("acr") not in provider.acr_values:
        raise AuthenticationRefused(Refused.ACR)
    if _moment(claims, "auth_time") < attempt.begun_at - LEEWAY:
        raise AuthenticationRefused(Refused.NOT_FRESH)


def _moment(claims: Mapping[str, Any], name: str) -> float:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise AuthenticationRefused(Refused.CLAIMS)
    return float(value)


def _identity(provider: Provider, claims: Mapping[str, Any]) -> Identity:
    try:
        code = normal_identity_code(str(claims.get(provider.identity_code_claim, "")))
    except ValueError as error:
        raise AuthenticationRefused(Refused.IDENTITY_CODE) from error
    subject = claims.get("sub")
    if not subject or not isinstance(subject, str):
        raise AuthenticationRefused(Refused.CLAIMS)
    return Identity(
        issuer=provider.issuer,
        subject=subject,
        identity_code=code,
        given_names=str(claims.get("given_name", "")),
        family_name=str(claims.get("family_name", "")),
        acr=str(claims["acr"]),
    )
