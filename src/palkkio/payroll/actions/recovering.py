"""Recovering an overpayment (BEY-9): hearing, answer, decision, appeal. Each step is in the audit."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_noop as _

from palkkio.core.capabilities import Capability
from palkkio.core.clock import day_of
from palkkio.core.identifiers import reference_number
from palkkio.core.problems import FieldError, InvalidInput, WrongState
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.organisations.access import one
from palkkio.organisations.actions import next_number
from palkkio.payroll import access, appeals
from palkkio.payroll.actions.locking import required_reason
from palkkio.payroll.actions.recovery_steps import (
    State,
    clerks,
    close,
    close_if_settled,
    locked,
    record,
)
from palkkio.payroll.models import Receivable, Recovery, RecoveryPart
from palkkio.payroll.own import require_not_own

DAYS_TO_ANSWER = 7  # at the least


# --- Hearing ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def open_recovery(receivable_id: int, *, by: Viewer, at: datetime, answer_by: date, explanation: str) -> Recovery:
    """Begin to recover: the payee is told what was paid too much and heard before anything is decided.

    Takes the receivables of the same contract and run together. Raises InvalidInput, NotAllowed, WrongState.
    """
    by.require(RoleKind.PAYROLL_CLERK)
    receivable = one(access.receivables(by).select_for_update(of=("self",)), receivable_id)
    today, explanation = day_of(at), explanation.strip()
    require_not_own(by, today, receivable.person_id)
    errors = []
    if answer_by < today + timedelta(days=DAYS_TO_ANSWER):
        errors.append(FieldError("answer_by", _("Give the payee at least seven days to answer.")))
    if not explanation:
        errors.append(FieldError("explanation", _("Tell the payee in plain words how it came about.")))
    if errors:
        raise InvalidInput(*errors)
    together = Receivable.objects.filter(
        run_id=receivable.run_id, contract_id=receivable.contract_id, is_cancelled=False
    )
    if RecoveryPart.objects.filter(receivable__in=together).exists():
        raise WrongState(_("This overpayment is being recovered already."))
    year = today.year
    number = next_number(by.organisation_id, f"recovery-{year}")
    made = Recovery.objects.create(
        organisation_id=by.organisation_id,
        number=f"T{year}-{number:04d}",
        reference=reference_number(f"{year}{number:05d}"),
        contract_id=receivable.contract_id,
        person_id=receivable.person_id,
        explanation=explanation,
        opened_on=today,
        opened_by_id=by.account_id,
        answer_by=answer_by,
    )
    RecoveryPart.objects.bulk_create(
        RecoveryPart(organisation_id=by.organisation_id, recovery=made, receivable=each) for each in together
    )
    record("open_recovery", made, by=by, at=at)
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
    recovery = locked(recovery_id, by, *((State.HEARING, State.DECIDED) if consents else (State.HEARING,)))
    today, text = day_of(at), text.strip()
    if by.is_payee:
        by.require_may(Capability.SIGN if consents else Capability.REPORT_CHANGES)
        channel, on = Recovery.Channel.PORTAL, today
    else:
        by.require(RoleKind.PAYROLL_CLERK)
        require_not_own(by, today, recovery.person_id)
        if channel not in {Recovery.Channel.PAPER, Recovery.Channel.PHONE}:
            raise InvalidInput(FieldError("channel", _("Choose how the answer came.")))
        if on is None or on > today:
            raise InvalidInput(FieldError("on", _("Enter the day on which the answer came.")))
    if not consents and not text:
        raise InvalidInput(FieldError("text", _("Write what should be taken into account.")))
    recovery.answer = Recovery.Answer.CONSENTS if consents else Recovery.Answer.OBJECTS
    recovery.answer_text, recovery.answer_channel, recovery.answered_on = text, channel, on
    recovery.consented_on = on if consents else None
    recovery.save()
    record("answer_recovery", recovery, by=by, at=at)
    return recovery


# --- Decision ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def decide_recovery(recovery_id: int, *, by: Viewer, at: datetime, grounds: str, posted_on: date) -> Recovery:
    """Decide that it is recovered; final when the time for appeal is over. Not before the payee could answer.

    posted_on  day on which the decision is sent by ordinary letter
    Raises InvalidInput, NotAllowed, WrongState.
    """
    recovery = clerks(recovery_id, by, at, State.HEARING)
    today, grounds = day_of(at), grounds.strip()
    if not recovery.answer and today <= recovery.answer_by:
        raise WrongState(
            _("The payee may answer until %(day)s. Decide after that, or when the answer has come."),
            day=recovery.answer_by.strftime("%-d.%-m.%Y"),
        )
    errors = []
    if not grounds:
        errors.append(FieldError("grounds", _("Enter the grounds of the decision.")))
    if posted_on < today:
        errors.append(FieldError("posted_on", _("Enter today or a later day: a decision is posted after it is made.")))
    if errors:
        raise InvalidInput(*errors)
    recovery.state, recovery.decision = State.DECIDED, grounds
    recovery.decided_on, recovery.decided_by_id, recovery.posted_on = today, by.account_id, posted_on
    recovery.final_from = appeals.final_from(posted_on)
    recovery.save()
    record("decide_recovery", recovery, by=by, at=at)
    return recovery


@transaction.atomic
def note_appeal(recovery_id: int, *, by: Viewer, at: datetime) -> Recovery:
    """The payee has asked for a correction: the decision is not final until that is settled."""
    recovery = clerks(recovery_id, by, at, State.DECIDED)
    recovery.is_appealed, recovery.final_from = True, None
    recovery.save(update_fields=["is_appealed", "final_from"])
    record("note_recovery_appeal", recovery, by=by, at=at)
    return recovery


@transaction.atomic
def settle_appeal(
    recovery_id: int, *, by: Viewer, at: datetime, stands: bool, final_from: date | None = None, reason: str = ""
) -> Recovery:
    """What became of the appeal: the decision stands and is final from a day on, or nothing is recovered."""
    recovery = clerks(recovery_id, by, at, State.DECIDED)
    if not recovery.is_appealed:
        raise WrongState(_("No appeal is noted."))
    if stands:
        if final_from is None:
            raise InvalidInput(FieldError("final_from", _("Enter the day from which the decision is final.")))
        recovery.final_from = final_from
        recovery.save(update_fields=["final_from"])
        record("settle_recovery_appeal", recovery, by=by, at=at)
        return recovery
    return close(recovery, required_reason(reason, _("Enter why nothing is recovered.")), by=by, at=at)


@transaction.atomic
def close_recovery(recovery_id: int, *, by: Viewer, at: datetime, reason: str) -> Recovery:
    """End a recovery of which nothing has come back yet; what was paid too much is then not asked for."""
    recovery = clerks(recovery_id, by, at, State.HEARING, State.DECIDED)
    return close(recovery, required_reason(reason, _("Enter why nothing is recovered.")), by=by, at=at)


def close_settled_recoveries(organisation_id: int, *, at: datetime) -> int:
    """Close what payslips have set off to the cent; may run twice. Returns how many were closed."""
    closed = 0
    with transaction.atomic():
        rows = list(
            Recovery.objects.select_for_update().filter(organisation_id=organisation_id, state=State.RECOVERING)
        )
        for row in rows:
            closed += close_if_settled(row, by=None, at=at)
    return closed
