"""What actions begin with: the run, locked; a clerk of others' pay; a reason in words."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_noop as _

from palkkio.core.problems import FieldError, InvalidInput, WrongState
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.organisations.access import one
from palkkio.payroll import access
from palkkio.payroll.models import Run
from palkkio.payroll.own import require_not_own
from palkkio.people import access as people

REASON_LENGTH = 1000


def locked_run(run_id: int, by: Viewer, *states: Run.State) -> Run:
    """The run, locked to the end of the transaction, for a payroll clerk. Raises NotAllowed, WrongState."""
    by.require(RoleKind.PAYROLL_CLERK)
    run = one(access.runs(by).select_for_update(), run_id)
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


def require_clerk_of(by: Viewer, today: date, person_id: int) -> None:
    """Raises NotAllowed if the viewer is no payroll clerk of a person's organisation, or it is their own matter."""
    by.require(RoleKind.PAYROLL_CLERK)
    people.person(by, person_id)
    require_not_own(by, today, person_id)


def required_reason(text: str, message: str) -> str:
    """A reason in words. Raises InvalidInput on the field `reason`."""
    text = text.strip()
    if not text:
        raise InvalidInput(FieldError("reason", message))
    if len(text) > REASON_LENGTH:
        too_long = _("Shorten the reason to %(most)s characters.")
        raise InvalidInput(FieldError("reason", too_long, params={"most": REASON_LENGTH}))
    return text
