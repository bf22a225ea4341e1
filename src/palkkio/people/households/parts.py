"""What the writes of households share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from palkkio.audit import actions as audit
from palkkio.core.viewer import Viewer
from palkkio.organisations.access import one
from palkkio.people.households import access
from palkkio.people.households.models import Household


def locked(household_id: int, by: Viewer) -> Household:
    return one(access.households(by).select_for_update(of=("self",)), household_id)


def record(
    action: str,
    row: Household,
    *,
    by: Viewer | None,
    at: datetime,
    details: Mapping[str, Any] | None = None,
    account_id: int | None = None,
) -> None:
    audit.record(
        action,
        by=by,
        at=at,
        object_kind="household",
        object_id=row.pk,
        subject_person_id=row.employer_id,
        organisation_id=row.organisation_id,
        account_id=account_id,
        details=details,
    )
