"""Waiving an overpayment (BEY-9): one proposes that it is not recovered, a second person approves."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_noop as _

from palkkio.core.money import CENT
from palkkio.core.problems import FieldError, InvalidInput, NotAllowed, WrongState
from palkkio.core.viewer import Viewer
from palkkio.organisations.access import one
from palkkio.payroll import access
from palkkio.payroll.actions.calculating import refresh_open_runs
from palkkio.payroll.actions.locking import required_reason
from palkkio.payroll.actions.recovery_steps import OPEN, clerks, close_if_settled, record
from palkkio.payroll.balances import balances
from palkkio.payroll.models import Recovery, RecoveryWaiver


@transaction.atomic
def propose_waiver(recovery_id: int, *, by: Viewer, at: datetime, amount: Decimal, reason: str) -> RecoveryWaiver:
    """Propose that a part, or all that is left, is not recovered. A second person approves it."""
    recovery = clerks(recovery_id, by, at, *OPEN)
    reason = required_reason(reason, _("Enter why it is not recovered."))
    left = balances([recovery])[recovery.pk].left
    if not 0 < amount <= left or amount != amount.quantize(CENT):
        raise InvalidInput(
            FieldError("amount", _("Enter an amount above zero and at most %(left)s €."), {"left": str(left)})
        )
    made = RecoveryWaiver.objects.create(
        organisation_id=by.organisation_id,
        recovery=recovery,
        amount=amount,
        reason=reason,
        proposed_by_id=by.account_id,
        proposed_at=at,
    )
    record("propose_waiver", recovery, by=by, at=at)
    return made


@transaction.atomic
def approve_waiver(waiver_id: int, *, by: Viewer, at: datetime) -> RecoveryWaiver:
    """Approve a waiver that a colleague proposed. Raises NotAllowed, WrongState."""
    waiver, recovery = _waiver(waiver_id, by, at)
    if waiver.proposed_by_id == by.account_id:
        raise NotAllowed(_("You proposed this waiver. A second person approves it."))
    if waiver.amount > balances([recovery])[recovery.pk].left:
        raise WrongState(_("Less than that is left now. Withdraw the waiver and propose a smaller one."))
    waiver.approved_by_id, waiver.approved_at = by.account_id, at
    waiver.save(update_fields=["approved_by", "approved_at"])
    record("approve_waiver", recovery, by=by, at=at)
    close_if_settled(recovery, by=by, at=at)
    refresh_open_runs(by.organisation_id, recovery.person_id)
    return waiver


@transaction.atomic
def withdraw_waiver(waiver_id: int, *, by: Viewer, at: datetime) -> RecoveryWaiver:
    """Take back a waiver that nobody has approved. Raises NotAllowed, WrongState."""
    waiver, recovery = _waiver(waiver_id, by, at)
    waiver.withdrawn_at = at
    waiver.save(update_fields=["withdrawn_at"])
    record("withdraw_waiver", recovery, by=by, at=at)
    return waiver


def _waiver(waiver_id: int, by: Viewer, at: datetime) -> tuple[RecoveryWaiver, Recovery]:
    found = one(RecoveryWaiver.objects.filter(recovery__in=access.recoveries(by)), waiver_id)
    recovery = clerks(found.recovery_id, by, at, *OPEN)
    found.refresh_from_db()
    if found.approved_at is not None or found.withdrawn_at is not None:
        raise WrongState(_("This waiver is approved or withdrawn already."))
    return found, recovery
