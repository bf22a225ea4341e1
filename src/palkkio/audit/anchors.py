"""Anchors: heads of the chain, written to a file that is kept where the database's owner does not reach.

One line each: moment, position, hash. Who rewrites events, seals and all, cannot rewrite these lines.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from palkkio.audit.verifying import Anchor, head


def write_anchor(path: Path) -> Anchor | None:
    """Add the head to the file, unless its last line says it already. None while nothing is sealed."""
    found = head()
    if found is None:
        return None
    before = path.read_text() if path.exists() else ""
    line = f"{found.at.isoformat()} {found.position} {found.hash.hex()}\n"
    if not before.endswith(line):
        with path.open("a") as file:
            file.write(line)
    return found


def read_anchors(path: Path) -> list[Anchor]:
    """Raises ValueError if a line is no anchor, OSError if the file cannot be read."""
    anchors = []
    for line in path.read_text().splitlines():
        moment, position, digest = line.split()
        anchors.append(Anchor(datetime.fromisoformat(moment), int(position), bytes.fromhex(digest)))
    return anchors
