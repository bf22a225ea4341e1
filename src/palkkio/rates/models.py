from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q

from palkkio.core.payslip import ContractKind
from palkkio.organisations.base import OrganisationRow
from palkkio.organisations.fields import DaysField, no_overlap


class RateSeries(OrganisationRow):
    """One amount that the organisation decides: its dated values hang here."""

    contract_kind = models.CharField(max_length=30, choices=[(kind.value, kind.value) for kind in ContractKind])
    code = models.CharField(max_length=30)  # care, training, notice, cancelled, visit, hour, kilometre
    unit = models.CharField(max_length=10)  # day, visit, hour, km
    fee_class = models.CharField(max_length=10, blank=True)  # where amounts go by class, e.g. of the care recipient

    class Meta:
        verbose_name_plural = "rate series"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "contract_kind", "code", "fee_class"], name="one_series_per_rate"
            )
        ]


@pghistory.track()
class Rate(OrganisationRow):
    """One decided amount with its days, decision and second person's approval."""

    series = models.ForeignKey(RateSeries, on_delete=models.PROTECT, related_name="rates")
    valid = DaysField()
    amount = models.DecimalField(max_digits=12, decimal_places=4)
    source = models.CharField(max_length=200)  # decision of the board
    proposed_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey("accounts.Account", null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            no_overlap("approved_rates_of_a_series_do_not_overlap", "series", condition=Q(approved_at__isnull=False)),
            models.CheckConstraint(condition=Q(amount__gte=0), name="a_rate_is_not_negative"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=models.F("proposed_by")),
                name="a_rate_is_approved_by_a_second_person",
            ),
        ]
