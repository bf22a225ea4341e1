"""Calculating a run: proposals for each contract, in chunks of payees; it may run twice."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from palkkio.audit import actions as audit
from palkkio.calculation import frozen
from palkkio.core.viewer import Viewer
from palkkio.payroll import queueing
from palkkio.payroll.actions.locking import locked_run
from palkkio.payroll.computing import Computed, compute
from palkkio.payroll.models import Proposal, Run
from palkkio.payroll.own import require_no_own_matter, tied_people
from palkkio.payroll.past import previous_run
from palkkio.payroll.reading import Candidate, Scope, candidates, read

PAYEES_AT_ONCE = 200


def recalculate_run(run_id: int, *, by: Viewer, at: datetime) -> Run:
    """Calculate a run again from the facts as they stand, also one whose calculation has stopped.

    Raises NotAllowed, WrongState.
    """
    with transaction.atomic():
        run = locked_run(run_id, by, Run.State.PROPOSED, Run.State.CALCULATING)
        if run.proposed_by_id == by.account_id:
            require_no_own_matter(run, tied_people(by, at.date()))
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

    Works through chunks of payees, each in a transaction of its own; started again it begins anew. Facts that change
    meanwhile are found at the approval.
    """
    run = Run.objects.get(pk=run_id)
    if run.state != Run.State.CALCULATING:
        return run
    number, scope = run.proposal, Scope.of(run)
    found = candidates(scope)
    with transaction.atomic():
        if not _begin(run_id, number, found):
            return Run.objects.get(pk=run_id)
    previous = None if run.is_extra else previous_run(scope.organisation_id, scope.payday, scope.until_by_kind)
    done = 0
    for chunk in chunks_of_payees(found, PAYEES_AT_ONCE):
        with transaction.atomic():
            held = _held(run_id, number)
            if held is None:
                return Run.objects.get(pk=run_id)
            _write(held, compute(chunk, read(scope, chunk, previous)), first_position=done)
            done += len(chunk)
            Run.objects.filter(pk=run_id).update(progress_done=done)
    with transaction.atomic():
        held = _held(run_id, number)
        if held is not None:
            # Another job of the same proposal may have begun, and set the progress back, after the last chunk here.
            held.state, held.calculated_at, held.progress_done = Run.State.PROPOSED, at, len(found)
            held.save(update_fields=["state", "calculated_at", "progress_done"])
            audit.record(
                "calculate_run",
                by=None,
                at=at,
                organisation_id=held.organisation_id,
                object_kind="run",
                object_id=run_id,
                details={"proposal": number, "contracts": len(found)},
            )
    return Run.objects.get(pk=run_id)


def refresh_payees(run: Run, person_ids: Collection[int]) -> None:
    """Write the proposals of some payees of a locked, proposed run anew, as the next proposal."""
    scope = Scope.of(run)
    chosen = candidates(scope, person_ids)
    previous = None if run.is_extra else previous_run(scope.organisation_id, scope.payday, scope.until_by_kind)
    stale = Proposal.objects.filter(run=run, person_id__in=person_ids)
    positions = dict(stale.values_list("contract_id", "position"))
    last = Proposal.objects.filter(run=run).aggregate(last=Max("position"))["last"]
    stale.delete()
    _write(run, compute(chosen, read(scope, chosen, previous)), -1 if last is None else last + 1, positions)
    run.proposal += 1
    run.save(update_fields=["proposal"])


def refresh_open_runs(organisation_id: int, person_id: int) -> None:
    """Bring a person's proposals up to date in the proposed runs that have them."""
    runs = Run.objects.select_for_update().filter(organisation_id=organisation_id, state=Run.State.PROPOSED)
    for run in runs.order_by("pk"):
        if Proposal.objects.filter(run=run, person_id=person_id).exists():
            refresh_payees(run, [person_id])


def chunks_of_payees(found: Sequence[Candidate], size: int) -> Iterator[list[Candidate]]:
    """Contracts in chunks of about `size` payees; those of one payee stay together."""
    chunk: list[Candidate] = []
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


def _begin(run_id: int, number: int, found: Sequence[Candidate]) -> bool:
    run = _held(run_id, number)
    if run is None:
        return False
    Proposal.objects.filter(run=run).exclude(contract_id__in=[each.contract_id for each in found]).delete()
    run.progress_done, run.progress_of = 0, len(found)
    run.save(update_fields=["progress_done", "progress_of"])
    return True


def _held(run_id: int, number: int) -> Run | None:
    """The locked run while it is still this proposal that is calculated."""
    run = Run.objects.select_for_update().get(pk=run_id)
    return run if run.state == Run.State.CALCULATING and run.proposal == number else None


def _write(
    run: Run, computed: Sequence[Computed], first_position: int, positions: dict[int, int] | None = None
) -> None:
    known = positions or {}
    rows = [_proposal(run, each, known.get(each.contract.pk, first_position + at)) for at, each in enumerate(computed)]
    Proposal.objects.filter(run=run, contract_id__in=[row.contract_id for row in rows]).delete()
    Proposal.objects.bulk_create(rows, batch_size=500)


def _proposal(run: Run, computed: Computed, position: int) -> Proposal:
    result, contract = computed.result, computed.contract
    return Proposal(
        organisation_id=run.organisation_id,
        run=run,
        contract_id=contract.pk,
        person_id=contract.carer_id,
        position=position,
        period=computed.period,
        revision_ids=computed.candidate.revision_ids,
        sheets={str(sheet_id): number for sheet_id, number in computed.sheets.items()},
        one_off_ids=computed.candidate.one_off_ids,
        tax_card=computed.card,
        card_kind=computed.card_kind,
        iban=computed.iban,
        facts=frozen.to_json(computed.facts),
        result=frozen.to_json(result),
        gross=result.gross,
        reimbursements=computed.reimbursements,
        withholding=result.withholding,
        pension=result.pension,
        other_deductions=computed.other_deductions,
        net=result.net,
        receivable=result.receivable,
        gross_before=computed.gross_before,
        days=computed.days,
        days_before=computed.days_before,
        causes={kind.value: str(amount) for kind, amount in computed.causes.items()},
        correction=computed.correction,
        problems=[
            {
                "code": problem.code.value,
                "figure": problem.figure,
                "day": None if problem.day is None else problem.day.isoformat(),
            }
            for problem in computed.problems
        ],
        problem_codes=list(dict.fromkeys(problem.code.value for problem in computed.problems)),
        is_blocked=computed.is_blocked,
        is_left_out=computed.is_left_out,
        is_held=computed.is_held,
    )
