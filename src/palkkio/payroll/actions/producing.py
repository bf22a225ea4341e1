"""Making payslips of an approved run: in chunks, each whole; killed and started again it makes the rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F

from palkkio.audit import actions as audit
from palkkio.calculation import frozen
from palkkio.core.days import DateRange
from palkkio.core.money import ZERO
from palkkio.core.payslip import Line, PayResult
from palkkio.core.viewer import Viewer
from palkkio.organisations.actions import next_numbers
from palkkio.payroll import queueing
from palkkio.payroll.actions.locking import locked_run
from palkkio.payroll.models import (
    PaidOneOff,
    PaidRevision,
    Payslip,
    PayslipLine,
    Proposal,
    Receivable,
    Run,
)

PAYSLIPS_AT_ONCE = 200


def produce_payslips(run_id: int, *, at: datetime) -> int:
    """Payslips, receivables and settlements that an approved run still lacks. Returns the number of payslips made.

    A payslip, its lines and the rows that settle its sheet revisions are written in one transaction: whatever happens,
    a revision that is settled twice is refused by the database.
    """
    made = 0
    while (count := _produce_chunk(run_id, at)) is not None:
        made += count
    return made


def finish_run(run_id: int, *, at: datetime) -> Run:
    """The last step, after payslips, payment file, reports and voucher: payees may see their payslips."""
    with transaction.atomic():
        run = Run.objects.select_for_update().get(pk=run_id)
        if run.state == Run.State.APPROVED:
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


def note_trouble(run_id: int, message: str) -> None:
    """Say on the run what stopped the making of its payslips or files; empty: nothing does any more."""
    Run.objects.filter(pk=run_id).exclude(trouble=message).update(trouble=message)


@transaction.atomic
def _produce_chunk(run_id: int, at: datetime) -> int | None:
    """The next payslips, or None when there is nothing left to make."""
    run = Run.objects.select_for_update().get(pk=run_id)
    if run.state != Run.State.APPROVED:
        return None
    waiting = Proposal.objects.filter(run=run, is_left_out=False, is_produced=False)
    chunk = list(waiting.select_related("contract__recipient", "person").order_by("position")[:PAYSLIPS_AT_ONCE])
    if not chunk:
        return None
    results: dict[int, PayResult] = {each.pk: frozen.from_json(each.result) for each in chunk}
    paid = [each for each in chunk if results[each.pk].lines]
    numbers = _numbers(run, len(paid))
    slips = Payslip.objects.bulk_create(
        [_payslip(run, each, results[each.pk], number, at) for each, number in zip(paid, numbers, strict=True)]
    )
    slip_of = {slip.contract_id: slip for slip in slips}
    PayslipLine.objects.bulk_create(
        [
            _line(slip_of[each.contract_id], position, line)
            for each in paid
            for position, line in enumerate(results[each.pk].lines)
        ],
        batch_size=1000,
    )
    _settle(run, chunk, slip_of)
    Receivable.objects.bulk_create(
        [row for each in chunk if results[each.pk].overpaid for row in _receivables(run, each, results[each.pk], at)]
    )
    Proposal.objects.filter(pk__in=[each.pk for each in chunk]).update(is_produced=True)
    Run.objects.filter(pk=run.pk).update(progress_done=F("progress_done") + len(chunk))
    return len(slips)


def _numbers(run: Run, count: int) -> list[str]:
    """The next payslip numbers of the payer's year, without gaps."""
    year = run.payday.year
    return [f"{year}-{number:06d}" for number in next_numbers(run.organisation_id, f"payslip-{year}", count)]


def _payslip(run: Run, proposal: Proposal, result: PayResult, number: str, at: datetime) -> Payslip:
    recipient = proposal.contract.recipient
    return Payslip(
        organisation_id=run.organisation_id,
        run=run,
        contract_id=proposal.contract_id,
        person_id=proposal.person_id,
        number=number,
        payday=run.payday,
        period=proposal.period,
        payee_name=proposal.person.name,
        recipient_name="" if recipient is None else recipient.name,
        tax_card_id=proposal.tax_card_id,
        card_kind=proposal.card_kind,
        iban=proposal.iban,
        gross=result.gross,
        taxable=result.taxable,
        pensionable=result.pensionable,
        withholding=result.withholding,
        pension=result.pension,
        other_deductions=proposal.other_deductions,
        net=result.net,
        facts=proposal.facts,
        result=proposal.result,
        made_at=at,
    )


def _line(slip: Payslip, position: int, line: Line) -> PayslipLine:
    return PayslipLine(
        organisation_id=slip.organisation_id,
        payslip=slip,
        position=position,
        code=line.code,
        period=line.period,
        quantity=line.quantity,
        of=line.of,
        amount=line.amount,
        is_taxable=line.is_taxable,
        is_pensionable=line.is_pensionable,
    )


def _settle(run: Run, chunk: Sequence[Proposal], slip_of: dict[int, Payslip]) -> None:
    """The rows that make paying twice impossible; without a payslip there was nothing to pay, or a receivable."""
    PaidRevision.objects.bulk_create(
        [
            PaidRevision(revision_id=number, **_settled_by(run, each, slip_of))
            for each in chunk
            for number in each.revision_ids
        ]
    )
    PaidOneOff.objects.bulk_create(
        [
            PaidOneOff(
                one_off_id=number, run=run, organisation_id=run.organisation_id, payslip=slip_of.get(each.contract_id)
            )
            for each in chunk
            for number in each.one_off_ids
        ]
    )


def _settled_by(run: Run, proposal: Proposal, slip_of: dict[int, Payslip]) -> dict[str, Any]:
    return {
        "organisation_id": run.organisation_id,
        "run": run,
        "contract_id": proposal.contract_id,
        "payslip": slip_of.get(proposal.contract_id),
    }


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
