"""What the night does with versions that wait: reminds whose turn it is, and closes what has expired."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from palkkio.contracts.signing.models import Outcome, Version
from palkkio.contracts.signing.parts import close_version, record, tell_turn
from palkkio.contracts.signing.queries import choices_of, turn_of
from palkkio.core.clock import day_of


def look_after_versions(organisation_id: int, *, today: date, at: datetime) -> int:
    """Expire versions whose last day is over, and remind whose turn it is each so many days as the organisation chose.

    May run twice. Returns how many were touched.
    """
    every = timedelta(days=choices_of(organisation_id).remind_after_days)
    waiting = Version.objects.filter(organisation_id=organisation_id, closed_at__isnull=True).order_by("pk")
    touched = 0
    for version_id in list(waiting.values_list("pk", flat=True)):
        with transaction.atomic():
            version = waiting.select_related("contract").select_for_update(of=("self",)).filter(pk=version_id).first()
            if version is not None:
                touched += _look_after(version, every, today, at)
    return touched


def _look_after(version: Version, every: timedelta, today: date, at: datetime) -> bool:
    if version.expires_on is not None and version.expires_on < today:
        close_version(version, Outcome.EXPIRED, by=None, at=at)
        record("expire_version", version, version.contract.carer_id, by=None, at=at)
        return True
    turn = turn_of(version)
    if turn is None or turn.asked_at is None or turn.person_id is None:
        return False
    last = turn.reminded_on or day_of(turn.asked_at)
    if today < last + every:
        return False
    turn.reminded_on = today
    turn.save(update_fields=["reminded_on"])
    tell_turn("remind_signature", version, turn, by=None, at=at)
    return True
