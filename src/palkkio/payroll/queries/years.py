"""A year by payday: what each payee was paid, and the sums that the register must have."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Sum

from palkkio.core.money import ZERO
from palkkio.payroll.models import Payslip, Run


@dataclass(frozen=True, slots=True)
class PayeeYear:
    """One payee's year, EUR, by payday."""

    person_id: int
    name: str
    payslips: int
    gross: Decimal
    taxable: Decimal
    withholding: Decimal
    pension: Decimal
    other_deductions: Decimal
    net: Decimal


SUMS = ("gross", "taxable", "withholding", "pension", "other_deductions", "net")


def payee_years(organisation_id: int, year: int) -> list[PayeeYear]:
    """Payees of a year in the order of their names, from payslips that stand; one query."""
    rows = (
        Payslip.objects.filter(
            organisation_id=organisation_id, payday__year=year, is_cancelled=False, run__state=Run.State.PRODUCED
        )
        .values("person_id", "person__family_name", "person__given_names", "person__sort_key")
        .annotate(payslips=Count("pk"), **{f"sum_{name}": Sum(name, default=ZERO) for name in SUMS})
        .order_by("person__sort_key", "person_id")
    )
    return [
        PayeeYear(
            row["person_id"],
            f"{row['person__family_name']} {row['person__given_names']}",
            row["payslips"],
            *(row[f"sum_{name}"] for name in SUMS),  # type: ignore[literal-required]
        )
        for row in rows
    ]
