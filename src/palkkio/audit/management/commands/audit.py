"""`palkkio audit`: seal, verify and anchor the log of changes and looks."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from palkkio.audit.anchors import read_anchors, write_anchor
from palkkio.audit.sealing import seal_events
from palkkio.audit.verifying import Anchor, Verdict, verify


class Command(BaseCommand):
    help = "Check, seal or anchor the log of changes and looks."

    def add_arguments(self, parser: ArgumentParser) -> None:
        words = parser.add_subparsers(dest="word", required=True)
        check = words.add_parser("verify", help="find what was changed, deleted, inserted or reordered; 1 if anything")
        check.add_argument("--anchors", type=Path, help="file of heads that were written down earlier")
        words.add_parser("seal", help="seal now what waits to be sealed, looking from the beginning")
        anchor = words.add_parser("anchor", help="write the head of the chain to a file")
        anchor.add_argument("--to", type=Path, required=True, dest="path")

    def handle(self, *args: Any, **options: Any) -> None:
        {"verify": self.verify, "seal": self.seal, "anchor": self.anchor}[options["word"]](options)

    def verify(self, options: dict[str, Any]) -> None:
        verdict = verify(_anchors(options["anchors"]))
        for line in _told(verdict):
            self.stdout.write(line)
        if not verdict.is_whole:
            raise CommandError("The log is not as it was sealed.", returncode=1)

    def seal(self, options: dict[str, Any]) -> None:
        count = seal_events(at=settings.PALKKIO_CLOCK.now(), is_whole=True)
        self.stdout.write(f"Sealed {count} events.")

    def anchor(self, options: dict[str, Any]) -> None:
        found = write_anchor(options["path"])
        if found is None:
            raise CommandError("Nothing is sealed yet.", returncode=1)
        self.stdout.write(f"{found.position} {found.hash.hex()}")


def _anchors(path: Path | None) -> list[Anchor]:
    path = path or (Path(settings.PALKKIO_AUDIT_ANCHORS) if settings.PALKKIO_AUDIT_ANCHORS else None)
    if path is None:
        return []
    try:
        return read_anchors(path)
    except (OSError, ValueError) as error:
        raise CommandError(f"Cannot read the anchors in {path}: {error}", returncode=2) from error


def _told(verdict: Verdict) -> list[str]:
    lines = []
    for finding in verdict.findings:
        event = f", event {finding.event_id}" if finding.event_id else ""
        lines.append(f"{finding.fault.upper()}: position {finding.position}{event}")
    lines.append(f"Sealed: {verdict.sealed}, head {verdict.head.hex()}; anchors compared: {verdict.anchors}")
    oldest = f", the oldest of {verdict.oldest_at.isoformat()}" if verdict.oldest_at else ""
    lines.append(f"Not sealed yet: {verdict.unsealed}{oldest}")
    return lines
