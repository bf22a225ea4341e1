"""Parts of the work on a run, which any number of workers take."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from palkkio.organisations.base import OrganisationRow


class RunPart(OrganisationRow):
    """A part of one step of a run, done in one transaction by whoever holds its row.

    Not done and not locked: free. A worker that dies lets go of the row, and what it had written is undone with it.
    """

    run = models.ForeignKey("payroll.Run", on_delete=models.CASCADE, related_name="parts")
    step = models.CharField(max_length=20)  # as `parts` and later stages name them
    proposal = models.PositiveIntegerField()  # of the run
    number = models.PositiveIntegerField()
    ids = ArrayField(models.BigIntegerField(), default=list)  # contracts; of payslips proposals; or payees
    first = models.PositiveBigIntegerField(default=0)  # position or payslip number of the first
    found = models.PositiveIntegerField(default=0)  # what the part counted, where its step counts
    statements = models.BinaryField(default=b"")  # what it read, where it computed: see `rereading`
    reading = models.CharField(max_length=32, blank=True)  # digest of what they returned; empty: compute again
    figures = models.JSONField(null=True)  # of its proposals, where it computed: see `figures`; null: read them
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "step", "proposal", "number"], name="a_part_of_a_run_is_done_once")
        ]
