"""A year by payday: what each payee was paid, and the sums that the register must have."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Sum

from palkkio.calculation.insurance import ACCIDENT_INSURED, daily_earnings
from palkkio.core.money import ZERO
from palkkio.payroll.models import Payslip, PayslipLine, Run


@dataclass(frozen=True, slots=True)
class PayeeYear:
    """One payee's year, EUR, by payday. `carer_fees`: yearly earnings of a carer's accident insurance (T13)."""

    person_id: int
    name: str
    payslips: int
    gross: Decimal
    taxable: Decimal
    withholding: Decimal
    pension: Decimal
    other_deductions: Decimal
    net: Decimal
    carer_fees: Decimal

    @property
    def carer_daily(self) -> Decimal:
        """Earnings of a day of the accident insurance."""
        return daily_earnings(self.carer_fees)


SUMS = ("gross", "taxable", "withholding", "pension", "other_deductions", "net")


def payee_years(organisation_id: int, year: int) -> list[PayeeYear]:
    """Payees of a year in the order of their names, from payslips that stand; two queries."""
    standing = Payslip.objects.filter(
        organisation_id=organisation_id, payday__year=year, is_cancelled=False, run__state=Run.State.PRODUCED
    )
    fees = dict(
        PayslipLine.objects.filter(
            payslip__in=standing, payslip__contract__kind__in=ACCIDENT_INSURED, is_pensionable=True
        )
        .values_list("payslip__person_id")
        .annotate(Sum("amount"))
    )
    rows = (
        standing.values("person_id", "person__family_name", "person__given_names", "person__sort_key")
        .annotate(payslips=Count("pk"), **{f"sum_{name}": Sum(name, default=ZERO) for name in SUMS})
        .order_by("person__sort_key", "person_id")
    )
    return [
        PayeeYear(
            row["person_id"],
            f"{row['person__family_name']} {row['person__given_names']}",
            row["payslips"],
            carer_fees=fees.get(row["person_id"], ZERO),
            **{name: row[f"sum_{name}"] for name in SUMS},  # type: ignore[literal-required]
        )
        for row in rows
    ]
