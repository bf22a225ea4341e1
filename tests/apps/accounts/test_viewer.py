from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pghistory.models
import pytest
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone, translation

from palkkio.accounts import access, actions, queries
from palkkio.accounts.middleware import ViewerMiddleware
from palkkio.accounts.session import LONGEST, ROLE, SIGNED_IN_AT
from palkkio.core.problems import NotAllowed
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.people import actions as people
from palkkio.people import queries as people_queries
from tests import factories

pytestmark = pytest.mark.django_db


def visit(session: SessionStore, method: str = "GET") -> HttpRequest:
    request = RequestFactory().generic(method, "/")
    request.session = session
    request.user = get_user(request)
    return request


def signed_in(account_id: int) -> SessionStore:
    request = RequestFactory().post("/")
    request.session = SessionStore()
    actions.sign_in(request, queries.account(account_id).email, factories.PASSWORD, factories.NOW)
    return request.session  # type: ignore[return-value]


def through(request: HttpRequest, page: Callable[[Any], None] = lambda request: None) -> HttpResponse:
    def get_response(asked: HttpRequest) -> HttpResponse:
        page(asked)
        return HttpResponse()

    return ViewerMiddleware(get_response)(request)


def seen(request: HttpRequest) -> Viewer | None:
    found: list[Viewer | None] = []
    through(request, lambda asked: found.append(asked.viewer))
    return found[0]


# --- Roles -----------------------------------------------------------------------------------------------------------


def test_an_account_sees_its_roles_of_all_organisations_and_no_others() -> None:
    """ACC-6"""
    place, other = factories.county(), factories.city()
    here, there = factories.person(place), factories.person(other, "Toinen", "Nimi")
    factories.role(here, RoleKind.CARER)
    factories.role(there, RoleKind.HANDLER)
    factories.carer(place)
    account = factories.account(here, there)

    with translation.override("sv"):
        choices = queries.roles_of(account, factories.TODAY)

    assert [(each.kind, each.organisation_name, each.person_name) for each in choices] == [
        (RoleKind.HANDLER, "Koela stad", "Toinen Nimi"),
        (RoleKind.CARER, "Mallila välfärdsområde", "Testi Testaaja"),
    ]


def test_a_role_is_offered_on_its_days_only() -> None:
    """ACC-2"""
    person = factories.person(factories.county())
    role = factories.role(person, RoleKind.CARER, first=date(2026, 6, 1), last=date(2026, 6, 30))
    account = factories.account(person)
    for day, is_offered in ((date(2026, 5, 31), False), (date(2026, 6, 30), True), (date(2026, 7, 1), False)):
        assert bool(queries.roles_of(account, day)) is is_offered
        assert (queries.viewer_for(account, role.pk, day) is not None) is is_offered


def test_nobody_acts_in_another_accounts_role() -> None:
    place = factories.county()
    mine, other = factories.carer(place), factories.handler(place)
    account = queries.account(mine.account_id)

    assert queries.viewer_for(account, other.role_id, factories.TODAY) is None
    request = visit(signed_in(account.pk))
    for role_id in (other.role_id, 10**15):
        with pytest.raises(NotAllowed):
            actions.choose_role(request, role_id, factories.NOW)
    assert ROLE not in request.session


def test_a_closed_account_is_nobody() -> None:
    carer = factories.carer(factories.county())
    account = queries.account(carer.account_id)
    account.is_active = False
    assert queries.viewer_for(account, carer.role_id, factories.TODAY) is None


def test_one_acts_for_one_person_at_a_time_and_for_nobody_in_the_own_role() -> None:
    """ADR 0009"""
    place = factories.county()
    person, ward, former, agent = (factories.person(place) for _ in range(4))
    factories.representation(person, ward)
    factories.representation(person, former, last=date(2026, 6, 7))
    factories.representation(agent, person)

    assert factories.viewer(person, RoleKind.CARER).for_person_ids == {person.pk}
    acting = factories.acting(person, ward)
    assert acting.for_person_ids == {ward.pk}
    assert (acting.person_id, acting.subject_person_id) == (person.pk, ward.pk)
    assert factories.viewer(person, RoleKind.HANDLER).for_person_ids == {person.pk, ward.pk, agent.pk}


# --- The middleware --------------------------------------------------------------------------------------------------


def test_a_visitor_who_has_not_signed_in_is_nobody_and_the_day_is_fixed() -> None:
    request = visit(SessionStore())
    assert seen(request) is None
    assert request.clock.today() == factories.TODAY  # type: ignore[attr-defined]


def test_one_with_a_single_role_acts_in_it_at_once() -> None:
    carer = factories.carer(factories.county())
    viewer = seen(visit(signed_in(carer.account_id)))
    assert viewer == carer


def test_one_with_several_roles_chooses_and_switches_without_a_new_sign_in() -> None:
    """ACC-6"""
    person = factories.person(factories.county())
    carer, handler = factories.viewer(person, RoleKind.CARER), factories.viewer(person, RoleKind.HANDLER)
    session = signed_in(carer.account_id)

    assert seen(visit(session)) is None
    for wanted in (carer, handler):
        actions.choose_role(visit(session), wanted.role_id, factories.NOW)
        viewer = seen(visit(session))
        assert viewer is not None
        assert (viewer.role, viewer.roles_count) == (wanted.role, 2)


def test_a_role_that_has_ended_is_lost_at_the_next_page() -> None:
    place = factories.county()
    handler = factories.handler(place)
    session = signed_in(handler.account_id)
    actions.choose_role(visit(session), handler.role_id, factories.NOW)
    [role] = people_queries.roles_on([handler.person_id], factories.TODAY)
    people.end_role(role, by=place.maker, at=factories.NOW, last=date(2026, 6, 7))

    assert seen(visit(session)) is None


def test_a_session_ends_after_a_working_day_however_busy_it_is() -> None:
    """ACC-12"""
    carer = factories.carer(factories.county())
    session = signed_in(carer.account_id)
    session[SIGNED_IN_AT] = (timezone.now() - LONGEST + timedelta(minutes=1)).timestamp()
    assert seen(visit(session)) == carer

    session[SIGNED_IN_AT] = (timezone.now() - LONGEST - timedelta(minutes=1)).timestamp()
    request = visit(session)
    assert seen(request) is None
    assert not request.user.is_authenticated


def test_signing_out_forgets_all() -> None:
    carer = factories.carer(factories.county())
    session = signed_in(carer.account_id)
    request = visit(session)
    actions.sign_out(request, factories.NOW)
    assert seen(visit(SessionStore(session.session_key))) is None
    assert not request.user.is_authenticated


def test_pages_are_in_the_accounts_language_and_not_kept_by_caches() -> None:
    carer = factories.carer(factories.county())
    actions.change_language(queries.account(carer.account_id), "sv", factories.NOW)
    languages: list[str | None] = []
    before = translation.get_language()
    try:
        response = through(
            visit(signed_in(carer.account_id)), lambda asked: languages.append(translation.get_language())
        )
    finally:
        translation.activate(before or "fi")

    assert languages == ["sv"]
    assert response["Cache-Control"] == "private, no-store"


def test_rows_that_a_request_changes_carry_account_and_role_in_their_history() -> None:
    """CARE-13"""
    place = factories.county()
    clerk = factories.clerk(place)
    person = factories.person(place)

    through(
        visit(signed_in(clerk.account_id), "POST"),
        lambda asked: people.change_person(person, by=asked.viewer, at=factories.NOW, values={"town": "Mallila"}),
    )

    event = pghistory.models.Events.objects.tracks(person).get(pgh_label="update")
    assert event.pgh_context["user"] == clerk.account_id
    assert event.pgh_context["role"] == "payroll_clerk"


def test_a_page_costs_three_queries_before_it_begins(django_assert_num_queries: Any) -> None:
    carer = factories.carer(factories.county())
    session = signed_in(carer.account_id)
    request = RequestFactory().get("/")
    request.session = session
    with django_assert_num_queries(3):  # account, people and whether they act for anybody, roles
        request.user = get_user(request)
        assert seen(request) == carer


# --- Details and who may see accounts --------------------------------------------------------------------------------


def test_details_are_confirmed_once_at_the_first_sign_in() -> None:
    """ACC-6"""
    carer = factories.carer(factories.county())
    assert not queries.has_confirmed_details(carer)

    actions.confirm_details(carer, factories.NOW)
    actions.confirm_details(carer, factories.NOW + timedelta(days=1))

    assert queries.has_confirmed_details(carer)
    link = queries.AccountPerson.objects.get(person_id=carer.person_id)
    assert link.details_confirmed_at == factories.NOW


def test_an_account_is_seen_by_its_owner_and_by_administrators_of_its_people() -> None:
    place, other = factories.county(), factories.city()
    carer, handler = factories.carer(place), factories.handler(place)

    assert set(access.accounts(carer).values_list("pk", flat=True)) == {carer.account_id}
    assert set(access.accounts(handler).values_list("pk", flat=True)) == {handler.account_id}
    assert {carer.account_id, handler.account_id} <= set(access.accounts(place.maker).values_list("pk", flat=True))
    assert carer.account_id not in set(access.accounts(other.maker).values_list("pk", flat=True))


def test_names_of_accounts_are_those_of_the_asking_organisation() -> None:
    place, other = factories.county(), factories.city()
    here, there = factories.person(place, "Täällä"), factories.person(other, "Tuolla")
    account = factories.account(here, there)

    assert queries.names_of({account.pk}, place.id) == {account.pk: "Täällä Testaaja"}
    assert queries.names_of({account.pk}, other.id) == {account.pk: "Tuolla Testaaja"}
    assert queries.account_of(here.pk) == account
    assert queries.account_of(factories.person(place).pk) is None
