from __future__ import annotations

from datetime import date

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from palkkio.core.clock import day_of
from palkkio.organisations.base import OrganisationRow
from palkkio.organisations.fields import DaysField


class Blob(models.Model):
    """Bytes of one stored file: what the default storage backend keeps in PostgreSQL."""

    name = models.CharField(max_length=200, unique=True)
    content = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)


class Document(OrganisationRow):
    """A file received or issued. Never changed: a new version is a new row."""

    class Kind(models.TextChoices):
        PAPER_SHEET = "paper_sheet"
        RECEIPT = "receipt"
        ATTACHMENT = "attachment"  # of a change that a carer reports
        PAPER = "paper"  # of an employment (EMP-9)
        CERTIFICATE = "certificate"  # of a physician or another authority
        CONTRACT = "contract"  # as signed
        CARE_PLAN = "care_plan"  # care and service plan
        DECISION = "decision"
        LETTER = "letter"
        PAYSLIP = "payslip"
        PAYMENT_FILE = "payment_file"
        BANK_ANSWER = "bank_answer"
        INCOMES_REGISTER_REPORT = "incomes_register_report"
        VOUCHER = "voucher"
        OTHER = "other"

    person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30, choices=Kind.choices)
    file_name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    file = models.FileField(max_length=200)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("accounts.Account", null=True, on_delete=models.PROTECT, related_name="+")
    contract_id = models.BigIntegerField(null=True)  # number of the contract it is about; contracts come later
    dated_on = models.DateField(null=True)  # day that stands on it, else it is that of adding
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    is_for_staff = models.BooleanField(default=False)  # kept from the person, whatever its kind

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(replaces=F("pk")),
                name="a_document_is_no_version_of_itself",
            )
        ]
        indexes = [
            models.Index(fields=["person", "kind"], name="documents_by_person"),
            models.Index(fields=["contract_id"], name="documents_by_contract", condition=Q(contract_id__isnull=False)),
        ]
        triggers = [pgtrigger.Protect(name="documents_are_never_changed", operation=pgtrigger.Update)]

    @property
    def added_on(self) -> date:
        return day_of(self.added_at)

    @property
    def day(self) -> date:
        """The day that stands on it, else that of adding."""
        return self.dated_on or self.added_on


@pghistory.track()
class Standing(OrganisationRow):
    """Where a received document stands: received -> accepted, for its days if it has any, or returned with a reason.

    A document that the organisation issued has none.
    """

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="standing")
    is_accepted = models.BooleanField(default=False)
    valid = DaysField(null=True)  # days that an accepted document holds, where it has any
    handled_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    handled_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)  # why it was returned

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(handled_at__isnull=True, handled_by__isnull=True, is_accepted=False, reason="")
                | Q(handled_at__isnull=False, handled_by__isnull=False, is_accepted=True, reason="")
                | (Q(handled_at__isnull=False, handled_by__isnull=False, is_accepted=False) & ~Q(reason="")),
                name="a_handled_document_is_accepted_or_says_why_not",
            )
        ]
        indexes = [
            models.Index(fields=["organisation"], name="documents_to_handle", condition=Q(handled_at__isnull=True))
        ]

    @property
    def handled_on(self) -> date | None:
        return None if self.handled_at is None else day_of(self.handled_at)
