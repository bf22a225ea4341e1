"""Recovering an overpayment (BEY-9): hearing, answer, decision, plan, waiver, transfers. Each step is in the audit."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_noop as _

from palkkio.audit import actions as audit
from palkkio.core.identifiers import reference_number
from palkkio.core.money import CENT, ZERO
from palkkio.core.problems import FieldError, InvalidInput, NotAllowed, WrongState
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.organisations.actions import next_number
from palkkio.payroll import access, appeals
from palkkio.payroll.actions.calculating import refresh_open_runs
from palkkio.payroll.actions.locking import required_reason
from palkkio.payroll.claims import balances
from palkkio.payroll.models import (
    Receivable,
    Recovery,
    RecoveryPart,
    RecoveryPlan,
    RecoveryTransfer,
    RecoveryWaiver,
)
from palkkio.payroll.own import OWN_PAYEE, tied_people

DAYS_TO_ANSWER = 7  # at the least
State = Recovery.State


# --- Hearing ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def open_recovery(receivable_id: int, *, by: Viewer, at: datetime, answer_by: date, explanation: str) -> Recovery:
    """Begin to recover: the payee is told what was paid too much and heard before anything is decided.

    Takes the receivables of the same contract and run together. Raises InvalidInput, NotAllowed, WrongState.
    """
    by.require(RoleKind.PAYROLL_CLERK)
    receivable = access.receivables(by).select_for_update(of=("self",)).filter(pk=receivable_id).first()
    if receivable is None:
        raise NotAllowed(access.NOT_FOUND)
    _require_not_own(receivable.person_id, by, at)
    errors = []
    if answer_by < at.date() + timedelta(days=DAYS_TO_ANSWER):
        errors.append(FieldError("answer_by", _("Give the payee at least seven days to answer.")))
    if not explanation.strip():
        errors.append(FieldError("explanation", _("Tell the payee in plain words how it came about.")))
    if errors:
        raise InvalidInput(*errors)
    together = Receivable.objects.filter(
        run_id=receivable.run_id, contract_id=receivable.contract_id, is_cancelled=False
    )
    if RecoveryPart.objects.filter(receivable__in=together).exists():
        raise WrongState(_("This overpayment is being recovered already."))
    year = at.date().year
    number = next_number(by.organisation_id, f"recovery-{year}")
    made = Recovery.objects.create(
        organisation_id=by.organisation_id,
        number=f"T{year}-{number:04d}",
        reference=reference_number(f"{year}{number:05d}"),
        contract_id=receivable.contract_id,
        person_id=receivable.person_id,
        explanation=explanation.strip(),
        opened_on=at.date(),
        opened_by_id=by.account_id,
        answer_by=answer_by,
    )
    RecoveryPart.objects.bulk_create(
        RecoveryPart(organisation_id=by.organisation_id, recovery=made, receivable=each) for each in together
    )
    _record("open_recovery", made, by=by, at=at)
    return made


@transaction.atomic
def answer_recovery(
    recovery_id: int,
    *,
    by: Viewer,
    at: datetime,
    consents: bool,
    text: str = "",
    channel: str = Recovery.Channel.PORTAL,
    on: date | None = None,
) -> Recovery:
    """The payee's answer: consent to set-off from coming pay, or what they say against it.

    The payee answers on the portal until the matter is decided, and may consent after it; a clerk writes down what came
    on paper or by phone. Raises InvalidInput, NotAllowed, WrongState.
    """
    recovery = _locked(recovery_id, by, *((State.HEARING, State.DECIDED) if consents else (State.HEARING,)))
    if by.is_payee:
        channel, on = Recovery.Channel.PORTAL, at.date()
    else:
        by.require(RoleKind.PAYROLL_CLERK)
        _require_not_own(recovery.person_id, by, at)
        if channel not in {Recovery.Channel.PAPER, Recovery.Channel.PHONE}:
            raise InvalidInput(FieldError("channel", _("Choose how the answer came.")))
        if on is None or on > at.date():
            raise InvalidInput(FieldError("on", _("Enter the day on which the answer came.")))
    if not consents and not text.strip():
        raise InvalidInput(FieldError("text", _("Write what should be taken into account.")))
    recovery.answer = Recovery.Answer.CONSENTS if consents else Recovery.Answer.OBJECTS
    recovery.answer_text, recovery.answer_channel, recovery.answered_on = text.strip(), channel, on
    recovery.consented_on = on if consents else None
    recovery.save()
    _record("answer_recovery", recovery, by=by, at=at)
    return recovery


# --- Decision ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def decide_recovery(recovery_id: int, *, by: Viewer, at: datetime, grounds: str, posted_on: date) -> Recovery:
    """Decide that it is recovered; final when the time for appeal is over. Not before the payee could answer.

    posted_on  day on which the decision is sent by ordinary letter
    Raises InvalidInput, NotAllowed, WrongState.
    """
    recovery = _clerks(recovery_id, by, at, State.HEARING)
    if not recovery.answer and at.date() <= recovery.answer_by:
        raise WrongState(
            _("The payee may answer until %(day)s. Decide after that, or when the answer has come."),
            day=recovery.answer_by.strftime("%-d.%-m.%Y"),
        )
    errors = []
    if not grounds.strip():
        errors.append(FieldError("grounds", _("Enter the grounds of the decision.")))
    if posted_on < at.date():
        errors.append(FieldError("posted_on", _("Enter today or a later day: a decision is posted after it is made.")))
    if errors:
        raise InvalidInput(*errors)
    recovery.state, recovery.decision = State.DECIDED, grounds.strip()
    recovery.decided_on, recovery.decided_by_id, recovery.posted_on = at.date(), by.account_id, posted_on
    recovery.final_from = appeals.final_from(posted_on)
    recovery.save()
    _record("decide_recovery", recovery, by=by, at=at)
    return recovery


@transaction.atomic
def note_appeal(recovery_id: int, *, by: Viewer, at: datetime) -> Recovery:
    """The payee has asked for a correction: the decision is not final until that is settled."""
    recovery = _clerks(recovery_id, by, at, State.DECIDED)
    recovery.is_appealed, recovery.final_from = True, None
    recovery.save(update_fields=["is_appealed", "final_from"])
    _record("note_recovery_appeal", recovery, by=by, at=at)
    return recovery


@transaction.atomic
def settle_appeal(
    recovery_id: int, *, by: Viewer, at: datetime, stands: bool, final_from: date | None = None, reason: str = ""
) -> Recovery:
    """What became of the appeal: the decision stands and is final from a day on, or nothing is recovered."""
    recovery = _clerks(recovery_id, by, at, State.DECIDED)
    if not recovery.is_appealed:
        raise WrongState(_("No appeal is noted."))
    if stands:
        if final_from is None:
            raise InvalidInput(FieldError("final_from", _("Enter the day from which the decision is final.")))
        recovery.final_from = final_from
        recovery.save(update_fields=["final_from"])
        _record("settle_recovery_appeal", recovery, by=by, at=at)
        return recovery
    return _close(recovery, required_reason(reason, _("Enter why nothing is recovered.")), by=by, at=at)


@transaction.atomic
def close_recovery(recovery_id: int, *, by: Viewer, at: datetime, reason: str) -> Recovery:
    """End a recovery of which nothing has come back yet; what was paid too much is then not asked for."""
    recovery = _clerks(recovery_id, by, at, State.HEARING, State.DECIDED)
    return _close(recovery, required_reason(reason, _("Enter why nothing is recovered.")), by=by, at=at)


# --- Paying back ------------------------------------------------------------------------------------------------------


@transaction.atomic
def plan_recovery(
    recovery_id: int, *, by: Viewer, at: datetime, first_payday: date, instalment: Decimal, leaves: Decimal = ZERO
) -> RecoveryPlan:
    """Instalments from each payday on; a later plan replaces the earlier. Only with consent or a final decision.

    instalment  EUR of each payday, 0: the payee transfers it
    leaves      net EUR that is left of each payday at the least
    Raises InvalidInput, NotAllowed, WrongState.
    """
    recovery = _clerks(recovery_id, by, at, State.HEARING, State.DECIDED, State.RECOVERING)
    is_final = recovery.final_from is not None and recovery.final_from <= at.date()
    if recovery.consented_on is None and not is_final:
        raise WrongState(_("Nothing is set off before the payee consents or the decision is final."))
    errors = []
    if first_payday < at.date():
        errors.append(FieldError("first_payday", _("Choose a payday that is not past.")))
    if instalment < 0 or instalment != instalment.quantize(CENT):
        errors.append(FieldError("instalment", _("Enter an amount in euros and cents.")))
    if leaves < 0 or leaves != leaves.quantize(CENT):
        errors.append(FieldError("leaves", _("Enter an amount in euros and cents.")))
    if errors:
        raise InvalidInput(*errors)
    plan = RecoveryPlan.objects.create(
        organisation_id=by.organisation_id,
        recovery=recovery,
        first_payday=first_payday,
        instalment=instalment,
        leaves=leaves,
        made_on=at.date(),
        made_by_id=by.account_id,
    )
    recovery.state = State.RECOVERING
    recovery.save(update_fields=["state"])
    refresh_open_runs(by.organisation_id, recovery.person_id)
    _record("plan_recovery", recovery, by=by, at=at)
    return plan


@transaction.atomic
def record_transfer(
    recovery_id: int, *, by: Viewer, at: datetime, amount: Decimal, paid_on: date, withheld: Decimal = ZERO
) -> RecoveryTransfer:
    """What the payee has transferred back, and the tax of it that is settled with the Tax Administration instead.

    Raises InvalidInput, NotAllowed, WrongState.
    """
    recovery = _clerks(recovery_id, by, at, State.HEARING, State.DECIDED, State.RECOVERING)
    left = balances([recovery])[recovery.pk].left
    errors = []
    if amount <= 0 or amount != amount.quantize(CENT):
        errors.append(FieldError("amount", _("Enter an amount in euros and cents above zero.")))
    elif withheld < 0 or amount + withheld > left:
        errors.append(FieldError("amount", _("No more than %(left)s € is left."), {"left": str(left)}))
    if paid_on > at.date():
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
    _record("record_recovery_transfer", recovery, by=by, at=at)
    _close_if_settled(recovery, by=by, at=at)
    refresh_open_runs(by.organisation_id, recovery.person_id)
    return transfer


# --- Waiver -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def propose_waiver(recovery_id: int, *, by: Viewer, at: datetime, amount: Decimal, reason: str) -> RecoveryWaiver:
    """Propose that a part, or all that is left, is not recovered. A second person approves it."""
    recovery = _clerks(recovery_id, by, at, State.HEARING, State.DECIDED, State.RECOVERING)
    reason = required_reason(reason, _("Enter why it is not recovered."))
    left = balances([recovery])[recovery.pk].left
    if not 0 < amount <= left or amount != amount.quantize(CENT):
        raise InvalidInput(
            FieldError("amount", _("Enter an amount above zero and at most %(left)s €."), {"left": str(left)})
        )
    made = RecoveryWaiver.objects.create(
        organisation_id=by.organisation_id,
        recovery=recovery,
        amount=amount,
        reason=reason,
        proposed_by_id=by.account_id,
        proposed_at=at,
    )
    _record("propose_waiver", recovery, by=by, at=at)
    return made


@transaction.atomic
def approve_waiver(waiver_id: int, *, by: Viewer, at: datetime) -> RecoveryWaiver:
    """Approve a waiver that a colleague proposed. Raises NotAllowed, WrongState."""
    waiver, recovery = _waiver(waiver_id, by, at)
    if waiver.proposed_by_id == by.account_id:
        raise NotAllowed(_("You proposed this waiver. A second person approves it."))
    if waiver.amount > balances([recovery])[recovery.pk].left:
        raise WrongState(_("Less than that is left now. Withdraw the waiver and propose a smaller one."))
    waiver.approved_by_id, waiver.approved_at = by.account_id, at
    waiver.save(update_fields=["approved_by", "approved_at"])
    _record("approve_waiver", recovery, by=by, at=at)
    _close_if_settled(recovery, by=by, at=at)
    refresh_open_runs(by.organisation_id, recovery.person_id)
    return waiver


@transaction.atomic
def withdraw_waiver(waiver_id: int, *, by: Viewer, at: datetime) -> RecoveryWaiver:
    """Take back a waiver that nobody has approved. Raises NotAllowed, WrongState."""
    waiver, recovery = _waiver(waiver_id, by, at)
    waiver.withdrawn_at = at
    waiver.save(update_fields=["withdrawn_at"])
    _record("withdraw_waiver", recovery, by=by, at=at)
    return waiver


# --- The end ----------------------------------------------------------------------------------------------------------


def close_settled_recoveries(organisation_id: int, *, at: datetime) -> int:
    """Close what payslips have set off to the cent; may run twice. Returns how many were closed."""
    closed = 0
    with transaction.atomic():
        rows = list(
            Recovery.objects.select_for_update().filter(organisation_id=organisation_id, state=State.RECOVERING)
        )
        for row in rows:
            closed += _close_if_settled(row, by=None, at=at)
    return closed


def _close_if_settled(recovery: Recovery, *, by: Viewer | None, at: datetime) -> bool:
    if balances([recovery])[recovery.pk].left > 0:
        return False
    _close(recovery, "", by=by, at=at)
    return True


def _close(recovery: Recovery, reason: str, *, by: Viewer | None, at: datetime) -> Recovery:
    recovery.state, recovery.closed_on, recovery.closed_reason = State.CLOSED, at.date(), reason
    recovery.save(update_fields=["state", "closed_on", "closed_reason"])
    _record("close_recovery", recovery, by=by, at=at)
    return recovery


def _waiver(waiver_id: int, by: Viewer, at: datetime) -> tuple[RecoveryWaiver, Recovery]:
    found = RecoveryWaiver.objects.filter(pk=waiver_id, recovery__in=access.recoveries(by)).first()
    if found is None:
        raise NotAllowed(access.NOT_FOUND)
    recovery = _clerks(found.recovery_id, by, at, State.HEARING, State.DECIDED, State.RECOVERING)
    found.refresh_from_db()
    if found.approved_at is not None or found.withdrawn_at is not None:
        raise WrongState(_("This waiver is approved or withdrawn already."))
    return found, recovery


def _clerks(recovery_id: int, by: Viewer, at: datetime, *states: Recovery.State) -> Recovery:
    by.require(RoleKind.PAYROLL_CLERK)
    recovery = _locked(recovery_id, by, *states)
    _require_not_own(recovery.person_id, by, at)
    return recovery


def _locked(recovery_id: int, by: Viewer, *states: Recovery.State) -> Recovery:
    recovery = access.recoveries(by).select_for_update().filter(pk=recovery_id).first()
    if recovery is None:
        raise NotAllowed(access.NOT_FOUND)
    if recovery.state not in states:
        raise WrongState(_("The matter has moved on. Open it again to see where it stands."))
    return recovery


def _require_not_own(person_id: int, by: Viewer, at: datetime) -> None:
    if person_id in tied_people(by, at.date()):
        raise NotAllowed(OWN_PAYEE)


def _record(action: str, recovery: Recovery, *, by: Viewer | None, at: datetime) -> None:
    audit.record(
        action,
        by=by,
        at=at,
        organisation_id=recovery.organisation_id,
        object_kind="recovery",
        object_id=recovery.pk,
        subject_person_id=recovery.person_id,
        details={"number": recovery.number},
    )
