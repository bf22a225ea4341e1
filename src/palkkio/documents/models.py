from __future__ import annotations

import pgtrigger
from django.db import models

from palkkio.organisations.base import OrganisationRow


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

    class Meta:
        triggers = [pgtrigger.Protect(name="documents_are_never_changed", operation=pgtrigger.Update)]
