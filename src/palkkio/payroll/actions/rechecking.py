"""Marking paid months that would be paid otherwise now (BEY-2); it may run twice, and changes nothing then."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from palkkio.audit import actions as audit
from palkkio.calculation import frozen
from palkkio.contracts.changed import changed_since
from palkkio.core.clock import day_of
from palkkio.core.days import DateRange
from palkkio.core.payslip import ContractKind
from palkkio.entries.queries.changed import events_changed_since
from palkkio.organisations.locks import Lock, one_at_a_time
from palkkio.payroll.late import Found, compared, open_marks, settled_revisions
from palkkio.payroll.models import LateMonth, Proposal, Run
from palkkio.payroll.past import lines_paid_before
from palkkio.rates.queries import profile_of

if TYPE_CHECKING:
    from palkkio.entries.models import SheetRevision

CONTRACTS_AT_ONCE = 200
AT_MOST = 5000  # contracts looked at before a run; more than that is a mass change, which the night finds
LATELY = timedelta(days=2)  # the nightly look has seen what is older


def recheck_months(organisation_id: int, *, at: datetime, contract_ids: Collection[int] | None = None) -> int:
    """Compare what was paid for each month with what its facts make now, and mark the months that differ.

    A month is computed whole from the facts as they stand; equal ones are left alone, a mark whose facts have changed
    back is taken away. Returns how many marks are open for these contracts.

    contract_ids  None: all contracts of the organisation; in chunks, each in a transaction of its own
    """
    profile = profile_of(organisation_id)
    open_count = 0
    for chunk in _chunks(organisation_id, day_of(at), contract_ids):
        with transaction.atomic():
            one_at_a_time(Lock.RECHECKS, organisation_id)
            open_count += _recheck(organisation_id, chunk, profile, at)
    return open_count


def recheck_lately_changed(organisation_id: int, *, at: datetime) -> int:
    """As `recheck_months`, of contracts whose facts have changed in the last days: quick enough before each run.

    What changes for all at once (decided rates, figures of the law, choices) is found every night.
    """
    since = at - LATELY
    changed = changed_since(organisation_id, since) | events_changed_since(organisation_id, since)
    if not changed or len(changed) > AT_MOST:
        return 0
    return recheck_months(organisation_id, at=at, contract_ids=changed)


def _chunks(organisation_id: int, today: date, contract_ids: Collection[int] | None) -> Iterator[list[int]]:
    """Contracts with settled months."""
    found = settled_revisions(organisation_id, list(ContractKind), today, contract_ids).order_by()
    chosen = sorted(set(found.values_list("sheet__contract_id", flat=True)))
    for at in range(0, len(chosen), CONTRACTS_AT_ONCE):
        yield chosen[at : at + CONTRACTS_AT_ONCE]


def _recheck(organisation_id: int, contract_ids: Sequence[int], profile: str, at: datetime) -> int:
    settled = settled_revisions(organisation_id, list(ContractKind), day_of(at), contract_ids)
    revisions: list[SheetRevision] = list(settled.select_related("sheet__contract"))
    paid = lines_paid_before(contract_ids, {each.period for each in revisions}, with_working=False)
    found = {each.revision_id: each for each in compared(revisions, paid, profile)}
    known = {mark.revision_id: mark for mark in open_marks(organisation_id).filter(contract_id__in=contract_ids)}
    gone = [mark for revision_id, mark in known.items() if revision_id not in found]
    paid_next = _in_approved_runs({mark.contract_id for mark in gone}) if gone else set()
    for mark in gone:
        if mark.pk not in paid_next:
            _record("take_away_late_month", mark.contract_id, mark.period, organisation_id, at)
            mark.delete()
    for revision_id, each in found.items():
        _mark(organisation_id, each, known.get(revision_id), at)
    return len(found)


def _in_approved_runs(contract_ids: Collection[int]) -> set[int]:
    """Marks that a run settles whose payslips are being made."""
    rows = Proposal.objects.filter(
        contract_id__in=contract_ids,
        is_left_out=False,
        run__state=Run.State.APPROVED,
        run__payslips_made_at__isnull=True,
    )
    return {number for numbers in rows.values_list("late_month_ids", flat=True) for number in numbers}


def _mark(organisation_id: int, found: Found, mark: LateMonth | None, at: datetime) -> None:
    causes = [frozen.to_json(each) for each in found.causes]
    if mark is None:
        LateMonth.objects.create(
            organisation_id=organisation_id,
            contract_id=found.contract_id,
            revision_id=found.revision_id,
            period=found.period,
            causes=causes,
            difference=found.difference,
            found_at=at,
        )
        _record("find_late_month", found.contract_id, found.period, organisation_id, at)
    elif mark.causes != causes or mark.difference != found.difference:
        mark.causes, mark.difference = causes, found.difference
        mark.save(update_fields=["causes", "difference"])


def _record(action: str, contract_id: int, period: DateRange, organisation_id: int, at: datetime) -> None:
    audit.record(
        action,
        by=None,
        at=at,
        organisation_id=organisation_id,
        object_kind="contract",
        object_id=contract_id,
        details={"month": period.edges[0].isoformat()},
    )
