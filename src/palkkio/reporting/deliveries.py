"""Earnings payment reports (palkkatietoilmoitus) of a run, in deliveries to the incomes register: whole, and once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_noop as _

from palkkio.audit import actions as audit
from palkkio.core.days import DateRange
from palkkio.core.problems import WrongState
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.organisations.access import one
from palkkio.payroll.parts import is_open, open_step, work_through
from palkkio.payroll.queries.handover import (
    Earned,
    earned_from_households,
    earned_on_payday,
    period_of_run,
    reported_of_run,
    run_of,
)
from palkkio.reporting import access
from palkkio.reporting.making import Making
from palkkio.reporting.models import Delivery, Report
from palkkio.reporting.queries import deliveries_of_run
from palkkio.reporting.storing import Draft, store
from palkkio.reporting.taking_over import made_of, record_made, taken_over

if TYPE_CHECKING:
    from palkkio.payroll.models import Run, RunPart


REPORT, OF_HOUSEHOLDS = "report", "report_households"
REPORTS_AT_ONCE = 3000  # in a delivery: about what the register recommends
HOUSEHOLDS_AT_ONCE = 1000  # in a part of the work; each has a delivery of its own


def make_deliveries(run_id: int, *, at: datetime) -> QuerySet[Delivery]:
    """Earnings payment reports of a run's payees, each delivery made once.

    What the organisation pays as itself goes REPORTS_AT_ONCE reports in a delivery; wages that it pays as the
    substitute payer of household employers go in a delivery for each household (one payer block names one actual
    employer). One report per earner, employer and payday adds up the payslips of all runs of that payday (PAY-12):
    where an earlier run of the payday was reported, the report replaces it and gives all data again. The work is cut
    into parts, which any number of workers take; returns when all are made.
    Raises WrongState, FileRefusedError.
    """
    run = made_of(run_of(run_id))
    made = deliveries_of_run(run_id)
    if not _is_cut(run) and not _cut(run_id):
        return made
    of_payees = partial(_of_payees, period=period_of_run(run_id), at=at)  # payslips stand: asked once for all parts
    for step, make in ((REPORT, of_payees), (OF_HOUSEHOLDS, partial(_of_households, at=at))):
        work_through(run_id, step, run.proposal, run.state, at, make)
    return made


def _is_cut(run: Run) -> bool:
    return is_open(run, REPORT) or is_open(run, OF_HOUSEHOLDS)


@transaction.atomic
def _cut(run_id: int) -> bool:
    """Cut the work into parts, unless somebody has. False where all was made before runs were cut."""
    run = taken_over(run_id)
    if _is_cut(run):
        return True
    if deliveries_of_run(run_id).exists():
        return False
    payees, households = reported_of_run(run_id)
    open_step(run, REPORT, _chunks(payees, REPORTS_AT_ONCE))
    open_step(run, OF_HOUSEHOLDS, _chunks(households, HOUSEHOLDS_AT_ONCE))
    return True


def _chunks(ids: Sequence[int], most: int) -> Iterator[tuple[Sequence[int], int]]:
    return ((ids[first : first + most], first) for first in range(0, len(ids), most))


def _of_payees(run: Run, part: RunPart, *, period: DateRange | None, at: datetime) -> int:
    """The delivery of one part's payees, none where there is nothing to report. Returns how many reports it has.

    period  of the run; None: all payees are paid for households
    """
    if period is None:
        return 0
    making = Making(run, part.ids, None, at)
    slips = earned_on_payday(run.organisation_id, run.payday, part.ids)
    found = {person_id: list(rows) for person_id, rows in groupby(slips, key=lambda each: each.person_id)}
    drafts = making.drafts(found, period, None, part.number)
    for number, draft in zip(store(run, part.number, drafts, at=at), drafts, strict=True):
        record_made("make_delivery", run, number, at, reports=len(draft.reports))
    return sum(len(each.reports) for each in drafts)


def _of_households(run: Run, part: RunPart, *, at: datetime) -> int:
    """The deliveries of one part's households. Returns how many reports they have."""
    slips = list(earned_from_households(run.organisation_id, run.payday, part.ids))
    contract_ids = {each.contract_id for each in slips}
    making = Making(run, {each.person_id for each in slips}, part.ids, at, contract_ids=contract_ids)
    drafts: list[Draft] = []
    for employer_id, rows in groupby(slips, key=lambda each: each.employer_id):
        of_household: dict[int, list[Earned]] = defaultdict(list)
        for each in rows:
            of_household[each.person_id].append(each)
        period = _whole(each.period for some in of_household.values() for each in some)
        drafts += making.drafts(of_household, period, employer_id, part.number)
    store(run, part.number, drafts, at=at)
    reports = sum(len(each.reports) for each in drafts)
    audit.record(
        "make_deliveries_of_households",
        by=None,
        at=at,
        organisation_id=run.organisation_id,
        object_kind="run",
        object_id=run.pk,
        details={"deliveries": len(drafts), "reports": reports},
    )
    return reports


def _whole(periods: Iterator[DateRange]) -> DateRange:
    """From the first day of some closed periods to the last."""
    edges = [each.edges for each in periods]
    return DateRange(min(start for start, _end in edges), max(end for _start, end in edges))


@transaction.atomic
def mark_delivered(delivery_id: int, *, by: Viewer, at: datetime) -> Delivery:
    """Somebody gave the delivery to the register by hand and saw it taken. Raises NotAllowed, WrongState."""
    by.require(RoleKind.PAYROLL_CLERK)
    delivery = one(access.deliveries(by).select_for_update(of=("self",)), delivery_id)
    if delivery.is_cancelled or delivery.sent_at is not None:
        raise WrongState(_("The delivery is sent already, or cancelled."))
    require_files(delivery)
    delivery.sent_at = delivery.answered_at = at
    delivery.sent_by_id, delivery.status, delivery.trouble = by.account_id, Delivery.Status.VALID, ""
    delivery.save(update_fields=["sent_at", "sent_by", "answered_at", "status", "trouble"])
    delivery.reports.update(state=Report.State.ACCEPTED)
    audit.record("send_delivery", by=by, at=at, object_kind="delivery", object_id=delivery.pk)
    return delivery


def require_files(delivery: Delivery) -> None:
    """Raises WrongState while the files of its run are being made: it may still be cancelled."""
    if delivery.run is not None and delivery.run.state == "approved":
        raise WrongState(_("The other files of the run are still being made. Send it when the run is ready."))
