"""Reports given again after a refusal or a change, and reports taken back: only those concerned (PAY-10, C1 to C7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_noop as _

from palkkio.audit import actions as audit
from palkkio.core.clock import day_of
from palkkio.core.problems import FieldError, InvalidInput, WrongState
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.documents import actions as documents
from palkkio.documents import queries as files
from palkkio.formats import incomes_register as register
from palkkio.formats.incomes_register.answers import facts_of
from palkkio.formats.incomes_register.invalidations import TakenBack, write_invalidations
from palkkio.organisations import queries as organisations
from palkkio.organisations.access import one
from palkkio.payroll.own import require_not_own
from palkkio.payroll.queries.handover import Earned, earned_from_households, earned_on_payday, locked_run
from palkkio.reporting import access, queueing
from palkkio.reporting.making import Making
from palkkio.reporting.models import Delivery, Report
from palkkio.reporting.storing import store

if TYPE_CHECKING:
    from palkkio.payroll.models import Run

NOTHING_TO_SEND = _("There is nothing to send again: the register has these reports as they should be.")
UNANSWERED = _("The register has not answered for this report yet. Wait for its answer.")


@transaction.atomic
def report_again(delivery_id: int, report_ids: Collection[int], *, by: Viewer, at: datetime) -> list[Delivery]:
    """Give some reports of a delivery again, as payslips and people are now: refused ones, or those that have changed.

    What the register has never accepted is told as new, the rest replaces. Where something changed that a replacement
    may not change (C2), the report is taken back and given anew under another id. Nothing else of the delivery goes.
    Raises NotAllowed in one's own matter, WrongState while the register has not answered, FileRefusedError.
    """
    rows = _reports(delivery_id, report_ids, by, at)
    run = locked_run(_run_of(rows[0]))
    person_ids = {row.person_id for row in rows if row.person_id is not None}
    employer_id = rows[0].employer_id
    slips = _slips(run, person_ids, employer_id)
    contract_ids = {each.contract_id for some in slips.values() for each in some} if employer_id is not None else ()
    employers = None if employer_id is None else [employer_id]
    making = Making(run, person_ids, employers, at, contract_ids=contract_ids, is_again=True)
    changed: dict[int, register.Report] = {}
    to_take_back: list[Report] = []
    for person_id in sorted(person_ids):
        earlier = making.earlier.get((person_id, employer_id))
        new_id = _next_id(rows, person_id)
        report = making.report(person_id, employer_id, slips.get(person_id, []), new_id)
        if report is None:
            continue
        standing = earlier.standing if earlier else None
        if standing is not None and _must_go_first(making, standing, person_id, report):
            to_take_back.append(standing)
            report = report._replace(report_id=new_id, action=register.Action.NEW)
        changed[person_id] = report
    if not changed:
        raise WrongState(NOTHING_TO_SEND)
    taken_back = [_taken_back(run, to_take_back, at)] if to_take_back else []
    number = _next_number(run)
    name = f"{register.delivery_id_of(run.number, rows[0].delivery.part, employer_id)}-r{number}"
    draft = making.draft(name, rows[0].delivery.period, changed, employer_id)
    made = [*taken_back, *Delivery.objects.filter(pk__in=store(run, rows[0].delivery.part, [draft], at=at))]
    _record("report_again", rows, made, by=by, at=at)
    return made


@transaction.atomic
def take_back_report(report_id: int, *, by: Viewer, at: datetime, reason: str) -> Delivery:
    """Take a report back that should never have been given (mitätöinti), with a reason.

    Raises InvalidInput on `reason`, NotAllowed in one's own matter, WrongState if the register does not have it.
    """
    if not reason.strip():
        raise InvalidInput(FieldError("reason", _("Write why the report is taken back")))
    found = one(access.reports(by), report_id)
    (row,) = _reports(found.delivery_id, [report_id], by, at)
    if row.state != Report.State.ACCEPTED or row.action == Report.Action.INVALIDATION:
        raise WrongState(_("The register does not have this report."))
    made = _taken_back(locked_run(_run_of(row)), [row], at)
    _record("take_back_report", [row], [made], by=by, at=at, reason=reason.strip())
    return made


def _reports(delivery_id: int, report_ids: Collection[int], by: Viewer, at: datetime) -> list[Report]:
    """Reports of one delivery that an answer has come for and nothing has followed; nobody's own."""
    by.require(RoleKind.PAYROLL_CLERK)
    delivery = one(access.deliveries(by), delivery_id)
    rows = list(delivery.reports.select_for_update(of=("self",)).select_related("delivery").filter(pk__in=report_ids))
    if not rows or delivery.kind != Delivery.Kind.REPORTS:
        raise WrongState(NOTHING_TO_SEND)
    require_not_own(by, day_of(at), *(row.person_id for row in rows))
    if delivery.answered_at is None:
        raise WrongState(UNANSWERED)
    if Report.objects.filter(replaces__in=rows, delivery__is_cancelled=False).exists():
        raise WrongState(_("The report was given again already. See the later one."))
    return rows


def _slips(run: Run, person_ids: Collection[int], employer_id: int | None) -> dict[int, list[Earned]]:
    found: dict[int, list[Earned]] = defaultdict(list)
    if employer_id is None:
        rows = earned_on_payday(run.organisation_id, run.payday, person_ids)
    else:
        rows = earned_from_households(run.organisation_id, run.payday, [employer_id])
    for each in rows:
        if each.person_id in person_ids:
            found[each.person_id].append(each)
    return found


def _run_of(row: Report) -> int:
    if row.delivery.run_id is None:
        raise WrongState(NOTHING_TO_SEND)
    return row.delivery.run_id


def _must_go_first(making: Making, standing: Report, person_id: int, report: register.Report) -> bool:
    """True if the new report differs from the one that stands in what a replacement may not change."""
    draft = making.draft("compared", standing.delivery.period, {person_id: report}, standing.employer_id)
    now = facts_of(register.write_delivery(draft.value))[report.report_id]
    return facts_of(files.content(standing.delivery.file)).get(standing.report_id) != now


def _next_id(rows: Collection[Report], person_id: int) -> str:
    """An id that no report of the payee has had."""
    (old,) = [row.report_id for row in rows if row.person_id == person_id]
    base = old.partition("-v")[0]
    used = Report.objects.filter(report_id__startswith=base, person_id=person_id).values("report_id").distinct().count()
    return f"{base}-v{used + 1}"


def _next_number(run: Run) -> int:
    return Delivery.objects.filter(run=run).count() + 1


def _taken_back(run: Run, rows: Collection[Report], at: datetime) -> Delivery:
    """The delivery that takes reports back; they are theirs no more once it is accepted."""
    name = f"{register.delivery_id_of(run.number)}-i{_next_number(run)}"
    content = write_invalidations(
        [TakenBack(row.report_id, row.register_id) for row in rows],
        delivery_id=name,
        created_at=at,
        owner=register.Identifier.business(organisations.payer(run.organisation_id).business_id),
        is_production=settings.PRODUCTION,
    )
    first = next(iter(rows))
    delivery = Delivery.objects.create(
        organisation_id=run.organisation_id,
        kind=Delivery.Kind.INVALIDATIONS,
        run=run,
        part=first.delivery.part,
        employer_id=first.employer_id,
        delivery_id=name,
        payday=run.payday,
        period=first.delivery.period,
        due_on=day_of(at),  # without delay, and given anew the same day
        report_count=len(rows),
        file=documents.issue(
            content,
            organisation_id=run.organisation_id,
            kind="incomes_register_report",
            file_name=f"tulorekisteri-{run.payday:%Y-%m-%d}-{name}.xml",
            content_type="application/xml",
            at=at,
        ),
        made_at=at,
    )
    Report.objects.bulk_create(
        Report(
            organisation_id=run.organisation_id,
            delivery=delivery,
            person_id=row.person_id,
            employer_id=row.employer_id,
            action=Report.Action.INVALIDATION,
            report_id=row.report_id,
            version=row.version + 1,
            replaces=row,
            totals={},
        )
        for row in rows
    )
    return delivery


def _record(
    action: str, rows: Collection[Report], made: Collection[Delivery], *, by: Viewer, at: datetime, reason: str = ""
) -> None:
    """Tell of it for each person, and send what was made if a connection is set up."""
    for row in rows:
        audit.record(
            action,
            by=by,
            at=at,
            object_kind="report",
            object_id=row.pk,
            subject_person_id=row.person_id,
            reason=reason,
            details={"deliveries": [each.pk for each in made]},
        )
    if settings.PALKKIO_INCOMES_REGISTER is not None:
        for each in made:
            queueing.send(each.pk)
