"""The employer's separate report (työnantajan erillisilmoitus) of each household, by its power of attorney."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.db import transaction

from palkkio.audit import actions as audit
from palkkio.core.days import DateRange
from palkkio.documents import actions as documents
from palkkio.formats.incomes_register import Identifier
from palkkio.formats.incomes_register.separate import SeparateReport, write_separate_report
from palkkio.organisations import queries as organisations
from palkkio.payroll.queries.employers import health_contributions
from palkkio.people.households.queries import authorised_on
from palkkio.people.queries import people_to_report
from palkkio.reporting.contents import contacts_of
from palkkio.reporting.models import Delivery, Report

DUE_DAY = 5  # of the month after (R)


@transaction.atomic
def make_separate_reports(organisation_id: int, month: date, *, at: datetime) -> list[Delivery]:
    """The health insurance contribution that each household owes for a month of paydays, in a delivery for each.

    Only of households whose power of attorney lets the organisation report for them (P3). Made once for each household
    and month; those that stand already are left as they are.
    """
    days = DateRange.month_of(month)
    start, end = days.edges
    sums = health_contributions(organisation_id, days)
    made_before = set(
        Delivery.objects.filter(
            organisation_id=organisation_id, kind=Delivery.Kind.SUMMARY, period=days, is_cancelled=False
        ).values_list("employer_id", flat=True)
    )
    wanted = [each for each in authorised_on(sums, end) if each not in made_before]
    people = people_to_report(wanted)
    payer = organisations.payer(organisation_id)
    made = []
    for employer_id in sorted(wanted):
        if not people[employer_id].identity_code:
            continue  # without an id there is nothing to report by; the pay run has said so
        name = f"sep{start:%Y%m}-e{employer_id}"
        household = people[employer_id]
        report = SeparateReport(
            delivery_id=name,
            report_id=name,
            month=days,
            payer=Identifier.person(household.identity_code),
            payer_name="",
            contacts=contacts_of(payer),
            contribution=sums[employer_id],
            creator=Identifier.business(payer.business_id),
            is_household=True,
        )
        content = write_separate_report(report, created_at=at, is_production=settings.PRODUCTION)
        made.append(_stored(organisation_id, employer_id, name, days, content, sums[employer_id], at))
    return made


def _stored(
    organisation_id: int,
    employer_id: int,
    name: str,
    days: DateRange,
    content: bytes,
    contribution: Decimal,
    at: datetime,
) -> Delivery:
    _start, end = days.edges
    delivery = Delivery.objects.create(
        organisation_id=organisation_id,
        kind=Delivery.Kind.SUMMARY,
        part=1,
        employer_id=employer_id,
        delivery_id=name,
        payday=end - timedelta(days=1),
        period=days,
        due_on=end.replace(day=DUE_DAY),
        report_count=1,
        file=documents.issue(
            content,
            organisation_id=organisation_id,
            kind="incomes_register_report",
            file_name=f"tulorekisteri-{name}.xml",
            content_type="application/xml",
            at=at,
        ),
        made_at=at,
    )
    Report.objects.create(
        organisation_id=organisation_id,
        delivery=delivery,
        employer_id=employer_id,
        report_id=name,
        totals={"102": str(contribution)},
    )
    audit.record(
        "make_separate_report",
        by=None,
        at=at,
        organisation_id=organisation_id,
        object_kind="delivery",
        object_id=delivery.pk,
        subject_person_id=employer_id,
    )
    return delivery
