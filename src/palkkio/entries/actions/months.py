"""Months of contracts that are paid by the month: the fee runs without entries or confirmation (CARE-9)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import connection, transaction

from palkkio.audit import actions as audit
from palkkio.contracts.queries import PAID_BY_MONTH
from palkkio.core.days import DateRange, add_months
from palkkio.entries.models import Sheet, SheetRevision
from palkkio.entries.queries.months import MONTHS_BACK
from palkkio.organisations.queries import first_care_days

# One statement: a contract's month gets its sheet and the sheet its first revision together or not at all.
_FREEZE = """
WITH months AS (
    SELECT daterange(first::date, (first + interval '1 month')::date) AS period
    FROM generate_series(%(first)s::timestamp, %(last)s::timestamp, interval '1 month') AS first
), scheduled AS (
    SELECT * FROM unnest(%(kinds)s::text[], %(since)s::date[]) AS of_kind (kind, since)
), made AS (
    INSERT INTO entries_sheet (
        organisation_id, contract_id, period, state, version, note, channel, is_confirmed_on_behalf, returned_reason,
        reviewed_at
    )
    SELECT contract.organisation_id, contract.id, months.period, 'reviewed', 1, '', 'contract', false, '', %(at)s
    FROM contracts_contract AS contract
    JOIN scheduled ON scheduled.kind = contract.kind
    JOIN months ON lower(months.period) >= scheduled.since AND contract.valid && months.period
    WHERE contract.organisation_id = %(organisation)s
      AND contract.signed_on IS NOT NULL
      AND NOT EXISTS (
          SELECT FROM contracts_terms AS terms
          WHERE terms.contract_id = contract.id AND terms.paid_by = 'day' AND terms.valid && months.period
      )
      AND NOT EXISTS (
          SELECT FROM entries_sheet AS sheet
          WHERE sheet.contract_id = contract.id AND sheet.period && months.period
      )
    ORDER BY contract.id, months.period
    LIMIT %(most)s
    ON CONFLICT DO NOTHING
    RETURNING id, organisation_id, period
), revisions AS (
    INSERT INTO entries_sheetrevision (organisation_id, sheet_id, number, period, facts, reviewed_at)
    SELECT organisation_id, id, 1, period, '{"entries": [], "trips": []}'::jsonb, %(at)s
    FROM made
    RETURNING 1
)
SELECT count(*) FROM revisions
"""


@transaction.atomic
def freeze_months(organisation_id: int, *, until: date, at: datetime, most: int | None = None) -> int:
    """Hand the months of contracts that are paid by the month over to payroll, as reviewed sheets with revision 1.

    until  the last care month that is handed over is the one that ends by this day
    most   no more than so many; the rest next time
    Months go back twelve months, and no further than the organisation's first schedule of the kind: what an earlier
    system paid is not paid again. Nobody reviewed these sheets, so `reviewed_by` is empty and the channel is the
    contract. Contracts of any number are two rows each and one statement; may run at any time and twice at once.

    Returns how many months were handed over.
    """
    end = DateRange.month_of(until)
    last = end if end.last is not None and end.last <= until else DateRange.month_of(add_months(until, -1))
    since = first_care_days(organisation_id)
    kinds = [kind for kind in PAID_BY_MONTH if kind in since]
    with connection.cursor() as cursor:
        # Checks that wait for the end of the transaction would be walked through anew for each row of the history.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            _FREEZE,
            {
                "organisation": organisation_id,
                "first": add_months(last.edges[0], -MONTHS_BACK),
                "last": last.edges[0],
                "kinds": [kind.value for kind in kinds],
                "since": [since[kind] for kind in kinds],
                "at": at,
                "most": most,
            },
        )
        (made,) = cursor.fetchone()
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    if made:
        details = {"until": until.isoformat(), "months": made}
        audit.record("freeze_months", by=None, at=at, organisation_id=organisation_id, details=details)
    return int(made)


@transaction.atomic
def take_back_months(revision_ids: Collection[int], *, at: datetime) -> int:
    """Unmake the sheets of months that `months_frozen_in_vain` names; their history stays. Returns how many.

    revision_ids  none that a run has settled: the database refuses those
    A sheet that somebody has reopened since they were named, or is at work on, stays.
    """
    untouched = Sheet.objects.filter(revisions__in=revision_ids, state=Sheet.State.REVIEWED, version=1)
    sheets = list(untouched.select_related("contract").select_for_update(of=("self",), skip_locked=True))
    SheetRevision.objects.filter(sheet__in=sheets).delete()
    Sheet.objects.filter(pk__in=[each.pk for each in sheets]).delete()
    for sheet in sheets:
        audit.record(
            "take_back_month",
            by=None,
            at=at,
            object_kind="sheet",
            object_id=sheet.pk,
            subject_person_id=sheet.contract.carer_id,
            organisation_id=sheet.organisation_id,
            details={"contract": sheet.contract_id, "month": f"{sheet.period.first:%Y-%m}"},
        )
    return len(sheets)
