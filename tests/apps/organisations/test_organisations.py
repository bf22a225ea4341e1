from __future__ import annotations

from datetime import datetime, time
from typing import Any

import pytest
from django.utils import translation

from palkkio.core.clock import HELSINKI
from palkkio.core.problems import InvalidInput, NotAllowed
from palkkio.organisations import access, actions, queries
from palkkio.organisations.queries import DayHours
from tests import factories

pytestmark = pytest.mark.django_db
POINT = {"name_fi": "Omaishoito", "name_sv": "Närståendevård", "name_en": "Informal care", "phone": "+358 9 1"}
UNIT = {"name_fi": "Yksikkö", "name_sv": "Enhet", "name_en": "Unit", "cost_centre": "1"}
MONDAY_MORNING = datetime(2026, 6, 8, 10, 0, tzinfo=HELSINKI)


def contact_point(place: factories.Place, hours: tuple[DayHours, ...] = (), **values: Any) -> None:
    actions.save_contact_point(None, by=place.maker, at=factories.NOW, values={**POINT, **values}, hours=hours)


def test_numbers_run_on_without_gaps_by_series_and_organisation() -> None:
    place, other = factories.county(), factories.city()

    assert [actions.next_number(place.id, "payslip") for _ in range(3)] == [1, 2, 3]
    assert actions.next_number(place.id, "batch") == 1
    assert actions.next_number(other.id, "payslip") == 1


def test_an_organisation_is_added_with_checked_numbers() -> None:
    with pytest.raises(InvalidInput) as refusal:
        actions.add_organisation(
            at=factories.NOW,
            values={"slug": "Uusi kunta", "business_id": "1234567-0", "iban": "FI00", "profile": "moon"},
        )

    wrong = {error.field for error in refusal.value.errors}
    assert {"slug", "business_id", "iban", "profile", "name_fi", "payroll_email"} <= wrong


def test_a_slug_is_taken_once() -> None:
    place = factories.county()
    with pytest.raises(InvalidInput) as refusal:
        factories._make_place(place.organisation.slug, {"business_id": "0201256-6"})
    assert "slug" in {error.field for error in refusal.value.errors}


def test_units_of_another_organisation_answer_like_units_that_do_not_exist() -> None:
    place, other = factories.county(), factories.city()
    answers = []
    for unit_id in (other.unit.pk, 10**12):
        with pytest.raises(NotAllowed) as refusal:
            actions.change_unit(unit_id, by=place.maker, at=factories.NOW, values=UNIT)
        answers.append(refusal.value.message)
    assert len(set(answers)) == 1
    assert list(access.units(place.maker)) == [place.unit]


def test_a_handler_writes_no_units() -> None:
    place = factories.county()
    with pytest.raises(NotAllowed):
        actions.add_unit(by=factories.handler(place), at=factories.NOW, values=UNIT)


def test_names_are_in_the_readers_language() -> None:
    place = factories.county()
    with translation.override("sv"):
        assert queries.local_name(place.organisation) == "Mallila välfärdsområde"
        assert queries.local_name(place.municipality) == "Malla"
    assert queries.local_name(place.organisation, "en") == "Mallila wellbeing services county"
    assert queries.local_name(place.municipality, "en") == "Mallila"


def test_whom_to_ask_depends_on_municipality_and_age() -> None:
    """HELP-3"""
    place = factories.county()
    code = {"municipality_ids": [place.municipality.pk]}
    contact_point(place, name_fi="Vammaispalvelut", age_to=65, **code)
    contact_point(place, name_fi="Ikääntyneiden palvelut", age_from=65, **code)
    contact_point(place, name_fi="Palkat")

    def names(**by: int) -> list[str]:
        rows = queries.contact_points_for(factories.carer(place), now=MONDAY_MORNING, **by)
        return sorted(row.name for row in rows)

    assert names(municipality_id=place.municipality.pk, age=64) == ["Palkat", "Vammaispalvelut"]
    assert names(municipality_id=place.municipality.pk, age=65) == ["Ikääntyneiden palvelut", "Palkat"]
    assert names(municipality_id=place.municipality.pk + 10**6) == ["Palkat"]
    assert len(names()) == 3
    assert queries.contact_points_for(factories.handler(factories.city()), now=MONDAY_MORNING) == []


@pytest.mark.parametrize(
    ("now", "is_open"),
    [
        (datetime(2026, 6, 8, 9, 0, tzinfo=HELSINKI), True),
        (datetime(2026, 6, 8, 11, 0, tzinfo=HELSINKI), False),  # closes at eleven
        (datetime(2026, 6, 8, 8, 59, tzinfo=HELSINKI), False),
        (datetime(2026, 6, 9, 10, 0, tzinfo=HELSINKI), False),  # a Tuesday
        (datetime(2026, 4, 6, 10, 0, tzinfo=HELSINKI), False),  # Easter Monday
    ],
)
def test_whom_to_ask_says_whether_somebody_answers_now(now: datetime, is_open: bool) -> None:
    """HELP-3"""
    place = factories.county()
    contact_point(place, hours=(DayHours(0, time(9), time(11)),))

    [row] = queries.contact_points_for(factories.carer(place), now=now)

    assert row.is_open_now is is_open
    assert row.hours == (DayHours(0, time(9), time(11)),)


def test_call_back_hours_stand_apart_and_do_not_open_the_line() -> None:
    """HELP-3"""
    place = factories.county()
    actions.save_contact_point(
        None,
        by=place.maker,
        at=factories.NOW,
        values={**POINT, "takes_callbacks": True},
        callback_hours=[DayHours(0, time(8), time(16))],
    )

    [row] = queries.contact_points_for(factories.carer(place), now=MONDAY_MORNING)

    assert (row.hours, row.callback_hours, row.takes_callbacks) == ((), (DayHours(0, time(8), time(16)),), True)
    assert not row.is_open_now


@pytest.mark.parametrize(
    ("values", "hours", "field"),
    [
        ({"phone": ""}, (), "phone"),
        ({"age_from": 65, "age_to": 60}, (), "age_to"),
        ({"name_sv": ""}, (), "name_sv"),
        ({"email": "x@"}, (), "email"),
        ({}, (DayHours(0, time(11), time(9)),), "hours"),
        ({"municipality_ids": [10**9]}, (), "municipality_ids"),
    ],
)
def test_a_contact_point_that_helps_nobody_is_refused(
    values: dict[str, Any], hours: tuple[DayHours, ...], field: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        contact_point(factories.county(), hours, **values)
    assert [error.field for error in refusal.value.errors] == [field]
