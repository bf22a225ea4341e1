"""Recording distraint orders and powers of attorney (PAY-9); open runs follow at once."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_noop as _

from palkkio.audit import actions as audit
from palkkio.core.clock import day_of
from palkkio.core.days import ONE_DAY, DateRange
from palkkio.core.identifiers import normal_iban
from palkkio.core.money import CENT
from palkkio.core.problems import FieldError, InvalidInput, WrongState
from palkkio.core.viewer import Viewer
from palkkio.organisations.access import one
from palkkio.payroll import access
from palkkio.payroll.actions.calculating import refresh_open_runs
from palkkio.payroll.actions.locking import require_clerk_of
from palkkio.payroll.models import DistraintOrder, DuesAuthorisation

MOST_PERCENT = Decimal(10)
Claim = TypeVar("Claim", DistraintOrder, DuesAuthorisation)


@transaction.atomic
def record_distraint(
    person_id: int,
    *,
    by: Viewer,
    at: datetime,
    office: str,
    reference: str,
    iban: str,
    payment_reference: str,
    first: date,
    last: date | None = None,
    dependants: int = 0,
    is_half_month: bool = False,
    is_periodic: bool = True,
    amount: Decimal | None = None,
    instructions: str = "",
) -> DistraintOrder:
    """A payment prohibition for the paydays from `first`; it replaces an earlier one from that day on.

    amount  EUR of a payday by the authority's own instructions; None: the scale of the law
    Raises InvalidInput beside the field, NotAllowed in one's own matter.
    """
    require_clerk_of(by, day_of(at), person_id)
    errors = _days(first, last)
    errors += _texts(
        office=(office, _("Enter the enforcement office.")), reference=(reference, _("Enter its reference."))
    )
    account, wrong = _account(iban)
    errors += wrong
    if amount is not None and (amount < 0 or amount != amount.quantize(CENT)):
        errors.append(FieldError("amount", _("Enter an amount in euros and cents, or leave it empty.")))
    if errors:
        raise InvalidInput(*errors)
    _replace(DistraintOrder.objects.filter(organisation_id=by.organisation_id, person_id=person_id), first, last)
    made = DistraintOrder.objects.create(
        organisation_id=by.organisation_id,
        person_id=person_id,
        office=office.strip(),
        reference=reference.strip(),
        iban=account,
        payment_reference=payment_reference.strip(),
        dependants=dependants,
        is_half_month=is_half_month,
        is_periodic=is_periodic,
        amount=amount,
        instructions=instructions.strip(),
        valid=DateRange.of_days(first, last),
        received_on=day_of(at),
        recorded_by_id=by.account_id,
        recorded_at=at,
    )
    _done("record_distraint", "distraint_order", made.pk, person_id, by=by, at=at)
    return made


@transaction.atomic
def end_distraint(order_id: int, *, by: Viewer, at: datetime, last: date) -> DistraintOrder:
    """The order binds to `last`, as the authority has written. Raises InvalidInput, NotAllowed."""
    return _end(access.distraint_orders(by), order_id, last, "end_distraint", "distraint_order", by=by, at=at)


@transaction.atomic
def record_dues(
    person_id: int,
    *,
    by: Viewer,
    at: datetime,
    kind: str,
    receiver: str,
    iban: str,
    first: date,
    delivered_on: date,
    last: date | None = None,
    percent: Decimal | None = None,
    amount: Decimal | None = None,
    reference: str = "",
) -> DuesAuthorisation:
    """A power of attorney for union dues or a fund's fee, for paydays from `first`; it replaces an earlier one.

    Either `percent` of the taxable pay or `amount` EUR of a payday. Raises InvalidInput beside the field, NotAllowed.
    """
    require_clerk_of(by, day_of(at), person_id)
    errors = _days(first, last)
    errors += _texts(receiver=(receiver, _("Enter the union or the fund.")))
    account, wrong = _account(iban)
    errors += wrong
    if kind not in DuesAuthorisation.Kind.values:
        errors.append(FieldError("kind", _("Choose trade union or unemployment fund.")))
    if (percent is None) == (amount is None):
        errors.append(FieldError("percent", _("Enter either a percentage or an amount in euros.")))
    elif percent is not None and not 0 < percent <= MOST_PERCENT:
        errors.append(FieldError("percent", _("Enter a percentage above 0 and at most 10.")))
    elif amount is not None and (amount <= 0 or amount != amount.quantize(CENT)):
        errors.append(FieldError("amount", _("Enter an amount in euros and cents above zero.")))
    if delivered_on > day_of(at):
        errors.append(
            FieldError("delivered_on", _("Enter the day on which the power of attorney came, not a later one."))
        )
    if errors:
        raise InvalidInput(*errors)
    known = DuesAuthorisation.objects.filter(organisation_id=by.organisation_id, person_id=person_id, kind=kind)
    _replace(known, first, last)
    made = DuesAuthorisation.objects.create(
        organisation_id=by.organisation_id,
        person_id=person_id,
        kind=kind,
        receiver=receiver.strip(),
        iban=account,
        reference=reference.strip(),
        percent=percent,
        amount=amount,
        valid=DateRange.of_days(first, last),
        delivered_on=delivered_on,
        recorded_by_id=by.account_id,
        recorded_at=at,
    )
    _done("record_dues", "dues_authorisation", made.pk, person_id, by=by, at=at)
    return made


@transaction.atomic
def revoke_dues(authorisation_id: int, *, by: Viewer, at: datetime, last: date) -> DuesAuthorisation:
    """The payee has revoked it: nothing is deducted after `last`. Raises InvalidInput, NotAllowed."""
    rows = access.dues_authorisations(by)
    return _end(rows, authorisation_id, last, "revoke_dues", "dues_authorisation", by=by, at=at)


def _end(rows: QuerySet[Claim], pk: int, last: date, action: str, kind: str, *, by: Viewer, at: datetime) -> Claim:
    """One order or authorisation binds to `last`, and open runs follow."""
    found = one(rows.select_for_update(), pk)
    require_clerk_of(by, day_of(at), found.person_id)
    found.valid = _ended(found.valid, last)
    found.save(update_fields=["valid"])
    _done(action, kind, found.pk, found.person_id, by=by, at=at)
    return found


def _replace(earlier: Any, first: date, last: date | None) -> None:
    """End what overlaps the new days on the day before them. Raises WrongState where something begins later."""
    for row in earlier.select_for_update().filter(valid__overlap=DateRange.of_days(first, last)):
        start = row.valid.start
        if start is None or start < first:
            row.valid = DateRange(start, first)
            row.save(update_fields=["valid"])
        else:
            raise WrongState(
                _("There is one already from %(first)s on. End it first, or enter a later first day."),
                first=start.strftime("%-d.%-m.%Y"),
            )


def _ended(valid: DateRange, last: date) -> DateRange:
    if valid.start is not None and last < valid.start:
        raise InvalidInput(FieldError("last", _("Enter a last day that is not before the first day.")))
    if valid.end is not None and last >= valid.end:
        raise InvalidInput(FieldError("last", _("It ends before that day already.")))
    return DateRange(valid.start, last + ONE_DAY)


def _days(first: date, last: date | None) -> list[FieldError]:
    if last is not None and last < first:
        return [FieldError("last", _("Enter a last day that is not before the first day."))]
    return []


def _texts(**fields: tuple[str, str]) -> list[FieldError]:
    return [FieldError(name, message) for name, (text, message) in fields.items() if not text.strip()]


def _account(iban: str) -> tuple[str, list[FieldError]]:
    try:
        return normal_iban(iban), []
    except ValueError:
        return "", [FieldError("iban", _("Check the account number: it begins with FI and has 18 characters."))]


def _done(action: str, kind: str, pk: int, person_id: int, *, by: Viewer, at: datetime) -> None:
    refresh_open_runs(by.organisation_id, person_id)
    audit.record(action, by=by, at=at, object_kind=kind, object_id=pk, subject_person_id=person_id)
