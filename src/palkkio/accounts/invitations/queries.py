"""Reads invitations: by the link, and those that wait."""

from __future__ import annotations

import hashlib
from datetime import datetime
from enum import StrEnum

from palkkio.accounts.invitations import access
from palkkio.accounts.invitations.models import Invitation
from palkkio.core.viewer import Viewer


class State(StrEnum):
    """What a link is worth now."""

    OPEN = "open"
    USED = "used"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"


def digest_of(token: str) -> str:
    """As the table and the session keep a link. The token is random and long: a plain digest cannot be reversed."""
    return hashlib.sha256(token.encode()).hexdigest()


def by_digest(digest: str) -> Invitation | None:
    found = Invitation.objects.filter(token_digest=digest)
    return found.select_related("organisation", "person", "principal").first()


def state_of(invitation: Invitation | None, at: datetime) -> State:
    if invitation is None:
        return State.UNKNOWN
    if invitation.used_at is not None:
        return State.USED
    if invitation.withdrawn_at is not None:
        return State.WITHDRAWN
    return State.OPEN if at < invitation.expires_at else State.EXPIRED


def offers(viewer: Viewer, at: datetime) -> list[Invitation]:
    """Mandates that the viewer has offered and nobody has taken yet."""
    rows = access.invitations(viewer).filter(principal_id=viewer.subject_person_id, used_at__isnull=True)
    return [row for row in rows.filter(withdrawn_at__isnull=True) if state_of(row, at) is State.OPEN]


def latest_of(viewer: Viewer, person_id: int) -> Invitation | None:
    """The last link that was sent to a person."""
    return access.invitations(viewer).filter(person_id=person_id).first()
