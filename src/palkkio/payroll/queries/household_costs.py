"""What a household employer's assistants have cost: gross by line and the employer's contributions (EMP-12).

Nothing here tells of an assistant's tax, deductions, net pay, account or identity code: those columns are not read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet, Sum

from palkkio.core.capabilities import Capability
from palkkio.core.days import DateRange
from palkkio.core.money import ZERO
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.payroll.models import Payslip, PayslipLine


@dataclass(frozen=True, slots=True)
class GrossLine:
    """What one kind of pay came to in a half month, EUR."""

    code: str
    period: DateRange
    amount: Decimal


@dataclass(frozen=True, slots=True)
class PaidWork:
    """One assistant on one payday; `contributions` by code are the employer's own, EUR."""

    assistant_id: int
    assistant_name: str
    payday: date
    gross: Decimal
    lines: Sequence[GrossLine]
    contributions: Mapping[str, Decimal]

    @property
    def cost(self) -> Decimal:
        return self.gross + sum(self.contributions.values(), ZERO)


def paid_work(viewer: Viewer, year: int) -> list[PaidWork]:
    """Of the employer that the viewer is, or acts for: paydays of a year, the newest first; two queries."""
    slips = _payslips(viewer).filter(payday__gte=date(year, 1, 1), payday__lt=date(year + 1, 1, 1))
    columns = ("pk", "person_id", "payee_name", "payday", "gross", "result__employer")
    rows = list(slips.order_by("-payday", "payee_name", "pk").values_list(*columns))
    lines: dict[int, list[GrossLine]] = defaultdict(list)
    sums = PayslipLine.objects.filter(payslip__in=[pk for pk, *_rest in rows]).values("payslip_id", "code", "period")
    sums = sums.annotate(sum=Sum("amount")).order_by("payslip_id", "period", "code")
    for each in sums:
        lines[each["payslip_id"]].append(GrossLine(each["code"], each["period"], each["sum"]))
    return [
        PaidWork(
            person_id,
            name,
            payday,
            gross,
            lines[pk],
            {part["code"]: Decimal(part["amount"]) for part in contributions or ()},
        )
        for pk, person_id, name, payday, gross, contributions in rows
    ]


def years_paid(viewer: Viewer) -> list[int]:
    """Years with paydays, the newest first."""
    return [day.year for day in _payslips(viewer).dates("payday", "year", order="DESC")]


def _payslips(viewer: Viewer) -> QuerySet[Payslip]:
    rows = Payslip.objects.filter(organisation_id=viewer.organisation_id, is_cancelled=False)
    if viewer.role is not RoleKind.EMPLOYER:
        return rows.none()
    own = viewer.person_ids_to(Capability.SEE)
    return rows.filter(contract__employer__in=own, run__produced_at__isnull=False)
