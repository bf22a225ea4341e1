"""Undoing a yearly index: this stage knows whether any of the new amounts is paid (PAY-13)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from palkkio.contracts import indexing
from palkkio.core.days import DateRange
from palkkio.core.viewer import Viewer
from palkkio.payroll.models import PaidRevision

if TYPE_CHECKING:
    from palkkio.contracts.models import IndexChange


def undo_index(change_id: int, *, by: Viewer, at: datetime) -> IndexChange:
    """The terms before the index go on. Raises WrongState where days of the year are paid, or settled by a run."""
    row = indexing.change(by, change_id)
    since = DateRange(date(row.year, 1, 1), None)
    paid = PaidRevision.objects.filter(
        contract_id__in=indexing.contracts_of(row), is_cancelled=False, revision__period__overlap=since
    )
    return indexing.undo_index(change_id, by=by, at=at, paid_contracts=set(paid.values_list("contract_id", flat=True)))
