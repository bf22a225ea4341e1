"""Calculating a run: proposals for each contract, in parts of payees that any number of workers take."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F, Func, Max

from palkkio.audit import actions as audit
from palkkio.core.clock import day_of
from palkkio.core.viewer import Viewer
from palkkio.payroll import figures, queueing
from palkkio.payroll.actions.locking import locked_run
from palkkio.payroll.actions.trouble import note_trouble
from palkkio.payroll.candidates import Place, Scope, places
from palkkio.payroll.computing import Computed, NotComputed, compute
from palkkio.payroll.models import Proposal, Run, RunPart
from palkkio.payroll.own import require_no_own_matter, tied_people
from palkkio.payroll.parts import CALCULATE, is_open, open_step, tell_statistics, work_through
from palkkio.payroll.past import previous_run
from palkkio.payroll.proposing import write_proposals
from palkkio.payroll.reading import read
from palkkio.payroll.rereading import recorded

PAYEES_AT_ONCE = 1000


def recalculate_run(run_id: int, *, by: Viewer, at: datetime) -> Run:
    """Calculate a run again from the facts as they stand, also one whose calculation has stopped.

    Raises NotAllowed, WrongState.
    """
    with transaction.atomic():
        run = locked_run(run_id, by, Run.State.PROPOSED, Run.State.CALCULATING)
        if run.proposed_by_id == by.account_id:
            require_no_own_matter(run, tied_people(by, day_of(at)))
        begin_again(run)
        audit.record("recalculate_run", by=by, at=at, object_kind="run", object_id=run.pk)
        return run


def begin_again(run: Run) -> None:
    """The locked run goes back to calculating, as the next proposal."""
    run.state = Run.State.CALCULATING
    run.proposal += 1
    run.progress_done = run.progress_of = 0
    run.trouble = ""
    run.save(update_fields=["state", "proposal", "progress_done", "progress_of", "trouble"])
    queueing.calculate(run)


def calculate_run(run_id: int, *, at: datetime) -> Run:
    """Write the proposals of a run and set it proposed. A run in another state is left as it is.

    Works through parts of payees, each in a transaction of its own, beside any number of other workers; started again
    it does the rest. Facts that change meanwhile are found at the approval. Raises NotComputed, said on the run.
    """
    with transaction.atomic():
        run = Run.objects.select_for_update().get(pk=run_id)
        if run.state != Run.State.CALCULATING:
            return run
        if not is_open(run, CALCULATE):
            _open(run)
    try:
        is_done = work_through(run_id, CALCULATE, run.proposal, Run.State.CALCULATING, at, _calculate)
    except NotComputed as error:
        note_trouble(run_id, error, proposal=run.proposal)
        raise
    if is_done:
        _close(run_id, run.proposal, at)
    return Run.objects.get(pk=run_id)


def _open(run: Run) -> None:
    """Cut the locked run into parts. What was proposed before goes, so each part only writes."""
    found = places(Scope.of(run))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM payroll_proposal WHERE run_id = %s", [run.pk])
    run.progress_done, run.progress_of = 0, len(found)
    run.save(update_fields=["progress_done", "progress_of"])
    parts = open_step(run, CALCULATE, numbered(chunks_of_payees(found, PAYEES_AT_ONCE)))
    queueing.help_calculating(run, parts)


def _calculate(run: Run, part: RunPart) -> int:
    with recorded() as reading:
        computed = computed_now(run, part.ids)
    part.statements, part.reading = reading.kept, reading.digest
    part.figures = figures.of_rows(run, write_proposals(run, computed, part.first)).to_json()
    return len(computed)


def computed_now(run: Run, contract_ids: Sequence[int]) -> list[Computed]:
    """Contracts of a run computed from the facts as they stand, in the order of payment."""
    scope = Scope.of(run)
    return compute(read(scope, contract_ids, compared_with(run, scope)))


def compared_with(run: Run, scope: Scope) -> Run | None:
    """The scheduled run before, which a scheduled run is compared with."""
    return None if run.is_extra else previous_run(scope.organisation_id, scope.payday, scope.until_by_kind)


@transaction.atomic
def _close(run_id: int, proposal: int, at: datetime) -> None:
    """The last worker sets the run proposed; whoever comes later finds it done."""
    run = Run.objects.select_for_update().get(pk=run_id)
    if run.state != Run.State.CALCULATING or run.proposal != proposal:
        return
    run.state, run.calculated_at, run.progress_done, run.trouble = Run.State.PROPOSED, at, run.progress_of, ""
    run.save(update_fields=["state", "calculated_at", "progress_done", "trouble"])
    if run.progress_of > PAYEES_AT_ONCE:
        tell_statistics(Proposal._meta.db_table)
    audit.record(
        "calculate_run",
        by=None,
        at=at,
        organisation_id=run.organisation_id,
        object_kind="run",
        object_id=run_id,
        details={"proposal": proposal, "contracts": run.progress_of},
    )


def refresh_payees(run: Run, person_ids: Collection[int]) -> None:
    """Write the proposals of some payees of a locked, proposed run anew, as the next proposal."""
    scope = Scope.of(run)
    chosen = [each.contract_id for each in places(scope, person_ids)]
    stale = Proposal.objects.filter(run=run, person_id__in=person_ids)
    positions = dict(stale.values_list("contract_id", "position"))
    last = Proposal.objects.filter(run=run).aggregate(last=Max("position"))["last"]
    stale.delete()
    computed = compute(read(scope, chosen, compared_with(run, scope)))
    write_proposals(run, computed, -1 if last is None else last + 1, positions)
    _take_into_parts(run, computed)
    figures.forget(run, [*positions, *(each.contract.pk for each in computed)])
    run.proposal += 1
    run.save(update_fields=["proposal"])


def _take_into_parts(run: Run, computed: Sequence[Computed]) -> None:
    """Contracts that came to the run since it was cut join the part of their payee, else the last."""
    carer_of = {each.contract.pk: each.contract.carer_id for each in computed}
    parts = RunPart.objects.filter(run=run, step=CALCULATE)
    theirs = parts.filter(ids__overlap=list(carer_of)).values_list("pk", "ids")
    part_of = {pk: part_id for part_id, ids in theirs for pk in carer_of.keys() & set(ids)}
    new = [pk for pk in carer_of if pk not in part_of]
    if not new:
        return
    of_payee = {carer_of[pk]: part_id for pk, part_id in part_of.items()}
    last = parts.order_by("number").values_list("pk", flat=True).last()
    for pk in new:
        if part_id := of_payee.get(carer_of[pk], last):
            parts.filter(pk=part_id).update(ids=Func(F("ids"), pk, function="array_append"))


def refresh_open_runs(organisation_id: int, person_id: int) -> None:
    """Bring a person's proposals up to date in the proposed runs that have them."""
    runs = Run.objects.select_for_update().filter(organisation_id=organisation_id, state=Run.State.PROPOSED)
    for run in runs.order_by("pk"):
        if Proposal.objects.filter(run=run, person_id=person_id).exists():
            refresh_payees(run, [person_id])


def chunks_of_payees(found: Sequence[Place], size: int) -> Iterator[list[Place]]:
    """Contracts in chunks of about `size` payees; those of one payee stay together."""
    chunk: list[Place] = []
    payees = 0
    for each in found:
        if not chunk or chunk[-1].person_id != each.person_id:
            if payees == size:
                yield chunk
                chunk, payees = [], 0
            payees += 1
        chunk.append(each)
    if chunk:
        yield chunk


def numbered(chunks: Iterator[list[Place]]) -> Iterator[tuple[list[int], int]]:
    """Contracts of each chunk, and the position of its first."""
    first = 0
    for chunk in chunks:
        yield [each.contract_id for each in chunk], first
        first += len(chunk)
