"""Reads events."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from palkkio.audit.models import SHOWN, Event, Seal

MOST_LOOKS = 1000  # the latest; older ones the county finds


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event as a page shows it; names of people are asked of `people`."""

    at: datetime
    action: str
    actor_account_id: int | None
    actor_person_id: int | None
    actor_role: str
    subject_person_id: int | None
    is_read: bool
    object_kind: str
    reason: str
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sealed:
    """One act of the chain, for whoever tells people of it."""

    event_id: int
    at: datetime
    action: str
    subject_person_id: int | None
    object_id: int | None


def history_of(organisation_id: int, object_kind: str, object_id: int) -> list[EventRow]:
    """What was done to one thing, newest first; looks are left out."""
    events = Event.objects.filter(
        organisation_id=organisation_id, object_kind=object_kind, object_id=object_id, is_read=False
    )
    return [_row(event) for event in events.order_by("-at", "-pk")]


def looks_at(organisation_id: int, subject_person_id: int) -> list[EventRow]:
    """Who opened a person's records, newest first; the latest MOST_LOOKS."""
    events = Event.objects.filter(organisation_id=organisation_id, subject_person_id=subject_person_id, is_read=True)
    return [_row(event) for event in events.order_by("-at", "-pk")[:MOST_LOOKS]]


def lists_with(organisation_id: int, person_id: int) -> list[EventRow]:
    """Looks at lists on which a person stood, newest first; the latest MOST_LOOKS."""
    events = Event.objects.filter(
        **{f"details__{SHOWN}__contains": [person_id]},
        organisation_id=organisation_id,
        subject_person_id__isnull=True,
        is_read=True,
    )
    return [_row(event) for event in events.exclude(actor_person_id=person_id).order_by("-at", "-pk")[:MOST_LOOKS]]


def first_position_since(at: datetime) -> int:
    """The place in the chain before the first event that was sealed at `at` or later."""
    first = Seal.objects.filter(sealed_at__gte=at).order_by("sealed_at", "position").first()
    if first is not None:
        return first.position - 1
    return Seal.objects.order_by("-position").values_list("position", flat=True).first() or 0


def sealed_after(position: int, actions: Collection[str], most: int) -> tuple[int, list[Sealed]]:
    """Acts named in `actions` among the next `most` events of the chain, and the place of the last one looked at.

    The chain has no gaps and nothing slips in behind its head, so whoever goes on from there misses no event.
    """
    seals = list(Seal.objects.filter(position__gt=position).order_by("position")[:most])
    events = Event.objects.filter(pk__in=[each.event_id for each in seals], action__in=actions, is_read=False)
    found = [
        Sealed(each.pk, each.at, each.action, each.subject_person_id, each.object_id) for each in events.order_by("pk")
    ]
    return (seals[-1].position if seals else position), found


def has_acted_on(account_id: int, subject_person_id: int, *, since: datetime) -> bool:
    """True if the account has changed something of the person since then."""
    events = Event.objects.filter(subject_person_id=subject_person_id, is_read=False, at__gte=since)
    return events.filter(actor_account_id=account_id).exists()


def _row(event: Event) -> EventRow:
    return EventRow(
        at=event.at,
        action=event.action,
        actor_account_id=event.actor_account_id,
        actor_person_id=event.actor_person_id,
        actor_role=event.actor_role,
        subject_person_id=event.subject_person_id,
        is_read=event.is_read,
        object_kind=event.object_kind,
        reason=event.reason,
        details=event.details,
    )
