"""What is taken from the pay of people on a payday beside tax and contributions (PAY-9, BEY-9)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from palkkio.calculation import frozen
from palkkio.calculation.distraint import base, least_left
from palkkio.calculation.facts import Distraint
from palkkio.core.money import ZERO
from palkkio.core.payslip import ContractKind, DeductionCode, LineCode
from palkkio.payroll.models import (
    DistraintOrder,
    DuesAuthorisation,
    Payslip,
    Recovery,
    RecoveryPart,
    RecoveryPlan,
    RecoveryTransfer,
    RecoveryWaiver,
    Run,
)
from palkkio.rates.queries import profile_of
from palkkio.rules import RateNotConfirmed, under


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
    recoveries = _instalments(person_of, payday, run_id)
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
    for person_id, result in _of_other_runs(people, payday, run_id).values_list("person_id", "result"):
        made = frozen.from_json(result)
        could, was = found[person_id]
        found[person_id] = (
            could + base(made.lines, made.deductions),
            was + made.deduction(DeductionCode.DISTRAINT),
        )
    return found


def _of_other_runs(people: Collection[int], payday: date, run_id: int | None) -> QuerySet[Payslip]:
    """Payslips of the payday that stand and that another run has made."""
    slips = Payslip.objects.filter(person_id__in=people, payday=payday, is_cancelled=False)
    return slips if run_id is None else slips.exclude(run_id=run_id)


def _dues_taken(people: Collection[int], payday: date, run_id: int | None) -> set[tuple[int, str]]:
    """Person and code of the dues that another run of the payday has taken."""
    if not people:
        return set()
    slips = _of_other_runs(people, payday, run_id).filter(other_deductions__gt=0)
    return {
        (person_id, each["code"])
        for person_id, deductions in slips.values_list("person_id", "result__deductions")
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
    payslip_ids: tuple[int, ...]
    amount: Decimal
    receiver: str
    iban: str
    reference: str


def remittances(run: Run) -> tuple[Remittance, ...]:
    """Deductions of a run's payslips that belong to others, each with its receiver; for the payment of each payday."""
    codes = (DeductionCode.DISTRAINT, DeductionCode.UNION_DUES, DeductionCode.FUND_FEE)
    slips = Payslip.objects.filter(run=run, is_cancelled=False, other_deductions__gt=0).order_by("number")
    sums: dict[tuple[str, int], Decimal] = defaultdict(lambda: ZERO)
    ids: dict[tuple[str, int], list[int]] = defaultdict(list)
    names: dict[int, str] = {}
    for pk, person_id, name, deductions in slips.values_list("pk", "person_id", "payee_name", "result__deductions"):
        names[person_id] = name
        for each in deductions:
            if each["code"] in codes and Decimal(each["amount"]):
                sums[each["code"], person_id] += Decimal(each["amount"])
                ids[each["code"], person_id].append(pk)
    receivers = _receivers(set(names), run.payday)
    return tuple(
        Remittance(code, person_id, names[person_id], tuple(ids[code, person_id]), amount, *receivers[code, person_id])
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


# --- Recoveries -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Instalment:
    number: str
    amount: Decimal
    leaves: Decimal


@dataclass(frozen=True, slots=True)
class Balance:
    """What a recovery is about and what has come back, EUR; `left` is still to come."""

    amount: Decimal
    set_off: Decimal = ZERO
    transferred: Decimal = ZERO
    waived: Decimal = ZERO

    @property
    def left(self) -> Decimal:
        return self.amount - self.set_off - self.transferred - self.waived


def balances(recoveries: Iterable[Recovery]) -> dict[int, Balance]:
    """Balances by recovery: of its receivables, the payslips that set it off, transfers and approved waivers."""
    rows = list(recoveries)
    ids = [row.pk for row in rows]
    amounts: dict[int, Decimal] = defaultdict(lambda: ZERO)
    parts = RecoveryPart.objects.filter(recovery_id__in=ids, receivable__is_cancelled=False)
    for recovery_id, amount in parts.values_list("recovery_id", "receivable__amount"):
        amounts[recovery_id] += amount
    transfers: dict[int, Decimal] = defaultdict(lambda: ZERO)
    came = RecoveryTransfer.objects.filter(recovery_id__in=ids, taken_back_at__isnull=True)
    for recovery_id, amount, withheld in came.values_list("recovery_id", "amount", "withheld"):
        transfers[recovery_id] += amount + withheld
    waived: dict[int, Decimal] = defaultdict(lambda: ZERO)
    waivers = RecoveryWaiver.objects.filter(recovery_id__in=ids, approved_at__isnull=False, withdrawn_at__isnull=True)
    for recovery_id, amount in waivers.values_list("recovery_id", "amount"):
        waived[recovery_id] += amount
    set_off = _set_off(rows)
    return {
        row.pk: Balance(amounts[row.pk], set_off.get(row.number, ZERO), transfers[row.pk], waived[row.pk])
        for row in rows
    }


def set_offs(recovery: Recovery) -> list[tuple[Payslip, Decimal]]:
    """Payslips that stand and set off a recovery, with the EUR of each, oldest first."""
    standing = Payslip.objects.filter(is_cancelled=False)
    slips = _with_recovery([recovery], standing).defer("facts").order_by("payday", "number")
    found = [(slip, _recovered(slip.result).get(recovery.number, ZERO)) for slip in slips]
    return [(slip, amount) for slip, amount in found if amount]


def _set_off(recoveries: Sequence[Recovery], among: QuerySet[Payslip] | None = None) -> dict[str, Decimal]:
    """EUR by number of the recovery: RECOVERY lines of `among` (None: all that stand) say which one they pay back."""
    found: dict[str, Decimal] = defaultdict(lambda: ZERO)
    slips = Payslip.objects.filter(is_cancelled=False) if among is None else among
    for result in _with_recovery(recoveries, slips).values_list("result", flat=True):
        for number, amount in _recovered(result).items():
            found[number] += amount
    return found


def _with_recovery(recoveries: Sequence[Recovery], among: QuerySet[Payslip]) -> QuerySet[Payslip]:
    contracts = {row.contract_id for row in recoveries}
    return among.filter(contract_id__in=contracts, lines__code=LineCode.RECOVERY.value).distinct()


def _recovered(result: Mapping[str, object]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for line in frozen.from_json(result).lines:
        if line.code == LineCode.RECOVERY:
            found[dict(line.working.inputs).get("recovery", "")] -= line.amount
    return found


def _instalments(contract_ids: Collection[int], payday: date, run_id: int | None) -> dict[int, Instalment]:
    """The instalment of each contract on a payday: of its oldest recovery under way that has something left.

    What another run of the payday has taken of it isn't taken again.
    Nothing is set off without consent on a payday whose protected portion is not confirmed.
    """
    rows = list(
        Recovery.objects.filter(contract_id__in=contract_ids, state=Recovery.State.RECOVERING)
        .select_related("contract")
        .order_by("opened_on", "pk")
    )
    if not rows:
        return {}
    left = balances(rows)
    taken = _set_off(rows, _of_other_runs([row.person_id for row in rows], payday, run_id))
    plans: dict[int, RecoveryPlan] = {}
    for plan in RecoveryPlan.objects.filter(recovery__in=rows, first_payday__lte=payday).order_by("pk"):
        plans[plan.recovery_id] = plan  # the latest one that has begun
    found: dict[int, Instalment] = {}
    closed = Recovery.objects.filter(contract_id__in=contract_ids, state=Recovery.State.CLOSED, number__in=list(taken))
    served = set(closed.values_list("contract_id", flat=True))  # the instalment of the payday was its last
    for row in rows:
        plan_now = plans.get(row.pk)
        of_payday = ZERO if plan_now is None else plan_now.instalment - taken.get(row.number, ZERO)
        amount = min(of_payday, left[row.pk].left)
        if row.number in taken and amount <= 0:
            served.add(row.contract_id)  # the instalment of the payday was of this one
        if plan_now is None or amount <= 0 or row.contract_id in served or row.contract_id in found:
            continue
        try:
            leaves = max(plan_now.leaves, protected_of(row, payday))
        except RateNotConfirmed:
            continue
        found[row.contract_id] = Instalment(row.number, amount, leaves)
    return found


def protected_of(recovery: Recovery, payday: date) -> Decimal:
    """Net EUR that a set-off on a payday leaves in any case: nothing of it is the payee's own who has consented.

    Raises RateNotConfirmed.
    """
    if recovery.consented_on is not None:
        return ZERO
    with under(profile_of(recovery.organisation_id)):
        return least_left(payday, is_half_month=recovery.contract.kind == ContractKind.PERSONAL_ASSISTANCE)
