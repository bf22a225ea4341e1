"""Encryption at rest: identity codes, and files that hold them, sealed with keys that can be changed."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, AESSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
LONGEST_ID = 20
MARK = b"palkkio-sealed:"  # what a sealed file begins with
_NONCE_BYTES = 12


class SealError(ValueError):
    """Something cannot be opened: its key is not among the keys, or it was tampered with."""


class KeyRing:
    """Keys by their ids. The first one seals; all of them open.

    Short values are sealed with AES-SIV (RFC 5297): the same value gives the same text, so that saving a row again
    changes nothing in it. Files are sealed with AES-GCM and a fresh nonce. A digest (HMAC-SHA-256) finds a value and
    opens none. The three use keys of their own, derived from the one that is configured.
    """

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        if not keys:
            raise ValueError("A key ring needs a key")
        for key_id, key in keys.items():
            if len(key) != KEY_BYTES or not key_id.isalnum() or len(key_id) > LONGEST_ID:
                raise ValueError("A key has 32 bytes and an id of at most 20 letters and digits")
        self._keys = {key_id: _Key.derived(key) for key_id, key in keys.items()}
        self.current = next(iter(keys))

    def seal(self, value: str) -> str:
        """`2026a:...`; the empty value stays empty."""
        if not value:
            return ""
        sealed = self._keys[self.current].values.encrypt(value.encode(), None)
        return f"{self.current}:{base64.urlsafe_b64encode(sealed).decode()}"

    def open(self, sealed: str) -> str:
        """Raises SealError."""
        if not sealed:
            return ""
        key_id, _, text = sealed.partition(":")
        try:
            return self._key(key_id).values.decrypt(base64.urlsafe_b64decode(text), None).decode()
        except (InvalidTag, ValueError) as error:
            raise SealError("A sealed value cannot be opened") from error

    def digests(self, value: str) -> list[str]:
        """Digests of a value under every key, the current one first: while keys are changed, rows have either."""
        return [f"{key_id}:{key.digest(value)}" for key_id, key in self._keys.items()] if value else [""]

    def seal_file(self, content: bytes) -> bytes:
        nonce = os.urandom(_NONCE_BYTES)
        head = MARK + self.current.encode() + b":"
        return head + nonce + self._keys[self.current].files.encrypt(nonce, content, head)

    def open_file(self, sealed: bytes) -> bytes:
        """Raises SealError, also for a file that is not sealed."""
        key_id, _, body = sealed[len(MARK) :].partition(b":")
        if not sealed.startswith(MARK):
            raise SealError("A file is not sealed")
        head = MARK + key_id + b":"
        try:
            files = self._key(key_id.decode("ascii", "replace")).files
            return files.decrypt(body[:_NONCE_BYTES], body[_NONCE_BYTES:], head)
        except (InvalidTag, ValueError) as error:
            raise SealError("A sealed file cannot be opened") from error

    def is_current(self, sealed: str | bytes) -> bool:
        """True for what the first key has sealed, and for nothing."""
        if isinstance(sealed, bytes):
            return sealed.startswith(MARK + self.current.encode() + b":")
        return not sealed or sealed.startswith(f"{self.current}:")

    def _key(self, key_id: str) -> _Key:
        if key_id not in self._keys:
            raise SealError("The key that something was sealed with is not among the keys")
        return self._keys[key_id]


@dataclass(frozen=True, slots=True)
class _Key:
    values: AESSIV
    files: AESGCM
    lookup: bytes

    @classmethod
    def derived(cls, key: bytes) -> _Key:
        return cls(AESSIV(_derive(key, b"values", 64)), AESGCM(_derive(key, b"files", 32)), _derive(key, b"lookup", 32))

    def digest(self, value: str) -> str:
        found = hmac.new(self.lookup, value.encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(found).decode().rstrip("=")


def _derive(key: bytes, purpose: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=b"palkkio " + purpose).derive(key)
