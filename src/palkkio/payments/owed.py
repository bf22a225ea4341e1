"""What a month's pay owes to others is paid in a file of its own: tax, insurers, the Employment Fund, each with its
reference. One clerk makes the file, a second one gives it to the bank, as with payments that are made anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_noop as _

from palkkio.audit import actions as audit
from palkkio.core.clock import day_of
from palkkio.core.days import add_months
from palkkio.core.finland import is_banking_day
from palkkio.core.identifiers import normal_iban, normal_reference
from palkkio.core.problems import FieldError, InvalidInput, WrongState
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.formats.payment_file import NAME_LENGTH, is_a_name
from palkkio.organisations.actions import next_number
from palkkio.payments import access
from palkkio.payments.agreements import agreement_of
from palkkio.payments.models import CAME_BACK, OWED, Batch, Payment
from palkkio.payments.queries import first_execution_day
from palkkio.payments.repairs import refuse_contradicted
from palkkio.payments.writing import store_batch
from palkkio.payroll.own import require_not_own

PAID_ALREADY = _("One of these is paid already, or its payment is on its way.")
NOT_OVER = _("The month is not over: more may come to be owed. Pay it when it has ended.")


@dataclass(frozen=True, slots=True)
class Debt:
    """What is paid, to whom. `kind` one of models.OWED; `person_id` the household, None: the organisation itself."""

    kind: str
    person_id: int | None
    amount: Decimal
    creditor_name: str
    iban: str
    reference: str

    @property
    def key(self) -> str:
        """Tells the debts of a month apart, also in a form."""
        return f"{self.kind}-{self.person_id or 0}"


@transaction.atomic
def pay_owed(debts: Sequence[Debt], month: date, *, by: Viewer, at: datetime, on: date | None = None) -> Batch:
    """A payment file of debts of a month, paid `on` a banking day, by default as soon as the bank can.

    month  first day of the month of the paydays, which has ended
    A payment that came back is replaced, perhaps to another account. Raises InvalidInput (fields named `iban-tax-0`),
    NotAllowed (also in one's own matter), WrongState (paid already, or perhaps booked, or the month goes on).
    """
    by.require(RoleKind.PAYROLL_CLERK)
    if not debts:
        raise InvalidInput(FieldError("debt", _("Choose at least one")))
    today = day_of(at)
    require_not_own(by, today, *(each.person_id for each in debts))
    if not is_over(month, today):
        raise WrongState(NOT_OVER)
    first = first_execution_day(at, agreement_of(by.organisation_id).cut_off)
    day = first if on is None else on
    errors = [error for each in debts for error in _errors_of(each)]
    if day < first or not is_banking_day(day):
        errors.append(FieldError("on", _("Choose a banking day that the bank still has time for")))
    if errors:
        raise InvalidInput(*errors)
    back = _came_back(debts, month, by)
    refuse_contradicted(back.values())
    number = next_number(by.organisation_id, "batch")
    rows = [
        Payment(
            organisation_id=by.organisation_id,
            kind=each.kind,
            person_id=each.person_id,
            month=month,
            end_to_end_id=f"O{number}-{month:%y%m}-{each.key}",
            creditor_name=each.creditor_name.strip(),
            iban=normal_iban(each.iban),
            reference=normal_reference(each.reference),
            amount=each.amount,
            replaces=back.get((each.kind, each.person_id)),
        )
        for each in debts
    ]
    try:
        with transaction.atomic():
            batch = store_batch(
                rows,
                organisation_id=by.organisation_id,
                number=number,
                execution_date=day,
                at=at,
                made_by_id=by.account_id,
            )
    except IntegrityError as error:
        raise WrongState(PAID_ALREADY) from error
    audit.record(
        "pay_owed",
        by=by,
        at=at,
        object_kind="batch",
        object_id=batch.pk,
        details={"month": f"{month:%Y-%m}", "payments": len(rows)},
    )
    return batch


def is_over(month: date, today: date) -> bool:
    """Whether all paydays of the month that begins with this day have been."""
    return today >= add_months(month, 1)


def _came_back(debts: Sequence[Debt], month: date, by: Viewer) -> dict[tuple[str, int | None], Payment]:
    """Payments of the debts that the bank refused or returned, and that no other replaces; locked."""
    asked = {(each.kind, each.person_id) for each in debts}
    rows = access.came_back(by).filter(kind__in=OWED, month=month).select_for_update(of=("self",))
    return {(each.kind, each.person_id): each for each in rows if (each.kind, each.person_id) in asked}


def paid_of(organisation_id: int, month: date) -> dict[tuple[str, int | None], Payment]:
    """Payments of a month's debts that stand, by kind and household."""
    rows = Payment.objects.filter(organisation_id=organisation_id, kind__in=OWED, month=month, is_cancelled=False)
    return {(each.kind, each.person_id): each for each in rows.exclude(outcome__in=CAME_BACK).select_related("batch")}


def last_paid(organisation_id: int) -> dict[tuple[str, int | None], Payment]:
    """The latest payment of each kind and household that did not come back.

    Account and reference stay the same from month to month.
    """
    rows = Payment.objects.filter(organisation_id=organisation_id, kind__in=OWED, is_cancelled=False)
    latest = rows.exclude(outcome__in=CAME_BACK).order_by("kind", "person_id", "-pk").distinct("kind", "person_id")
    return {(each.kind, each.person_id): each for each in latest}


def _errors_of(debt: Debt) -> list[FieldError]:
    found = []
    if debt.amount <= 0:
        found.append(FieldError(f"amount-{debt.key}", _("Enter a sum above zero")))
    if len(debt.creditor_name.strip()) > NAME_LENGTH or not is_a_name(debt.creditor_name):
        found.append(FieldError(f"name-{debt.key}", _("Enter to whom it is paid, at most 70 letters")))
    for field, normal, words in (
        ("iban", normal_iban, _("Enter the account number of the receiver")),
        ("reference", normal_reference, _("Enter the reference number of the receiver")),
    ):
        try:
            normal(getattr(debt, field))
        except ValueError:
            found.append(FieldError(f"{field}-{debt.key}", words))
    return found
