"""Reads of what was reported and posted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Sum

from palkkio.core.money import ZERO
from palkkio.core.payslip import DeductionCode
from palkkio.payments import queries as payments
from palkkio.payroll.queries.handover import run_sums
from palkkio.reporting.models import Delivery, Report, Voucher, VoucherLine

if TYPE_CHECKING:
    from palkkio.payments.models import Batch
    from palkkio.payroll.models import Run

DAYS_TO_REPORT = 5  # calendar days after the payday (Incomes Register I1)


def due_on(payday: date) -> date:
    """The last day on which the register must have the reports of a payday."""
    return payday + timedelta(days=DAYS_TO_REPORT)


def deliveries_of_run(run_id: int) -> list[Delivery]:
    """Deliveries of a run that stand, in their order."""
    rows = Delivery.objects.filter(run=run_id, is_cancelled=False).select_related("file")
    return list(rows.order_by("part", "pk"))


def voucher_of_run(run_id: int) -> Voucher | None:
    return Voucher.objects.filter(run=run_id, is_cancelled=False).select_related("file").first()


def voucher_lines(voucher: Voucher) -> list[VoucherLine]:
    return list(voucher.lines.order_by("position"))


@dataclass(frozen=True, slots=True)
class RunFiles:
    """What leaves the house of one run; None or empty: not made, or nothing to make."""

    batch: Batch | None
    deliveries: tuple[Delivery, ...]
    voucher: Voucher | None


def files_of(run: Run) -> RunFiles:
    """Payment file, deliveries and voucher of a run, each with its document, cancelled ones left out."""
    return RunFiles(payments.batch_of_run(run.pk), tuple(deliveries_of_run(run.pk)), voucher_of_run(run.pk))


@dataclass(frozen=True, slots=True)
class Compared:
    """One sum of a run as each stage has it, EUR; None: the stage does not have it, or not yet."""

    name: str  # message id
    payslips: Decimal
    payments: Decimal | None = None
    reports: Decimal | None = None
    voucher: Decimal | None = None

    @property
    def agrees(self) -> bool:
        others = (self.payments, self.reports, self.voucher)
        return all(each is None or each == self.payslips for each in others)


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Whether payslips, payments, reports and voucher of a run agree to the cent."""

    rows: tuple[Compared, ...]
    is_complete: bool  # all that is to be made of the run is made

    @property
    def agrees(self) -> bool:
        return all(row.agrees for row in self.rows)


def reconciliation(run: Run) -> Reconciliation:
    """The sums of a run side by side. Reports that replace earlier ones of the payday are compared without them."""
    run_id = run.pk
    slips = run_sums(run_id)
    deliveries, voucher = deliveries_of_run(run_id), voucher_of_run(run_id)
    reported = _reported(run_id) if deliveries else None
    posted = _posted(voucher) if voucher else None
    batch = payments.batch_of_run(run_id)
    rows = (
        Compared("Gross", slips.gross, voucher=None if posted is None else posted["GROSS"]),
        Compared(
            "Withholding",
            slips.withholding,
            reports=None if reported is None else reported.get("402", ZERO),
            voucher=None if posted is None else posted["WITHHOLDING"],
        ),
        Compared(
            "Pension contributions",
            slips.pension,
            reports=None if reported is None else reported.get("413", ZERO),
            voucher=None if posted is None else posted["PENSION"],
        ),
        Compared(
            "To accounts",
            slips.net,
            payments=payments.total_of_run(run_id) if batch else None,
            voucher=None if posted is None else posted["NET"],
        ),
    )
    is_complete = bool(voucher) and (bool(batch) or slips.net == 0) and (bool(deliveries) or slips.gross == 0)
    return Reconciliation(rows, is_complete)


def _reported(run_id: int) -> dict[str, Decimal] | None:
    """Sums by income type of the run's reports; None when one of them adds up other runs, too."""
    sums: dict[str, Decimal] = {}
    rows = Report.objects.filter(delivery__run=run_id, delivery__is_cancelled=False)
    if rows.filter(version__gt=1).exists():
        return None
    for totals in rows.values_list("totals", flat=True):
        for code, amount in totals.items():
            sums[code] = sums.get(code, ZERO) + Decimal(amount)
    return sums


def _posted(voucher: Voucher) -> dict[str, Decimal]:
    sums = {"GROSS": ZERO, "WITHHOLDING": ZERO, "PENSION": ZERO, "NET": ZERO}
    rows = voucher.lines.values("code").annotate(debit=Sum("debit"), credit=Sum("credit"))
    for row in rows:
        owed = row["credit"] - row["debit"]
        if row["code"] in sums:
            sums[row["code"]] += owed
        elif row["code"] not in set(DeductionCode):
            sums["GROSS"] -= owed
    return sums
