"""What care recipients are charged for the statutory days off of their carers (OHT-6, OHT-7)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from palkkio.organisations.base import OrganisationRow


class ClientCharge(OrganisationRow):
    """One row for invoicing (asiakasmaksu): a charge of a day off, or a correction of what stands for the day.

    The rows of a contract and day together are what is charged for it. A row never changes; a late fact makes another.
    """

    run = models.ForeignKey("payroll.Run", on_delete=models.PROTECT, related_name="client_charges")
    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    on = models.DateField()  # the day on which 24 hours were full
    amount = models.DecimalField(max_digits=12, decimal_places=2)  # EUR; negative: taken back
    is_correction = models.BooleanField(default=False)  # of rows that earlier runs made for the day
    law = models.CharField(max_length=60)
    source = models.CharField(max_length=200)  # where the amount of the day was decided or read
    made_at = models.DateTimeField()
    is_cancelled = models.BooleanField(default=False)  # with its run

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "contract", "on"],
                condition=Q(is_cancelled=False),
                name="a_run_charges_a_day_of_a_contract_once",
            ),
            models.CheckConstraint(condition=~Q(amount=0), name="a_client_charge_is_not_zero"),
        ]
        indexes = [models.Index(fields=["organisation", "contract", "on"], name="client_charges_by_day")]
