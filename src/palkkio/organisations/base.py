"""What every table of an organisation has."""

from __future__ import annotations

from django.db import models


class OrganisationRow(models.Model):
    """A row that belongs to one organisation; it reaches a page only through its stage's `access.py`."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
