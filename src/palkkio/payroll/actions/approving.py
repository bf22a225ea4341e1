"""Approval of a run by a second person, and its return to the proposer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop as _

from palkkio.audit import actions as audit
from palkkio.calculation import frozen
from palkkio.core.problems import NotAllowed, StaleVersion, WrongState
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.payroll import gate, queueing
from palkkio.payroll.actions.calculating import PAYEES_AT_ONCE, begin_again, chunks_of_payees
from palkkio.payroll.actions.locking import locked_run, one_approval_at_a_time, required_reason
from palkkio.payroll.computing import Computed, compute
from palkkio.payroll.models import Proposal, Run
from palkkio.payroll.own import require_no_own_matter, tied_people
from palkkio.payroll.past import previous_run
from palkkio.payroll.reading import Scope, candidates, read
from palkkio.people import queries as people


class FactsChanged(StaleVersion):
    """What the proposal was computed from has changed; it is being calculated again, nothing was approved."""


def approve_run(run_id: int, *, by: Viewer, at: datetime, proposal: int) -> Run:
    """Approve the proposal that was seen; payslips and files are put into the queue.

    proposal  number of the proposal on the page
    Refused: to who proposed the run or is party to it (NotAllowed); while anything of the gate is not met
    (WrongState); when the proposal is not the one seen (StaleVersion). When a sheet, card, account, term, rate, hold or
    one-off line has changed since the calculation, the run is calculated again: FactsChanged.
    """
    with transaction.atomic():
        one_approval_at_a_time(by.organisation_id)
        run = locked_run(run_id, by, Run.State.PROPOSED)
        _require_second_person(run, by, at)
        if run.proposal != proposal:
            raise StaleVersion(_("The proposal has changed since you opened it. Look at it again before you approve."))
        changed = changed_contracts(run)
        if not changed:
            _require_open_gate(run)
            return _approve(run, by, at)
        begin_again(run)
        audit.record(
            "find_run_stale", by=by, at=at, object_kind="run", object_id=run.pk, details={"contracts": len(changed)}
        )
    raise FactsChanged(
        _(
            "Facts of %(count)s contracts have changed since the calculation. The run is being calculated again: look "
            "at it when it is ready, and approve then."
        ),
        count=len(changed),
    )


def return_run(run_id: int, *, by: Viewer, at: datetime, reason: str) -> Run:
    """Return a proposal to who proposed it, with a reason; it is calculated again. Raises InvalidInput, WrongState."""
    reason = required_reason(reason, _("Enter why the proposal is returned."))
    with transaction.atomic():
        run = locked_run(run_id, by, Run.State.PROPOSED)
        run.returned_reason = reason
        run.save(update_fields=["returned_reason"])
        begin_again(run)
        audit.record("return_run", by=by, at=at, object_kind="run", object_id=run.pk, reason=reason)
        return run


def changed_contracts(run: Run) -> list[int]:
    """Contracts whose facts, or what they make, are not what the proposal says; also those to add or to drop."""
    scope = Scope.of(run)
    found = candidates(scope)
    previous = None if run.is_extra else previous_run(scope.organisation_id, scope.payday, scope.until_by_kind)
    proposed = set(Proposal.objects.filter(run=run).values_list("contract_id", flat=True))
    changed = proposed ^ {each.contract_id for each in found}
    for chunk in chunks_of_payees(found, PAYEES_AT_ONCE):
        computed = compute(chunk, read(scope, chunk, previous))
        changed |= _changed(run, computed)
    return sorted(changed)


def _changed(run: Run, computed: Sequence[Computed]) -> set[int]:
    ids = [each.contract.pk for each in computed]
    rows = Proposal.objects.filter(run=run, contract_id__in=ids)
    proposed = {row.contract_id: row for row in rows}
    return {
        each.contract.pk
        for each in computed
        if (row := proposed.get(each.contract.pk)) is not None
        and (
            row.iban != each.iban
            or row.is_blocked != each.is_blocked
            or row.is_left_out != each.is_left_out
            or row.tax_card_id != (None if each.card is None else each.card.pk)
            or row.revision_ids != each.candidate.revision_ids
            or row.facts != frozen.to_json(each.facts)
            or row.result != frozen.to_json(each.result)
        )
    }


def _require_second_person(run: Run, by: Viewer, at: datetime) -> None:
    by.require(RoleKind.PAYROLL_CLERK)
    if run.proposed_by_id == by.account_id or run.proposed_by_person_id == by.person_id:
        raise NotAllowed(_("You proposed this run. A second person approves it."))
    require_no_own_matter(run, tied_people(by, at.date()))
    require_no_own_matter(run, people.tied_to(run.proposed_by_person_id, at.date()))


def _require_open_gate(run: Run) -> None:
    for item in gate.conditions(run):
        if not item.is_met:
            raise WrongState(item.message, **item.params)


def _approve(run: Run, by: Viewer, at: datetime) -> Run:
    run.state, run.approved_at = Run.State.APPROVED, at
    run.approved_by_id, run.approved_by_person_id = by.account_id, by.person_id
    run.returned_reason = run.trouble = ""
    run.progress_done = 0
    run.progress_of = Proposal.objects.filter(run=run, is_left_out=False).count()
    run.save()
    audit.record("approve_run", by=by, at=at, object_kind="run", object_id=run.pk, details={"proposal": run.proposal})
    queueing.finish(run)
    return run
