"""What reporting asks of a run before it makes anything of it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop as _

from palkkio.audit import actions as audit
from palkkio.core.problems import WrongState
from palkkio.payroll.queries.handover import lacks_payslips, locked_run

if TYPE_CHECKING:
    from palkkio.payroll.models import Run

NOT_APPROVED = _("The run is not approved, so nothing of it is reported.")
STILL_MAKING = _("Payslips of the run are still being made.")


def taken_over(run_id: int) -> Run:
    """The locked run, its payslips made; its payment file may still be written. Raises WrongState."""
    return made_of(locked_run(run_id, beside_others=True))


def made_of(run: Run) -> Run:
    """The run, its payslips made. Raises WrongState."""
    if run.state not in ("approved", "produced"):
        raise WrongState(NOT_APPROVED)
    if lacks_payslips(run.pk):
        raise WrongState(STILL_MAKING)
    return run


def record_made(action: str, run: Run, object_id: int, at: datetime, **details: int) -> None:
    """Tell of a file that a job has made: make_delivery, make_voucher."""
    audit.record(
        action,
        by=None,
        at=at,
        organisation_id=run.organisation_id,
        object_kind=action.removeprefix("make_"),
        object_id=object_id,
        details={"run": run.pk, **details},
    )
