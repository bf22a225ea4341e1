"""The sandbox provider's OpenID Connect, on Authlib: codes used once, PKCE demanded, tokens signed by a key of its own.

A sign-in may carry a fault, so that tests and curious people see that the site refuses it.
"""

from __future__ import annotations

import os
import secrets
import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from authlib.oauth2.rfc6749 import AuthorizationServer, OAuth2Request
from authlib.oauth2.rfc6749.errors import InvalidRequestError
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc6749.requests import BasicOAuth2Payload
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import UserInfo
from authlib.oidc.core.grants import OpenIDCode
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from palkkio.adapters.configuration import LOCAL_HOSTS

os.environ.setdefault("AUTHLIB_INSECURE_TRANSPORT", "1")  # a server of one machine, for invented people
STRONG = "http://ftn.ficora.fi/2017/loa2"
WEAK = "http://ftn.ficora.fi/2017/loa1"
CODE_LASTS = 120
TOKEN_LASTS = 300


class Fault(StrEnum):
    """What is wrong with the answer to one sign-in."""

    NONE = ""
    NONCE = "nonce"
    ACR = "acr"
    ISSUER = "issuer"
    AUDIENCE = "audience"
    SIGNATURE = "signature"
    EXPIRED = "expired"
    OLD_SIGN_IN = "old_sign_in"
    NO_IDENTITY_CODE = "no_identity_code"


@dataclass(frozen=True)
class Someone:
    """An invented person whom the bank knows."""

    identity_code: str
    given_names: str
    family_name: str
    note: str = ""
    fault: Fault = Fault.NONE


@dataclass(frozen=True)
class Client:
    """Palkkio, as the bank knows it; it is sent back to addresses of this machine alone."""

    client_id: str
    client_secret: str
    id_token_signed_response_alg: str = "RS256"  # noqa: S105 - the name of an algorithm

    def get_client_id(self) -> str:
        return self.client_id

    def get_default_redirect_uri(self) -> str | None:
        return None

    def get_allowed_scope(self, scope: str) -> str:
        return " ".join(word for word in (scope or "").split() if word in ("openid", "profile"))

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return urlsplit(redirect_uri).hostname in LOCAL_HOSTS | {"testserver"}

    def check_client_secret(self, client_secret: str) -> bool:
        return secrets.compare_digest(self.client_secret, client_secret)

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method == "client_secret_basic"

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


@dataclass(frozen=True)
class Code:
    """An authorization code, until it is used."""

    code: str
    client_id: str
    redirect_uri: str
    scope: str
    nonce: str
    code_challenge: str
    code_challenge_method: str
    who: Someone
    made_at: float = field(default_factory=time.time)

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str:
        return secrets.token_urlsafe(16) if self.who.fault is Fault.NONCE else self.nonce

    def get_auth_time(self) -> int:
        return int(self.made_at) - (3600 if self.who.fault is Fault.OLD_SIGN_IN else 0)

    def get_acr(self) -> str:
        return WEAK if self.who.fault is Fault.ACR else STRONG

    def get_amr(self) -> list[str]:
        return ["bank"]


class Request(OAuth2Request):
    """Authlib's request, from what came over HTTP."""

    def __init__(self, method: str, url: str, headers: Mapping[str, str], body: str = "") -> None:
        super().__init__(method, url, headers=dict(headers))
        self._args = dict(parse_qsl(urlsplit(url).query))
        self._form = dict(parse_qsl(body))
        self.payload = BasicOAuth2Payload({**self._args, **self._form})
        self.payload._datalist = defaultdict(list)
        for name, value in (*parse_qsl(urlsplit(url).query), *parse_qsl(body)):
            self.payload._datalist[name].append(value)

    @property
    def args(self) -> dict[str, str]:
        return self._args

    @property
    def form(self) -> dict[str, str]:
        return self._form


class ProofOfKey(CodeChallenge):
    """PKCE with S256, from everybody: Authlib demands it of public clients alone."""

    SUPPORTED_CODE_CHALLENGE_METHOD = ["S256"]

    def validate_code_challenge(self, grant: Any, redirect_uri: str) -> None:
        if grant.request.payload.data.get("code_challenge_method") != "S256":
            raise InvalidRequestError("Send 'code_challenge' with the method S256.")
        super().validate_code_challenge(grant, redirect_uri)


class CodeGrant(AuthorizationCodeGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = ["client_secret_basic"]

    def save_authorization_code(self, code: str, request: Request) -> None:
        asked = request.payload.data
        self.server.nonces.add(asked.get("nonce", ""))
        self.server.codes[code] = Code(
            code,
            asked["client_id"],
            asked["redirect_uri"],
            asked.get("scope", ""),
            asked.get("nonce", ""),
            asked["code_challenge"],
            asked["code_challenge_method"],
            request.user,
        )

    def query_authorization_code(self, code: str, client: Client) -> Code | None:
        found: Code | None = self.server.codes.pop(code, None)  # gone with the first try, right or wrong
        if found is None or found.client_id != client.client_id or time.time() - found.made_at > CODE_LASTS:
            return None
        return found

    def delete_authorization_code(self, authorization_code: Code) -> None:
        """It went when it was asked for."""

    def authenticate_user(self, authorization_code: Code) -> Someone:
        return authorization_code.who


class Token(OpenIDCode):
    """The ID token, with the claims of a Finnish bank and, when asked for, one fault."""

    def __init__(self, server: Server) -> None:
        super().__init__(require_nonce=True)
        self.server = server

    def exists_nonce(self, nonce: str, request: Request) -> bool:
        return nonce in self.server.nonces

    def generate_user_info(self, user: Someone, scope: str) -> UserInfo:
        code = {} if user.fault is Fault.NO_IDENTITY_CODE else {"personal_identity_code": user.identity_code}
        return UserInfo(
            sub=f"sandbox-{user.identity_code[:6]}-{user.identity_code[-4:]}",
            given_name=user.given_names,
            family_name=user.family_name,
            **code,
        )

    def encode_id_token(self, token: dict[str, Any], request: Request) -> str:
        code: Code = request.authorization_code
        fault, now = code.who.fault, int(time.time())
        if fault is Fault.EXPIRED:
            now -= 2 * TOKEN_LASTS
        claims = {
            "iss": self.server.issuer + ("/other" if fault is Fault.ISSUER else ""),
            "aud": "somebody-else" if fault is Fault.AUDIENCE else code.client_id,
            "iat": now,
            "exp": now + TOKEN_LASTS,
            **self.get_authorization_code_claims(code),
            **self.generate_user_info(code.who, code.scope),
        }
        key = RSAKey.generate_key(2048) if fault is Fault.SIGNATURE else self.server.key
        return str(jwt.encode({"alg": "RS256", "kid": self.server.key.kid}, claims, key, ["RS256"]))


class Server(AuthorizationServer):
    """Codes and keys of one running sandbox; both are gone when it ends."""

    def __init__(self, issuer: str, client: Client) -> None:
        super().__init__(scopes_supported=["openid", "profile"])
        self.issuer = issuer
        self.client = client
        self.codes: dict[str, Code] = {}
        self.nonces: set[str] = set()
        self.key = RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256"}, auto_kid=True)
        self.register_grant(CodeGrant, [Token(self), ProofOfKey(required=True)])
        self.register_token_generator("default", _bearer)

    def query_client(self, client_id: str) -> Client | None:
        return self.client if client_id == self.client.client_id else None

    def save_token(self, token: dict[str, Any], request: Request) -> None:
        """Nothing is behind the access token."""

    def send_signal(self, name: str, *args: Any, **kwargs: Any) -> None:
        """Nobody listens."""

    def create_oauth2_request(self, request: Request) -> Request:
        return request

    def handle_response(self, status: int, body: Any, headers: list[tuple[str, str]]) -> tuple[int, Any, Any]:
        return status, body, headers

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            "code_challenge_methods_supported": ["S256"],
            "acr_values_supported": [STRONG],
            "claims_supported": ["sub", "acr", "auth_time", "given_name", "family_name", "personal_identity_code"],
        }

    def public_keys(self) -> dict[str, Any]:
        return dict(KeySet([self.key]).as_dict(private=False))


def _bearer(**asked: Any) -> dict[str, Any]:
    return {
        "token_type": "Bearer",
        "access_token": secrets.token_urlsafe(24),
        "expires_in": TOKEN_LASTS,
        "scope": asked.get("scope") or "",
    }
