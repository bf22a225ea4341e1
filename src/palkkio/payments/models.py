from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q

from palkkio.organisations.base import OrganisationRow


@pghistory.track()
class Batch(OrganisationRow):
    """Payment batch (maksuerä) of one approved run: one payment file.

    ready -> sent; cancelled with its run before it was sent.
    """

    class State(models.TextChoices):
        READY = "ready"
        SENT = "sent"
        CANCELLED = "cancelled"

    run = models.ForeignKey("payroll.Run", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.READY)
    execution_date = models.DateField()
    debtor_iban = models.CharField(max_length=34)
    payment_count = models.PositiveIntegerField()
    total = models.DecimalField(max_digits=14, decimal_places=2)
    file = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey("accounts.Account", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "batches"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="a_batch_number_is_used_once"),
            models.UniqueConstraint(fields=["run"], condition=~Q(state="cancelled"), name="one_batch_per_run"),
        ]


class Payment(OrganisationRow):
    """One credit transfer for one payslip."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="payments")
    payslip = models.ForeignKey("payroll.Payslip", on_delete=models.PROTECT, related_name="+")
    end_to_end_id = models.CharField(max_length=35)
    creditor_name = models.CharField(max_length=70)
    iban = models.CharField(max_length=34)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    is_cancelled = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "end_to_end_id"], name="an_end_to_end_id_is_used_once"),
            models.UniqueConstraint(
                fields=["payslip"], condition=Q(is_cancelled=False), name="a_payslip_has_one_payment"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_payment_is_positive"),
        ]
