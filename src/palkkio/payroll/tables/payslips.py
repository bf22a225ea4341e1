"""What a run has paid: payslips with their lines, what they settle, and what is owed back."""

from __future__ import annotations

from typing import Any

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from palkkio.organisations.base import OrganisationRow, PartRow
from palkkio.organisations.fields import DaysField


class Payslip(PartRow):
    """One contract on one payday (PAY-12). The facts and figures it was computed from are frozen in its proposal.

    It is made of its proposal, which is never changed then: what both name is checked there. Its lines and what it
    settles are made with it by one statement, and it is never deleted: they do not look it up.
    """

    proposal = models.OneToOneField(
        "payroll.Proposal", on_delete=models.PROTECT, related_name="payslip", db_constraint=False
    )
    run = models.ForeignKey("payroll.Run", on_delete=models.PROTECT, related_name="payslips", db_constraint=False)
    contract = models.ForeignKey(
        "contracts.Contract", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    number = models.CharField(max_length=30)  # 2026-000123
    payday = models.DateField()
    period = DaysField()  # the main earning period
    payee_name = models.CharField(max_length=250)
    recipient_name = models.CharField(max_length=250, blank=True)
    tax_card = models.ForeignKey(
        "payroll.TaxCard", null=True, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    card_kind = models.CharField(max_length=30)  # cards of which kind this pay counts against
    iban = models.CharField(max_length=34)
    gross = models.DecimalField(max_digits=12, decimal_places=2)
    taxable = models.DecimalField(max_digits=12, decimal_places=2)
    pensionable = models.DecimalField(max_digits=12, decimal_places=2)
    withholding = models.DecimalField(max_digits=12, decimal_places=2)
    pension = models.DecimalField(max_digits=12, decimal_places=2)
    other_deductions = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    net = models.DecimalField(max_digits=12, decimal_places=2)
    made_at = models.DateTimeField()
    is_cancelled = models.BooleanField(default=False)  # the run was cancelled before the bank had it
    document = models.ForeignKey(  # PDF
        "documents.Document", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contract", "run"], name="one_payslip_per_contract_and_run"),
            models.UniqueConstraint(fields=["organisation", "number"], name="a_payslip_number_is_used_once"),
            models.CheckConstraint(
                condition=Q(net=F("gross") - F("withholding") - F("pension") - F("other_deductions")),
                name="net_is_gross_less_deductions",
            ),
            models.CheckConstraint(condition=Q(net__gte=0), name="net_is_not_negative"),
        ]
        indexes = [
            models.Index(fields=["person", "payday"], name="payslips_by_person"),
            models.Index(fields=["document"], condition=Q(document__isnull=False), name="payslips_by_document"),
        ]
        triggers = [pgtrigger.Protect(name="payslips_are_never_deleted", operation=pgtrigger.Delete)]

    @property
    def facts(self) -> dict[str, Any]:
        return self.proposal.facts  # type: ignore[no-any-return]

    @property
    def result(self) -> dict[str, Any]:
        return self.proposal.result  # type: ignore[no-any-return]


class PayslipLine(PartRow):
    """One earning line of a payslip, for sums and differences; its working is told from the facts (`explaining`)."""

    payslip = models.ForeignKey(
        Payslip, on_delete=models.PROTECT, related_name="lines", db_index=False, db_constraint=False
    )
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40)
    period = DaysField()
    quantity = models.DecimalField(max_digits=12, decimal_places=4)
    of = models.DecimalField(max_digits=12, decimal_places=4)
    percent = models.DecimalField(max_digits=12, decimal_places=4, null=True)  # of a supplement or overtime
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    is_taxable = models.BooleanField()
    is_pensionable = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["payslip", "position"], name="lines_stand_in_order")]


class PaidRevision(PartRow):
    """A sheet revision that a run settled: the row that makes paying it twice impossible.

    Without a payslip it was settled by a receivable, or there was nothing to pay.
    """

    run = models.ForeignKey("payroll.Run", on_delete=models.PROTECT, related_name="paid_revisions", db_constraint=False)
    contract = models.ForeignKey(  # the revision's
        "contracts.Contract", on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    payslip = models.ForeignKey(
        Payslip, null=True, on_delete=models.PROTECT, related_name="paid_revisions", db_constraint=False
    )
    revision = models.ForeignKey("entries.SheetRevision", on_delete=models.PROTECT, related_name="+")
    is_cancelled = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["revision"], condition=Q(is_cancelled=False), name="a_revision_is_paid_once"
            )
        ]


class PaidOneOff(OrganisationRow):
    """A one-off line that a run settled, once."""

    run = models.ForeignKey("payroll.Run", on_delete=models.PROTECT, related_name="paid_one_offs")
    payslip = models.ForeignKey(Payslip, null=True, on_delete=models.PROTECT, related_name="paid_one_offs")
    one_off = models.ForeignKey("payroll.OneOffLine", on_delete=models.PROTECT, related_name="+")
    is_cancelled = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["one_off"], condition=Q(is_cancelled=False), name="a_one_off_line_is_paid_once"
            )
        ]


@pghistory.track()
class Receivable(OrganisationRow):
    """An overpayment found by a correction: what is owed back, with its cause; never netted by itself."""

    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    run = models.ForeignKey("payroll.Run", on_delete=models.PROTECT, related_name="receivables")
    revision = models.ForeignKey("entries.SheetRevision", null=True, on_delete=models.PROTECT, related_name="+")
    period = DaysField()
    amount = models.DecimalField(max_digits=12, decimal_places=2)  # gross, EUR
    lines = models.JSONField()  # the differences that make it up
    created_at = models.DateTimeField()
    is_cancelled = models.BooleanField(default=False)  # with its run

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_receivable_is_positive"),
            models.UniqueConstraint(
                fields=["run", "contract", "period"], name="one_receivable_per_contract_and_period_of_a_run"
            ),
        ]
