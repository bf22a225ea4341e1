"""Nightly proof: what must never be between payroll, bank, register and ledger, put on the desk until it is mended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import DatabaseError, transaction
from django.db.models import Exists, OuterRef

from palkkio.audit import actions as audit
from palkkio.core.clock import day_of
from palkkio.core.days import DateRange
from palkkio.core.money import ZERO
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.payments.queries import unanswered
from palkkio.payroll.findings import months_without_pay
from palkkio.payroll.queries.handover import payslips_of_days, produced_runs
from palkkio.reporting.models import NightlyFinding, NightlyProof, Report, Voucher
from palkkio.reporting.queries import DAYS_TO_REPORT

Kind = NightlyFinding.Kind
DAYS_BACK = 400  # paydays that are looked at: this year's and the end of last year's


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that must not be; the fields beside `amount` say which one it is."""

    kind: str
    payday: date
    run_id: int | None = None
    person_id: int | None = None
    contract_id: int | None = None
    batch_id: int | None = None
    amount: Decimal = ZERO

    @property
    def identity(self) -> tuple[object, ...]:
        return self.kind, self.payday, self.run_id, self.person_id, self.contract_id, self.batch_id


def prove(organisation_id: int, *, at: datetime) -> int:
    """Look once more; what is found stays on the desk, what is mended goes. Returns how many stand.

    May be killed and run again. What stops it is said on the row of the proof and raised.
    """
    NightlyProof.objects.update_or_create(
        organisation_id=organisation_id, defaults={"began_at": at, "ended_at": None, "trouble": ""}
    )
    try:
        count = _prove(organisation_id, at)
    except DatabaseError as error:
        NightlyProof.objects.filter(organisation_id=organisation_id).update(trouble=type(error).__name__)
        raise
    NightlyProof.objects.filter(organisation_id=organisation_id).update(ended_at=at)
    return count


def prove_again(*, by: Viewer, at: datetime) -> int:
    """A clerk wants to know now whether what was found is mended. Raises NotAllowed."""
    by.require(RoleKind.PAYROLL_CLERK, RoleKind.ADMINISTRATOR)
    count = prove(by.organisation_id, at=at)
    audit.record("prove_again", by=by, at=at, object_kind="organisation", object_id=by.organisation_id)
    return count


@transaction.atomic
def _prove(organisation_id: int, at: datetime) -> int:
    today = day_of(at)
    found = {each.identity: each for each in _found(organisation_id, today)}
    standing = {
        (row.kind, row.payday, row.run_id, row.person_id, row.contract_id, row.batch_id): row
        for row in NightlyFinding.objects.filter(organisation_id=organisation_id, gone_on__isnull=True)
    }
    gone = [row.pk for identity, row in standing.items() if identity not in found]
    NightlyFinding.objects.filter(pk__in=gone).update(gone_on=today)
    NightlyFinding.objects.bulk_create(
        [
            NightlyFinding(
                organisation_id=organisation_id,
                kind=each.kind,
                payday=each.payday,
                run_id=each.run_id,
                person_id=each.person_id,
                contract_id=each.contract_id,
                batch_id=each.batch_id,
                amount=each.amount,
                found_on=today,
            )
            for identity, each in found.items()
            if identity not in standing
        ],
        batch_size=1000,
        ignore_conflicts=True,
    )
    return len(found)


def _found(organisation_id: int, today: date) -> Iterator[Found]:
    days = DateRange(today - timedelta(days=DAYS_BACK), today)
    yield from _paid_not_reported(organisation_id, days, today)
    yield from _reported_not_paid(organisation_id, days)
    yield from _about_runs(organisation_id, days)
    for batch in unanswered(organisation_id, today):
        yield Found(Kind.NO_BANK_ANSWER, batch.payday, batch.run_id, batch_id=batch.batch_id, amount=batch.total)


def _paid_not_reported(organisation_id: int, days: DateRange, today: date) -> Iterator[Found]:
    """Payslips with taxable pay whose report has not been given, or was refused, when it should have been."""
    reports = Report.objects.filter(
        person=OuterRef("person"),
        delivery__payday=OuterRef("payday"),
        delivery__is_cancelled=False,
        delivery__sent_at__isnull=False,
        state__in=(Report.State.UNANSWERED, Report.State.ACCEPTED),
    ).exclude(action=Report.Action.INVALIDATION)
    late = payslips_of_days(organisation_id, days).filter(
        ~Exists(reports), payday__lt=today - timedelta(days=DAYS_TO_REPORT), taxable__gt=0
    )
    sums: dict[tuple[date, int, int], Decimal] = {}
    for payday, run_id, person_id, taxable in late.values_list("payday", "run_id", "person_id", "taxable"):
        sums[payday, run_id, person_id] = sums.get((payday, run_id, person_id), ZERO) + taxable
    for (payday, run_id, person_id), amount in sums.items():
        yield Found(Kind.PAID_NOT_REPORTED, payday, run_id, person_id, amount=amount)


def _reported_not_paid(organisation_id: int, days: DateRange) -> Iterator[Found]:
    """Reports that stand at the register, of people whom no payslip of that day pays."""
    slips = payslips_of_days(organisation_id, days).filter(
        person=OuterRef("person"), payday=OuterRef("delivery__payday")
    )
    later = Report.objects.filter(report_id=OuterRef("report_id"), version__gt=OuterRef("version"))
    rows = Report.objects.filter(
        ~Exists(slips),
        ~Exists(later.exclude(state=Report.State.REFUSED)),
        organisation_id=organisation_id,
        person__isnull=False,
        delivery__payday__gte=days.start,
        delivery__payday__lt=days.end,
        delivery__is_cancelled=False,
        delivery__sent_at__isnull=False,
        state__in=(Report.State.UNANSWERED, Report.State.ACCEPTED),
    ).exclude(action=Report.Action.INVALIDATION)
    for payday, run_id, person_id in rows.values_list("delivery__payday", "delivery__run_id", "person_id").distinct():
        yield Found(Kind.REPORTED_NOT_PAID, payday, run_id, person_id)


def _about_runs(organisation_id: int, days: DateRange) -> Iterator[Found]:
    """Runs without a voucher, and contracts paid by the month that a run of the schedule has left without pay."""
    runs = list(produced_runs(organisation_id, days))
    booked = set(Voucher.objects.filter(run__in=runs, is_cancelled=False).values_list("run_id", flat=True))
    for run in runs:
        total = sum(payslips_of_days(organisation_id, days).filter(run=run).values_list("gross", flat=True), ZERO)
        if run.pk not in booked and total:
            yield Found(Kind.NO_VOUCHER, run.payday, run.pk, amount=total)
        for each in months_without_pay(run):
            if not each.set_aside:
                yield Found(Kind.MONTH_WITHOUT_PAY, run.payday, run.pk, each.person_id, each.contract_id)
