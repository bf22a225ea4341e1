from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import F, Q

from palkkio.core.days import DateRange
from palkkio.core.payslip import ContractKind
from palkkio.organisations.base import OrganisationRow
from palkkio.organisations.fields import DaysField, no_overlap


@pghistory.track()
class Contract(OrganisationRow):
    """A care contract or commission (toimeksiantosopimus) between the organisation and a carer.

    Pending until signed, valid, finished after its last day: computed, not stored.
    """

    number = models.CharField(max_length=20)  # 2026-014
    kind = models.CharField(max_length=30, choices=[(kind.value, kind.value) for kind in ContractKind])
    carer = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    municipality = models.ForeignKey("organisations.Municipality", on_delete=models.PROTECT, related_name="+")
    valid = DaysField()
    signed_on = models.DateField(null=True, blank=True)
    pays_trips = models.BooleanField(default=False)  # CARE-15
    is_self_insured = models.BooleanField(default=False)  # YEL entrepreneur: no pension part
    tasks = models.TextField(blank=True)  # what the commission is

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="a_contract_number_is_used_once"),
            models.CheckConstraint(
                condition=Q(recipient__isnull=True) | ~Q(recipient=F("carer")), name="nobody_cares_for_themself"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "carer"], name="contracts_by_carer")]

    def state_on(self, day: object) -> str:
        """pending (waits for signature), coming, valid or finished."""
        days: DateRange = self.valid
        if self.signed_on is None:
            return "pending"
        if day in days:
            return "valid"
        return "coming" if days.start is not None and days.start > day else "finished"  # type: ignore[operator]

    def __str__(self) -> str:
        return self.number


@pghistory.track()
class Terms(OrganisationRow):
    """Terms of a contract (sopimusehdot), constant over their days; a change is a new row."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="terms")
    valid = DaysField()
    fee_class = models.CharField(max_length=10, blank=True)  # picks the organisation's rate by class
    source = models.CharField(max_length=200, blank=True)  # decision or amendment

    class Meta:
        verbose_name_plural = "terms"
        constraints = [no_overlap("terms_of_a_contract_do_not_overlap", "contract")]


@pghistory.track()
class AgreedRate(OrganisationRow):
    """An amount agreed in the contract itself; what is not agreed is paid by the organisation's decided rate."""

    terms = models.ForeignKey(Terms, on_delete=models.CASCADE, related_name="agreed_rates")
    code = models.CharField(max_length=30)  # as RateSeries.code
    amount = models.DecimalField(max_digits=12, decimal_places=4)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["terms", "code"], name="a_rate_is_agreed_once_in_terms"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="an_agreed_rate_is_not_negative"),
        ]
