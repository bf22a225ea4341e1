"""Reads of what was reported and posted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q, QuerySet, Sum

from palkkio.core.money import ZERO
from palkkio.core.payslip import DeductionCode
from palkkio.payments import queries as payments
from palkkio.payroll.claims import remittances
from palkkio.payroll.queries.handover import run_sums
from palkkio.reporting.models import Delivery, Report, Voucher

if TYPE_CHECKING:
    from palkkio.payments.models import Batch
    from palkkio.payroll.models import Run

PAID_ON = frozenset({DeductionCode.DISTRAINT, DeductionCode.UNION_DUES, DeductionCode.FUND_FEE})
DAYS_TO_REPORT = 5  # calendar days after the payday (Incomes Register I1)


def due_on(payday: date) -> date:
    """The last day on which the register must have the reports of a payday."""
    return payday + timedelta(days=DAYS_TO_REPORT)


def deliveries_of_run(run_id: int, *, of_households: bool = True) -> QuerySet[Delivery]:
    """Deliveries of a run that stand, in their order; without those of households where they are not wanted.

    A run may have tens of thousands: who wants to know something of them all asks the database.
    """
    rows = Delivery.objects.filter(run=run_id, is_cancelled=False).select_related("file")
    if not of_households:
        rows = rows.filter(employer__isnull=True)
    return rows.order_by("part", "pk")


def missed(rows: QuerySet[Delivery], today: date) -> QuerySet[Delivery]:
    """Those of `rows` whose last day is over and that the register has not answered for, whole."""
    return rows.filter(is_cancelled=False, answered_at=None, due_on__lt=today)


def open_refusals(organisation_id: int) -> QuerySet[Report]:
    """Refused reports that nothing has followed yet: what waits for a clerk, the most urgent first."""
    followed = Report.objects.exclude(replaces=None).exclude(delivery__is_cancelled=True).values("replaces_id")
    rows = Report.objects.filter(organisation_id=organisation_id, state=Report.State.REFUSED)
    rows = rows.exclude(pk__in=followed).exclude(delivery__is_cancelled=True)
    return rows.select_related("delivery", "person", "employer").order_by(F("delivery__due_on"), "pk")


def voucher_of_run(run_id: int) -> Voucher | None:
    return Voucher.objects.filter(run=run_id, is_cancelled=False).select_related("file").first()


@dataclass(frozen=True, slots=True)
class Households:
    """Deliveries of a run that report for household employers, counted."""

    deliveries: int
    reports: int
    unanswered: int
    due_on: date


@dataclass(frozen=True, slots=True)
class RunFiles:
    """What leaves the house of one run; None or empty: not made, or nothing to make."""

    batch: Batch | None
    deliveries: tuple[Delivery, ...]  # of what the organisation pays as itself
    voucher: Voucher | None
    households: Households | None = None  # each household has a delivery of its own


def files_of(run: Run) -> RunFiles:
    """Payment file, deliveries and voucher of a run, each with its document, cancelled ones left out."""
    own = tuple(deliveries_of_run(run.pk, of_households=False))
    return RunFiles(payments.batch_of_run(run.pk), own, voucher_of_run(run.pk), _households(run))


def _households(run: Run) -> Households | None:
    rows = Delivery.objects.filter(run=run, is_cancelled=False, employer__isnull=False)
    found = rows.aggregate(
        deliveries=Count("pk"), reports=Sum("report_count"), unanswered=Count("pk", filter=Q(answered_at=None))
    )
    return Households(**found, due_on=due_on(run.payday)) if found["deliveries"] else None


@dataclass(frozen=True, slots=True)
class Compared:
    """One sum of a run as each stage has it, EUR; None: the stage does not have it, or not yet."""

    name: str  # message id
    payslips: Decimal
    payments: Decimal | None = None
    bank: Decimal | None = None  # booked for good; None before the day is over, or where answers are not read
    reports: Decimal | None = None
    register: Decimal | None = None  # accepted by the register
    voucher: Decimal | None = None

    @property
    def agrees(self) -> bool:
        return self.is_made_right and self._equals(self.bank, self.register)

    @property
    def is_made_right(self) -> bool:
        """True if all that we make of it is the same, whatever bank and register have taken of it so far."""
        return self._equals(self.payments, self.reports, self.voucher)

    def _equals(self, *others: Decimal | None) -> bool:
        return all(each is None or each == self.payslips for each in others)


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Whether payslips, payments, reports and voucher of a run agree to the cent."""

    rows: tuple[Compared, ...]
    is_complete: bool  # all that is to be made of the run is made

    @property
    def agrees(self) -> bool:
        return all(row.agrees for row in self.rows)

    @property
    def is_made_right(self) -> bool:
        return all(row.is_made_right for row in self.rows)


def reconciliation(run: Run) -> Reconciliation:
    """The sums of a run side by side, to the cent, as payslips, bank, register and ledger have them.

    Reports are compared in their latest version, but where they add up payslips of other runs, too (PAY-12).
    """
    run_id = run.pk
    slips = run_sums(run_id)
    deliveries, voucher = deliveries_of_run(run_id), voucher_of_run(run_id)
    is_reported = deliveries.exists()
    reported = _reported(run_id) if is_reported else None
    accepted = _reported(run_id, is_accepted=True) if deliveries.filter(answered_at__isnull=False).exists() else None
    posted = _posted(voucher) if voucher else {}
    batch = payments.batch_of_run(run_id)
    paid = payments.paid_sums(run_id) if batch else {}
    others = sum((each.amount for each in remittances(run)), ZERO)

    def row(
        name: str, amount: Decimal, *, code: str = "", posting: str = "", is_salary: bool | None = None
    ) -> Compared:
        sums = None if is_salary is None else paid.get(is_salary)
        return Compared(
            name,
            amount,
            payments=sums.in_file if sums else None,
            bank=sums.booked if sums else None,
            reports=reported.get(code, ZERO) if reported is not None and code else None,
            register=accepted.get(code, ZERO) if accepted is not None and code else None,
            voucher=posted.get(posting),
        )

    rows = [
        row("Gross", slips.gross, posting="GROSS"),
        row("Withholding", slips.withholding, code="402", posting="WITHHOLDING"),
        row("Pension contributions", slips.pension, code="413", posting="PENSION"),
        row("To accounts", slips.net, posting="NET", is_salary=True),
    ]
    if others:
        rows.append(row("To others", others, posting="OTHERS", is_salary=False))
    is_complete = bool(voucher) and (bool(batch) or slips.net == 0) and (is_reported or slips.gross == 0)
    return Reconciliation(tuple(rows), is_complete)


def _reported(run_id: int, *, is_accepted: bool = False) -> dict[str, Decimal] | None:
    """Sums by income type of the run's reports in their latest version, or their latest one that the register has
    accepted; None when one of them adds up other runs, too.
    """
    ids = Report.objects.filter(delivery__run=run_id, delivery__is_cancelled=False).values("report_id")
    rows = Report.objects.filter(report_id__in=ids, delivery__is_cancelled=False, person__isnull=False)
    rows = rows.filter(organisation__in=Delivery.objects.filter(run=run_id).values("organisation"))
    if rows.filter(delivery__run__isnull=False).exclude(delivery__run=run_id).exists():
        return None
    if is_accepted:
        rows = rows.filter(state=Report.State.ACCEPTED)
    latest: dict[str, tuple[str, dict[str, str]]] = {}
    for report_id, action, totals in rows.order_by("version").values_list("report_id", "action", "totals"):
        latest[report_id] = (action, totals)
    sums: dict[str, Decimal] = {}
    for action, totals in latest.values():
        if action != Report.Action.INVALIDATION:
            for code, amount in totals.items():
                sums[code] = sums.get(code, ZERO) + Decimal(amount)
    return sums


def _posted(voucher: Voucher) -> dict[str, Decimal]:
    sums = {"GROSS": ZERO, "WITHHOLDING": ZERO, "PENSION": ZERO, "NET": ZERO, "OTHERS": ZERO}
    rows = voucher.lines.values("code").annotate(debit=Sum("debit"), credit=Sum("credit"))
    for row in rows:
        owed = row["credit"] - row["debit"]
        if row["code"] in sums:
            sums[row["code"]] += owed
        elif row["code"] in PAID_ON:
            sums["OTHERS"] += owed
        elif row["code"] not in set(DeductionCode):
            sums["GROSS"] -= owed
    return sums
