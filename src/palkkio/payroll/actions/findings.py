"""Setting a finding of the proof aside, with a reason, by name (BEY-7)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop as _

from palkkio.audit import actions as audit
from palkkio.contracts import access as contracts
from palkkio.core.clock import day_of
from palkkio.core.problems import WrongState
from palkkio.core.viewer import Viewer
from palkkio.payroll.actions.locking import locked_run, required_reason
from palkkio.payroll.actions.setting_aside import set_code_aside
from palkkio.payroll.findings import NOT_SET_ASIDE, RED, findings
from palkkio.payroll.models import Run, SetAside
from palkkio.payroll.own import require_not_own
from palkkio.payroll.proof_rules import FindingKind


@transaction.atomic
def set_finding_aside(run_id: int, contract_id: int, kind: str, *, by: Viewer, at: datetime, reason: str) -> SetAside:
    """Say why a red finding stops nothing: it is paid as proposed. Raises InvalidInput, NotAllowed, WrongState.

    What another run has settled is never set aside: the same is not paid twice whatever anybody says.
    """
    reason = required_reason(reason, _("Enter why it is in order."))
    run = locked_run(run_id, by, Run.State.PROPOSED)
    contract = contracts.contract(by, contract_id)
    require_not_own(by, day_of(at), contract.carer_id, contract.recipient_id)
    known = kind in set(FindingKind) and FindingKind(kind) in RED - NOT_SET_ASIDE
    if not known or not any(
        each.contract_id == contract_id and each.kind == kind and each.is_red for each in findings(run)
    ):
        raise WrongState(_("There is no such finding any more. Open the proof again to see where it stands."))
    made = set_code_aside(run, contract_id, kind, by=by, at=at, reason=reason)
    audit.record(
        "set_aside",
        by=by,
        at=at,
        object_kind="run",
        object_id=run.pk,
        subject_person_id=contract.carer_id,
        reason=reason,
        details={"contract": contract_id, "code": kind},
    )
    return made
