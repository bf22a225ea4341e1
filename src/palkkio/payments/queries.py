"""Reads payments: what the stages before ask of the bank's side."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Sum

from palkkio.core.money import ZERO
from palkkio.formats import payment_file as files
from palkkio.organisations import queries as organisations
from palkkio.payments.models import Batch, Payment

if TYPE_CHECKING:
    from palkkio.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class PaymentState:
    """Where the payment of one payslip is.

    state                 ready: in a file that the bank does not have yet; sent: the bank has it
    payday                the day it is to be on the account
    is_confirmed_by_bank  the bank has answered that it is settled; no answers of the bank are read yet
    """

    state: str
    payday: date
    amount: Decimal
    sent_at: datetime | None
    batch_id: int
    batch_number: int
    is_confirmed_by_bank: bool = False


def payment_states(payslip_ids: Collection[int]) -> dict[int, PaymentState]:
    """States by payslip; a payslip without a payment (net zero, or no file yet) is left out. One query."""
    rows = Payment.objects.filter(payslip__in=set(payslip_ids), is_cancelled=False).select_related("batch")
    return {
        row.payslip_id: PaymentState(
            state=row.batch.state,
            payday=row.batch.execution_date,
            amount=row.amount,
            sent_at=row.batch.sent_at,
            batch_id=row.batch_id,
            batch_number=row.batch.number,
        )
        for row in rows
    }


def batch_of_run(run_id: int) -> Batch | None:
    """The run's batch that stands, cancelled ones left out."""
    return Batch.objects.filter(run=run_id).exclude(state=Batch.State.CANCELLED).select_related("file").first()


def is_sent(run_id: int) -> bool:
    """True once the bank has the file of the run: from then on nothing of it is cancelled here."""
    return Batch.objects.filter(run=run_id, state=Batch.State.SENT).exists()


def total_of_run(run_id: int) -> Decimal:
    """Sum of the payments of a run that stand, EUR."""
    found = Payment.objects.filter(batch__run=run_id, is_cancelled=False).aggregate(total=Sum("amount"))["total"]
    return found or ZERO


# --- The file --------------------------------------------------------------------------------------------------------


def payment_file_of(batch: Batch) -> files.PaymentFile:
    """The batch as it was written: the same values, so the same bytes as its stored file."""
    rows = Payment.objects.filter(batch=batch).order_by("pk")
    return payment_file(
        organisations.payer(batch.organisation_id),
        number=batch.number,
        made_at=batch.made_at,
        execution_date=batch.execution_date,
        iban=batch.debtor_iban,
        payments=tuple(files.Payment(row.end_to_end_id, row.creditor_name, row.iban, row.amount) for row in rows),
    )


def payment_file(
    payer: Organisation,
    *,
    number: int,
    made_at: datetime,
    execution_date: date,
    iban: str,
    payments: tuple[files.Payment, ...],
) -> files.PaymentFile:
    """Payments of one batch as the writer takes them."""
    return files.PaymentFile(
        message_id=files.message_id_of(payer.business_id, number),
        created_at=made_at,
        debtor=files.Debtor(payer.name_fi, payer.business_id, iban, payer.bic or None),
        execution_date=execution_date,
        batch_number=number,
        payments=payments,
    )
