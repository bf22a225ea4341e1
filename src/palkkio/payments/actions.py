"""Writes payment batches: one file of one run, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils.translation import gettext_noop as _

from palkkio.audit import actions as audit
from palkkio.core.money import ZERO
from palkkio.core.problems import WrongState
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.documents import actions as documents
from palkkio.formats import payment_file as files
from palkkio.formats import schemas
from palkkio.formats.payment_check import check_payment_file
from palkkio.organisations import queries as organisations
from palkkio.organisations.access import one
from palkkio.organisations.actions import next_number
from palkkio.payments import access
from palkkio.payments.models import Batch, Payment
from palkkio.payments.queries import batch_of_run, payment_file
from palkkio.payroll.queries.handover import lacks_payslips, locked_run, payable_of_run

if TYPE_CHECKING:
    from palkkio.documents.models import Document
    from palkkio.payroll.models import Run

ALREADY_SENT = _("The bank has the file already. What was wrong is corrected in the next run.")
NOT_READY = _("The payment file is not ready to be sent.")

# What is in the database need not leave it and come back: a payment says what its payslip says.
PAYMENTS = """
    INSERT INTO payments_payment
        (organisation_id, batch_id, payslip_id, end_to_end_id, creditor_name, iban, amount, is_cancelled)
    SELECT organisation_id, %(batch)s, id, number || %(end)s, left(payee_name, %(length)s), iban, net, false
      FROM payroll_payslip
     WHERE run_id = %(run)s AND NOT is_cancelled AND net > 0
     ORDER BY number
"""


class FileRefusedError(RuntimeError):
    """A file that we wrote does not pass its checks; nothing is stored. The text names what is wrong."""


@transaction.atomic
def make_batch(run_id: int, *, at: datetime) -> Batch | None:
    """The payment file of an approved run. Made once: asked again, the batch that stands is returned.

    A payslip whose net is zero has no payment; a run without payments has no batch (None).
    Raises WrongState before the run is approved or while payslips are missing, FileRefusedError.
    """
    run = locked_run(run_id)
    if run.state not in ("approved", "produced"):
        raise WrongState(_("The run is not approved, so it has no payment file."))
    if batch := batch_of_run(run_id):
        return batch
    if lacks_payslips(run_id):
        raise WrongState(_("Payslips of the run are still being made."))
    if not payable_of_run(run_id).exists():
        return None
    number = next_number(run.organisation_id, "batch")
    payments = tuple(_payments(run_id, number))
    total = sum((payment.amount for payment in payments), ZERO)
    content = _write(run, number, payments, at)
    batch = Batch.objects.create(
        organisation_id=run.organisation_id,
        run=run,
        number=number,
        execution_date=run.payday,
        debtor_iban=organisations.payer(run.organisation_id).iban,
        payment_count=len(payments),
        total=total,
        file=_store(run, number, content, at),
        made_at=at,
    )
    with connection.cursor() as cursor:
        cursor.execute(PAYMENTS, {"batch": batch.pk, "run": run_id, "end": f"-{number}", "length": files.NAME_LENGTH})
        written = cursor.rowcount
    if written != len(payments):
        raise FileRefusedError(f"Payment file {number} of run {run.number}: {written} of {len(payments)} are payable")
    audit.record(
        "make_batch",
        by=None,
        at=at,
        organisation_id=run.organisation_id,
        object_kind="batch",
        object_id=batch.pk,
        details={"run": run.pk, "payments": written, "total": str(total)},
    )
    return batch


def _payments(run_id: int, number: int) -> Iterator[files.Payment]:
    """Payments of the run's payslips that pay something, in the order of their numbers."""
    for slip, name, iban, net in payable_of_run(run_id):
        yield files.Payment(_end_to_end_id(number, slip), name[: files.NAME_LENGTH], iban, net)


def _write(run: Run, number: int, payments: tuple[files.Payment, ...], at: datetime) -> bytes:
    """The bytes of the file. Raises FileRefusedError unless our own check and the official schema find nothing."""
    payer = organisations.payer(run.organisation_id)
    file = payment_file(payer, number=number, made_at=at, execution_date=run.payday, iban=payer.iban, payments=payments)

    def check(content: bytes) -> None:
        if found := check_payment_file(content) or schemas.validate(content, schemas.payment_schema()):
            raise FileRefusedError(f"Payment file {number} of run {run.number}: {'; '.join(found[:5])}")

    try:
        return files.write_checked(file, check)
    except ValueError as error:
        raise FileRefusedError(f"Payment file {number} of run {run.number}: {error}") from error


def _end_to_end_id(number: int, slip: str) -> str:
    """Reaches the payee's bank and comes back with a refusal: of the batch and the payslip, so always the same."""
    return f"{files.end_to_end_id_of(slip)}-{number}"


def _store(run: Run, number: int, content: bytes, at: datetime) -> Document:
    return documents.issue(
        content,
        organisation_id=run.organisation_id,
        kind="payment_file",
        file_name=f"pain001-{run.payday:%Y-%m-%d}-{number}.xml",
        content_type="application/xml",
        at=at,
    )


@transaction.atomic
def mark_sent(batch_id: int, *, by: Viewer, at: datetime) -> Batch:
    """The bank has the file. From now on the run is not cancelled. Raises NotAllowed, WrongState."""
    by.require(RoleKind.PAYROLL_CLERK)
    batch = one(access.batches(by).select_for_update(of=("self",)), batch_id)
    if batch.state == Batch.State.SENT:
        raise WrongState(_("The bank has the file already."))
    if batch.state != Batch.State.READY:
        raise WrongState(NOT_READY)
    if locked_run(batch.run_id).state != "produced":
        raise WrongState(_("Wait until the reports and the voucher of the run are made, too."))
    batch.state, batch.sent_at, batch.sent_by_id = Batch.State.SENT, at, by.account_id
    batch.save(update_fields=["state", "sent_at", "sent_by"])
    audit.record("send_batch", by=by, at=at, object_kind="batch", object_id=batch.pk)
    return batch


@transaction.atomic
def cancel_batch(run_id: int, *, by: Viewer, at: datetime) -> Batch | None:
    """Take the payments of a run back, before the bank has them. None when there is no batch.

    Raises NotAllowed, WrongState when the file was sent.
    """
    by.require(RoleKind.PAYROLL_CLERK)
    rows = access.batches(by).filter(run=run_id).exclude(state=Batch.State.CANCELLED)
    batch = rows.select_for_update(of=("self",)).first()
    if batch is None:
        return None
    if batch.state == Batch.State.SENT:
        raise WrongState(ALREADY_SENT)
    batch.state = Batch.State.CANCELLED
    batch.save(update_fields=["state"])
    Payment.objects.filter(batch=batch).update(is_cancelled=True)
    audit.record("cancel_batch", by=by, at=at, object_kind="batch", object_id=batch.pk)
    return batch
