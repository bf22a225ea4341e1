"""Household employers: power of attorney, registration, insurances, and the gate they open (ACC-8 to ACC-10)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from palkkio.core.capabilities import Scope
from palkkio.core.problems import InvalidInput, NotAllowed, WrongState
from palkkio.core.viewer import RoleKind
from palkkio.messages.actions import tell_gate_is_open
from palkkio.messages.models import Notice
from palkkio.people.households import actions
from palkkio.people.households.models import Household, Insurance, Telling
from palkkio.people.households.queries import Missing, gate, gate_of, gates, tax_references_of
from palkkio.people.queries import contact_person, roles_on
from tests import factories

pytestmark = pytest.mark.django_db

POLICY = {"insurer": "Esimerkkivakuutus", "policy_number": "12 345 678", "first": "10.6.2026"}


class House:
    """A household employer with staff around it."""

    def __init__(self, **employer: Any) -> None:
        self.place = factories.county()
        self.handler = factories.handler(self.place)
        self.employer = factories.person(self.place, "Irja", "Työnantaja", **employer)

    def customer(self, **values: object) -> int:
        return actions.add_household(self.employer.pk, by=self.handler, at=factories.NOW, values=values).pk

    def on_paper(self) -> int:
        return self.customer(power_of_attorney_on="5.6.2026", paper_id=1)

    def insure(self, household: int, kind: str = "pension", by: Any = None, **values: object) -> Insurance:
        terms = {**POLICY, **values}
        by = by or factories.viewer(self.employer, RoleKind.EMPLOYER)
        return actions.enter_insurance(household, kind, by=by, at=factories.NOW, values=terms)


def test_making_the_customer_gives_the_role_and_the_gate_says_what_is_missing() -> None:
    house = House()
    assert gate(house.employer.pk).missing == (Missing.CUSTOMER,)
    house.customer()
    assert [each.kind for each in roles_on([house.employer.pk], factories.TODAY)] == ["employer"]
    expected = (Missing.POWER_OF_ATTORNEY, Missing.REGISTRATION, Missing.PENSION, Missing.ACCIDENT)
    assert gate(house.employer.pk).missing == expected
    with pytest.raises(WrongState, match="already"):
        house.customer()


def test_the_gate_opens_on_the_latest_day_once_staff_have_checked_both_insurances() -> None:
    """ACC-10: the days before it are refused; nobody checks what they entered."""
    house = House()
    household = house.on_paper()
    actions.register(house.employer.pk, at=factories.NOW)
    first, second = house.insure(household), house.insure(household, "accident", first="15.6.2026")
    assert first.policy_number == "12345678"
    assert gate(house.employer.pk).missing == (Missing.PENSION_UNCONFIRMED, Missing.ACCIDENT_UNCONFIRMED)
    for row in (first, second):
        assert gate(house.employer.pk).opens_on is None
        actions.confirm_insurance(row.pk, by=house.handler, at=factories.NOW)
    found = gate(house.employer.pk)
    assert found.opens_on == date(2026, 6, 15)
    assert (found.is_open(date(2026, 6, 14)), found.is_open(date(2026, 6, 15))) == (False, True)
    assert gates([house.employer.pk, 987654]) == {house.employer.pk: found, 987654: gate(987654)}
    house.insure(household, policy_number="99")  # entered anew, checked anew
    assert gate(house.employer.pk).missing == (Missing.PENSION_UNCONFIRMED,)


def test_another_insurer_closes_no_day_before_its_own_and_opens_again_once_checked() -> None:
    """ACC-10: the household was insured all along; hours of the days before are entered, approved and paid."""
    house = House()
    household = house.on_paper()
    actions.register(house.employer.pk, at=factories.NOW)
    for row in (house.insure(household), house.insure(household, "accident", first="15.6.2026")):
        actions.confirm_insurance(row.pk, by=house.handler, at=factories.NOW)

    def days() -> list[int]:
        return [day for day in (14, 15, 30) if gate(house.employer.pk).is_open(date(2026, 6, day))]

    def july() -> bool:
        return gate(house.employer.pk).is_open(date(2026, 7, 1))

    for first in ("8.7.2026", "1.7.2026"):  # the day is corrected before anybody has checked it
        other = house.insure(household, insurer="Mallivakuutus", policy_number="77", first=first)
    found = gate(house.employer.pk)
    assert (found.opens_on, found.missing) == (None, (Missing.PENSION_UNCONFIRMED,))
    assert (days(), july()) == ([15, 30], False)
    assert gates([house.employer.pk])[house.employer.pk] == found == gate_of(Household.objects.get(pk=household))
    actions.confirm_insurance(other.pk, by=house.handler, at=factories.NOW)
    assert gate(house.employer.pk).opens_on == date(2026, 6, 15)
    assert (days(), july()) == ([15, 30], True)

    wrong = house.insure(household, "accident", first="1.7.2026")  # the same policy did not begin on the 15th
    assert days() == []
    actions.confirm_insurance(wrong.pk, by=house.handler, at=factories.NOW)
    assert gate(house.employer.pk).opens_on == date(2026, 7, 1)


def test_nobody_checks_an_insurance_that_they_entered() -> None:
    house = House()
    household = house.customer()
    row = house.insure(household, by=house.handler)
    with pytest.raises(WrongState, match="colleague"):
        actions.confirm_insurance(row.pk, by=house.handler, at=factories.NOW)
    actions.confirm_insurance(row.pk, by=house.place.second, at=factories.NOW)
    for by in (factories.viewer(house.employer, RoleKind.EMPLOYER), factories.handler(factories.city())):
        with pytest.raises(NotAllowed):
            actions.confirm_insurance(row.pk, by=by, at=factories.NOW)


def test_a_wrong_insurance_says_what_to_do() -> None:
    house = House()
    household = house.customer()
    with pytest.raises(InvalidInput) as refused:
        house.insure(household, insurer=" ", policy_number="", first="31.2.2026")
    assert {each.field for each in refused.value.errors} == {"insurer", "policy_number", "first"}


def test_the_paper_needs_its_scan_and_a_day_that_has_come() -> None:
    house = House()
    for values, field in (
        ({"power_of_attorney_on": "5.6.2026"}, "paper_id"),
        ({"power_of_attorney_on": "9.6.2026", "paper_id": 1}, "power_of_attorney_on"),
        ({"paper_id": 1}, "power_of_attorney_on"),
        ({"power_of_attorney_on": "5.6.2026", "paper_id": 1, "signed_by_id": house.handler.person_id}, "signed_by_id"),
    ):
        with pytest.raises(InvalidInput) as refused:
            house.customer(**values)
        assert [each.field for each in refused.value.errors] == [field]


@pytest.mark.parametrize("scope", [Scope.GUARDIAN, Scope.SUBSTITUTE_EMPLOYER])
def test_a_substitute_of_a_minor_signs_and_registers_and_the_minor_stays_the_employer(scope: Scope) -> None:
    """ACC-9"""
    house = House(identity_code="", born=date(2012, 3, 1))
    household = house.customer()
    substitute = factories.acting(
        factories.person(house.place, "Sijais"), house.employer, RoleKind.EMPLOYER, scope=scope
    )
    row = actions.sign_power_of_attorney(household, by=substitute, at=factories.NOW)
    assert (row.employer_id, row.signed_by_id) == (house.employer.pk, substitute.person_id)
    house.insure(household, by=substitute)
    assert actions.register(substitute.person_id, at=factories.NOW) == 1
    assert Missing.REGISTRATION not in gate(house.employer.pk).missing


@pytest.mark.parametrize("scope", [Scope.UNLIMITED, Scope.BOOKING_AND_MESSAGES, Scope.READ_ONLY])
def test_no_mandate_signs_the_power_of_attorney_or_registers_for_the_employer(scope: Scope) -> None:
    """ACC-14"""
    house = House()
    household = house.customer()
    agent = factories.acting(factories.person(house.place, "Asko"), house.employer, RoleKind.EMPLOYER, scope=scope)
    for act in (actions.sign_power_of_attorney, actions.let_city_insure):
        with pytest.raises(NotAllowed):
            act(household, by=agent, at=factories.NOW)
    assert actions.register(agent.person_id, at=factories.NOW) == 0
    if scope is Scope.UNLIMITED:
        house.insure(household, by=agent)
    else:
        with pytest.raises(NotAllowed):
            house.insure(household, by=agent)


def test_who_uses_no_electronic_services_is_registered_by_staff() -> None:
    """ACC-11"""
    house = House()
    household = house.on_paper()
    with pytest.raises(WrongState, match="link"):
        actions.register_on_paper(household, by=house.handler, at=factories.NOW)
    house.employer.uses_paper = True
    house.employer.save()
    assert actions.register_on_paper(household, by=house.handler, at=factories.NOW).registered_on == factories.TODAY


def test_employer_and_staff_are_told_when_all_is_in_order_and_a_call_is_written_down() -> None:
    house = House(email="irja@testi.example")
    household = house.on_paper()
    actions.register(house.employer.pk, at=factories.NOW)
    for kind in ("pension", "accident"):
        actions.confirm_insurance(house.insure(household, kind).pk, by=house.handler, at=factories.NOW)
    assert tell_gate_is_open(household, at=factories.NOW) == 2
    assert tell_gate_is_open(household, at=factories.NOW) == 0
    told = set(Notice.objects.filter(kind="gate_open").values_list("person_id", flat=True))
    assert told == {house.employer.pk, house.handler.person_id}
    [telling] = Telling.objects.all()
    assert (telling.person_id, telling.means) == (house.employer.pk, "email")
    later = factories.NOW + timedelta(hours=1)
    called = actions.tell(household, house.employer.pk, means="phone", at=later, by=house.handler, note="Vastasi itse")
    assert (called.means, called.note) == ("phone", "Vastasi itse")
    with pytest.raises(InvalidInput):
        actions.tell(household, house.employer.pk, means="dove", at=later, by=house.handler)


def test_staff_do_not_handle_their_own_household() -> None:
    house = House()
    household = house.on_paper()
    own = factories.viewer(contact_person(house.employer.pk), RoleKind.HANDLER)
    with pytest.raises(NotAllowed):
        actions.tell(household, house.employer.pk, means="phone", at=factories.NOW, by=own)
    with pytest.raises(NotAllowed):
        house.insure(household, by=own)


def test_the_employer_sees_no_payslip_tax_card_account_or_identity_code_of_the_assistant() -> None:
    """EMP-12: rows of the assistant reach the employer nowhere; what the employer may see of them is made for it."""
    from palkkio.documents import access as documents
    from palkkio.payroll import access as payroll
    from palkkio.people import access as people

    place = factories.county()
    employer, assistant = factories.person(place, "Irja", "Työnantaja"), factories.person(place, "Asko", "Avustaja")
    factories.bank_account(assistant)
    factories.assistance(place, assistant, employer=employer)
    substitute = factories.person(place, "Sijais", "Työnantaja")
    for viewer in (
        factories.viewer(employer, RoleKind.EMPLOYER),
        factories.acting(substitute, employer, RoleKind.EMPLOYER),
    ):
        for rows in (people.persons, people.roles, people.bank_accounts, people.representations):
            assert not any(assistant.pk in (row.pk, getattr(row, "person_id", 0)) for row in rows(viewer))
        for none in (payroll.payslips, payroll.tax_cards, payroll.receivables, payroll.holds, documents.documents):
            assert not none(viewer).exists()
        with pytest.raises(NotAllowed):
            people.person(viewer, assistant.pk)


def test_the_reference_of_a_households_taxes_is_checked_and_staff_write_it_down() -> None:
    """Domain page on tax and reporting, P6: the household's contributions are paid by its own reference."""
    house = House()
    household = house.customer()
    for wrong in ("12345", "abc"):
        with pytest.raises(InvalidInput):
            actions.record_tax_reference(household, wrong, by=house.handler, at=factories.NOW)
    actions.record_tax_reference(household, "11 2233 4455 8", by=house.handler, at=factories.NOW)
    assert tax_references_of([house.employer.pk]) == {house.employer.pk: "11223344558"}
    own = factories.viewer(house.employer, RoleKind.EMPLOYER)
    with pytest.raises(NotAllowed):
        actions.record_tax_reference(household, "12344", by=own, at=factories.NOW)
    actions.record_tax_reference(household, "", by=house.handler, at=factories.NOW)
    assert tax_references_of([house.employer.pk]) == {}
