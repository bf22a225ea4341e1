"""Approval of a run by a second person, and its return to the proposer."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from palkkio.audit import actions as audit
from palkkio.core.clock import day_of
from palkkio.core.problems import NotAllowed, StaleVersion, WrongState
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.organisations.locks import Lock, one_at_a_time
from palkkio.payroll import gate, queueing
from palkkio.payroll.actions.calculating import begin_again, computed_now
from palkkio.payroll.actions.locking import locked_run, required_reason
from palkkio.payroll.candidates import Scope, unsettled
from palkkio.payroll.models import Proposal, Run, RunPart
from palkkio.payroll.own import require_no_own_matter, tied_people
from palkkio.payroll.parts import CALCULATE, CHECK, is_open, open_step, work_through
from palkkio.payroll.proposing import digest_of
from palkkio.payroll.rereading import reads_the_same
from palkkio.people import queries as people

CHECKED_AT_ONCE = 2000  # contracts; the approval of a larger run leaves the comparison to the workers
CHANGED = _(
    "Facts of %(count)s contracts have changed since the calculation. The run is being calculated again: look "
    "at it when it is ready, and approve then."
)


class FactsChanged(StaleVersion):
    """What the proposal was computed from has changed; it is being calculated again, nothing was approved."""


def approve_run(run_id: int, *, by: Viewer, at: datetime, proposal: int) -> Run:
    """Approve the proposal that was seen; payslips and files are put into the queue.

    proposal  number of the proposal on the page
    Refused: to who proposed the run or is party to it (NotAllowed); while anything of the gate is not met
    (WrongState); when the proposal is not the one seen (StaleVersion). When a sheet, card, account, term, rate, hold or
    one-off line has changed since the calculation, the run is calculated again: FactsChanged. A run of more than
    CHECKED_AT_ONCE contracts is compared by the workers before they make anything of it.
    """
    with transaction.atomic():
        one_at_a_time(Lock.APPROVALS, by.organisation_id)
        run = locked_run(run_id, by, Run.State.PROPOSED)
        _require_second_person(run, by, at)
        if run.proposal != proposal:
            raise StaleVersion(_("The proposal has changed since you opened it. Look at it again before you approve."))
        is_large = run.progress_of > CHECKED_AT_ONCE
        changed = set() if is_large else changed_contracts(run)
        if not changed:
            _require_open_gate(run)
            return _approve(run, by, at, is_checked=not is_large)
        _begin_again_stale(run, len(changed), by=by, at=at)
    raise FactsChanged(CHANGED, count=len(changed))


def _begin_again_stale(run: Run, count: int, *, by: Viewer | None, at: datetime) -> None:
    begin_again(run)
    audit.record(
        "find_run_stale",
        by=by,
        at=at,
        organisation_id=run.organisation_id,
        object_kind="run",
        object_id=run.pk,
        details={"contracts": count},
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


def check_run(run_id: int, *, at: datetime) -> bool:
    """Compare an approved run with the facts, where the approval left that to the workers. True if it stands.

    Whoever finds changes calculates the run again instead, as `approve_run` would: nothing was made of it yet.
    """
    run = Run.objects.get(pk=run_id)
    if not is_open(run, CHECK):
        return run.state in (Run.State.APPROVED, Run.State.PRODUCED)
    if not work_through(run_id, CHECK, run.proposal, Run.State.APPROVED, at, _check):
        return False
    with transaction.atomic():
        run = Run.objects.select_for_update().get(pk=run_id)
        found = RunPart.objects.filter(run=run, step=CHECK, proposal=run.proposal).aggregate(found=Sum("found"))
        if run.state != Run.State.APPROVED or not found["found"]:
            return run.state in (Run.State.APPROVED, Run.State.PRODUCED)
        run.approved_by = run.approved_by_person = run.approved_at = None
        run.returned_reason = gettext(CHANGED) % {"count": found["found"]}
        run.save(update_fields=["approved_by", "approved_by_person", "approved_at", "returned_reason"])
        _begin_again_stale(run, found["found"], by=None, at=at)
        return False


def open_check(run: Run) -> int:
    """Parts in which the workers compare the locked run with the facts: those of its calculation. Returns how many."""
    return open_step(run, CHECK, ((ids, 0) for ids in _calculated(run).values_list("ids", flat=True)))


def _check(run: Run, part: RunPart) -> int:
    """How many of a part's contracts are not as proposed. The first part counts those to add and to drop, too."""
    others = len(come_or_gone(run)) if part.number == 1 else 0
    return len(changed_in(run, _calculated(run).get(number=part.number))) + others


def changed_contracts(run: Run) -> set[int]:
    """Contracts whose facts, or what they make, are not what the proposal says; also those to add or to drop."""
    changed = come_or_gone(run)
    for part in _calculated(run):
        changed |= changed_in(run, part)
    return changed


def _calculated(run: Run) -> QuerySet[RunPart]:
    """The parts of the calculation, in their order: each proposed contract is in one of them."""
    return RunPart.objects.filter(run=run, step=CALCULATE).order_by("number").defer("figures")


def changed_in(run: Run, part: RunPart) -> set[int]:
    """Contracts of a part of the calculation that are computed otherwise now; one that is gone is not among them.

    Nothing is computed where all that the part read is read again as it was.
    """
    if reads_the_same(bytes(part.statements), part.reading):
        return set()
    rows = Proposal.objects.filter(run=run, contract_id__in=part.ids)
    proposed = dict(rows.values_list("contract_id", "digest"))
    return {
        each.contract.pk
        for each in computed_now(run, part.ids)
        if proposed.get(each.contract.pk) not in (None, digest_of(each))
    }


def come_or_gone(run: Run) -> set[int]:
    """Contracts with something to settle that the run does not propose, and those that it proposes without."""
    now: set[int] = set()
    for path, rows in unsettled(Scope.of(run)):
        now.update(rows.order_by().values_list(f"{path}id", flat=True))
    return now ^ set(Proposal.objects.filter(run=run).values_list("contract_id", flat=True))


def _require_second_person(run: Run, by: Viewer, at: datetime) -> None:
    by.require(RoleKind.PAYROLL_CLERK)
    if run.proposed_by_id == by.account_id or run.proposed_by_person_id == by.person_id:
        raise NotAllowed(_("You proposed this run. A second person approves it."))
    today = day_of(at)
    require_no_own_matter(run, tied_people(by, today))
    require_no_own_matter(run, people.tied_to(run.proposed_by_person_id, today))


def _require_open_gate(run: Run) -> None:
    for item in gate.conditions(run):
        if not item.is_met:
            raise WrongState(item.message, **item.params)


def _approve(run: Run, by: Viewer, at: datetime, *, is_checked: bool) -> Run:
    run.state, run.approved_at = Run.State.APPROVED, at
    run.approved_by_id, run.approved_by_person_id = by.account_id, by.person_id
    run.returned_reason = run.trouble = ""
    run.progress_done = 0
    run.progress_of = Proposal.objects.filter(run=run, is_left_out=False).count()
    run.save()
    audit.record("approve_run", by=by, at=at, object_kind="run", object_id=run.pk, details={"proposal": run.proposal})
    queueing.finish(run)
    if not is_checked:
        queueing.help_finishing(run, open_check(run))
    return run
