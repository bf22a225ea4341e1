"""Decisions with identifiers and dated versions: SPEC EMP-3, EMP-4, EMP-10; R9 to R11 of the rules of assistants."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from palkkio.audit.models import Event
from palkkio.core.capabilities import Scope
from palkkio.core.days import DateRange, value_on
from palkkio.core.problems import InvalidInput, NotAllowed, WrongState
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.decisions import access, actions, queries
from palkkio.decisions.models import Decision, DecisionVersion
from palkkio.people.models import Person
from tests import factories
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db

DECIDED = {"ground": "Tarve on muuttunut", "office_holder": "Sanna", "decided_on": date(2026, 5, 20)}


@pytest.fixture
def mallila() -> factories.Place:
    return factories.county()


@pytest.fixture
def eero(mallila: factories.Place) -> Person:
    return factories.person(mallila, "Eero", "Työnantaja")


@pytest.fixture
def sanna(mallila: factories.Place) -> Viewer:
    return factories.social_worker(mallila)


def changed(decision: Decision, by: Viewer, **values: Any) -> DecisionVersion:
    given = {"first": "1.6.2026", "hours": "40", "per": "month", **DECIDED, **values}
    return actions.change_decision(decision.pk, by=by, at=NOW, values=given)


def test_identifiers_count_the_decisions_of_a_group_in_their_order(
    mallila: factories.Place, eero: Person, sanna: Viewer
) -> None:
    """R9: 1.1, 1.2 basic, 2.1 work or study, 3.1 trip or other; each employer's own."""
    made = [factories.decision(mallila, eero, by=sanna, group=group).identifier for group in (1, 2, 1, 3, 1)]
    assert made == ["1.1", "2.1", "1.2", "3.1", "1.3"]
    other = factories.person(mallila, "Toinen", "Työnantaja")
    assert factories.decision(mallila, other, by=sanna).identifier == "1.1"


def test_a_decision_changes_by_a_version_and_what_it_granted_before_stays(
    mallila: factories.Place, eero: Person, sanna: Viewer
) -> None:
    decision = factories.decision(mallila, eero, by=sanna)
    changed(decision, sanna, clock_times="7.13–21.47", weekdays=["1", "3"], two_at_once="on")
    first, second = queries.granted(sanna, eero.pk)
    assert (first.valid, first.hours) == (DateRange.of_days(date(2026, 1, 1), date(2026, 5, 31)), Decimal(30))
    assert (second.valid, second.hours) == (DateRange.of_days(date(2026, 6, 1), None), Decimal(40))
    assert (second.weekdays, second.two_at_once) == (frozenset({1, 3}), True)
    assert decision.versions.get(number=2).clock_times == "07:13-21:47"
    assert set(Event.objects.filter(object_kind="decision").values_list("action", flat=True)) == {
        "add_decision",
        "change_decision",
    }


def test_no_version_is_ever_changed(mallila: factories.Place, eero: Person, sanna: Viewer) -> None:
    version = factories.decision(mallila, eero, by=sanna).versions.get()
    version.hours = Decimal(99)
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        version.save()


def test_a_decision_ends_by_a_version_with_a_last_day(mallila: factories.Place, eero: Person, sanna: Viewer) -> None:
    decision = factories.decision(mallila, eero, by=sanna)
    factories.decision(mallila, eero, by=sanna, group=2, name="Opiskelu", first=date(2026, 9, 1))
    changed(decision, sanna, last="30.6.2026")
    days = (date(2025, 12, 31), TODAY, date(2026, 7, 1), date(2026, 9, 1))
    found = queries.valid_on_days(eero.pk, days)
    assert [[each.identifier for each in found[day]] for day in days] == [[], ["1.1"], [], ["2.1"]]


@pytest.mark.parametrize(
    ("state", "found"), [("valid", ["1.1"]), ("coming", ["2.1"]), ("ended", ["1.2"]), ("", ["1.1", "1.2", "2.1"])]
)
def test_decisions_are_found_by_state_and_by_the_employers_name(
    mallila: factories.Place, eero: Person, sanna: Viewer, state: str, found: list[str]
) -> None:
    factories.decision(mallila, eero, by=sanna)
    factories.decision(mallila, eero, by=sanna, last=date(2026, 5, 31))
    factories.decision(mallila, eero, by=sanna, group=2, first=date(2026, 9, 1))
    rows = queries.search(sanna, words="työnan", state=state, today=TODAY)
    assert [each.identifier for each in rows] == found
    assert not queries.search(sanna, words="Nobody", state=state, today=TODAY)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "Apu 30 tuntia"),
        ("group", "4"),
        ("first", ""),
        ("last", "1.1.2025"),
        ("hours", "-1"),
        ("hours", "0"),
        ("per", ""),
        ("clock_times", "aamulla"),
        ("clock_times", "8-25"),
        ("weekdays", ["8"]),
        ("ground", ""),
        ("office_holder", ""),
        ("decided_on", ""),
    ],
)
def test_what_cannot_be_taken_is_told_beside_its_field(
    mallila: factories.Place, eero: Person, sanna: Viewer, field: str, value: object
) -> None:
    with pytest.raises(InvalidInput) as refused:
        factories.decision(mallila, eero, by=sanna, **{field: value})
    assert [each.field for each in refused.value.errors] == [field]
    assert not Decision.objects.exists()


def test_a_name_with_a_figure_is_refused_by_the_table_too(
    mallila: factories.Place, eero: Person, sanna: Viewer
) -> None:
    """EMP-4: the assistant reads the name."""
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(organisation=mallila.organisation, employer=eero, group=1, order=1, name="Apu 37,25 h")


def test_hours_per_period_need_the_length_of_the_period(mallila: factories.Place, eero: Person, sanna: Viewer) -> None:
    with pytest.raises(InvalidInput) as refused:
        factories.decision(mallila, eero, by=sanna, per="period")
    assert [each.field for each in refused.value.errors] == ["period_weeks"]
    factories.decision(mallila, eero, by=sanna, per="period", period_weeks="3")
    (grant,) = queries.granted(sanna, eero.pk)
    assert grant.bucket(date(2026, 1, 22)) == DateRange(date(2026, 1, 22), date(2026, 2, 12))


# --- Who may -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [RoleKind.HANDLER, RoleKind.PAYROLL_CLERK, RoleKind.ADMINISTRATOR])
def test_only_a_social_worker_makes_and_changes_decisions(
    mallila: factories.Place, eero: Person, sanna: Viewer, kind: RoleKind
) -> None:
    other = factories.viewer(factories.person(mallila), kind)
    decision = factories.decision(mallila, eero, by=sanna)
    for act in (lambda: factories.decision(mallila, eero, by=other), lambda: changed(decision, other)):
        with pytest.raises(NotAllowed):
            act()
    assert access.decision(other, decision.pk) == decision


def test_nobody_decides_on_their_own_matter(mallila: factories.Place, eero: Person) -> None:
    tied = factories.person(mallila, "Virka", "Sukulainen")
    factories.representation(tied, eero)
    for by in (factories.viewer(eero, RoleKind.SOCIAL_WORKER), factories.viewer(tied, RoleKind.SOCIAL_WORKER)):
        with pytest.raises(NotAllowed):
            factories.decision(mallila, eero, by=by)


def test_the_employer_and_who_acts_for_them_see_their_own_decisions_alone(
    mallila: factories.Place, eero: Person, sanna: Viewer
) -> None:
    """EMP-4, ACC-9, ACC-14."""
    own = factories.decision(mallila, eero, by=sanna)
    other = factories.decision(mallila, factories.person(mallila, "Toinen", "Työnantaja"), by=sanna)
    employer = factories.viewer(eero, RoleKind.EMPLOYER)
    agents = {
        scope: factories.acting(factories.person(mallila), eero, RoleKind.EMPLOYER, scope=scope)
        for scope in (Scope.UNLIMITED, Scope.READ_ONLY)
    }
    for viewer in (employer, *agents.values()):
        assert [each.pk for each in access.decisions(viewer)] == [own.pk]
        assert queries.granted(viewer, eero.pk)
        with pytest.raises(NotAllowed):
            access.decision(viewer, other.pk)
        with pytest.raises(NotAllowed):
            queries.granted(viewer, other.employer_id)
    bookings = factories.acting(factories.person(mallila), eero, RoleKind.EMPLOYER, scope=Scope.BOOKING_AND_MESSAGES)
    assert not access.decisions(bookings)
    with pytest.raises(NotAllowed):
        queries.granted(bookings, eero.pk)


def test_the_substitute_employer_of_a_minor_sees_the_decisions_of_the_minor(
    mallila: factories.Place, sanna: Viewer
) -> None:
    """ACC-9."""
    minor = factories.person(mallila, "Nuori", "Työnantaja", born=date(2012, 3, 1), identity_code="")
    own = factories.decision(mallila, minor, by=sanna)
    substitute = factories.acting(factories.person(mallila), minor, RoleKind.EMPLOYER, scope=Scope.SUBSTITUTE_EMPLOYER)
    assert list(access.decisions(substitute)) == [own]


@pytest.mark.parametrize("kind", [RoleKind.ASSISTANT, RoleKind.CARER, RoleKind.CARE_RECIPIENT])
def test_an_assistant_gets_no_row_of_any_decision_not_even_of_an_own_household(
    mallila: factories.Place, eero: Person, sanna: Viewer, kind: RoleKind
) -> None:
    """EMP-4: also who is an employer, too, while in the assistant's role."""
    factories.decision(mallila, eero, by=sanna)
    viewer = factories.viewer(eero, kind)
    assert not access.decisions(viewer)
    assert not access.versions(viewer)
    assert not access.pay_groups(viewer)
    with pytest.raises(NotAllowed):
        queries.granted(viewer, eero.pk)


def test_what_an_assistant_may_know_of_a_decision_is_its_identifier_and_name(
    mallila: factories.Place, eero: Person, sanna: Viewer
) -> None:
    """EMP-4: equal whatever is granted."""
    made = factories.decision(mallila, eero, by=sanna, hours="37,25", clock_times="7.13-21.47")
    assert queries.valid_on_days(eero.pk, [TODAY])[TODAY] == [
        queries.DecisionRef(made.pk, "1.1", "Henkilökohtainen apu")
    ]
    other = factories.person(mallila, "Toinen", "Työnantaja")
    factories.decision(mallila, other, by=sanna, hours="", per="", clock_times="")
    assert [(each.identifier, each.name) for each in queries.valid_on_days(other.pk, [TODAY])[TODAY]] == [
        ("1.1", "Henkilökohtainen apu")
    ]


def test_another_organisation_sees_and_changes_nothing(mallila: factories.Place, eero: Person, sanna: Viewer) -> None:
    decision = factories.decision(mallila, eero, by=sanna)
    stranger = factories.social_worker(factories.city())
    assert not access.decisions(stranger)
    for act in (lambda: changed(decision, stranger), lambda: factories.decision(mallila, eero, by=stranger)):
        with pytest.raises(NotAllowed):
            act()


# --- Pay groups (EMP-10) ---------------------------------------------------------------------------------------------


def pay_group_on(employer: Person, assistant: Person, day: date) -> str:
    pair = (employer.pk, assistant.pk)
    return value_on(queries.pay_groups_by_assistant([pair], DateRange.of_days(day, day)).get(pair, ()), day) or "A"


def test_a_pay_group_holds_from_its_notice_and_as_long_as_the_decision(
    mallila: factories.Place, eero: Person, sanna: Viewer
) -> None:
    assistant = factories.person(mallila, "Aila", "Avustaja")
    decided = actions.decide_pay_group(
        eero.pk, by=sanna, at=NOW, values={"pay_group": "B1", "first": "1.5.2026", "last": "31.12.2026", **DECIDED}
    )
    assert pay_group_on(eero, assistant, TODAY) == "A"
    values = {"assistant_id": assistant.pk, "first": "16.5.2026", "came_on": "1.6.2026"}
    actions.record_notice(decided.pk, by=mallila.second, at=NOW, values=values)
    on = {
        day: pay_group_on(eero, assistant, day)
        for day in (date(2026, 5, 15), date(2026, 5, 16), date(2026, 12, 31), date(2027, 1, 1))
    }
    assert list(on.values()) == ["A", "B1", "B1", "A"]
    with pytest.raises(WrongState):
        actions.record_notice(decided.pk, by=mallila.second, at=NOW, values=values)
    with pytest.raises(NotAllowed):
        actions.decide_pay_group(eero.pk, by=mallila.second, at=NOW, values={})


def test_a_notice_outside_its_decision_is_refused(mallila: factories.Place, eero: Person, sanna: Viewer) -> None:
    decided = actions.decide_pay_group(
        eero.pk, by=sanna, at=NOW, values={"pay_group": "C", "first": "1.5.2026", **DECIDED}
    )
    values = {"assistant_id": eero.pk, "first": "30.4.2026", "came_on": "9.6.2026"}
    with pytest.raises(InvalidInput) as refused:
        actions.record_notice(decided.pk, by=sanna, at=NOW, values=values)
    assert {each.field for each in refused.value.errors} == {"assistant_id", "first", "came_on"}
