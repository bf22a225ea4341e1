"""Months that were paid and whose facts have changed since (BEY-2)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from palkkio.organisations.base import OrganisationRow
from palkkio.organisations.fields import DaysField


class LateMonth(OrganisationRow):
    """A paid month that would be paid otherwise now; the next run computes it whole and pays the difference.

    A mark that no run has settled is taken away again when the facts have changed back.
    """

    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, related_name="+")
    revision = models.ForeignKey("entries.SheetRevision", on_delete=models.PROTECT, related_name="+")  # settled last
    period = DaysField()
    causes = models.JSONField()  # changed facts as `calculation.frozen` writes them
    difference = models.DecimalField(max_digits=12, decimal_places=2)  # EUR of lines, signed
    found_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["organisation", "contract"], name="late_months_by_contract")]


class PaidLateMonth(OrganisationRow):
    """A late month that a run settled, once; without a payslip by a receivable."""

    run = models.ForeignKey("payroll.Run", on_delete=models.PROTECT, related_name="paid_late_months")
    payslip = models.ForeignKey("payroll.Payslip", null=True, on_delete=models.PROTECT, related_name="+")
    late_month = models.ForeignKey(LateMonth, on_delete=models.PROTECT, related_name="settled")
    is_cancelled = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["late_month"], condition=Q(is_cancelled=False), name="a_late_month_is_settled_once"
            )
        ]
