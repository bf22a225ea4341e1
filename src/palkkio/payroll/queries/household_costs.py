"""What a household employer's assistants have cost: gross by line, own contributions, cost to each decision (EMP-12).

Nothing here tells of an assistant's tax, deductions, net pay, account or identity code: those columns are not read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F, Func, JSONField, QuerySet, Sum, Value

from palkkio.core.capabilities import Capability
from palkkio.core.days import DateRange
from palkkio.core.money import ZERO, to_cents
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.payroll.models import Payslip, PayslipLine

# The inputs of base pay; among them, as "1.1 8.00", its hours by the decision that they were booked under.
BASE_PAY_INPUTS = '$.lines[*] ? (@.code == "BASE_PAY").working.inputs'


@dataclass(frozen=True, slots=True)
class GrossLine:
    """What one kind of pay came to in a half month, EUR."""

    code: str
    period: DateRange
    amount: Decimal


@dataclass(frozen=True, slots=True)
class PaidWork:
    """One assistant on one payday.

    contributions  the employer's own by code, EUR
    hours          worked by the identifier of their decision; none where only leave or illness was paid
    """

    assistant_id: int
    assistant_name: str
    payday: date
    gross: Decimal
    lines: Sequence[GrossLine]
    contributions: Mapping[str, Decimal]
    hours: Mapping[str, Decimal]

    @property
    def cost(self) -> Decimal:
        return self.gross + sum(self.contributions.values(), ZERO)


@dataclass(frozen=True, slots=True)
class DecisionCost:
    """Hours under a decision and what they cost, EUR; without an identifier: what no hours were booked for."""

    identifier: str
    hours: Decimal
    cost: Decimal


def cost_by_decision(paid: Iterable[PaidWork]) -> list[DecisionCost]:
    """The cost of each payday shared by the hours under each decision; the shares add up to the cost to the cent."""
    hours: dict[str, Decimal] = defaultdict(lambda: ZERO)
    costs: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for each in paid:
        of_all, left = sum(each.hours.values(), ZERO), each.cost
        for identifier, worked in each.hours.items():
            share = to_cents(left * worked / of_all)  # of what is left, so that the last one takes the rest
            hours[identifier] += worked
            costs[identifier] += share
            left, of_all = left - share, of_all - worked
        if not each.hours:
            costs[""] += left
    return [DecisionCost(each, hours[each], costs[each]) for each in sorted(costs, key=lambda name: (not name, name))]


def paid_work(viewer: Viewer, year: int) -> list[PaidWork]:
    """Of the employer that the viewer is, or acts for: paydays of a year, the newest first; two queries."""
    slips = _payslips(viewer).filter(payday__gte=date(year, 1, 1), payday__lt=date(year + 1, 1, 1))
    inputs = Func(
        F("proposal__result"), Value(BASE_PAY_INPUTS), function="jsonb_path_query_array", output_field=JSONField()
    )
    slips = slips.annotate(inputs=inputs)
    columns = ("pk", "person_id", "payee_name", "payday", "gross", "proposal__result__employer", "inputs")
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
            _hours(inputs),
        )
        for pk, person_id, name, payday, gross, contributions, inputs in rows
    ]


def _hours(inputs: Iterable[Iterable[tuple[str, str]]]) -> dict[str, Decimal]:
    """By decision; what a correction took back is not there any more."""
    found: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for of_line in inputs:
        for name, value in of_line:
            if name == "decision":
                identifier, hours = value.rsplit(" ", 1)
                found[identifier] += Decimal(hours)
    return {identifier: hours for identifier, hours in found.items() if hours > 0}


def years_paid(viewer: Viewer) -> list[int]:
    """Years with paydays, the newest first."""
    return [day.year for day in _payslips(viewer).dates("payday", "year", order="DESC")]


def _payslips(viewer: Viewer) -> QuerySet[Payslip]:
    rows = Payslip.objects.filter(organisation_id=viewer.organisation_id, is_cancelled=False)
    if viewer.role is not RoleKind.EMPLOYER:
        return rows.none()
    own = viewer.person_ids_to(Capability.SEE)
    return rows.filter(contract__employer__in=own, run__produced_at__isnull=False)
