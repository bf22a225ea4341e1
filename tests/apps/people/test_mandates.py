"""Who acts for whom: recording, ending, minors until 18, and what each scope covers (ACC-9, ACC-14)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from palkkio.audit import queries as audit
from palkkio.core.capabilities import OF_MINORS, Scope
from palkkio.core.clock import HELSINKI
from palkkio.core.days import DateRange
from palkkio.core.problems import InvalidInput, NotAllowed, WrongState
from palkkio.people import queries
from palkkio.people.mandates import actions
from palkkio.people.mandates import queries as mandates
from palkkio.people.mandates.queries import comes_of_age
from tests import factories

pytestmark = pytest.mark.django_db


def recorded(
    place: factories.Place, principal: object, agent: object, scope: str = "unlimited", **values: object
) -> int:
    terms = {"scope": scope, "first": factories.TODAY, **values}
    return actions.record(principal, agent, by=factories.handler(place), at=factories.NOW, values=terms, paper_id=1).pk


def principals(agent_id: int, day: date) -> set[int]:
    return {row.principal_id for row in mandates.principals_of([agent_id], day)}


def test_staff_record_a_mandate_from_the_signed_form_and_it_is_logged_with_actor_and_subject() -> None:
    place = factories.county()
    principal, agent = factories.person(place, "Irja"), factories.person(place, "Asko")
    row = recorded(place, principal, agent, "read_only", last="31.12.2026")

    assert principals(agent.pk, date(2026, 12, 31)) == {principal.pk}
    assert principals(agent.pk, date(2027, 1, 1)) == set()
    [event] = audit.history_of(place.id, "representation", row)
    assert (event.action, event.subject_person_id) == ("give_mandate", principal.pk)
    assert event.actor_person_id


def test_a_wrong_mandate_says_what_to_do_beside_its_field() -> None:
    place = factories.county()
    principal, agent = factories.person(place), factories.person(place)
    for values, field in (
        ({"scope": ""}, "scope"),
        ({"first": ""}, "first"),
        ({"last": "1.6.2026"}, "last"),
        ({"scope": "own"}, "scope"),
        ({"scope": "guardian"}, "scope"),  # of a grown-up
    ):
        with pytest.raises(InvalidInput) as refused:
            recorded(place, principal, agent, **{"scope": "unlimited", **values})
        assert field in {each.field for each in refused.value.errors}
    with pytest.raises(InvalidInput):
        recorded(place, principal, principal)
    recorded(place, principal, agent)
    with pytest.raises(InvalidInput, match="marked"):
        recorded(place, principal, agent, "read_only")


def test_staff_record_nothing_for_themselves_nor_for_another_organisation() -> None:
    place = factories.county()
    handler = factories.handler(place)
    own, other = queries.contact_person(handler.person_id), factories.person(place)
    stranger = factories.person(factories.city())
    values = {"scope": "unlimited", "first": factories.TODAY}
    for principal, agent in ((own, other), (other, own), (stranger, other), (other, stranger)):
        with pytest.raises(NotAllowed):
            actions.record(principal, agent, by=handler, at=factories.NOW, values=values)
    for by in (factories.clerk(place), factories.carer(place)):
        with pytest.raises(NotAllowed):
            actions.record(other, factories.person(place), by=by, at=factories.NOW, values=values)


@pytest.mark.parametrize("scope", OF_MINORS)
def test_a_guardian_and_a_substitute_employer_act_until_the_day_before_the_18th_birthday(scope: Scope) -> None:
    """ACC-9, ACC-14: counted by the day."""
    place = factories.county()
    child = factories.person(place, "Nuori", identity_code="", born=date(2008, 6, 10))
    guardian = factories.person(place, "Huolto")
    recorded(place, child, guardian, scope.value)
    assert principals(guardian.pk, date(2026, 6, 9)) == {child.pk}
    assert principals(guardian.pk, date(2026, 6, 10)) == set()
    factories.role(child, factories.RoleKind.EMPLOYER)
    account = factories.account(guardian)
    from palkkio.accounts.queries import roles_of

    assert [each.principal_name for each in roles_of(account, date(2026, 6, 9))] == [child.name]
    assert roles_of(account, date(2026, 6, 10)) == []


@pytest.mark.parametrize("last", ["", "31.12.2026"])
def test_a_mandate_given_for_a_minor_ends_with_minority(last: str) -> None:
    """ACC-14: the adult has not given it."""
    place = factories.county()
    child = factories.person(place, "Nuori", identity_code="", born=date(2008, 6, 10))
    helper, other = factories.person(place, "Auttaja"), factories.person(place, "Toinen")
    recorded(place, child, helper, last=last)
    assert principals(helper.pk, date(2026, 6, 9)) == {child.pk}
    assert principals(helper.pk, date(2026, 6, 10)) == set()
    with pytest.raises(InvalidInput) as refused:
        recorded(place, child, other, first="10.6.2026")
    assert [each.field for each in refused.value.errors] == ["first"]


def test_a_birthday_that_is_corrected_ends_the_guardianship_whatever_was_recorded() -> None:
    place = factories.county()
    child, guardian = factories.person(place, identity_code="", born=date(2008, 6, 10)), factories.person(place)
    recorded(place, child, guardian, "guardian")
    child.born = date(2008, 6, 1)
    child.save()
    assert mandates.principals_of([guardian.pk], factories.TODAY) == []


def test_who_is_born_on_29_february_comes_of_age_on_1_march() -> None:
    assert comes_of_age(date(2008, 2, 29)) == date(2026, 3, 1)
    assert comes_of_age(date(2008, 6, 10)) == date(2026, 6, 10)


def test_either_side_ends_a_mandate_at_once_and_once() -> None:
    place = factories.county()
    principal = factories.carer(place)
    person = queries.contact_person(principal.person_id)
    helper, friend = factories.person(place, "Asko"), factories.person(place, "Ystävä")
    first, second = recorded(place, person, helper), recorded(place, person, friend)
    acting = factories.acting(helper, person)
    actions.end(first, by=principal, at=factories.NOW)
    actions.end(second, by=factories.acting(friend, person), at=factories.NOW)  # the agent gives it back
    assert queries.acting_for(person.pk, factories.TODAY) == set()
    with pytest.raises(WrongState, match="ended already"):
        actions.end(first, by=principal, at=factories.NOW)
    from palkkio.accounts.queries import account, viewer_for

    held = acting.acting_for
    assert held is not None
    found = viewer_for(account(acting.account_id), acting.role_id, factories.TODAY, held.representation_id)
    assert found is None  # the next page goes back to the choice of roles


def test_who_acts_by_a_mandate_ends_no_other_ones() -> None:
    place = factories.county()
    principal = factories.person(place)
    other = recorded(place, principal, factories.person(place, "Toinen"))
    acting = factories.acting(factories.person(place, "Asko"), principal)
    with pytest.raises(NotAllowed):
        actions.end(other, by=acting, at=factories.NOW)


def test_a_guardianship_is_ended_by_the_county_alone() -> None:
    place = factories.county()
    child, guardian = factories.person(place, identity_code="", born=date(2010, 1, 1)), factories.person(place)
    row = recorded(place, child, guardian, "guardian")
    with pytest.raises(NotAllowed, match="county"):
        actions.end(row, by=factories.acting(guardian, child), at=factories.NOW)
    actions.end(row, by=factories.handler(place), at=factories.NOW)
    assert principals(guardian.pk, factories.TODAY) == set()


def test_a_mandate_that_has_ended_ties_no_staff_any_more() -> None:
    place = factories.county()
    one, other = factories.person(place), factories.person(place)
    row = recorded(place, one, other)
    assert queries.tied_to(one.pk, factories.TODAY) == {one.pk, other.pk}
    actions.end(row, by=factories.handler(place), at=factories.NOW)
    assert queries.tied_to(one.pk, factories.TODAY) == {one.pk}


def test_nobody_accepts_a_mandate_from_themself_or_across_organisations() -> None:
    place = factories.county()
    one, stranger = factories.person(place), factories.person(factories.city())
    days = DateRange(factories.TODAY, None)
    at = datetime(2026, 6, 8, tzinfo=HELSINKI) + timedelta(hours=9)
    for agent_id in (one.pk, stranger.pk):
        with pytest.raises(NotAllowed):
            actions.accept(one.pk, agent_id, Scope.READ_ONLY, days, given_at=at, at=at, account_id=1)
