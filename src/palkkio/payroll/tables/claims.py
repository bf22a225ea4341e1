"""What others have a claim to in somebody's pay: the enforcement authority, a union, an unemployment fund."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q

from palkkio.organisations.base import OrganisationRow
from palkkio.organisations.fields import DaysField, no_overlap


@pghistory.track()
class DistraintOrder(OrganisationRow):
    """A payment prohibition (maksukielto) that binds the payer; a later one replaces the earlier.

    `amount` is what the authority's own written instructions take from a payday, in EUR; null: the scale of the law.
    """

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    office = models.CharField(max_length=100)  # enforcement office
    reference = models.CharField(max_length=60)  # of the order
    iban = models.CharField(max_length=34)  # where the distrained part is paid
    payment_reference = models.CharField(max_length=35)
    dependants = models.PositiveSmallIntegerField(default=0)
    is_half_month = models.BooleanField(default=False)  # pay comes twice a month: half a month is protected
    is_periodic = models.BooleanField(default=True)  # pay comes regularly; if not, a third is taken (705/2007 4:50)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    instructions = models.TextField(blank=True)  # in the authority's words
    valid = DaysField()  # paydays on which it binds
    received_on = models.DateField()
    recorded_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            no_overlap("one_distraint_order_binds_a_person_at_a_time", "person"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0), name="what_is_distrained_is_not_negative"
            ),
        ]


@pghistory.track()
class DuesAuthorisation(OrganisationRow):
    """A power of attorney (valtakirja) to deduct union dues or the fee of an unemployment fund (PAY-9).

    Either per cent of the taxable pay or EUR from each payday. Union and fund stay apart: dues of a union are not
    deductible in taxation from 2026, fees of a fund are.
    """

    class Kind(models.TextChoices):
        UNION = "union"
        FUND = "fund"

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    receiver = models.CharField(max_length=100)  # the union or the fund
    iban = models.CharField(max_length=34)
    reference = models.CharField(max_length=35, blank=True)  # of the payment, or the member's number
    percent = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    valid = DaysField()  # paydays on which it is deducted
    delivered_on = models.DateField()  # the day on which payroll got the authorisation
    recorded_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            no_overlap("union_dues_are_authorised_once_at_a_time", "person", condition=Q(kind="union")),
            no_overlap("a_fund_fee_is_authorised_once_at_a_time", "person", condition=Q(kind="fund")),
            models.CheckConstraint(
                condition=Q(percent__gt=0, amount__isnull=True) | Q(percent__isnull=True, amount__gt=0),
                name="dues_are_a_percentage_or_an_amount",
            ),
        ]
