"""Payments that came back are made anew: the old one stays as it was, a new one replaces it, and a second clerk sends
the file. What the bank has booked, or may still book, is never paid a second time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop as _

from palkkio.audit import actions as audit
from palkkio.core.clock import day_of
from palkkio.core.problems import FieldError, InvalidInput, WrongState
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.formats import payment_file as files
from palkkio.organisations.access import one
from palkkio.organisations.actions import next_number
from palkkio.payments import access
from palkkio.payments.agreements import agreement_of
from palkkio.payments.models import Batch, Payment, ToldOfPayment
from palkkio.payments.queries import first_execution_day
from palkkio.payments.writing import store_batch
from palkkio.payroll.own import require_not_own
from palkkio.people import queries as people

PAID_OTHERWISE = _("One of the payments is paid anew already, or has not come back.")
CONTRADICTED = _(
    "The bank has said two things of one of these payments. Ask the bank which is true before it is paid again."
)
NO_ACCOUNT = _("%(name)s has no account number today. Enter one first.")


@transaction.atomic
def repay(payment_ids: Collection[int], *, by: Viewer, at: datetime) -> Batch:
    """A new payment file of payments that came back, to the account numbers that are in force today.

    A second clerk sends it. Raises InvalidInput (nothing chosen), NotAllowed (also in one's own matter), WrongState.
    """
    by.require(RoleKind.PAYROLL_CLERK)
    if not payment_ids:
        raise InvalidInput(FieldError("payment", _("Choose at least one payment")))
    today = day_of(at)
    rows = list(
        access.came_back(by)
        .filter(pk__in=set(payment_ids))
        .select_related("payslip", "batch")
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    if len(rows) != len(set(payment_ids)):
        raise WrongState(PAID_OTHERWISE)
    whose = {row.pk: _person_id(row) for row in rows}
    concerned = {person_id for person_id in whose.values() if person_id is not None}
    require_not_own(by, today, *concerned)
    refuse_contradicted(rows)
    accounts = people.accounts_on(concerned, today)
    number = next_number(by.organisation_id, "batch")
    made = [_anew(row, accounts, whose[row.pk], number) for row in rows]
    batch = store_batch(
        made,
        organisation_id=by.organisation_id,
        number=number,
        execution_date=first_execution_day(at, agreement_of(by.organisation_id).cut_off),
        at=at,
        made_by_id=by.account_id,
    )
    for row in rows:
        audit.record(
            "repay",
            by=by,
            at=at,
            object_kind="payment",
            object_id=row.pk,
            subject_person_id=whose[row.pk],
            details={"batch": batch.pk},
        )
    return batch


def refuse_contradicted(rows: Iterable[Payment]) -> None:
    """What the bank has perhaps booked is not paid again. Raises WrongState."""
    told = ToldOfPayment.objects.filter(payment__in=list(rows), is_contradiction=True, answer__settled_at__isnull=True)
    if told.exists():
        raise WrongState(CONTRADICTED)


def _person_id(row: Payment) -> int | None:
    """Whose matter a payment is; None: what the organisation itself owes."""
    return row.payslip.person_id if row.payslip is not None else row.person_id


def _anew(row: Payment, accounts: dict[int, str], person_id: int | None, number: int) -> Payment:
    """The payment that replaces `row`. A salary goes to the account in force, what belongs to others to theirs."""
    iban, name = row.iban, row.creditor_name
    if row.payslip is not None:
        if person_id is None or person_id not in accounts:
            raise WrongState(NO_ACCOUNT, name=name)
        iban = accounts[person_id]
    return Payment(
        organisation_id=row.organisation_id,
        kind=row.kind,
        payslip=row.payslip,
        person_id=row.person_id,
        run_id=row.run_id,
        month=row.month,
        end_to_end_id=f"R{row.pk}-{number}"[: files.ID_LENGTH],
        creditor_name=name,
        iban=iban,
        reference=row.reference,
        message=row.message,
        amount=row.amount,
        replaces=row,
    )


@transaction.atomic
def cancel_repair(batch_id: int, *, by: Viewer, at: datetime) -> Batch:
    """Take a file of new payments back before the bank has it; what came back waits again.

    Raises NotAllowed, WrongState.
    """
    by.require(RoleKind.PAYROLL_CLERK)
    batch = one(access.batches(by).filter(run__isnull=True).select_for_update(of=("self",)), batch_id)
    if batch.state != Batch.State.READY:
        raise WrongState(_("The payment file is not ready to be sent."))
    batch.state = Batch.State.CANCELLED
    batch.save(update_fields=["state"])
    Payment.objects.filter(batch=batch).update(is_cancelled=True)
    audit.record("cancel_batch", by=by, at=at, object_kind="batch", object_id=batch.pk)
    return batch
