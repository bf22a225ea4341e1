"""Account numbers: the owner's own change, and staff's in two persons (ACC-7)."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from palkkio.audit import queries as audit
from palkkio.core.capabilities import Scope
from palkkio.core.clock import HELSINKI
from palkkio.core.problems import InvalidInput, NotAllowed, WrongState
from palkkio.people import access, bank_accounts, queries
from tests import factories

pytestmark = pytest.mark.django_db


def written(place: factories.Place, person: object, number: str, first: object, by: object = None) -> int:
    return bank_accounts.propose(person, number, by=by or place.second, at=factories.NOW, first=first).pk


def test_what_a_clerk_writes_down_is_used_once_a_second_person_has_approved_it() -> None:
    place = factories.county()
    person, clerk = factories.person(place), factories.clerk(place)
    old, new = factories.iban(), factories.iban()
    for number, first in ((old, "1.1.2026"), (new, "10.6.2026")):
        waiting = written(place, person, number, first, clerk)
        assert number not in queries.accounts_on([person.pk], date(2026, 7, 1)).values()
        with pytest.raises(WrongState, match="colleague approves"):
            bank_accounts.approve(waiting, by=clerk, at=factories.NOW)
        bank_accounts.approve(waiting, by=place.second, at=factories.NOW)

    assert queries.accounts_on([person.pk], date(2026, 6, 9)) == {person.pk: old}
    assert queries.accounts_on([person.pk], date(2026, 6, 10)) == {person.pk: new}
    assert queries.account_on(person.pk, date(2025, 12, 31)) is None


def test_a_planned_account_number_is_replaced_by_one_that_begins_earlier() -> None:
    place = factories.county()
    person = factories.person(place)
    wrong, right = factories.iban(), factories.iban()
    for number, first in ((wrong, "1.8.2026"), (right, "1.7.2026")):
        bank_accounts.approve(written(place, person, number, first), by=place.maker, at=factories.NOW)
    assert [each.iban for each in access.bank_accounts(place.second).filter(person=person)] == [right]


def test_one_number_waits_at_a_time_and_a_withdrawn_one_is_never_used() -> None:
    place = factories.county()
    person = factories.person(place)
    first = written(place, person, factories.iban(), "10.6.2026")
    with pytest.raises(WrongState, match="waits for approval"):
        written(place, person, factories.iban(), "10.6.2026")
    bank_accounts.withdraw(first, by=place.maker, at=factories.NOW)
    with pytest.raises(WrongState):
        bank_accounts.approve(first, by=place.maker, at=factories.NOW)
    assert queries.accounts_on([person.pk], date(2026, 7, 1)) == {}


@pytest.mark.parametrize("number", ["", "FI00 1234", "FI2112345600000786", "DE"])
def test_a_wrong_account_number_says_how_to_write_it(number: str) -> None:
    place = factories.county()
    with pytest.raises(InvalidInput) as refusal:
        written(place, factories.person(place), number, factories.TODAY)
    [error] = refusal.value.errors
    assert (error.field, error.message) == ("iban", "Enter the account number as FI and 16 digits")


def test_only_a_payroll_clerk_writes_a_number_down_and_it_is_logged_without_the_number() -> None:
    """ACC-12"""
    place = factories.county()
    person, number = factories.person(place), factories.iban()
    for by in (factories.handler(place), place.maker, factories.carer(place)):
        with pytest.raises(NotAllowed):
            written(place, person, number, factories.TODAY, by)
    waiting = written(place, person, number, factories.TODAY)
    for by in (factories.handler(place), factories.carer(place), factories.clerk(factories.city())):
        with pytest.raises(NotAllowed):
            bank_accounts.approve(waiting, by=by, at=factories.NOW)
    account = bank_accounts.approve(waiting, by=place.maker, at=factories.NOW)
    [event] = audit.history_of(place.id, "bank_account", account.pk)
    assert event.subject_person_id == person.pk
    assert number not in str(event)


def test_the_owner_changes_the_number_at_once() -> None:
    place = factories.county()
    carer = factories.carer(place)
    number = factories.iban()
    bank_accounts.change_own(number, by=carer, at=factories.NOW)
    assert queries.accounts_on([carer.person_id], factories.TODAY) == {carer.person_id: number}
    with pytest.raises(InvalidInput):
        bank_accounts.change_own(number, by=carer, at=factories.NOW)


def test_a_change_close_before_a_payday_waits_for_the_next_run() -> None:
    """ACC-7: May is paid on 30 June; within five days before it the old number is used."""
    place = factories.county()
    carer = factories.carer(place)
    old = queries.accounts_on([carer.person_id], factories.TODAY)[carer.person_id]
    number = factories.iban()
    assert bank_accounts.usable_from(place.id, date(2026, 6, 24)) == date(2026, 6, 24)
    assert bank_accounts.usable_from(place.id, date(2026, 6, 30)) == date(2026, 7, 1)
    bank_accounts.change_own(number, by=carer, at=datetime(2026, 6, 25, 9, tzinfo=HELSINKI))
    assert queries.accounts_on([carer.person_id], date(2026, 6, 30)) == {carer.person_id: old}
    assert queries.accounts_on([carer.person_id], date(2026, 7, 1)) == {carer.person_id: number}


def test_the_owners_word_replaces_what_staff_wrote_down() -> None:
    place = factories.county()
    carer = factories.carer(place)
    waiting = written(place, access.person(place.second, carer.person_id), factories.iban(), "9.6.2026")
    bank_accounts.change_own(factories.iban(), by=carer, at=factories.NOW)
    with pytest.raises(WrongState):
        bank_accounts.approve(waiting, by=place.maker, at=factories.NOW)


@pytest.mark.parametrize("scope", [each for each in Scope if each is not Scope.OWN])
def test_nobody_who_acts_for_another_changes_the_number(scope: Scope) -> None:
    """ACC-14"""
    place = factories.county()
    carer = factories.person(place, identity_code="", born=date(2010, 1, 1))
    agent = factories.acting(factories.person(place, "Asko", "Edustaja"), carer, scope=scope)
    with pytest.raises(NotAllowed):
        bank_accounts.change_own(factories.iban(), by=agent, at=factories.NOW)
