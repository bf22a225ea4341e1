"""Reads payments: what the stages before ask of the bank's side."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q, Sum

from palkkio.core.clock import HELSINKI
from palkkio.core.days import ONE_DAY
from palkkio.core.finland import banking_days_before, next_banking_day
from palkkio.core.money import ZERO
from palkkio.formats import payment_file as files
from palkkio.formats.bank_answers import Outcome
from palkkio.organisations import queries as organisations
from palkkio.payments.models import CAME_BACK, Agreement, Batch, Payment

if TYPE_CHECKING:
    from palkkio.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class PaymentState:
    """Where the payment of one payslip is.

    state            ready: in a file that the bank does not have yet; sending: on its way; sent: the bank has it
    outcome          what the bank has said last: empty, or accepted, settled, rejected, returned
    expects_answers  the bank's answers are read, so that silence does not mean that all is well
    payday           the day it is to be on the account
    """

    state: str
    payday: date
    amount: Decimal
    sent_at: datetime | None
    batch_id: int
    outcome: str = ""
    booked_on: date | None = None
    expects_answers: bool = False
    is_anew: bool = False

    @property
    def is_confirmed_by_bank(self) -> bool:
        return self.outcome == Outcome.SETTLED

    @property
    def came_back(self) -> bool:
        """It was refused or returned, and no new payment has left since."""
        return self.outcome in CAME_BACK or (self.is_anew and self.state != Batch.State.SENT)


def payment_states(payslip_ids: Collection[int]) -> dict[int, PaymentState]:
    """States by payslip, of its latest payment; a payslip without one (net zero, or no file yet) is left out. Two
    queries.
    """
    rows = Payment.objects.filter(payslip__in=set(payslip_ids), is_cancelled=False).select_related("batch")
    latest = {row.payslip_id: row for row in rows.order_by("pk") if row.payslip_id is not None}
    payers = {row.organisation_id for row in latest.values()}
    answering = set(
        Agreement.objects.filter(organisation__in=payers, answer_days__isnull=False).values_list(
            "organisation_id", flat=True
        )
    )
    return {
        payslip_id: PaymentState(
            state=row.batch.state,
            payday=row.batch.execution_date,
            amount=row.amount,
            sent_at=row.batch.sent_at,
            batch_id=row.batch_id,
            outcome=row.outcome,
            booked_on=row.booked_on,
            expects_answers=row.organisation_id in answering,
            is_anew=row.replaces_id is not None,
        )
        for payslip_id, row in latest.items()
    }


def batch_of_run(run_id: int) -> Batch | None:
    """The run's batch that stands, cancelled ones left out."""
    return Batch.objects.filter(run=run_id).exclude(state=Batch.State.CANCELLED).select_related("file").first()


def is_sent(run_id: int) -> bool:
    """True once the bank has the file of the run: from then on nothing of it is cancelled here."""
    return Batch.objects.filter(run=run_id, state__in=(Batch.State.SENDING, Batch.State.SENT)).exists()


@dataclass(frozen=True, slots=True)
class PaidSums:
    """Payments of a run, EUR: in its file, and booked by the bank for good, payments made anew among them."""

    in_file: Decimal
    booked: Decimal | None  # None: the bank's answers are not read, or it has said nothing yet


def paid_sums(run_id: int) -> dict[bool, PaidSums]:
    """By whether they are salaries. What came back and was paid anew counts once."""
    of_run = Payment.objects.filter(batch__run=run_id, is_cancelled=False)
    rows = of_run.values("kind").annotate(total=Sum("amount"))
    in_file = {True: ZERO, False: ZERO}
    for row in rows:
        in_file[row["kind"] == Payment.Kind.SALARY] += row["total"]
    if not _answers_are_read(run_id):
        return {is_salary: PaidSums(total, None) for is_salary, total in in_file.items()}
    booked = {True: ZERO, False: ZERO}
    own = Q(payslip__run=run_id) | Q(run=run_id)
    if not Payment.objects.filter(own, is_cancelled=False).exclude(outcome__in=("", Outcome.ACCEPTED)).exists():
        return {is_salary: PaidSums(total, None) for is_salary, total in in_file.items()}
    settled = Payment.objects.filter(own, is_cancelled=False, outcome=Outcome.SETTLED)
    for row in settled.values("kind").annotate(total=Sum("amount")):
        booked[row["kind"] == Payment.Kind.SALARY] += row["total"]
    return {is_salary: PaidSums(in_file[is_salary], booked[is_salary]) for is_salary in in_file}


def _answers_are_read(run_id: int) -> bool:
    batch = batch_of_run(run_id)
    return batch is not None and terms_of(batch.organisation_id).answer_days is not None


def returned_to(organisation_id: int) -> list[str]:
    """Account numbers from which payments came back."""
    rows = Payment.objects.filter(organisation_id=organisation_id, is_cancelled=False, outcome__in=CAME_BACK)
    return sorted(set(rows.values_list("iban", flat=True)))


@dataclass(frozen=True, slots=True)
class RunAnswers:
    """How many payments of a run the bank has booked, sent back (and nobody has paid anew), or not answered yet.

    are_read  False: the bank's answers are not read, and a payment counts as paid on its day
    """

    settled: int
    came_back: int
    waiting: int
    are_read: bool

    @property
    def is_paid(self) -> bool:
        return self.are_read and not self.came_back and not self.waiting


def answers_of_run(run_id: int) -> RunAnswers:
    """What the bank has said of a run, payments made anew in the place of those that came back."""
    rows = Payment.objects.filter(Q(payslip__run=run_id) | Q(run=run_id), is_cancelled=False)
    anew = Payment.objects.filter(replaces=OuterRef("pk"), is_cancelled=False)
    counts = dict(rows.filter(~Exists(anew)).values_list("outcome").annotate(Count("pk")).order_by())
    return RunAnswers(
        settled=counts.pop(Outcome.SETTLED.value, 0),
        came_back=sum(counts.pop(outcome, 0) for outcome in CAME_BACK),
        waiting=sum(counts.values()),
        are_read=_answers_are_read(run_id),
    )


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Payments of one file of which the bank has not said that they are booked, though it should have."""

    batch_id: int
    run_id: int | None
    payday: date
    count: int
    total: Decimal


def unanswered(organisation_id: int, today: date) -> list[Unanswered]:
    """Files given to the bank, or on their way, whose answers are late by the agreement; none where none are read."""
    days = terms_of(organisation_id).answer_days
    if days is None:
        return []
    rows = Payment.objects.filter(
        organisation_id=organisation_id,
        is_cancelled=False,
        outcome__in=("", Outcome.ACCEPTED),
        batch__state__in=(Batch.State.SENDING, Batch.State.SENT),
        batch__execution_date__lt=banking_days_before(today, days),
    )
    sums = rows.values("batch_id", "batch__run_id", "batch__execution_date").annotate(
        count=Count("pk"), total=Sum("amount")
    )
    return [
        Unanswered(row["batch_id"], row["batch__run_id"], row["batch__execution_date"], row["count"], row["total"])
        for row in sums.order_by("batch__execution_date", "batch_id")
    ]


# --- What is agreed with the bank -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Terms:
    """The agreement as values; the usual ones where nobody has said.

    answer_days  banking days after the day of payment in which the bank has answered; None: its answers are not read
    """

    version: str = files.PAIN_09
    keeps_nordic_letters: bool = False
    cut_off: time = time(14)
    answer_days: int | None = None
    asked_at: datetime | None = None
    trouble: str = ""


def terms_of(organisation_id: int) -> Terms:
    names = [each.name for each in fields(Terms)]
    row = Agreement.objects.filter(organisation=organisation_id).values(*names).first()
    return Terms(**row) if row else Terms()


def first_execution_day(at: datetime, cut_off: time) -> date:
    """The first banking day on which a file given now is paid: the one after, or the one after that past the cut-off.

    R: salaries are given at the latest on the banking day before; the bank's agreement decides.
    """
    moment = at.astimezone(HELSINKI)
    given_on = next_banking_day(moment.date())
    if given_on == moment.date() and moment.time() >= cut_off:
        given_on = next_banking_day(given_on + ONE_DAY)
    return next_banking_day(given_on + ONE_DAY)


def paid_later_on(batch: Batch, at: datetime, cut_off: time) -> date | None:
    """The day on which the bank pays a file given now, if it is after the day that the file names: the cut-off is over.

    None: it is in time, or the bank has it already.
    """
    if batch.sent_at is not None or batch.state == Batch.State.CANCELLED:
        return None
    day = first_execution_day(at, cut_off)
    return day if day > batch.execution_date else None


# --- The file --------------------------------------------------------------------------------------------------------


def payment_file_of(batch: Batch) -> files.PaymentFile:
    """The batch as it was written: the same values, so with `batch.version` the same bytes as its stored file."""
    rows = Payment.objects.filter(batch=batch).order_by("pk")
    return payment_file(
        organisations.payer(batch.organisation_id),
        number=batch.number,
        made_at=batch.made_at,
        execution_date=batch.execution_date,
        iban=batch.debtor_iban,
        keeps_nordic_letters=batch.keeps_nordic_letters,
        payments=tuple(value_of(row) for row in rows),
    )


def value_of(row: Payment) -> files.Payment:
    """The row as the file's writer takes it."""
    return files.Payment(
        row.end_to_end_id,
        row.creditor_name,
        row.iban,
        row.amount,
        is_salary=row.kind == Payment.Kind.SALARY,
        message=row.message,
        reference=row.reference,
    )


def payment_file(
    payer: Organisation,
    *,
    number: int,
    made_at: datetime,
    execution_date: date,
    iban: str,
    payments: tuple[files.Payment, ...],
    keeps_nordic_letters: bool = False,
) -> files.PaymentFile:
    """Payments of one batch as the writer takes them."""
    return files.PaymentFile(
        message_id=files.message_id_of(payer.business_id, number),
        created_at=made_at,
        debtor=files.Debtor(payer.name_fi, payer.business_id, iban, payer.bic or None),
        execution_date=execution_date,
        payments=payments,
        keeps_nordic_letters=keeps_nordic_letters,
    )
