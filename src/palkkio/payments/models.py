from __future__ import annotations

from datetime import time

import pghistory
from django.db import models
from django.db.models import F, Q

from palkkio.formats.bank_answers import Kind, Outcome
from palkkio.formats.payment_file import PAIN_03, PAIN_09
from palkkio.organisations.base import OrganisationRow, PartRow

OWED = ("tax", "pension", "unemployment", "accident")
CAME_BACK = (Outcome.REJECTED.value, Outcome.RETURNED.value)


class Agreement(OrganisationRow):
    """What an organisation and its bank have agreed on files (pankkisopimus), and how the last asking went.

    Without a row: pain.001.001.09, and the bank's answers are not read.
    """

    version = models.CharField(max_length=20, default=PAIN_09, choices=[(each, each) for each in (PAIN_09, PAIN_03)])
    keeps_nordic_letters = models.BooleanField(default=False)
    cut_off = models.TimeField(default=time(14))  # a file given before is paid on the next banking day
    # banking days after the day of payment in which the bank answers; null: its answers are not read here
    answer_days = models.PositiveSmallIntegerField(null=True)
    asked_at = models.DateTimeField(null=True)  # the bank's folder was last looked into
    trouble = models.TextField(blank=True)  # what stood in the way then

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation"], name="one_agreement_per_organisation")]


@pghistory.track()
class Batch(OrganisationRow):
    """Payment batch (maksuerä): one payment file, of one approved run or of payments that are made anew.

    ready -> sending -> sent; cancelled before it was sent: a run's with its run. `sending` only where the bank is
    reached by a channel: a job gives the file over.
    """

    class State(models.TextChoices):
        READY = "ready"
        SENDING = "sending"
        SENT = "sent"
        CANCELLED = "cancelled"

    run = models.ForeignKey("payroll.Run", null=True, on_delete=models.PROTECT, related_name="+")  # null: a repair
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.READY)
    version = models.CharField(max_length=20, default=PAIN_09)
    keeps_nordic_letters = models.BooleanField(default=False)
    execution_date = models.DateField()
    debtor_iban = models.CharField(max_length=34)
    payment_count = models.PositiveIntegerField()
    total = models.DecimalField(max_digits=14, decimal_places=2)
    file = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        "accounts.Account", null=True, on_delete=models.PROTECT, related_name="+"
    )  # of a repair
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey("accounts.Account", null=True, on_delete=models.PROTECT, related_name="+")
    trouble = models.TextField(blank=True)  # why the channel did not take the file

    class Meta:
        verbose_name_plural = "batches"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="a_batch_number_is_used_once"),
            models.UniqueConstraint(fields=["run"], condition=~Q(state="cancelled"), name="one_batch_per_run"),
            models.CheckConstraint(
                condition=Q(run__isnull=False) | Q(made_by__isnull=False), name="a_batch_is_of_a_run_or_of_a_clerk"
            ),
            models.CheckConstraint(
                condition=Q(made_by__isnull=True) | Q(sent_by__isnull=True) | ~Q(sent_by=F("made_by")),
                name="a_repair_is_sent_by_a_second_person",
            ),
        ]


class Payment(PartRow):
    """One credit transfer: of one payslip to its payee, or of a deduction to whom it belongs. Never changed but for
    what the bank says of it; one that came back is replaced by a new one.
    """

    class Kind(models.TextChoices):
        SALARY = "salary"
        DISTRAINT = "distraint"  # enforcement authority (ulosotto)
        UNION_DUES = "union_dues"
        FUND_FEE = "fund_fee"
        # owed of a month's pay, by the organisation or by a household
        TAX = "tax"
        PENSION = "pension"
        UNEMPLOYMENT = "unemployment"
        ACCIDENT = "accident"

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="payments")
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.SALARY)
    payslip = models.ForeignKey(
        "payroll.Payslip", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    # of a deduction: whose it was, and in which run; of what is owed: the household, null for the organisation itself
    person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    run = models.ForeignKey("payroll.Run", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    month = models.DateField(null=True)  # of what is owed: first day of the month of the paydays
    end_to_end_id = models.CharField(max_length=35)
    creditor_name = models.CharField(max_length=70)
    iban = models.CharField(max_length=34)
    reference = models.CharField(max_length=35, blank=True)
    message = models.CharField(max_length=140, blank=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    is_cancelled = models.BooleanField(default=False)
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    # what the bank has said last: empty, or accepted, settled, rejected, returned
    outcome = models.CharField(max_length=10, blank=True)
    booked_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "end_to_end_id"], name="an_end_to_end_id_is_used_once"),
            models.UniqueConstraint(
                fields=["payslip"],
                condition=Q(is_cancelled=False) & ~Q(outcome__in=CAME_BACK),
                name="a_payslip_has_one_payment",
            ),
            models.UniqueConstraint(
                fields=["replaces"], condition=Q(is_cancelled=False), name="a_payment_is_replaced_once"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_payment_is_positive"),
            models.CheckConstraint(
                condition=Q(
                    kind="salary", payslip__isnull=False, person__isnull=True, run__isnull=True, month__isnull=True
                )
                | Q(
                    kind__in=("distraint", "union_dues", "fund_fee"),
                    payslip__isnull=True,
                    person__isnull=False,
                    run__isnull=False,
                    month__isnull=True,
                )
                | Q(kind__in=OWED, payslip__isnull=True, run__isnull=True, month__isnull=False),
                name="a_payment_is_of_a_payslip_of_a_deduction_or_of_a_debt",
            ),
            models.UniqueConstraint(
                fields=["organisation", "kind", "person", "month"],
                condition=Q(kind__in=OWED, is_cancelled=False) & ~Q(outcome__in=CAME_BACK),
                nulls_distinct=False,
                name="what_is_owed_of_a_month_is_paid_once",
            ),
        ]
        indexes = [
            models.Index(fields=[name], condition=Q(**{f"{name}__isnull": False}), name=f"payments_by_{name}")
            for name in ("payslip", "person", "run", "replaces")
        ]


class Answer(OrganisationRow):
    """One file of the bank (pankin palaute): read once, whatever comes twice."""

    message_id = models.CharField(max_length=80)  # the bank's; of a file that cannot be read, its digest
    kind = models.CharField(max_length=12, blank=True, choices=[(each.value, each.value) for each in Kind])
    answers_to = models.CharField(max_length=35, blank=True)  # message id of our file, of a status
    file = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField()
    passed = models.PositiveIntegerField(default=0)  # entries about something else
    troubles = models.JSONField(default=list)  # what could not be taken, a sentence each
    settled_at = models.DateTimeField(null=True)  # somebody has looked at the troubles
    settled_by = models.ForeignKey("accounts.Account", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "message_id"], name="an_answer_is_read_once")
        ]


class ToldOfPayment(OrganisationRow):
    """What one answer has said of one payment."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="told")
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="told")
    outcome = models.CharField(max_length=10)
    reason = models.CharField(max_length=40, blank=True)
    text = models.CharField(max_length=500, blank=True)
    booked_on = models.DateField(null=True)
    is_contradiction = models.BooleanField(default=False)  # of what the bank has said before; not taken

    class Meta:
        verbose_name_plural = "told of payments"
        indexes = [models.Index(fields=["payment"], name="what_is_told_of_a_payment")]
