"""Paying an overpayment back (BEY-9): instalments from coming pay, and what the payee transfers."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_noop as _

from palkkio.core.clock import day_of
from palkkio.core.money import CENT, ZERO
from palkkio.core.problems import FieldError, InvalidInput, WrongState
from palkkio.core.viewer import Viewer
from palkkio.payroll.actions.calculating import refresh_open_runs
from palkkio.payroll.actions.recovery_steps import OPEN, State, clerks, close_if_settled, record
from palkkio.payroll.balances import balances, protected_of
from palkkio.payroll.models import Recovery, RecoveryPlan, RecoveryTransfer
from palkkio.rates.queries import profile_of
from palkkio.rules import RateNotConfirmed


@transaction.atomic
def plan_recovery(
    recovery_id: int, *, by: Viewer, at: datetime, first_payday: date, instalment: Decimal, leaves: Decimal = ZERO
) -> RecoveryPlan:
    """Instalments from each payday on; a later plan replaces the earlier. Only with consent or a final decision.

    instalment  EUR of each payday, 0: the payee transfers it
    leaves      net EUR that is left of each payday at the least; without consent no less than the protected portion
    Raises InvalidInput, NotAllowed, WrongState.
    """
    recovery = clerks(recovery_id, by, at, *OPEN)
    today = day_of(at)
    is_final = recovery.final_from is not None and recovery.final_from <= today
    if recovery.consented_on is None and not is_final:
        raise WrongState(_("Nothing is set off before the payee consents or the decision is final."))
    errors = []
    if first_payday < today:
        errors.append(FieldError("first_payday", _("Choose a payday that is not past.")))
    errors += [
        FieldError(name, _("Enter an amount in euros and cents."))
        for name, amount in (("instalment", instalment), ("leaves", leaves))
        if amount < 0 or amount != amount.quantize(CENT)
    ]
    if instalment > 0:
        errors += _below_protected(recovery, first_payday, leaves)
    if errors:
        raise InvalidInput(*errors)
    plan = RecoveryPlan.objects.create(
        organisation_id=by.organisation_id,
        recovery=recovery,
        first_payday=first_payday,
        instalment=instalment,
        leaves=leaves,
        made_on=today,
        made_by_id=by.account_id,
    )
    recovery.state = State.RECOVERING
    recovery.save(update_fields=["state"])
    refresh_open_runs(by.organisation_id, recovery.person_id)
    record("plan_recovery", recovery, by=by, at=at)
    return plan


def _below_protected(recovery: Recovery, payday: date, leaves: Decimal) -> list[FieldError]:
    """What is wrong with a plan that nobody consented to: the protected portion is the payee's in any case."""
    try:
        least = protected_of(recovery, payday, profile_of(recovery.organisation_id))
    except RateNotConfirmed:
        message = _(
            "The protected portion of this year is not confirmed. Enter the official figure first, or ask the payee for"
            " consent."
        )
        return [FieldError("leaves", message)]
    if leaves >= least:
        return []
    return [FieldError("leaves", _("Leave at least the protected portion, %(least)s €."), {"least": str(least)})]


@transaction.atomic
def record_transfer(
    recovery_id: int, *, by: Viewer, at: datetime, amount: Decimal, paid_on: date, withheld: Decimal = ZERO
) -> RecoveryTransfer:
    """What the payee has transferred back, and the tax of it that is settled with the Tax Administration instead.

    Raises InvalidInput, NotAllowed, WrongState.
    """
    recovery = clerks(recovery_id, by, at, *OPEN)
    left = balances([recovery])[recovery.pk].left
    errors = []
    if amount <= 0 or amount != amount.quantize(CENT):
        errors.append(FieldError("amount", _("Enter an amount in euros and cents above zero.")))
    elif withheld < 0 or amount + withheld > left:
        errors.append(FieldError("amount", _("No more than %(left)s € is left."), {"left": str(left)}))
    if paid_on > day_of(at):
        errors.append(FieldError("paid_on", _("Enter the day on which the money came, not a later one.")))
    if errors:
        raise InvalidInput(*errors)
    transfer = RecoveryTransfer.objects.create(
        organisation_id=by.organisation_id,
        recovery=recovery,
        amount=amount,
        withheld=withheld,
        paid_on=paid_on,
        recorded_by_id=by.account_id,
        recorded_at=at,
    )
    record("record_recovery_transfer", recovery, by=by, at=at)
    close_if_settled(recovery, by=by, at=at)
    refresh_open_runs(by.organisation_id, recovery.person_id)
    return transfer
