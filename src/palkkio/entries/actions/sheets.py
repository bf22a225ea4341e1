"""The sheets themselves: one for each period of each contract that is paid by entries."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from palkkio.contracts.queries import paid_by_entries
from palkkio.core.days import DateRange, add_months, halves, months_between
from palkkio.core.payslip import ContractKind
from palkkio.entries.models import Sheet
from palkkio.entries.queries.months import MONTHS_BACK

BATCH = 2000


@transaction.atomic
def ensure_sheets(organisation_id: int, *, today: date) -> int:
    """Make the sheets that are missing, from twelve months ago to next month. May run at any time and twice at once.

    An assistant's month is two sheets: days 1 to 15, and day 16 to the last (EMP-2). Returns how many were made.
    """
    made = 0
    employment = ContractKind.PERSONAL_ASSISTANCE.value
    for month in months_between(add_months(today, -MONTHS_BACK), add_months(today, 1)):
        known = Sheet.objects.filter(organisation_id=organisation_id, period__overlap=month).values("contract")
        missing = paid_by_entries(organisation_id, month).exclude(pk__in=known).exclude(kind=employment)
        made += _make(organisation_id, month, missing.values_list("pk", flat=True).order_by("pk"))
        for half in halves(month):
            known = Sheet.objects.filter(organisation_id=organisation_id, period__overlap=half).values("contract")
            missing = paid_by_entries(organisation_id, half).exclude(pk__in=known).filter(kind=employment)
            made += _make(organisation_id, half, missing.values_list("pk", flat=True).order_by("pk"))
    return made


def _make(organisation_id: int, period: DateRange, contract_ids: Iterable[int]) -> int:
    rows = [Sheet(organisation_id=organisation_id, contract_id=pk, period=period) for pk in contract_ids]
    Sheet.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)
    return len(rows)
