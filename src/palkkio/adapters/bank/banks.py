"""Which organisation reaches its bank how: PALKKIO_BANKS, JSON or the name of a file of it.

[{"organisation": "mallila", "to": "/srv/bank/to", "from": "/srv/bank/from"},
 {"organisation": "koela", "host": "sftp.bank.example", "port": 22, "user": "koela", "host_key": "ssh-ed25519 AAAA...",
  "key_file": "/etc/palkkio/bank.key", "to": "/in", "from": "/out"}]

With `host` the folders are on a server that speaks SFTP, otherwise on this machine. An organisation that is not named
has no channel: its clerk takes the files to the bank's own pages and reads the answers from there.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from palkkio.adapters.bank.channel import Channel, FolderChannel, SftpChannel
from palkkio.adapters.configuration import SettingsError, objects_of

FOLDER = {"organisation", "to", "from"}
SFTP = FOLDER | {"host", "port", "user", "host_key", "key_file", "password"}


def read_banks(text: str) -> dict[str, Channel]:
    """Channels by the organisation's short name. Raises SettingsError."""
    rows = objects_of("PALKKIO_BANKS", text)
    channels = {str(row.get("organisation", "")): _channel(row) for row in rows}
    if len(channels) < len(rows):
        raise SettingsError("PALKKIO_BANKS names an organisation twice")
    return channels


def _channel(row: Mapping[str, Any]) -> Channel:
    name = row.get("organisation") or "?"
    wanted = SFTP - {"port", "key_file", "password"} if "host" in row else FOLDER
    known = SFTP if "host" in row else FOLDER
    if missing := sorted(key for key in wanted if not row.get(key)):
        raise SettingsError(f"PALKKIO_BANKS, {name}: {', '.join(missing)} is missing")
    if unknown := sorted(set(row) - known):
        raise SettingsError(f"PALKKIO_BANKS, {name}: {', '.join(unknown)} is not known")
    if "host" not in row:
        return FolderChannel(Path(row["to"]), Path(row["from"]))
    if not row.get("key_file") and not row.get("password"):
        raise SettingsError(f"PALKKIO_BANKS, {name}: key_file or password is missing")
    return SftpChannel(
        host=row["host"],
        port=int(row.get("port", 22)),
        user=row["user"],
        host_key=row["host_key"],
        outgoing=str(row["to"]).rstrip("/"),
        incoming=str(row["from"]).rstrip("/"),
        key_file=row.get("key_file", ""),
        password=row.get("password", ""),
    )
