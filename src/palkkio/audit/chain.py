"""The chain of hashes over events, as values: what is hashed, and how. No database."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

START = bytes(32)  # the hash before the first event
FORM = 1
# Columns of a canonical row by form. A column that is added later comes with a new form; old seals keep theirs.
FORMS: Mapping[int, tuple[str, ...]] = {
    1: (
        "id",
        "organisation_id",
        "at",
        "actor_account_id",
        "actor_person_id",
        "actor_role",
        "subject_person_id",
        "is_read",
        "action",
        "object_kind",
        "object_id",
        "reason",
        "details",
    ),
}


def next_hash(before: bytes, *, position: int, form: int, sealed_at: datetime, row: Mapping[str, Any]) -> bytes:
    """Hash (SHA-256) of an event at its place in the chain.

    before  hash of the position before; START for the first
    row     the event's columns by name; those that the form does not name are left out
    """
    canonical = [position, form, _plain(sealed_at), [[name, _plain(row[name])] for name in FORMS[form]]]
    written = json.dumps(canonical, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(before + written.encode()).digest()


def _plain(value: Any) -> Any:
    """A moment as UTC to the microsecond, as PostgreSQL keeps it; anything else as it is."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value
