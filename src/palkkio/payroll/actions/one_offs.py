"""Lines outside the rules, with a reason and a second person's approval (PAY-11)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_noop as _

from palkkio.audit import actions as audit
from palkkio.contracts import access as contracts
from palkkio.contracts.queries import PAID_BY_ENTRIES
from palkkio.core.clock import day_of
from palkkio.core.days import DateRange
from palkkio.core.money import CENT
from palkkio.core.problems import FieldError, InvalidInput, NotAllowed, WrongState
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.organisations.access import one
from palkkio.payroll.access import one_offs
from palkkio.payroll.actions.calculating import refresh_open_runs
from palkkio.payroll.models import OneOffLine, PaidOneOff, Proposal, Run
from palkkio.payroll.own import require_not_own

REASON_LENGTH = 200


@transaction.atomic
def add_one_off(
    contract_id: int,
    *,
    by: Viewer,
    at: datetime,
    first: date,
    last: date,
    amount: Decimal,
    reason: str,
    is_taxable: bool = True,
    is_pensionable: bool = True,
) -> OneOffLine:
    """Propose a line of one contract, in EUR, for the days `first` to `last`; it pays once a second person approves.

    Raises InvalidInput beside the field, NotAllowed.
    """
    by.require(RoleKind.PAYROLL_CLERK)
    contract = contracts.contract(by, contract_id)
    require_not_own(by, day_of(at), contract.carer_id, contract.recipient_id)
    reason = reason.strip()
    _check(contract.kind, first, last, amount, reason)
    line = OneOffLine.objects.create(
        organisation_id=by.organisation_id,
        contract=contract,
        period=DateRange.of_days(first, last),
        amount=amount,
        reason=reason,
        is_taxable=is_taxable,
        is_pensionable=is_pensionable,
        proposed_by_id=by.account_id,
        proposed_at=at,
    )
    _record("add_one_off", line, by=by, at=at)
    return line


@transaction.atomic
def approve_one_off(one_off_id: int, *, by: Viewer, at: datetime) -> OneOffLine:
    """Approve a line that somebody else proposed. Raises NotAllowed, WrongState."""
    line = _locked(one_off_id, by=by, at=at)
    if line.proposed_by_id == by.account_id:
        raise NotAllowed(_("You proposed this line. A second person approves it."))
    if line.approved_at is not None:
        raise WrongState(_("This line is approved already."))
    line.approved_by_id, line.approved_at = by.account_id, at
    line.save(update_fields=["approved_by", "approved_at"])
    refresh_open_runs(by.organisation_id, line.contract.carer_id)
    _record("approve_one_off", line, by=by, at=at)
    return line


@transaction.atomic
def withdraw_one_off(one_off_id: int, *, by: Viewer, at: datetime) -> OneOffLine:
    """Take back a line that is not paid yet. Raises NotAllowed, WrongState."""
    line = _locked(one_off_id, by=by, at=at)
    if PaidOneOff.objects.filter(one_off=line, is_cancelled=False).exists():
        raise WrongState(_("This line is paid already. Correct it with another line."))
    line.withdrawn_at = at
    line.save(update_fields=["withdrawn_at"])
    refresh_open_runs(by.organisation_id, line.contract.carer_id)  # waits for an approval that is under way
    approved = Proposal.objects.filter(run__state=Run.State.APPROVED, contract=line.contract, is_left_out=False)
    if approved.filter(one_off_ids__contains=[line.pk]).exists():
        raise WrongState(
            _("A run that pays this line is approved already. Cancel the run, or correct the line with another one.")
        )
    _record("withdraw_one_off", line, by=by, at=at)
    return line


def _check(kind: str, first: date, last: date, amount: Decimal, reason: str) -> None:
    errors = []
    if kind not in PAID_BY_ENTRIES:
        errors.append(FieldError("contract", _("Choose a contract that is paid by entries.")))
    if last < first:
        errors.append(FieldError("last", _("Enter a last day that is not before the first day.")))
    if not amount or amount != amount.quantize(CENT):
        errors.append(FieldError("amount", _("Enter an amount in euros and cents that is not zero.")))
    if not reason:
        errors.append(FieldError("reason", _("Enter why this is paid: the payee reads it on the payslip.")))
    elif len(reason) > REASON_LENGTH:
        errors.append(FieldError("reason", _("Shorten the reason to %(most)s characters."), {"most": REASON_LENGTH}))
    if errors:
        raise InvalidInput(*errors)


def _locked(one_off_id: int, *, by: Viewer, at: datetime) -> OneOffLine:
    by.require(RoleKind.PAYROLL_CLERK)
    found = one(one_offs(by).select_for_update(of=("self",)).select_related("contract"), one_off_id)
    require_not_own(by, day_of(at), found.contract.carer_id, found.contract.recipient_id)
    if found.withdrawn_at is not None:
        raise WrongState(_("This line is withdrawn."))
    return found


def _record(action: str, line: OneOffLine, *, by: Viewer, at: datetime) -> None:
    audit.record(
        action,
        by=by,
        at=at,
        object_kind="one_off",
        object_id=line.pk,
        subject_person_id=line.contract.carer_id,
        reason=line.reason,
    )
