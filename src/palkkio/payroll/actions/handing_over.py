"""Months of contracts that are paid by the month, handed over to payroll before a run asks for them (CARE-9)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from palkkio.core.clock import day_of
from palkkio.core.days import ONE_DAY
from palkkio.entries.actions import ensure_sheets, freeze_months, take_back_months
from palkkio.entries.queries.months import months_frozen_in_vain
from palkkio.organisations.locks import Lock, one_at_a_time
from palkkio.payroll.models import PaidRevision, Proposal, Run

MONTHS_AT_ONCE = 5000


def hand_over_months(organisation_id: int, *, at: datetime) -> int:
    """Freeze the months that are over, some thousands in a transaction; for a job of the night. Returns how many.

    May be killed and run again. What such a month pays is read when a run is calculated, so what is told afterwards
    (an absence, other terms, the end of the contract) is paid right in the run itself.
    """
    take_back_unsettled(organisation_id, at=at)
    count = 0
    while made := freeze_months(organisation_id, until=day_of(at) - ONE_DAY, at=at, most=MONTHS_AT_ONCE):
        count += made
    return count


@transaction.atomic
def hand_over_rest(organisation_id: int, *, until: date, at: datetime) -> None:
    """Freeze what the night has not: contracts that were signed, or changed, since; all where no night was."""
    take_back_unsettled(organisation_id, at=at)
    freeze_months(organisation_id, until=until, at=at)


@transaction.atomic
def take_back_unsettled(organisation_id: int, *, at: datetime) -> None:
    """Unmake months that were handed over and are not owed any more, but for those that a run has settled or makes.

    One whose terms are by the day now is open to its carer at once.
    """
    today = day_of(at)
    if not months_frozen_in_vain(organisation_id, today):
        return
    one_at_a_time(Lock.APPROVALS, organisation_id)
    in_vain = months_frozen_in_vain(organisation_id, today)
    made = Proposal.objects.filter(
        contract__in=in_vain.values(), run__state=Run.State.APPROVED, run__payslips_made_at__isnull=True
    )
    of_made = set(made.values_list("contract_id", flat=True))
    # Asked last: a run whose payslips are not being made any more has said what it settled.
    settled = set(PaidRevision.objects.filter(revision__in=in_vain).values_list("revision_id", flat=True))
    unsettled = [pk for pk, contract_id in in_vain.items() if pk not in settled and contract_id not in of_made]
    if take_back_months(unsettled, at=at):
        ensure_sheets(organisation_id, today=today)
