from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from palkkio.audit import queries as audit
from palkkio.core.days import DateRange
from palkkio.core.problems import InvalidInput, NotAllowed, WrongState
from palkkio.core.viewer import RoleKind
from palkkio.people import access, actions, bank_accounts, queries
from palkkio.people.models import Person
from tests import factories

pytestmark = pytest.mark.django_db
NAME = {"given_names": "Testi", "family_name": "Testaaja"}


def add(place: factories.Place, **values: Any) -> Person:
    return actions.add_person(by=place.maker, at=factories.NOW, values={**NAME, **values})


def fields_of(refusal: pytest.ExceptionInfo[InvalidInput]) -> list[str]:
    return [error.field for error in refusal.value.errors]


# --- People ----------------------------------------------------------------------------------------------------------


def test_a_person_is_known_with_the_day_of_birth_that_the_identity_code_carries() -> None:
    place = factories.county()
    code, born = factories.identity_code()

    person = add(place, identity_code=f" {code.lower()} ", language="sv")

    assert (person.identity_code, person.born, person.language) == (code, born, "sv")
    assert (person.sort_key, person.search_key) == ("testaaja testi", "testaaja testi")
    assert [event.action for event in audit.history_of(place.id, "person", person.pk)] == ["add_person"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"given_names": " "}, "given_names"),
        ({"family_name": "x" * 121}, "family_name"),
        ({"identity_code": "010170-999A"}, "identity_code"),
        ({"identity_code": "hello"}, "identity_code"),
        ({"born": "1.1.2027"}, "born"),
        ({"born": "1.1.1970", "died_on": "31.12.1969"}, "died_on"),
        ({"died_on": "9.6.2026"}, "died_on"),
        ({"language": "de"}, "language"),
        ({"email": "testaaja"}, "email"),
        ({"postcode": "?"}, "postcode"),
        ({"business_id": "1234567-0"}, "business_id"),
        ({"municipality_id": 10**9}, "municipality_id"),
        (
            {"in_prepayment_register_first": "2.1.2026", "in_prepayment_register_last": "1.1.2026"},
            "in_prepayment_register_last",
        ),
    ],
)
def test_details_that_cannot_be_right_are_refused_beside_their_field(values: dict[str, Any], field: str) -> None:
    place = factories.county()
    before = Person.objects.count()

    with pytest.raises(InvalidInput) as refusal:
        add(place, **values)

    assert fields_of(refusal) == [field]
    assert Person.objects.count() == before


def test_an_identity_code_is_known_once_in_an_organisation_and_again_in_another() -> None:
    place, other = factories.county(), factories.city()
    code, _ = factories.identity_code()
    add(place, identity_code=code)

    with pytest.raises(InvalidInput) as refusal:
        add(place, identity_code=code)

    assert fields_of(refusal) == ["identity_code"]
    assert add(other, identity_code=code).identity_code == code


def test_a_municipality_of_another_organisation_is_not_on_the_list() -> None:
    with pytest.raises(InvalidInput) as refusal:
        add(factories.county(), municipality_id=factories.city().municipality.pk)
    assert fields_of(refusal) == ["municipality_id"]


def test_a_change_touches_only_what_was_given_and_renews_the_keys() -> None:
    place = factories.county()
    person = add(place, phone="+358 50 1")

    changed = actions.change_person(
        person, by=factories.handler(place), at=factories.NOW, values={"family_name": "Äkäs"}
    )

    assert (changed.name, changed.phone, changed.search_key) == ("Testi Äkäs", "+358 50 1", "akas testi")
    [event, _] = audit.history_of(place.id, "person", person.pk)
    assert event.details == {"fields": ["family_name"]}


def test_a_person_of_another_organisation_cannot_be_changed() -> None:
    person = add(factories.city())
    with pytest.raises(NotAllowed):
        actions.change_person(person, by=factories.handler(factories.county()), at=factories.NOW, values={"town": "x"})


def test_staff_do_not_change_themselves_nor_those_they_act_for_nor_those_who_act_for_them() -> None:
    place = factories.county()
    clerk_person = factories.person(place, "Pekka", "Palkanlaskija")
    ward, agent = factories.person(place, "Vilja"), factories.person(place, "Aatu")
    factories.representation(clerk_person, ward)
    factories.representation(agent, clerk_person)
    clerk = factories.viewer(clerk_person, RoleKind.PAYROLL_CLERK)

    for person in (clerk_person, ward, agent):
        with pytest.raises(NotAllowed, match="own matter"):
            actions.change_person(person, by=clerk, at=factories.NOW, values={"phone": "1"})
        with pytest.raises(NotAllowed, match="own matter"):
            bank_accounts.propose(person, factories.iban(), by=clerk, at=factories.NOW, first=factories.TODAY)


def test_a_carer_writes_no_people() -> None:
    place = factories.county()
    with pytest.raises(NotAllowed):
        actions.add_person(by=factories.carer(place), at=factories.NOW, values=NAME)


# --- Who may see whom ------------------------------------------------------------------------------------------------


def test_a_carer_sees_themself_or_whom_they_act_for_now() -> None:
    place = factories.county()
    carer_person, ward, former = (factories.person(place, name) for name in ("Hilla", "Vilja", "Entinen"))
    factories.representation(carer_person, ward)
    factories.representation(carer_person, former, last=date(2026, 6, 7))
    carer = factories.viewer(carer_person, RoleKind.CARER)

    assert set(access.persons(carer)) == {carer_person}
    assert set(access.persons(factories.acting(carer_person, ward))) == {ward}
    with pytest.raises(NotAllowed):
        access.person(carer, former.pk)


def test_staff_see_the_people_of_their_organisation_and_unknown_ones_answer_like_others() -> None:
    place, other = factories.county(), factories.city()
    handler, stranger = factories.handler(place), factories.person(other)

    assert stranger not in access.persons(handler)
    messages = set()
    for person_id in (stranger.pk, 10**15):
        with pytest.raises(NotAllowed) as refusal:
            access.person(handler, person_id)
        messages.add(refusal.value.message)
    assert len(messages) == 1


# --- Roles -----------------------------------------------------------------------------------------------------------


def test_a_role_holds_on_its_days_only() -> None:
    """ACC-2"""
    place = factories.county()
    person = factories.person(place)
    role = actions.give_role(
        person, RoleKind.CARER, by=factories.handler(place), at=factories.NOW, first="1.6.2026", last="30.6.2026"
    )

    assert queries.roles_on([person.pk], date(2026, 6, 30)) == [role]
    assert queries.roles_on([person.pk], date(2026, 7, 1)) == []
    assert queries.roles_on([person.pk], date(2026, 5, 31)) == []


def test_a_role_is_given_once_for_the_same_days_and_again_after_them() -> None:
    place = factories.county()
    person = factories.person(place)
    give = {"by": place.maker, "at": factories.NOW}
    actions.give_role(person, RoleKind.CARER, first="1.6.2026", last="30.6.2026", **give)

    with pytest.raises(InvalidInput) as refusal:
        actions.give_role(person, RoleKind.CARER, first="30.6.2026", **give)
    assert fields_of(refusal) == ["first"]
    actions.give_role(person, RoleKind.CARER, first="1.7.2026", **give)


def test_handlers_let_payees_in_and_only_administrators_let_staff_in() -> None:
    place = factories.county()
    handler, person = factories.handler(place), factories.person(place)

    actions.give_role(person, RoleKind.CONTRACTOR, by=handler, at=factories.NOW, first=factories.TODAY)
    with pytest.raises(NotAllowed):
        actions.give_role(person, RoleKind.HANDLER, by=handler, at=factories.NOW, first=factories.TODAY)
    actions.give_role(person, RoleKind.HANDLER, by=place.maker, at=factories.NOW, first=factories.TODAY)


def test_nobody_gives_themself_a_role() -> None:
    place = factories.county()
    administrator = factories.administrator(place)
    own = access.person(administrator, administrator.person_id)
    with pytest.raises(NotAllowed):
        actions.give_role(own, RoleKind.PAYROLL_CLERK, by=administrator, at=factories.NOW, first=factories.TODAY)


def test_an_ended_role_ends_with_its_last_day() -> None:
    place = factories.county()
    role = factories.role(factories.person(place), RoleKind.HANDLER)

    actions.end_role(role, by=place.maker, at=factories.NOW, last="8.6.2026")

    assert queries.roles_on([role.person_id], date(2026, 6, 8)) == [role]
    assert queries.roles_on([role.person_id], date(2026, 6, 9)) == []
    with pytest.raises(InvalidInput):
        actions.end_role(role, by=place.maker, at=factories.NOW, last="31.12.2024")


def test_the_first_administrator_is_added_once() -> None:
    place = factories.county()
    with pytest.raises(WrongState):
        actions.add_first_administrator(place.id, at=factories.NOW, values=NAME)


# --- Facts for the calculation ---------------------------------------------------------------------------------------


def test_a_payee_is_in_the_prepayment_register_on_its_days_only() -> None:
    place = factories.county()
    person = factories.person(place, in_prepayment_register_first="1.1.2026", in_prepayment_register_last="31.5.2026")
    assert person.in_prepayment_register == DateRange.of_days(date(2026, 1, 1), date(2026, 5, 31))
    assert queries.payee_facts(person, date(2026, 5, 31), is_self_insured=False).in_prepayment_register
    assert not queries.payee_facts(person, date(2026, 6, 1), is_self_insured=False).in_prepayment_register
    assert queries.payee_facts(person, date(2026, 6, 1), is_self_insured=False).born == person.born


def test_whose_matters_are_left_to_a_colleague() -> None:
    place = factories.county()
    one, ward, agent, other = (factories.person(place) for _ in range(4))
    factories.representation(one, ward)
    factories.representation(agent, one)

    assert queries.acting_for(one.pk, factories.TODAY) == {agent.pk}
    assert queries.tied_to(one.pk, factories.TODAY) == {one.pk, ward.pk, agent.pk}
    assert queries.tied_to(other.pk, factories.TODAY) == {other.pk}
