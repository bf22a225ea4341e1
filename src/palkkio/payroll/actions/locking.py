"""One at a time: the run that an action changes, and the approvals of an organisation."""

from __future__ import annotations

from enum import IntEnum

from django.db import connection
from django.utils.translation import gettext_noop as _

from palkkio.core.problems import FieldError, InvalidInput, NotAllowed, WrongState
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.payroll import access
from palkkio.payroll.models import Run


class Lock(IntEnum):
    """What of an organisation happens one at a time; the number names the lock in PostgreSQL."""

    APPROVALS = 20260
    RECHECKS = 20261
    CHARGES = 20262


REASON_LENGTH = 1000


def locked_run(run_id: int, by: Viewer, *states: Run.State) -> Run:
    """The run, locked to the end of the transaction, for a payroll clerk. Raises NotAllowed, WrongState."""
    by.require(RoleKind.PAYROLL_CLERK)
    run = access.runs(by).select_for_update().filter(pk=run_id).first()
    if run is None:
        raise NotAllowed(access.NOT_FOUND)
    if states and run.state not in states:
        raise WrongState(_WORDS.get(Run.State(run.state), _OTHER))
    return run


_OTHER = _("The run has moved on. Open it again to see where it stands.")
_WORDS = {
    Run.State.CALCULATING: _("The run is being calculated. Wait until it is ready, then try again."),
    Run.State.APPROVED: _("The run is approved already: its payslips are being made."),
    Run.State.PRODUCED: _("The run is approved and its payslips are made."),
    Run.State.CANCELLED: _("The run is cancelled. Propose a new one."),
}


def one_at_a_time(lock: Lock, organisation_id: int) -> None:
    """Hold back whoever takes the same lock of the organisation to the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [lock, organisation_id])


def required_reason(text: str, message: str) -> str:
    """A reason in words. Raises InvalidInput on the field `reason`."""
    text = text.strip()
    if not text:
        raise InvalidInput(FieldError("reason", message))
    if len(text) > REASON_LENGTH:
        too_long = _("Shorten the reason to %(most)s characters.")
        raise InvalidInput(FieldError("reason", too_long, params={"most": REASON_LENGTH}))
    return text
