"""Checks the chain: finds what was changed, deleted, inserted or put in another order since it was sealed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from django.db.models import Exists, Min, OuterRef

from palkkio.audit.chain import FORMS, START, next_hash
from palkkio.audit.models import Event, Seal
from palkkio.audit.sealing import rows_of

AT_ONCE = 5000


class Fault(StrEnum):
    CHANGED = "changed"  # event or seal is not what was sealed, or stands at another place
    DELETED = "deleted"  # the event of a seal is gone
    CUT = "cut"  # seals are missing between two places, or at the end of what was anchored
    REWRITTEN = "rewritten"  # the chain agrees with itself and not with an anchor


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, at a place in the chain."""

    fault: Fault
    position: int
    event_id: int | None = None


@dataclass(frozen=True, slots=True)
class Anchor:
    """Head of the chain as it was written down elsewhere."""

    at: datetime
    position: int
    hash: bytes


@dataclass(slots=True)
class Verdict:
    """What a check found.

    unsealed     events that have no place yet: the tail, and what was put in by hand since the last sealing
    oldest_at    when the oldest of them says that it happened
    """

    sealed: int = 0
    head: bytes = START
    findings: list[Finding] = field(default_factory=list)
    unsealed: int = 0
    oldest_at: datetime | None = None
    anchors: int = 0

    @property
    def is_whole(self) -> bool:
        return not self.findings


def verify(anchors: Iterable[Anchor] = ()) -> Verdict:
    """Read the whole chain and say what is wrong with it; nothing is locked or written.

    anchors  heads that were written down earlier: without one, cutting off the end cannot be seen
    """
    verdict = Verdict()
    written = {anchor.position: anchor for anchor in anchors}
    verdict.anchors = len(written)
    for seals in _chunks():
        rows = {row["id"]: row for row in rows_of([seal.event_id for seal in seals])}
        for seal in seals:
            if seal.position != verdict.sealed + 1:
                verdict.findings.append(Finding(Fault.CUT, verdict.sealed + 1))
            verdict.findings += _faults(seal, rows.get(seal.event_id), verdict.head)
            # From the hash that stands there, so that one fault does not make a fault of each later event.
            verdict.head, verdict.sealed = bytes(seal.hash), seal.position
            anchor = written.pop(seal.position, None)
            if anchor and anchor.hash != verdict.head:
                verdict.findings.append(Finding(Fault.REWRITTEN, seal.position, seal.event_id))
    verdict.findings += [Finding(Fault.CUT, position) for position in sorted(written)]
    unsealed = Event.objects.filter(~Exists(Seal.objects.filter(event_id=OuterRef("pk"))))
    verdict.unsealed = unsealed.count()
    verdict.oldest_at = unsealed.aggregate(oldest=Min("at"))["oldest"]
    return verdict


def head() -> Anchor | None:
    """The last sealed place; None while nothing is sealed."""
    seal = Seal.objects.order_by("-position").first()
    return Anchor(seal.sealed_at, seal.position, bytes(seal.hash)) if seal else None


def _faults(seal: Seal, row: Mapping[str, object] | None, before: bytes) -> Iterator[Finding]:
    if row is None:
        yield Finding(Fault.DELETED, seal.position, seal.event_id)
    elif seal.form not in FORMS or bytes(seal.hash) != next_hash(
        before, position=seal.position, form=seal.form, sealed_at=seal.sealed_at, row=row
    ):
        yield Finding(Fault.CHANGED, seal.position, seal.event_id)


def _chunks() -> Iterator[list[Seal]]:
    """Seals in their order, some at a time."""
    seals = Seal.objects.order_by("position")
    last: int | None = None
    while chunk := list((seals if last is None else seals.filter(position__gt=last))[:AT_ONCE]):
        yield chunk
        last = chunk[-1].position
