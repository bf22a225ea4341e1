from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q

from palkkio.organisations.base import OrganisationRow, PartRow
from palkkio.organisations.fields import DaysField, no_overlap


@pghistory.track(level=pgtrigger.Statement)  # thousands are written at once
class Delivery(PartRow):
    """One delivery to the incomes register (tulorekisteri), of earnings payment reports (palkkatietoilmoitus) mostly.

    Reports of assistants go in a delivery for each household employer, whose substitute payer the organisation is.
    It is made with its file, whose organisation is checked.
    """

    class Kind(models.TextChoices):
        REPORTS = "reports"
        INVALIDATIONS = "invalidations"  # reports are taken back
        SUMMARY = "summary"  # employer's separate report (työnantajan erillisilmoitus)

    class Status(models.IntegerChoices):
        """The register's own word (DeliveryDataStatus)."""

        IN_PROCESS = 2
        VALID = 3
        REFUSED_ON_RECEIPT = 4
        REFUSED = 5
        INVALIDATED = 6

    kind = models.CharField(max_length=15, choices=Kind.choices, default=Kind.REPORTS)
    run = models.ForeignKey("payroll.Run", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    part = models.PositiveIntegerField()  # a run with many payees goes in several deliveries
    employer = models.ForeignKey(  # a household
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    delivery_id = models.CharField(max_length=40)
    payday = models.DateField()
    period = DaysField()  # pay period (palkanmaksukausi): the care month
    due_on = models.DateField()
    report_count = models.PositiveIntegerField()
    file = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    is_cancelled = models.BooleanField(default=False)
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(
        "accounts.Account", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    tried_at = models.DateTimeField(null=True)  # the latest attempt to send began
    register_id = models.CharField(max_length=32, blank=True)  # IRDeliveryId
    status = models.PositiveSmallIntegerField(null=True, choices=Status.choices)
    asked_at = models.DateTimeField(null=True)  # when the register was last asked for its answer
    answered_at = models.DateTimeField(null=True)  # when it had gone through every report
    trouble = models.TextField(blank=True)  # what stops it: the connection, or what the register says of the whole

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "delivery_id"], name="a_delivery_id_is_used_once"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(sent_at__isnull=False), name="what_is_answered_was_sent"
            ),
        ]
        indexes = [
            models.Index(fields=["run"], name="deliveries_by_run"),
            models.Index(
                fields=["due_on"],
                condition=Q(answered_at__isnull=True, is_cancelled=False),
                name="deliveries_under_way",
            ),
        ]


class Report(PartRow):
    """One earner's report on one payday of one actual employer: the sum of the payslips of that day (PAY-12)."""

    class Action(models.TextChoices):
        NEW = "new"
        REPLACEMENT = "replacement"  # all data again under the same id
        INVALIDATION = "invalidation"  # takes the report back

    class State(models.TextChoices):
        UNANSWERED = "", "unanswered"
        ACCEPTED = "accepted"
        REFUSED = "refused"
        INVALIDATED = "invalidated"  # accepted, and taken back since

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="reports")
    # whose pay; null: the employer's separate report
    person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    employer = models.ForeignKey(  # a household, the delivery's
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    action = models.CharField(max_length=15, choices=Action.choices, default=Action.NEW)
    report_id = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField(default=1)  # 2 and up follow: replaced, taken back, or sent again
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    totals = models.JSONField()  # income type code -> EUR as string
    state = models.CharField(max_length=15, choices=State.choices, default=State.UNANSWERED, blank=True)
    register_id = models.CharField(max_length=32, blank=True)  # IRReportId
    errors = models.JSONField(default=list)  # of a refused report: [code, the register's words]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "report_id", "version"], name="a_version_of_a_report_is_made_once"
            )
        ]
        indexes = [
            models.Index(fields=["organisation"], condition=Q(state="refused"), name="refused_reports"),
            models.Index(fields=["employer"], condition=Q(employer__isnull=False), name="reports_by_employer"),
            models.Index(fields=["replaces"], condition=Q(replaces__isnull=False), name="reports_by_replaced"),
        ]


class AccountMappingSeries(OrganisationRow):
    """One kind of sum that is posted: earning or deduction code by kind of contract; its dated accounts hang here."""

    contract_kind = models.CharField(max_length=30, blank=True)  # empty: every kind
    code = models.CharField(max_length=40)  # line or deduction code, NET, PENSION ...

    class Meta:
        verbose_name_plural = "account mapping series"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "contract_kind", "code"], name="one_series_per_posting")
        ]


@pghistory.track()
class AccountMapping(OrganisationRow):
    """Ledger account of one kind of sum, dated."""

    series = models.ForeignKey(AccountMappingSeries, on_delete=models.CASCADE, related_name="mappings")
    valid = DaysField()
    account = models.CharField(max_length=20)
    product = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [no_overlap("mappings_of_a_series_do_not_overlap", "series")]


class Voucher(OrganisationRow):
    """Accounting voucher (tosite) of one run; debit equals credit."""

    run = models.ForeignKey("payroll.Run", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=30)
    posted_on = models.DateField()
    file = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    is_cancelled = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="a_voucher_number_is_used_once"),
            models.UniqueConstraint(fields=["run"], condition=Q(is_cancelled=False), name="one_voucher_per_run"),
        ]


class VoucherLine(OrganisationRow):
    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField()
    account = models.CharField(max_length=20)
    cost_centre = models.CharField(max_length=20, blank=True)
    product = models.CharField(max_length=20, blank=True)
    municipality = models.CharField(max_length=3, blank=True)
    code = models.CharField(max_length=40)
    debit = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    credit = models.DecimalField(max_digits=14, decimal_places=2, default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["voucher", "position"], name="voucher_lines_stand_in_order"),
            models.CheckConstraint(
                condition=Q(debit=0, credit__gt=0) | Q(credit=0, debit__gt=0), name="a_voucher_line_has_one_side"
            ),
        ]


class NightlyFinding(OrganisationRow):
    """What must never be, found at night: it stays on the desk until a later night does not find it any more."""

    class Kind(models.TextChoices):
        PAID_NOT_REPORTED = "paid_not_reported"
        REPORTED_NOT_PAID = "reported_not_paid"
        NO_VOUCHER = "no_voucher"
        NO_BANK_ANSWER = "no_bank_answer"
        MONTH_WITHOUT_PAY = "month_without_pay"

    kind = models.CharField(max_length=20, choices=Kind.choices)
    run = models.ForeignKey("payroll.Run", null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    contract = models.ForeignKey("contracts.Contract", null=True, on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey("payments.Batch", null=True, on_delete=models.PROTECT, related_name="+")
    payday = models.DateField()
    amount = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    found_on = models.DateField()
    gone_on = models.DateField(null=True)  # mended: a later night did not find it any more

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "payday", "run", "person", "contract", "batch"],
                condition=Q(gone_on__isnull=True),
                nulls_distinct=False,
                name="what_is_found_stands_once",
            )
        ]
        indexes = [models.Index(fields=["organisation"], condition=Q(gone_on__isnull=True), name="open_findings")]


class NightlyProof(OrganisationRow):
    """How the last proof of an organisation went: the state of the job, for people."""

    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    trouble = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation"], name="one_proof_per_organisation")]
