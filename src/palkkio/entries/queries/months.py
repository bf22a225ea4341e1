"""Months of contracts that are paid by the month, handed over and no longer owed (CARE-9)."""

from __future__ import annotations

from datetime import date

from palkkio.contracts.queries import PAID_BY_MONTH
from palkkio.core.days import add_months
from palkkio.organisations.asking import rows_of

MONTHS_BACK = 12

# Days on which a contract is not paid by the month any more: before its first, after its last, and those paid by day.
_FROZEN_IN_VAIN = """
WITH monthly AS (
    SELECT id, valid FROM contracts_contract WHERE organisation_id = %(organisation)s AND kind = ANY(%(kinds)s)
), outside AS (
    SELECT id, days
    FROM monthly, LATERAL unnest(datemultirange(daterange(%(first)s, NULL)) - datemultirange(valid)) AS days
), by_day AS (
    SELECT monthly.id, terms.valid AS days
    FROM monthly JOIN contracts_terms AS terms ON terms.contract_id = monthly.id
    WHERE terms.paid_by = 'day' AND terms.valid && daterange(%(first)s, NULL)
)
SELECT revision.id, sheet.contract_id
FROM (
    SELECT sheet.id, sheet.contract_id FROM outside JOIN entries_sheet AS sheet ON sheet.contract_id = outside.id
    WHERE sheet.period <@ outside.days AND sheet.channel = 'contract' AND sheet.state = 'reviewed' AND sheet.version = 1
    UNION
    SELECT sheet.id, sheet.contract_id FROM by_day JOIN entries_sheet AS sheet ON sheet.contract_id = by_day.id
    WHERE sheet.period && by_day.days AND sheet.channel = 'contract' AND sheet.state = 'reviewed' AND sheet.version = 1
) AS sheet
JOIN entries_sheetrevision AS revision ON revision.sheet_id = sheet.id AND revision.reviewed_by_id IS NULL
"""


def months_frozen_in_vain(organisation_id: int, today: date) -> dict[int, int]:
    """Revisions of the last twelve months that nobody has touched and that would not be made now, with their contracts.

    The contract turned out to have ended, or its terms to be paid by the day, after the month was handed over.
    """
    rows = rows_of(
        _FROZEN_IN_VAIN,
        organisation=organisation_id,
        kinds=[kind.value for kind in PAID_BY_MONTH],
        first=add_months(today.replace(day=1), -MONTHS_BACK),
    )
    return dict(rows)
