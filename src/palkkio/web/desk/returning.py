"""Returning a period: the act and the carer's notice together."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from palkkio.core.viewer import Viewer
from palkkio.entries import actions
from palkkio.messages.actions.notices import notify


@transaction.atomic
def return_one(sheet_id: int, version: int, reason: str, *, by: Viewer, at: datetime) -> None:
    """Gives a confirmed period back to its carer, who is told. Raises as `return_sheet` does."""
    sheet = actions.return_sheet(sheet_id, by=by, at=at, version=version, reason=reason)
    notify(sheet.contract.carer_id, "sheet_returned", sheet.pk, f"returned-{sheet.pk}-{sheet.version}", at=at)
