"""What is taken from the pay of people on a payday beside tax and contributions (PAY-9)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from palkkio.calculation import frozen
from palkkio.calculation.distraint import base
from palkkio.calculation.facts import Distraint
from palkkio.core.money import ZERO
from palkkio.core.payslip import DeductionCode
from palkkio.payroll.balances import instalments, of_other_runs
from palkkio.payroll.models import DistraintOrder, DuesAuthorisation, Payslip, Run


@dataclass(frozen=True, slots=True)
class Claims:
    """What is claimed from one contract's pay on a payday, as `PayFacts` takes it.

    union_dues, fund_fee        per cent of the taxable pay
    union_amount, fund_amount   EUR of the payday: on one of a payee's contracts alone, the first by number
    recovery                    EUR at the most, by the plan of the matter `recovery_number`; `recovery_leaves` net EUR
    distraint                   the payee's order; what the other payslips of the payday bring is put in by
                                `calculation.distraint.over_payday`
    """

    union_dues: Decimal = ZERO
    fund_fee: Decimal = ZERO
    union_amount: Decimal = ZERO
    fund_amount: Decimal = ZERO
    recovery: Decimal = ZERO
    recovery_leaves: Decimal = ZERO
    recovery_number: str = ""
    distraint: Distraint | None = None


NONE = Claims()


def of_persons(person_of: Mapping[int, int], payday: date, run_id: int | None = None) -> dict[int, Claims]:
    """Claims by contract; contracts without any are left out. A few queries for any number of people.

    person_of  payee of each contract, contracts in the order of their numbers
    run_id     the run that is computed: its own payslips, should there be any, are not made before it
    """
    people = set(person_of.values())
    orders = _orders(people, payday, run_id)
    dues = _dues(people, payday)
    recoveries = instalments(person_of, payday, run_id)
    if not (orders or dues or recoveries):
        return {}
    in_euros = {person_id for (person_id, _kind), each in dues.items() if each.amount is not None}
    taken = _dues_taken(in_euros, payday, run_id)
    found: dict[int, Claims] = {}
    charged: set[int] = set()
    for contract_id, person_id in person_of.items():
        union = dues.get((person_id, DuesAuthorisation.Kind.UNION))
        fund = dues.get((person_id, DuesAuthorisation.Kind.FUND))
        is_first = person_id not in charged
        charged.add(person_id)
        recovery = recoveries.get(contract_id)
        claims = Claims(
            union_dues=_percent(union),
            fund_fee=_percent(fund),
            union_amount=_amount(union) if is_first and (person_id, DeductionCode.UNION_DUES) not in taken else ZERO,
            fund_amount=_amount(fund) if is_first and (person_id, DeductionCode.FUND_FEE) not in taken else ZERO,
            recovery=ZERO if recovery is None else recovery.amount,
            recovery_leaves=ZERO if recovery is None else recovery.leaves,
            recovery_number="" if recovery is None else recovery.number,
            distraint=orders.get(person_id),
        )
        if claims != NONE:
            found[contract_id] = claims
    return found


def _percent(of: DuesAuthorisation | None) -> Decimal:
    return ZERO if of is None or of.percent is None else of.percent


def _amount(of: DuesAuthorisation | None) -> Decimal:
    return ZERO if of is None or of.amount is None else of.amount


# --- Distraint and dues -----------------------------------------------------------------------------------------------


def _orders(people: Collection[int], payday: date, run_id: int | None) -> dict[int, Distraint]:
    rows = list(DistraintOrder.objects.filter(person_id__in=people, valid__contains=payday))
    if not rows:
        return {}
    made = _made_already([row.person_id for row in rows], payday, run_id)
    return {
        row.person_id: Distraint(
            dependants=row.dependants,
            is_half_month=row.is_half_month,
            is_periodic=row.is_periodic,
            amount=row.amount,
            made=made[row.person_id][0],
            taken=made[row.person_id][1],
        )
        for row in rows
    }


def _made_already(people: Collection[int], payday: date, run_id: int | None) -> dict[int, tuple[Decimal, Decimal]]:
    """What could be distrained, and was, from payslips of the payday that other runs have made, by person."""
    found: dict[int, tuple[Decimal, Decimal]] = defaultdict(lambda: (ZERO, ZERO))
    for person_id, result in of_other_runs(people, payday, run_id).values_list("person_id", "proposal__result"):
        made = frozen.from_json(result)
        could, was = found[person_id]
        found[person_id] = (
            could + base(made.lines, made.deductions),
            was + made.deduction(DeductionCode.DISTRAINT),
        )
    return found


def _dues_taken(people: Collection[int], payday: date, run_id: int | None) -> set[tuple[int, str]]:
    """Person and code of the dues that another run of the payday has taken."""
    if not people:
        return set()
    slips = of_other_runs(people, payday, run_id).filter(other_deductions__gt=0)
    return {
        (person_id, each["code"])
        for person_id, deductions in slips.values_list("person_id", "proposal__result__deductions")
        for each in deductions
        if Decimal(each["amount"])
    }


def _dues(people: Collection[int], payday: date) -> dict[tuple[int, str], DuesAuthorisation]:
    rows = DuesAuthorisation.objects.filter(person_id__in=people, valid__contains=payday)
    return {(row.person_id, row.kind): row for row in rows}


@dataclass(frozen=True, slots=True)
class Remittance:
    """What a run has taken for one receiver from one payee: the payment stage pays it on (EUR)."""

    code: str  # DISTRAINT, UNION_DUES, FUND_FEE
    person_id: int
    payee: str
    amount: Decimal
    receiver: str
    iban: str
    reference: str


def remittances(run: Run) -> tuple[Remittance, ...]:
    """Deductions of a run's payslips that belong to others, each with its receiver; for the payment of each payday."""
    codes = (DeductionCode.DISTRAINT, DeductionCode.UNION_DUES, DeductionCode.FUND_FEE)
    has_one = Q()  # of wages, others are deducted, too: the unemployment insurance contribution
    for code in codes:
        has_one |= Q(proposal__result__deductions__contains=[{"code": code.value}])
    slips = Payslip.objects.filter(has_one, run=run, is_cancelled=False, other_deductions__gt=0).order_by("number")
    sums: dict[tuple[str, int], Decimal] = defaultdict(lambda: ZERO)
    names: dict[int, str] = {}
    for person_id, name, deductions in slips.values_list("person_id", "payee_name", "proposal__result__deductions"):
        names[person_id] = name
        for each in deductions:
            if each["code"] in codes and Decimal(each["amount"]):
                sums[each["code"], person_id] += Decimal(each["amount"])
    receivers = _receivers(set(names), run.payday)
    return tuple(
        Remittance(code, person_id, names[person_id], amount, *receivers[code, person_id])
        for (code, person_id), amount in sums.items()
    )


def _receivers(people: Collection[int], payday: date) -> dict[tuple[str, int], tuple[str, str, str]]:
    """Who was to have the money on the payday: the last one begun by then, also where that has been ended since."""
    found: dict[tuple[str, int], tuple[str, str, str]] = {}
    for order in DistraintOrder.objects.filter(person_id__in=people, valid__startswith__lte=payday).order_by("valid"):
        found[DeductionCode.DISTRAINT, order.person_id] = (order.office, order.iban, order.payment_reference)
    codes = {"union": DeductionCode.UNION_DUES, "fund": DeductionCode.FUND_FEE}
    for each in DuesAuthorisation.objects.filter(person_id__in=people, valid__startswith__lte=payday).order_by("valid"):
        found[codes[each.kind], each.person_id] = (each.receiver, each.iban, each.reference)
    return found
