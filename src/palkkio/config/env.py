"""Settings read from the environment, with errors that say what to set."""

from __future__ import annotations

import base64
import os
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

YES = {"1", "true", "yes", "on"}
KEY_BYTES = 32
NO = {"", "0", "false", "no", "off"}


def flag(name: str, default: bool = False) -> bool:
    """True for 1, true, yes, on; False for 0, false, no, off or nothing. Raises ImproperlyConfigured otherwise."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in YES:
        return True
    if value.lower() in NO:
        return False
    raise ImproperlyConfigured(f"{name}={value}: write 1 or 0.")


def words(name: str) -> list[str]:
    """Comma-separated values, blanks left out."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


def keys(name: str) -> dict[str, str]:
    """`id:key,id:key`, each key 32 bytes in URL-safe base64; the first one seals. Raises ImproperlyConfigured."""
    found = {}
    for word in words(name):
        key_id, _, key = word.partition(":")
        try:
            is_key = len(base64.b64decode(key, altchars=b"-_", validate=True)) == KEY_BYTES
        except ValueError:
            is_key = False
        if not is_key or not key_id.isalnum() or key_id in found:
            raise ImproperlyConfigured(f"{name}: write id:key with a key of 32 bytes in base64, several with commas.")
        found[key_id] = key
    return found


def day(name: str, default: date | None = None) -> date | None:
    """A day written YYYY-MM-DD. Raises ImproperlyConfigured when it is not one."""
    value = os.environ.get(name)
    if not value:
        return default
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}={value}: write a day as YYYY-MM-DD, such as 2026-06-08.") from error


# Rows are in memory or on a disk without arms. PostgreSQL takes them to be far apart, and reads a whole table where it
# is asked for a thousand of its rows: each part of a run then takes the longer the more payees there are.
NEAR_ROWS = "-c random_page_cost=1.1"


def database(url: str) -> dict[str, Any]:
    """Django's entry for postgresql://user:password@host:port/name?option=value.

    A `host` among the options is a folder of a Unix socket, as libpq reads it. Other options go to libpq as they are
    (sslmode, sslrootcert, ...). Raises ImproperlyConfigured for anything but PostgreSQL.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise ImproperlyConfigured("The database address must look like postgresql://user:password@host:5432/name.")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or options.pop("user", "")),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or parts.hostname or "",
        "PORT": str(options.pop("port", "") or parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"application_name": "palkkio", "options": NEAR_ROWS, **options},
    }
