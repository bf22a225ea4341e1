"""Earnings payment reports (palkkatietoilmoitus) of a run, in deliveries to the incomes register: whole, and once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_noop as _

from palkkio.audit import actions as audit
from palkkio.core.days import DateRange
from palkkio.core.money import ZERO
from palkkio.core.problems import WrongState
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.documents import actions as documents
from palkkio.formats import incomes_register as register
from palkkio.formats import schemas
from palkkio.organisations import queries as organisations
from palkkio.organisations.access import one
from palkkio.payments.actions import FileRefusedError
from palkkio.payroll.queries import payslip_values, payslips_of_run
from palkkio.payroll.queries.handover import payslips_of_payday
from palkkio.reporting import access
from palkkio.reporting.models import Delivery, Report
from palkkio.reporting.queries import deliveries_of_run, due_on
from palkkio.reporting.taking_over import record_made, taken_over

if TYPE_CHECKING:
    from palkkio.core.payslip import Payslip as PayslipValue
    from palkkio.organisations.models import Organisation
    from palkkio.payroll.models import Payslip, Run


@transaction.atomic
def make_deliveries(run_id: int, *, at: datetime) -> list[Delivery]:
    """Earnings payment reports of a run's payees, at most 3 000 in a delivery. Made once.

    One report per earner and payday adds up the payslips of all runs of that payday (PAY-12): where an earlier run of
    the payday was reported, the report replaces it and gives all data again.
    Raises WrongState, FileRefusedError.
    """
    run = taken_over(run_id)
    if made := deliveries_of_run(run_id):
        return made
    mine = list(payslips_of_run(run).filter(is_cancelled=False))
    if not mine:
        return []
    payer = organisations.payer(run.organisation_id)
    slips = list(payslips_of_payday(run.organisation_id, run.payday, {slip.person_id for slip in mine}))
    earlier = _earlier_reports(run, {slip.person_id for slip in mine})
    reports: dict[int, register.Report] = {}
    for person_id, (rows, values) in _by_person(slips).items():
        report = register.report_of_payslips(
            values,
            report_id=earlier[person_id].report_id
            if person_id in earlier
            else register.report_id_of(run.number, person_id),
            earner=_earner(rows[0]),
            terms=dict.fromkeys({row.contract.kind for row in rows}, _terms(payer)),
            service=_service(rows),
        )
        if report is not None:
            reports[person_id] = register.replacement_of(report) if person_id in earlier else report
    if not reports:
        return []
    whole = register.Delivery(
        delivery_id=register.delivery_id_of(run.number),
        created_at=at,
        payday=run.payday,
        period=_whole_period(mine),
        payer=register.Payer(register.Identifier.business(payer.business_id), payer.name_fi),
        contacts=(register.Contact(payer.payroll_contact_name, payer.payroll_phone, payer.payroll_email),),
        reports=tuple(reports.values()),
        is_production=settings.PRODUCTION,
    )
    person_of = {report.report_id: person_id for person_id, report in reports.items()}
    return [
        _store_delivery(run, part, delivery, person_of, earlier, at)
        for part, delivery in enumerate(register.split_delivery(whole), start=1)
    ]


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
    Report.objects.bulk_create(
        [_report_row(row, report, person_of[report.report_id], earlier) for report in delivery.reports], batch_size=1000
    )
    record_made("make_delivery", run, row.pk, at, reports=len(delivery.reports))
    return row


def _report_row(delivery: Delivery, report: register.Report, person_id: int, earlier: Mapping[int, Report]) -> Report:
    before = earlier.get(person_id)
    return Report(
        organisation_id=delivery.organisation_id,
        delivery=delivery,
        person_id=person_id,
        report_id=report.report_id,
        version=1 if before is None else before.version + 1,
        replaces=before,
        totals=_totals(report),
    )


def _totals(report: register.Report) -> dict[str, str]:
    sums: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for each in report.transactions:
        sums[str(each.code)] += each.amount
    return {code: str(amount) for code, amount in sums.items()}


def _by_person(slips: Sequence[Payslip]) -> dict[int, tuple[list[Payslip], list[PayslipValue]]]:
    found: dict[int, tuple[list[Payslip], list[PayslipValue]]] = defaultdict(lambda: ([], []))
    for row, value in zip(slips, payslip_values(slips), strict=True):
        rows, values = found[row.person_id]
        rows.append(row)
        values.append(value)
    return found


def _earlier_reports(run: Run, person_ids: set[int]) -> dict[int, Report]:
    """The newest reports of these payees on this payday from runs before this one."""
    rows = Report.objects.filter(
        organisation_id=run.organisation_id,
        delivery__payday=run.payday,
        delivery__is_cancelled=False,
        person_id__in=person_ids,
    ).exclude(delivery__run=run)
    return {row.person_id: row for row in rows.order_by("version")}


def _earner(slip: Payslip) -> register.Earner:
    person = slip.person
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


def _service(rows: Sequence[Payslip]) -> register.Service | None:
    """Days of the contracts together, which Keva wants of the insured."""
    firsts = [row.contract.valid.start for row in rows]
    lasts = [row.contract.valid.last for row in rows]
    known = [day for day in firsts if day is not None]
    if not known:
        return None
    ended = [day for day in lasts if day is not None]
    return register.Service(min(known), max(ended) if len(ended) == len(lasts) else None)


def _whole_period(slips: Sequence[Payslip]) -> DateRange:
    """Pay period of the delivery: the main months of its payslips; older months stand in each transaction."""
    edges = [slip.period.edges for slip in slips]
    return DateRange(min(start for start, _end in edges), max(end for _start, end in edges))


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
