"""Staff write into the leave ledger of an employment, always with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop as _

from palkkio.audit.actions import record
from palkkio.calculation.assistance.leave import leave_year
from palkkio.calculation.assistance.leave_ledger import AdjustmentKind
from palkkio.contracts import access as contracts
from palkkio.core.clock import day_of
from palkkio.core.problems import WrongState
from palkkio.core.viewer import Viewer
from palkkio.entries.event_rules import LEAVE
from palkkio.entries.models import LeaveAdjustment
from palkkio.organisations.access import one
from palkkio.organisations.inputs import Inputs

FIELDS = ("kind", "year", "days", "is_taken_off", "taken", "pay", "days_worked", "reason")
MOST_DAYS = 200
NOT_EMPLOYED = _("Only an employment of an assistant earns annual leave here.")


@transaction.atomic
def adjust_leave(contract_id: int, *, by: Viewer, at: datetime, values: Mapping[str, Any]) -> LeaveAdjustment:
    """Write what came before the periods that are kept here, a correction, or what has expired.

    values  FIELDS: year is any day of the leave year; days weekdays; is_taken_off for a correction that lowers what is
            earned; taken, pay (EUR of work, without premium for overtime) and days_worked for what came before
    Paid months that it changes are found by the next run. Raises InvalidInput, NotAllowed, WrongState.
    """
    by.require(*LEAVE)
    contract = one(contracts.contracts(by).select_for_update(of=("self",)), contract_id)
    by.require_not_own(contract.carer_id, contract.recipient_id, contract.employer_id)
    if not contract.is_employment:
        raise WrongState(NOT_EMPLOYED)
    inputs = Inputs(values, FIELDS)
    kind = inputs.choice("kind", AdjustmentKind, _("Choose what you write down"))
    day = inputs.day("year", _("Choose the leave year"))
    days = inputs.whole("days", 0, MOST_DAYS)
    columns: dict[str, Any] = {"days": -days if inputs.flag("is_taken_off") else days}
    if inputs.flag("is_taken_off") and kind is not AdjustmentKind.CORRECTION:
        inputs.error("is_taken_off", _("Only a correction takes days off"))
    if kind is AdjustmentKind.OPENING:
        columns["taken"] = inputs.whole_or_none("taken", 0, MOST_DAYS) or 0
        columns["pay"] = inputs.decimal("pay")
        columns["days_worked"] = inputs.decimal("days_worked", places=4, most=Decimal(366))
    reason = inputs.text("reason", 500, _("Enter the reason"))
    inputs.check()
    year = leave_year(day or day_of(at)).edges[0]
    columns |= {"organisation_id": contract.organisation_id, "reason": reason}
    columns |= {"made_at": at, "made_by_id": by.account_id}
    if kind is AdjustmentKind.OPENING:
        row, _was_made = LeaveAdjustment.objects.update_or_create(
            contract=contract, year=year, kind=kind.value, defaults=columns
        )
    else:
        row = LeaveAdjustment.objects.create(contract=contract, year=year, kind=kind.value, **columns)
    record(
        "adjust_leave",
        by=by,
        at=at,
        object_kind="leave_adjustment",
        object_id=row.pk,
        subject_person_id=contract.carer_id,
        reason=reason,
        details={"kind": kind.value, "year": year.isoformat(), "days": columns["days"]},
    )
    return row
