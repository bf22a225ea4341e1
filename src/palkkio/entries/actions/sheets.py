"""The sheets themselves: one for each month of each contract that is paid by entries."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from palkkio.contracts.queries import paid_by_entries
from palkkio.core.days import add_months, months_between
from palkkio.entries.models import Sheet

MONTHS_BACK = 12
BATCH = 2000


@transaction.atomic
def ensure_sheets(organisation_id: int, *, today: date) -> int:
    """Make the sheets that are missing, from twelve months ago to next month. May run at any time and twice at once.

    Returns how many were made.
    """
    made = 0
    for month in months_between(add_months(today, -MONTHS_BACK), add_months(today, 1)):
        contracts = paid_by_entries(organisation_id, month)
        known = Sheet.objects.filter(organisation_id=organisation_id, period__overlap=month).values("contract")
        missing = contracts.exclude(pk__in=known).values_list("pk", flat=True).order_by("pk")
        rows = [Sheet(organisation_id=organisation_id, contract_id=pk, period=month) for pk in missing]
        Sheet.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)
        made += len(rows)
    return made
