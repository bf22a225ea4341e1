"""What earlier paydays have paid employees for a calendar month: the monthly limit of the pension insurance asks it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from palkkio.calculation.employment import PaidInMonth
from palkkio.core.days import DateRange
from palkkio.payroll.models import PayslipLine


@dataclass(frozen=True, slots=True)
class PaidForPeriod:
    """Insurable EUR that payslips of one contract hold for one pay period."""

    period: DateRange
    amount: Decimal


# By contract.
PaidForPeriods = Mapping[int, Sequence[PaidForPeriod]]


def paid_for_periods(contract_ids: Collection[int], periods: Iterable[DateRange]) -> PaidForPeriods:
    """Insurable pay of some contracts for all periods that lie in the calendar months of `periods`, in one query."""
    months = [DateRange.month_of(period.edges[0]) for period in periods]
    found: dict[int, list[PaidForPeriod]] = defaultdict(list)
    if not contract_ids or not months:
        return found
    whole = DateRange(min(month.edges[0] for month in months), max(month.edges[1] for month in months))
    rows = (
        PayslipLine.objects.filter(
            payslip__contract_id__in=contract_ids,
            payslip__is_cancelled=False,
            is_pensionable=True,
            period__contained_by=whole,
        )
        .values_list("payslip__contract_id", "period")
        .annotate(sum=Sum("amount"))
        .order_by("payslip__contract_id", "period")
    )
    for contract_id, period, amount in rows:
        found[contract_id].append(PaidForPeriod(period, amount))
    return found


def paid_in_month(
    paid: Sequence[PaidForPeriod], periods: Collection[DateRange], one_offs: Iterable[DateRange] = ()
) -> tuple[PaidInMonth, ...]:
    """What earlier paydays paid for the months of `periods`, besides the periods themselves.

    periods   what is paid now; their own earlier lines are `PayFacts.paid_before`
    one_offs  periods of one-off lines that are paid now
    """
    months = {DateRange.month_of(period.edges[0]) for period in (*periods, *one_offs)}
    sums: dict[DateRange, Decimal] = {}
    for each in paid:
        month = DateRange.month_of(each.period.edges[0])
        if each.period not in periods and month in months:
            sums[month] = sums.get(month, Decimal(0)) + each.amount
    return tuple(PaidInMonth(month.edges[0], amount) for month, amount in sums.items())
