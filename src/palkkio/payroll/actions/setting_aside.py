"""Setting a red problem of one contract aside in one run, with a reason."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_noop as _

from palkkio.audit import actions as audit
from palkkio.core.clock import day_of
from palkkio.core.problems import RED, NotAllowed, ProblemCode, WrongState
from palkkio.core.viewer import Viewer
from palkkio.organisations.access import NOT_FOUND
from palkkio.payroll.actions.calculating import refresh_payees
from palkkio.payroll.actions.locking import locked_run, required_reason
from palkkio.payroll.models import Proposal, Run, SetAside
from palkkio.payroll.own import require_not_own


@transaction.atomic
def set_aside(run_id: int, contract_id: int, code: str, *, by: Viewer, at: datetime, reason: str) -> SetAside:
    """Set one red problem aside: without a card 60 % is withheld, with another problem the next run takes the payee.

    Raises InvalidInput on `reason`, NotAllowed in one's own matter, WrongState if there is no such problem.
    """
    reason = required_reason(reason, _("Enter why the problem is set aside."))
    run, proposal = _locked(run_id, contract_id, by=by, at=at)
    if code not in proposal.problem_codes or ProblemCode(code) not in RED:
        raise WrongState(_("There is no such problem any more. Open the run again to see where it stands."))
    made = set_code_aside(run, contract_id, code, by=by, at=at, reason=reason)
    _refresh(run, proposal, "set_aside", code, by=by, at=at, reason=reason)
    return made


def set_code_aside(run: Run, contract_id: int, code: str, *, by: Viewer, at: datetime, reason: str) -> SetAside:
    """Write it down, once: of a problem, or of a finding of the proof. Raises WrongState."""
    try:
        with transaction.atomic():
            return SetAside.objects.create(
                organisation_id=run.organisation_id,
                run=run,
                contract_id=contract_id,
                code=code,
                reason=reason,
                by_id=by.account_id,
                at=at,
            )
    except IntegrityError as error:
        raise WrongState(_("Somebody has set this aside already.")) from error


@transaction.atomic
def take_back_set_aside(run_id: int, contract_id: int, code: str, *, by: Viewer, at: datetime) -> None:
    """Take a set-aside back: the problem blocks again. Raises NotAllowed, WrongState."""
    run, proposal = _locked(run_id, contract_id, by=by, at=at)
    gone, _rows = SetAside.objects.filter(run=run, contract_id=contract_id, code=code).delete()
    if not gone:
        raise WrongState(_("This problem is not set aside any more."))
    _refresh(run, proposal, "take_back_set_aside", code, by=by, at=at, reason="")


def _locked(run_id: int, contract_id: int, *, by: Viewer, at: datetime) -> tuple[Run, Proposal]:
    run = locked_run(run_id, by, Run.State.PROPOSED)
    proposal = Proposal.objects.filter(run=run, contract_id=contract_id).select_related("contract").first()
    if proposal is None:
        raise NotAllowed(NOT_FOUND)
    require_not_own(by, day_of(at), proposal.person_id, proposal.contract.recipient_id)
    return run, proposal


def _refresh(run: Run, proposal: Proposal, action: str, code: str, *, by: Viewer, at: datetime, reason: str) -> None:
    refresh_payees(run, [proposal.person_id])
    audit.record(
        action,
        by=by,
        at=at,
        object_kind="run",
        object_id=run.pk,
        subject_person_id=proposal.person_id,
        reason=reason,
        details={"contract": proposal.contract_id, "code": code},
    )
