"""Earnings payment reports (palkkatietoilmoitus) of a run, in deliveries to the incomes register: whole, and once."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_noop as _

from palkkio.audit import actions as audit
from palkkio.core.money import ZERO
from palkkio.core.payslip import Party
from palkkio.core.payslip import Payslip as PayslipValue
from palkkio.core.problems import WrongState
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.documents import actions as documents
from palkkio.formats import incomes_register as register
from palkkio.formats import schemas
from palkkio.organisations import queries as organisations
from palkkio.organisations.access import one
from palkkio.organisations.copying import NULL, copy_rows, escaped
from palkkio.payments.actions import FileRefusedError
from palkkio.payroll.parts import is_open, open_step, work_through
from palkkio.payroll.queries.handover import Earned, earned_on_payday, period_of_run, persons_of_run
from palkkio.people.queries import PersonToReport, people_to_report
from palkkio.reporting import access
from palkkio.reporting.models import Delivery, Report
from palkkio.reporting.queries import deliveries_of_run, due_on
from palkkio.reporting.taking_over import record_made, taken_over

if TYPE_CHECKING:
    from palkkio.organisations.models import Organisation
    from palkkio.payroll.models import Run, RunPart


REPORT = "report"


def make_deliveries(run_id: int, *, at: datetime) -> list[Delivery]:
    """Earnings payment reports of a run's payees, at most 3 000 in a delivery. Each delivery is made once.

    One report per earner and payday adds up the payslips of all runs of that payday (PAY-12): where an earlier run of
    the payday was reported, the report replaces it and gives all data again. A delivery is one part of the work, which
    any number of workers take; returns when all are made.
    Raises WrongState, FileRefusedError.
    """
    with transaction.atomic():
        run = taken_over(run_id)
        if not is_open(run, REPORT):
            if made := deliveries_of_run(run_id):
                return made
            open_step(run, REPORT, _chunks(persons_of_run(run_id)))
    work_through(run_id, REPORT, run.proposal, run.state, at, lambda of, part: _make_delivery(of, part, at))
    return deliveries_of_run(run_id)


def _chunks(person_ids: Sequence[int]) -> Iterator[tuple[Sequence[int], int]]:
    most = register.REPORTS_IN_A_DELIVERY
    return ((person_ids[first : first + most], first) for first in range(0, len(person_ids), most))


def _make_delivery(run: Run, part: RunPart, at: datetime) -> int:
    """The delivery of one part's payees, none where there is nothing to report. Returns how many reports it has."""
    payer, period = organisations.payer(run.organisation_id), period_of_run(run.pk)
    earlier = _earlier_reports(run, part.ids)
    reports: dict[str, register.Report] = {}
    person_of: dict[str, int] = {}
    people = people_to_report(part.ids)
    by_person = groupby(earned_on_payday(run.organisation_id, run.payday, part.ids), key=lambda each: each.person_id)
    slips = {person_id: list(rows) for person_id, rows in by_person}
    for person_id in part.ids:
        report = _report(run, slips.get(person_id, []), people[person_id], earlier.get(person_id), payer)
        if report is not None:
            reports[report.report_id], person_of[report.report_id] = report, person_id
    if not reports or period is None:
        return 0
    delivery = register.Delivery(
        delivery_id=register.delivery_id_of(run.number, part.number),
        created_at=at,
        payday=run.payday,
        period=period,
        payer=register.Payer(register.Identifier.business(payer.business_id), payer.name_fi),
        contacts=(register.Contact(payer.payroll_contact_name, payer.payroll_phone, payer.payroll_email),),
        reports=tuple(reports.values()),
        is_production=settings.PRODUCTION,
    )
    _store_delivery(run, part.number, delivery, person_of, earlier, at)
    return len(reports)


def _report(
    run: Run, slips: Sequence[Earned], person: PersonToReport, earlier: Report | None, payer: Organisation
) -> register.Report | None:
    """One earner's report; None if there is nothing to report."""
    if not slips:
        return None
    report = register.report_of_payslips(
        [_value(run, each, payer) for each in slips],
        report_id=register.report_id_of(run.number, slips[0].person_id) if earlier is None else earlier.report_id,
        earner=_earner(person),
        terms=dict.fromkeys({each.contract_kind for each in slips}, _terms(payer)),
        service=_service(slips),
    )
    return report if report is None or earlier is None else register.replacement_of(report)


def _value(run: Run, slip: Earned, payer: Organisation) -> PayslipValue:
    """As much of a payslip as a report says."""
    return PayslipValue(
        number="",
        payday=run.payday,
        period=slip.period,
        payer=Party(payer.name_fi, payer.business_id),
        payee=Party(""),
        contract_number="",
        contract_kind=slip.contract_kind,
        recipient_name="",
        iban="",
        tax_card="",
        result=slip.result,
    )


def _store_delivery(
    run: Run,
    part: int,
    delivery: register.Delivery,
    person_of: Mapping[str, int],
    earlier: Mapping[int, Report],
    at: datetime,
) -> Delivery:
    try:
        content = register.write_delivery(delivery)
    except ValueError as error:
        raise FileRefusedError(f"Reports of run {run.number}, part {part}: {error}") from error
    found = register.check_delivery(content, today=at.date())
    if not found and (folder := schemas.official_schemas()) is not None:
        found = schemas.validate(content, schemas.wage_report_schema(folder))
    if found:
        raise FileRefusedError(f"Reports of run {run.number}, part {part}: {'; '.join(found[:5])}")
    row = Delivery.objects.create(
        organisation_id=run.organisation_id,
        run=run,
        part=part,
        delivery_id=delivery.delivery_id,
        payday=run.payday,
        period=delivery.period,
        due_on=due_on(run.payday),
        report_count=len(delivery.reports),
        file=documents.issue(
            content,
            organisation_id=run.organisation_id,
            kind="incomes_register_report",
            file_name=f"tulorekisteri-{run.payday:%Y-%m-%d}-{delivery.delivery_id}.xml",
            content_type="application/xml",
            at=at,
        ),
        made_at=at,
    )
    copy_rows(
        Report._meta.db_table,
        ("organisation_id", "delivery_id", "person_id", "report_id", "version", "replaces_id", "totals"),
        (_report_row(row, report, person_of[report.report_id], earlier) for report in delivery.reports),
    )
    record_made("make_delivery", run, row.pk, at, reports=len(delivery.reports))
    return row


def _report_row(
    delivery: Delivery, report: register.Report, person_id: int, earlier: Mapping[int, Report]
) -> tuple[str, ...]:
    before = earlier.get(person_id)
    return (
        str(delivery.organisation_id),
        str(delivery.pk),
        str(person_id),
        escaped(report.report_id),
        "1" if before is None else str(before.version + 1),
        NULL if before is None else str(before.pk),
        escaped(json.dumps(_totals(report))),
    )


def _totals(report: register.Report) -> dict[str, str]:
    sums: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for each in report.transactions:
        sums[str(each.code)] += each.amount
    return {code: str(amount) for code, amount in sums.items()}


def _earlier_reports(run: Run, person_ids: Sequence[int]) -> dict[int, Report]:
    """The newest reports of these payees on this payday from runs before this one."""
    rows = Report.objects.filter(
        organisation_id=run.organisation_id,
        delivery__payday=run.payday,
        delivery__is_cancelled=False,
        person_id__in=person_ids,
    ).exclude(delivery__run=run)
    return {row.person_id: row for row in rows.order_by("version")}


def _earner(person: PersonToReport) -> register.Earner:
    address = None
    if person.street and person.town:
        address = register.Address(person.street, person.postcode, person.town)
    is_company = bool(person.business_id) and not person.identity_code
    return register.Earner(
        last_name=person.family_name,
        first_name=person.given_names,
        identity_code=person.identity_code,
        business_id=person.business_id if is_company else "",
        born_on=person.born,
        address=address if not person.identity_code and not is_company else None,
    )


def _terms(payer: Organisation) -> register.ReportingTerms:
    """What the organisation reports of insurances; what it has not entered is left out, never guessed."""
    pension = register.PensionInsurance(payer.pension_policy_number) if payer.pension_policy_number else None
    accident = None
    if payer.accident_policy_number and payer.accident_insurer_id:
        insurer = register.Identifier.business(payer.accident_insurer_id)
        accident = register.AccidentInsurance(insurer, payer.accident_policy_number)
    return register.ReportingTerms(pension=pension, accident=accident)


def _service(slips: Sequence[Earned]) -> register.Service | None:
    """Days of the contracts together, which Keva wants of the insured."""
    firsts = [each.contract_days.start for each in slips]
    lasts = [each.contract_days.last for each in slips]
    known = [day for day in firsts if day is not None]
    if not known:
        return None
    ended = [day for day in lasts if day is not None]
    return register.Service(min(known), max(ended) if len(ended) == len(lasts) else None)


@transaction.atomic
def mark_delivered(delivery_id: int, *, by: Viewer, at: datetime) -> Delivery:
    """The register has the delivery. Raises NotAllowed, WrongState."""
    by.require(RoleKind.PAYROLL_CLERK)
    delivery = one(access.deliveries(by).select_for_update(of=("self",)), delivery_id)
    if delivery.is_cancelled or delivery.sent_at is not None:
        raise WrongState(_("The delivery is sent already, or cancelled."))
    delivery.sent_at, delivery.sent_by_id = at, by.account_id
    delivery.save(update_fields=["sent_at", "sent_by"])
    audit.record("send_delivery", by=by, at=at, object_kind="delivery", object_id=delivery.pk)
    return delivery
