"""Making payslips of an approved run, in parts that any number of workers take; each part is whole or not there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext_noop as _

from palkkio.audit import actions as audit
from palkkio.calculation import frozen
from palkkio.core.days import DateRange
from palkkio.core.money import ZERO
from palkkio.core.payslip import Line, PayResult
from palkkio.core.problems import WrongState
from palkkio.core.viewer import Viewer
from palkkio.organisations.actions import next_numbers
from palkkio.organisations.asking import numbers, rows_of
from palkkio.payroll import queueing
from palkkio.payroll.actions.approving import check_run
from palkkio.payroll.actions.charging import make_client_charges
from palkkio.payroll.actions.locking import locked_run
from palkkio.payroll.models import Payslip, Proposal, Receivable, Run, RunPart
from palkkio.payroll.parts import PRODUCE, is_open, open_step, tell_statistics, work_through
from palkkio.payroll.statements import PAYSLIPS

PAYSLIPS_AT_ONCE = 1000
WRONG_SUMS = _("The lines of a payslip do not add up to its gross. Cancel the run and make it again.")


def produce_payslips(run_id: int, *, at: datetime) -> int:
    """Payslips, receivables and settlements that an approved run still lacks. Returns the number of payslips made.

    A payslip, its lines and the rows that settle its sheet revisions are one transaction: whatever happens, a revision
    that is settled twice is refused by the database. Returns when all are made, also those that others make.
    """
    if not check_run(run_id, at=at):
        return 0
    with transaction.atomic():
        run = Run.objects.select_for_update().get(pk=run_id)
        if run.state != Run.State.APPROVED or run.payslips_made_at is not None:
            return 0
        if not is_open(run, PRODUCE):
            _open(run)
    made: list[int] = []

    def make(of: Run, part: RunPart) -> int:
        made.append(_produce(of, part, at))
        return made[-1]

    if work_through(run_id, PRODUCE, run.proposal, Run.State.APPROVED, at, make):
        _close(run_id, at)
    return sum(made)


def finish_run(run_id: int, *, at: datetime) -> Run:
    """The last step, after payslips, payment file, reports and voucher: payees may see their payslips."""
    with transaction.atomic():
        run = Run.objects.select_for_update().get(pk=run_id)
        if run.state == Run.State.APPROVED:
            make_client_charges(run_id, at=at)
            run.state, run.produced_at, run.trouble = Run.State.PRODUCED, at, ""
            run.save(update_fields=["state", "produced_at", "trouble"])
            audit.record(
                "produce_run",
                by=None,
                at=at,
                organisation_id=run.organisation_id,
                object_kind="run",
                object_id=run.pk,
            )
            queueing.tell_payees(run)
            if Payslip.objects.filter(run=run, person__uses_paper=True).exists():
                queueing.make_letters(run)
        return run


def try_again(run_id: int, *, by: Viewer, at: datetime) -> Run:
    """Put the making of payslips and files into the queue again, when its cause of trouble is mended."""
    with transaction.atomic():
        run = locked_run(run_id, by, Run.State.APPROVED)
        run.trouble = ""
        run.save(update_fields=["trouble"])
        queueing.finish(run)
        audit.record("finish_run_again", by=by, at=at, object_kind="run", object_id=run.pk)
        return run


def _open(run: Run) -> None:
    """Cut the locked run into parts and give each its payslip numbers: the payer's next of the year, without gaps."""
    waiting = Proposal.objects.filter(run=run, is_left_out=False)
    counts = waiting.aggregate(all=Count("pk"), paid=Count("pk", filter=Q(line_count__gt=0)))
    of_year = next_numbers(run.organisation_id, f"payslip-{run.payday.year}", counts["paid"])
    parts = open_step(run, PRODUCE, _chunks(run, of_year.start))
    run.progress_done, run.progress_of = 0, counts["all"]
    run.save(update_fields=["progress_done", "progress_of"])
    queueing.help_finishing(run, parts)


def _chunks(run: Run, first: int) -> Iterator[tuple[list[int], int]]:
    """Proposals in the order of payment, with the number of each chunk's first payslip."""
    rows = Proposal.objects.filter(run=run, is_left_out=False).order_by("position")
    chunk: list[int] = []
    paid = 0
    for proposal_id, lines in rows.values_list("pk", "line_count").iterator(chunk_size=2000):
        if len(chunk) == PAYSLIPS_AT_ONCE:
            yield chunk, first
            first, chunk, paid = first + paid, [], 0
        chunk.append(proposal_id)
        paid += bool(lines)
    if chunk:
        yield chunk, first


@transaction.atomic
def _close(run_id: int, at: datetime) -> None:
    run = Run.objects.select_for_update().get(pk=run_id)
    if run.state == Run.State.APPROVED and run.payslips_made_at is None:
        run.payslips_made_at, run.progress_done = at, run.progress_of
        run.save(update_fields=["payslips_made_at", "progress_done"])
        if run.progress_of > PAYSLIPS_AT_ONCE:
            tell_statistics(Payslip._meta.db_table)


def _produce(run: Run, part: RunPart, at: datetime) -> int:
    """Payslips of one part. What a proposal says goes to its payslip inside the database.

    Raises WrongState where lines and gross, which a proposal keeps apart, do not agree: nothing of the part is made.
    """
    [(made, wrong, with_overpaid)] = rows_of(
        PAYSLIPS,
        run=run.pk,
        proposals=numbers(part.ids),
        payday=run.payday,
        year=f"{run.payday.year}-",
        first=part.first,
        at=at,
    )
    if wrong:
        raise WrongState(WRONG_SUMS)
    overpaid = Proposal.objects.filter(pk__in=with_overpaid).order_by("position")
    Receivable.objects.bulk_create(
        [row for each in overpaid for row in _receivables(run, each, frozen.from_json(each.result), at)]
    )
    return int(made)


def _receivables(run: Run, proposal: Proposal, result: PayResult, at: datetime) -> list[Receivable]:
    """What is owed back, a row for each original period; one row where a one-off line makes the sum negative."""
    by_period: dict[DateRange, list[Line]] = defaultdict(list)
    for line in result.overpaid:
        by_period[line.period].append(line)
    if any(_owed(lines) <= 0 for lines in by_period.values()):
        by_period = {proposal.period: list(result.overpaid)}
    return [
        Receivable(
            organisation_id=run.organisation_id,
            contract_id=proposal.contract_id,
            person_id=proposal.person_id,
            run=run,
            period=period,
            amount=_owed(lines),
            lines=[frozen.to_json(line) for line in lines],
            created_at=at,
        )
        for period, lines in by_period.items()
    ]


def _owed(lines: Sequence[Line]) -> Decimal:
    return -sum((line.amount for line in lines), ZERO)
