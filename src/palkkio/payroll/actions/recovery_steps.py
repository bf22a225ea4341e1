"""What the steps of a recovery share: whose turn it is, the end of the matter, the audit."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_noop as _

from palkkio.audit import actions as audit
from palkkio.core.clock import day_of
from palkkio.core.problems import WrongState
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.organisations.access import one
from palkkio.payroll import access
from palkkio.payroll.balances import balances
from palkkio.payroll.models import Recovery
from palkkio.payroll.own import require_not_own

State = Recovery.State
OPEN = (State.HEARING, State.DECIDED, State.RECOVERING)


def clerks(recovery_id: int, by: Viewer, at: datetime, *states: Recovery.State) -> Recovery:
    by.require(RoleKind.PAYROLL_CLERK)
    recovery = locked(recovery_id, by, *states)
    require_not_own(by, day_of(at), recovery.person_id)
    return recovery


def locked(recovery_id: int, by: Viewer, *states: Recovery.State) -> Recovery:
    recovery = one(access.recoveries(by).select_for_update(), recovery_id)
    if recovery.state not in states:
        raise WrongState(_("The matter has moved on. Open it again to see where it stands."))
    return recovery


def record(action: str, recovery: Recovery, *, by: Viewer | None, at: datetime) -> None:
    audit.record(
        action,
        by=by,
        at=at,
        organisation_id=recovery.organisation_id,
        object_kind="recovery",
        object_id=recovery.pk,
        subject_person_id=recovery.person_id,
        details={"number": recovery.number},
    )


def close_if_settled(recovery: Recovery, *, by: Viewer | None, at: datetime) -> bool:
    if balances([recovery])[recovery.pk].left > 0:
        return False
    close(recovery, "", by=by, at=at)
    return True


def close(recovery: Recovery, reason: str, *, by: Viewer | None, at: datetime) -> Recovery:
    recovery.state, recovery.closed_on, recovery.closed_reason = State.CLOSED, day_of(at), reason
    recovery.save(update_fields=["state", "closed_on", "closed_reason"])
    record("close_recovery", recovery, by=by, at=at)
    return recovery


def reopen(recovery: Recovery, *, by: Viewer, at: datetime) -> None:
    """Go on with what was settled by a payslip that is cancelled since."""
    recovery.state, recovery.closed_on = State.RECOVERING, None
    recovery.save(update_fields=["state", "closed_on"])
    record("reopen_recovery", recovery, by=by, at=at)
