"""Identity codes (henkilötunnus) at rest: sealed in their column, found by a keyed digest beside it.

`person.identity_code` and `values_list("identity_code")` give the code in clear; the column, its history and every
back-up hold it sealed. It cannot be searched or sorted by: `with_identity_code` finds a person by the digest.
"""

from __future__ import annotations

import base64
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models

from palkkio.core.sealing import KeyRing


def ring() -> KeyRing:
    """The keys of this installation (PALKKIO_IDENTITY_KEYS)."""
    return _ring(tuple(settings.PALKKIO_IDENTITY_KEYS.items()))


@lru_cache(maxsize=8)
def _ring(keys: tuple[tuple[str, str], ...]) -> KeyRing:
    return KeyRing({key_id: base64.urlsafe_b64decode(key) for key_id, key in keys})


class IdentityCodeField(models.CharField):
    """Text that is sealed on its way into the database and opened on its way out."""

    def from_db_value(self, value: str | None, *args: Any) -> str | None:
        return ring().open(value) if value else value

    def get_prep_value(self, value: Any) -> Any:
        return ring().seal(value) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        raise FieldError("Identity codes are sealed: find people by `people.identity.with_identity_code`")


class IdentityDigestField(models.CharField):
    """Keyed digest of the code in the same row, renewed whenever the row is written."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        [digest, *_] = ring().digests(getattr(model_instance, "identity_code", ""))
        setattr(model_instance, self.attname, digest)
        return digest


def with_identity_code(people: models.QuerySet[Any], code: str) -> models.QuerySet[Any]:
    """Those of `people` who have this identity code; nobody for an empty one.

    code  in normal form (`core.identifiers.normal_identity_code`)
    """
    return people.filter(identity_digest__in=ring().digests(code)) if code else people.none()
