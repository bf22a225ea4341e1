"""Recoveries on a payday: what is still owed back, what payslips have set off, and the next instalment (BEY-9)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from palkkio.calculation import frozen
from palkkio.calculation.distraint import least_left
from palkkio.core.money import ZERO
from palkkio.core.payslip import ContractKind, LineCode
from palkkio.payroll.models import (
    Payslip,
    PayslipLine,
    Recovery,
    RecoveryPart,
    RecoveryPlan,
    RecoveryTransfer,
    RecoveryWaiver,
)
from palkkio.rates.queries import profile_of
from palkkio.rules import RateNotConfirmed, under


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
    slips = _with_recovery([recovery]).select_related("proposal").defer("proposal__facts").order_by("payday", "number")
    found = [(slip, _recovered(slip.result).get(recovery.number, ZERO)) for slip in slips]
    return [(slip, amount) for slip, amount in found if amount]


def _set_off(recoveries: Sequence[Recovery], among: QuerySet[Payslip] | None = None) -> dict[str, Decimal]:
    """EUR by number of the recovery: RECOVERY lines of `among` (None: all that stand) say which one they pay back."""
    found: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for result in _with_recovery(recoveries, among).values_list("proposal__result", flat=True):
        for number, amount in _recovered(result).items():
            found[number] += amount
    return found


def _with_recovery(recoveries: Sequence[Recovery], among: QuerySet[Payslip] | None = None) -> QuerySet[Payslip]:
    contracts = {row.contract_id for row in recoveries}
    slips = Payslip.objects.filter(is_cancelled=False) if among is None else among
    lines = PayslipLine.objects.filter(payslip__contract_id__in=contracts, code=LineCode.RECOVERY.value)
    return slips.filter(pk__in=lines.values("payslip_id"))  # each once, also where two payslips are alike


def _recovered(result: Mapping[str, object]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for line in frozen.from_json(result).lines:
        if line.code == LineCode.RECOVERY:
            found[dict(line.working.inputs).get("recovery", "")] -= line.amount
    return found


def instalments(contract_ids: Collection[int], payday: date, run_id: int | None) -> dict[int, Instalment]:
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
    profile = profile_of(rows[0].organisation_id)
    taken = _set_off(rows, of_other_runs([row.person_id for row in rows], payday, run_id))
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
            leaves = max(plan_now.leaves, protected_of(row, payday, profile))
        except RateNotConfirmed:
            continue
        found[row.contract_id] = Instalment(row.number, amount, leaves)
    return found


def protected_of(recovery: Recovery, payday: date, profile: str) -> Decimal:
    """Net EUR that a set-off on a payday leaves in any case: nothing of it is the payee's own who has consented.

    profile  the payer's choices as they stand, by name
    Raises RateNotConfirmed.
    """
    if recovery.consented_on is not None:
        return ZERO
    with under(profile):
        return least_left(payday, is_half_month=recovery.contract.kind == ContractKind.PERSONAL_ASSISTANCE)


def of_other_runs(people: Collection[int], payday: date, run_id: int | None) -> QuerySet[Payslip]:
    """Payslips of the payday that stand and that another run has made."""
    slips = Payslip.objects.filter(person_id__in=people, payday=payday, is_cancelled=False)
    return slips if run_id is None else slips.exclude(run_id=run_id)
