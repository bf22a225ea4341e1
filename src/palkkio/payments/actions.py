"""Payment batches: one file of one run, whole or not at all; given to the bank; answers of the bank; payments anew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils.translation import gettext_noop as _

from palkkio.audit import actions as audit
from palkkio.core.identifiers import normal_reference
from palkkio.core.problems import WrongState
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.formats import payment_file as files
from palkkio.organisations.actions import next_number
from palkkio.organisations.locks import Lock, one_at_a_time
from palkkio.payments import access
from palkkio.payments.agreements import change_agreement
from palkkio.payments.answers import settle_answer, take_answer, upload_answer
from palkkio.payments.models import Batch, Payment
from palkkio.payments.queries import batch_of_run, value_of
from palkkio.payments.repairs import cancel_repair, repay
from palkkio.payments.sending import deliver_batch, mark_sent, send_batch
from palkkio.payments.writing import FileRefusedError, add_payments, store, write
from palkkio.payroll.claims import Remittance, remittances
from palkkio.payroll.queries.handover import held_run, lacks_payslips, payable_of_run

if TYPE_CHECKING:
    from palkkio.payroll.models import Run

__all__ = [
    "FileRefusedError",
    "cancel_batch",
    "cancel_repair",
    "change_agreement",
    "deliver_batch",
    "make_batch",
    "mark_sent",
    "repay",
    "send_batch",
    "settle_answer",
    "take_answer",
    "upload_answer",
]

ALREADY_SENT = _("The bank has the file already. What was wrong is corrected in the next run.")

# What is in the database need not leave it and come back: a payment says what its payslip says.
PAYMENTS = """
    INSERT INTO payments_payment
        (organisation_id, batch_id, kind, payslip_id, end_to_end_id, creditor_name, iban, reference, message, amount,
         is_cancelled, outcome)
    SELECT organisation_id, %(batch)s, 'salary', id, number || %(end)s, left(payee_name, %(length)s), iban, '', '', net,
           false, ''
      FROM payroll_payslip
     WHERE run_id = %(run)s AND NOT is_cancelled AND net > 0
     ORDER BY number
"""


@transaction.atomic
def make_batch(run_id: int, *, at: datetime, waits: bool = True) -> Batch | None:
    """The payment file of an approved run: its payslips, and what was deducted for others. Made once: asked again, the
    batch that stands is returned.

    A payslip whose net is zero has no payment; a run without payments has no batch (None).
    waits  False: None at once while somebody else is making it, who has something else to do meanwhile
    Raises WrongState before the run is approved or while payslips are missing, FileRefusedError.
    """
    run = held_run(run_id)
    if not one_at_a_time(Lock.PAYMENT_FILES, run_id, waits=waits):
        return None
    if run.state not in ("approved", "produced"):
        raise WrongState(_("The run is not approved, so it has no payment file."))
    if batch := batch_of_run(run_id):
        return batch
    if lacks_payslips(run_id):
        raise WrongState(_("Payslips of the run are still being made."))
    number = next_number(run.organisation_id, "batch")
    salaries = tuple(_payments(run_id, number))
    others = [_of_remittance(run, each, place, number) for place, each in enumerate(remittances(run), start=1)]
    if not salaries and not others:
        return None
    written = write(
        (*salaries, *(value_of(row) for row in others)),
        organisation_id=run.organisation_id,
        number=number,
        execution_date=run.payday,
        at=at,
    )
    batch = store(
        written, organisation_id=run.organisation_id, number=number, execution_date=run.payday, at=at, run_id=run.pk
    )
    with connection.cursor() as cursor:
        cursor.execute(PAYMENTS, {"batch": batch.pk, "run": run_id, "end": f"-{number}", "length": files.NAME_LENGTH})
        stored = cursor.rowcount
    if stored != len(salaries):
        raise FileRefusedError(f"Payment file {number} of run {run.number}: {stored} of {len(salaries)} are payable")
    add_payments(batch, others)
    audit.record(
        "make_batch",
        by=None,
        at=at,
        organisation_id=run.organisation_id,
        object_kind="batch",
        object_id=batch.pk,
        details={"run": run.pk, "payments": written.count, "total": str(written.total)},
    )
    return batch


def _payments(run_id: int, number: int) -> Iterator[files.Payment]:
    """Payments of the run's payslips that pay something, in the order of their numbers."""
    for slip, name, iban, net in payable_of_run(run_id):
        yield files.Payment(_end_to_end_id(number, slip), name[: files.NAME_LENGTH], iban, net)


def _end_to_end_id(number: int, slip: str) -> str:
    """Reaches the payee's bank and comes back with a refusal: of the batch and the payslip, so always the same."""
    return f"{files.end_to_end_id_of(slip)}-{number}"


def _of_remittance(run: Run, remittance: Remittance, place: int, number: int) -> Payment:
    """What was deducted from one payee for one receiver, by the receiver's reference."""
    try:
        reference, message = normal_reference(remittance.reference), ""
    except ValueError:  # a receiver may know its payments by words
        reference, message = "", remittance.reference or f"{run.payday:%d.%m.%Y}"
    return Payment(
        organisation_id=run.organisation_id,
        kind=remittance.code.lower(),
        person_id=remittance.person_id,
        run=run,
        end_to_end_id=f"{run.number}-M{place}-{number}",
        creditor_name=remittance.receiver[: files.NAME_LENGTH],
        iban=remittance.iban,
        reference=reference,
        message=message[: files.MESSAGE_LENGTH],
        amount=remittance.amount,
    )


@transaction.atomic
def cancel_batch(run_id: int, *, by: Viewer, at: datetime) -> Batch | None:
    """Take the payments of a run back, before the bank has them. None when there is no batch.

    Raises NotAllowed, WrongState when the file was sent, or is on its way.
    """
    by.require(RoleKind.PAYROLL_CLERK)
    rows = access.batches(by).filter(run=run_id).exclude(state=Batch.State.CANCELLED)
    batch = rows.select_for_update(of=("self",)).first()
    if batch is None:
        return None
    if batch.state in (Batch.State.SENDING, Batch.State.SENT):
        raise WrongState(ALREADY_SENT)
    batch.state = Batch.State.CANCELLED
    batch.save(update_fields=["state"])
    Payment.objects.filter(batch=batch).update(is_cancelled=True)
    audit.record("cancel_batch", by=by, at=at, object_kind="batch", object_id=batch.pk)
    return batch
