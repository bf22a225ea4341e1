"""Writes events, in the transaction of what they tell of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from palkkio.audit.models import SHOWN, Event
from palkkio.core.viewer import Viewer


def record(
    action: str,
    *,
    by: Viewer | None,
    at: datetime,
    object_kind: str = "",
    object_id: int | None = None,
    subject_person_id: int | None = None,
    organisation_id: int | None = None,
    account_id: int | None = None,
    reason: str = "",
    details: Mapping[str, Any] | None = None,
) -> None:
    """Tell of one change.

    action             verb_noun: "review_sheet"
    by                 who acted; None: the system itself, or an account before it has chosen a role
    organisation_id    where `by` does not say it
    account_id         likewise: sign-in, change of password
    subject_person_id  whose matter it is
    details            numbers and codes that JSON can hold; no names, identity codes or account numbers
    """
    _write(action, by, at, object_kind, object_id, subject_person_id, organisation_id, account_id, reason, details)


def record_look(
    action: str,
    *,
    by: Viewer,
    at: datetime,
    object_kind: str,
    object_id: int | None,
    subject_person_id: int | None,
    reason: str = "",
    shown: Sequence[int] = (),
) -> None:
    """Tell that somebody opened another person's record. A look at one's own record is not told.

    shown  the people on a list, where the look has no single subject
    """
    if subject_person_id == by.person_id:
        return
    details = {SHOWN: list(shown)} if shown else None
    _write(action, by, at, object_kind, object_id, subject_person_id, None, None, reason, details, is_read=True)


def _write(
    action: str,
    by: Viewer | None,
    at: datetime,
    object_kind: str,
    object_id: int | None,
    subject_person_id: int | None,
    organisation_id: int | None,
    account_id: int | None,
    reason: str,
    details: Mapping[str, Any] | None,
    is_read: bool = False,
) -> None:
    Event.objects.create(
        organisation_id=by.organisation_id if by else organisation_id,
        at=at,
        actor_account_id=by.account_id if by else account_id,
        actor_person_id=by.person_id if by else None,
        actor_role=by.role.value if by else "",
        subject_person_id=subject_person_id,
        is_read=is_read,
        action=action,
        object_kind=object_kind,
        object_id=object_id,
        reason=reason,
        details=dict(details or {}),
    )
