"""Seals events: gives each its place in the chain, in the order in which they are found committed.

A request only inserts its event and waits for nobody. A place is given to an event once it is committed, so an event
of a slow transaction stands after those that were committed before it, whatever its number; none can slip in behind
the head.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from palkkio.audit.chain import FORM, FORMS, START, next_hash
from palkkio.audit.models import Event, Seal

ONE_AT_A_TIME = 46201201  # number of the advisory lock
AT_ONCE = 2000
# A round looks back as far as a transaction may last; the night's round looks at everything.
LONGEST_TRANSACTION = timedelta(hours=1)

UNSEALED = """
    SELECT event.id FROM audit_event event
     WHERE event.id > %s AND NOT EXISTS (SELECT 1 FROM audit_seal seal WHERE seal.event_id = event.id)
     ORDER BY event.id LIMIT %s
"""


def seal_events(*, at: datetime, is_whole: bool = False) -> int:
    """Seal every event that is committed and has no seal. Returns how many; may run twice, and at any time.

    is_whole  look for unsealed events from the beginning, not only among the latest
    """
    count, after = 0, 0 if is_whole else _floor(at)
    while made := _seal_some(at, after):
        count += len(made)
        after = made[-1].event_id
    return count


@transaction.atomic
def _seal_some(at: datetime, after: int) -> list[Seal]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        cursor.execute(UNSEALED, [after, AT_ONCE])
        numbers = [number for (number,) in cursor.fetchall()]
    head = Seal.objects.order_by("-position").first()
    position, before = (head.position, bytes(head.hash)) if head else (0, START)
    seals = []
    for row in rows_of(numbers):
        position += 1
        before = next_hash(before, position=position, form=FORM, sealed_at=at, row=row)
        seals.append(Seal(position=position, event_id=row["id"], form=FORM, sealed_at=at, hash=before))
    return Seal.objects.bulk_create(seals)


def rows_of(event_ids: Sequence[int]) -> list[dict[str, Any]]:
    """Columns of events, in the order of their numbers; those that are gone are left out."""
    columns = {name for names in FORMS.values() for name in names}
    return list(Event.objects.filter(pk__in=event_ids).order_by("pk").values(*sorted(columns)))


def _floor(at: datetime) -> int:
    """Number of an event that was sealed longer ago than a transaction lasts: those before it are sealed."""
    old = Seal.objects.filter(sealed_at__lt=at - LONGEST_TRANSACTION)
    return old.order_by("-sealed_at", "-position").values_list("event_id", flat=True).first() or 0
