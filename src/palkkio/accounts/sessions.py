"""Sessions in the database that are not written again while nothing in them has changed.

Each page prolongs the session (SESSION_SAVE_EVERY_REQUEST); what would be prolonged by less than a minute is left as it
is, so that going from page to page waits for no disk. A session ends up to a minute early by that, never late.
"""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.backends import db

LEAST = timedelta(minutes=1)  # by which a session is prolonged


class SessionStore(db.SessionStore):
    """Django's, which knows what it has read."""

    _read: tuple[str | None, dict[str, Any], datetime] | None = None  # its key, what it held, and until when

    def load(self) -> dict[str, Any]:
        row = self._get_session_from_db()  # type: ignore[attr-defined]  # left out of the stubs
        if row is None:
            return {}
        held: dict[str, Any] = self.decode(row.session_data)
        self._read = self.session_key, deepcopy(held), row.expire_date
        return held

    def save(self, must_create: bool = False) -> None:
        if not must_create and self._is_as_read():
            return
        self._read = None
        super().save(must_create=must_create)

    def _is_as_read(self) -> bool:
        if self._read is None:
            return False
        key, held, until = self._read
        return key == self.session_key and held == dict(self.items()) and abs(self.get_expiry_date() - until) < LEAST
