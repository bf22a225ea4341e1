"""Changes of the account number one is paid to (ACC-7): by the owner, soon after strong authentication; by staff in
two persons. A change close before a payday is held for the next run.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_noop as _

from palkkio.audit import actions as audit
from palkkio.core.capabilities import Capability
from palkkio.core.clock import day_of
from palkkio.core.days import ONE_DAY, DateRange
from palkkio.core.problems import NotAllowed, WrongState
from palkkio.core.viewer import Viewer
from palkkio.organisations.access import one
from palkkio.organisations.fields import make_room
from palkkio.organisations.inputs import Day, Inputs
from palkkio.organisations.queries import next_paydays, payer
from palkkio.people import access
from palkkio.people.models import BankAccount, BankAccountProposal, Person
from palkkio.people.rights import BANK_ACCOUNTS, SECOND_FOR_BANK_ACCOUNTS

ANOTHER_WAITS = "An account number of this person waits for approval already. Approve or withdraw it first."
OWN_PROPOSAL = "You wrote this account number down. A colleague approves it."
NOT_WAITING = "This account number does not wait for approval any more."
SAME = _("This is the account number in use already")


def usable_from(organisation_id: int, today: date) -> date:
    """First day on which an account number given today is used.

    Today; or the day after a payday that is so near that its payments are being made. How near stands with the
    organisation (`account_change_days`), in days.
    """
    near = today + timedelta(days=payer(organisation_id).account_change_days)
    held = [payday for payday in next_paydays(organisation_id, today) if payday <= near]
    return max(held) + ONE_DAY if held else today


@transaction.atomic
def change_own(iban: str, *, by: Viewer, at: datetime) -> BankAccount:
    """The owner changes the account they are paid to; the page wants fresh strong authentication, and tells the contact
    that was known before. Nobody does it for another.

    Raises InvalidInput, NotAllowed.
    """
    by.require_may(Capability.CHANGE_BANK_ACCOUNT)
    if by.is_staff:
        raise NotAllowed("Change to your own role as a payee to change your account number.")
    person = one(access.persons(by).select_for_update(of=("self",)), by.subject_person_id)
    today = day_of(at)
    number = _number(person, iban, today)
    for waiting in BankAccountProposal.objects.filter(person=person, settled_at__isnull=True).select_for_update():
        waiting.settled_at = at  # what staff wrote down is older than the owner's word
        waiting.save(update_fields=["settled_at"])
    account = put(person, number, usable_from(person.organisation_id, today))
    _record("change_own_account_number", account, person, by=by, at=at)
    return account


@transaction.atomic
def propose(person: Person, iban: str, *, by: Viewer, at: datetime, first: Day) -> BankAccountProposal:
    """Staff write an account number down, from paper or a call; a colleague approves it before it is used.

    Raises InvalidInput, NotAllowed, WrongState.
    """
    by.require(*BANK_ACCOUNTS)
    by.require_not_own(person.pk)
    locked = one(access.persons(by).select_for_update(of=("self",)), person.pk)
    inputs = Inputs({"iban": iban, "first": first}, ("iban", "first"))
    number = inputs.iban("iban")
    day = inputs.day("first", "Enter the day from which the account is used")
    inputs.check()
    if BankAccountProposal.objects.filter(person=locked, settled_at__isnull=True).exists():
        raise WrongState(ANOTHER_WAITS)
    row = BankAccountProposal.objects.create(
        organisation_id=locked.organisation_id,
        person=locked,
        iban=number,
        first=day or day_of(at),
        proposed_at=at,
        proposed_by_id=by.person_id,
    )
    _record("propose_account_number", row, locked, by=by, at=at)
    return row


@transaction.atomic
def approve(proposal_id: int, *, by: Viewer, at: datetime) -> BankAccount:
    """A second person has compared the number with the paper. Raises NotAllowed, WrongState."""
    row = _waiting(proposal_id, by)
    if row.proposed_by_id == by.person_id:
        raise WrongState(OWN_PROPOSAL)
    row.settled_at, row.approved_by_id = at, by.person_id
    row.save(update_fields=["settled_at", "approved_by"])
    person = one(access.persons(by).select_for_update(of=("self",)), row.person_id)
    account = put(person, row.iban, row.first)
    _record("approve_account_number", account, person, by=by, at=at)
    return account


@transaction.atomic
def withdraw(proposal_id: int, *, by: Viewer, at: datetime) -> None:
    """The number is not taken into use. Raises NotAllowed, WrongState."""
    row = _waiting(proposal_id, by)
    row.settled_at = at
    row.save(update_fields=["settled_at"])
    _record("withdraw_account_number", row, row.person, by=by, at=at)


def put(person: Person, number: str, day: date) -> BankAccount:
    """The account from `day` on; the one before ends the day before, what was planned later is replaced."""
    make_room(BankAccount.objects.filter(person=person), day)
    days = DateRange(day, None)
    return BankAccount.objects.create(organisation_id=person.organisation_id, person=person, iban=number, valid=days)


def _number(person: Person, iban: str, today: date) -> str:
    inputs = Inputs({"iban": iban}, ("iban",))
    number = inputs.iban("iban")
    latest = BankAccount.objects.filter(person=person, valid__endswith__isnull=True).first()
    if latest is not None and latest.iban == number and today in latest.valid:
        inputs.error("iban", SAME)
    inputs.check()
    return number


def _waiting(proposal_id: int, by: Viewer) -> BankAccountProposal:
    by.require(*SECOND_FOR_BANK_ACCOUNTS)
    rows = BankAccountProposal.objects.filter(organisation_id=by.organisation_id).select_related("person")
    row = one(rows.select_for_update(of=("self",)), proposal_id)
    by.require_not_own(row.person_id)
    if row.settled_at is not None:
        raise WrongState(NOT_WAITING)
    return row


def _record(action: str, row: BankAccount | BankAccountProposal, person: Person, *, by: Viewer, at: datetime) -> None:
    kind = "bank_account" if isinstance(row, BankAccount) else "bank_account_proposal"
    audit.record(action, by=by, at=at, object_kind=kind, object_id=row.pk, subject_person_id=person.pk)
