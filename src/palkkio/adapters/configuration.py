"""What a setting says of a service outside: JSON, or the name of a file of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})


class SettingsError(Exception):
    """A setting cannot be used; the text says what to mend."""


def json_of(name: str, text: str) -> Any:
    """What stands in a setting, or in the file that it names; None where it is empty. Raises SettingsError."""
    if not text.strip():
        return None
    try:
        return json.loads(text if text.lstrip().startswith(("{", "[")) else Path(text).read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        raise SettingsError(f"{name} is not JSON: {error}") from error


def objects_of(name: str, text: str) -> list[dict[str, Any]]:
    """As `json_of`, of a setting with a row for each of several. Raises SettingsError."""
    rows = json_of(name, text)
    if rows is None:
        return []
    if not isinstance(rows, list) or not all(isinstance(each, dict) for each in rows):
        raise SettingsError(f"{name} is a list of objects.")
    return rows


def check_address(url: str, what: str, *, is_sandbox: bool, production: bool) -> None:
    """Raises SettingsError where production would ask a sandbox, or `what` lies elsewhere and not behind HTTPS."""
    address = urlsplit(url)
    is_local = address.hostname in LOCAL_HOSTS
    if production and (is_sandbox or is_local):
        raise SettingsError(f"Production refuses a sandbox of {what}.")
    if address.scheme != "https" and not (is_sandbox and is_local):
        raise SettingsError(f"The address of {what} must begin with https://.")
