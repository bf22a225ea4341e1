"""What every table of an organisation has."""

from __future__ import annotations

from django.db import models


class OrganisationRow(models.Model):
    """A row that belongs to one organisation; it reaches a page only through its stage's `access.py`."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class PartRow(OrganisationRow):
    """One of many rows that are made of another row of the organisation, which they name and are found by.

    That one's organisation is checked; here it is neither checked nor indexed again.
    """

    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )

    class Meta:
        abstract = True
