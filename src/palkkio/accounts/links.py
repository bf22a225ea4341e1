"""An account is a person: the row and its audit event."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from palkkio.accounts.models import Account, AccountPerson
from palkkio.audit import actions as audit

if TYPE_CHECKING:
    from palkkio.core.viewer import Viewer


def link_person_row(account: Account, person_id: int, by: Viewer | None, at: datetime) -> None:
    AccountPerson.objects.create(account=account, person_id=person_id, linked_at=at)
    audit.record(
        "link_account",
        by=by,
        at=at,
        object_kind="account",
        object_id=account.pk,
        subject_person_id=person_id,
        account_id=account.pk,
    )
