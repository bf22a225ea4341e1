"""Call-back requests, where and when they are taken (HELP-3)."""

from __future__ import annotations

from datetime import time

import pytest

from palkkio.core.problems import InvalidInput, NotAllowed, WrongState
from palkkio.messages import actions, queries
from palkkio.organisations.models import ContactPoint, OpeningHours
from tests import factories
from tests.apps.entries.scene import NOW, on

pytestmark = pytest.mark.django_db


def contact_point(place, takes_callbacks=True):
    point = ContactPoint.objects.create(
        organisation=place.organisation, name_fi="Perhehoito", name_sv="Familjevård", takes_callbacks=takes_callbacks
    )
    for weekday in range(5):
        OpeningHours.objects.create(
            organisation=place.organisation,
            contact_point=point,
            is_callback=True,
            weekday=weekday,
            opens=time(9),
            closes=time(15),
        )
    return point


def ask(point, viewer, at=NOW, phone="040 123 4567", topic="Hoitojakso"):
    return actions.ask_callback(point.pk, by=viewer, at=at, phone=phone, topic=topic)


def test_a_request_waits_for_staff_until_handled():
    place = factories.county()
    carer, handler = factories.carer(place), factories.handler(place)
    request = ask(contact_point(place), carer)
    (row,) = queries.callbacks(handler)
    assert (row.name, row.phone, row.topic, row.contact_point) == (
        "Hilla Mallikas",
        "0401234567",
        "Hoitojakso",
        "Perhehoito",
    )
    actions.handle_callback(request.pk, by=handler, at=NOW)
    assert queries.callbacks(handler) == []
    assert len(queries.callbacks(handler, is_handled=True)) == 1
    with pytest.raises(WrongState):
        actions.handle_callback(request.pk, by=handler, at=NOW)


@pytest.mark.parametrize(
    ("at", "is_taken"),
    [
        (on(6, 8, 9), True),  # Monday
        (on(6, 8, 14), True),
        (on(6, 8, 8), False),
        (on(6, 8, 15), False),
        (on(6, 7, 12), False),  # Sunday
        (on(6, 19, 12), False),  # Midsummer Eve, a Friday
    ],
)
def test_requests_are_taken_in_call_back_hours_only(at, is_taken):
    place = factories.county()
    carer, point = factories.carer(place), contact_point(place)
    if is_taken:
        assert ask(point, carer, at=at).asked_at == at
    else:
        with pytest.raises(WrongState):
            ask(point, carer, at=at)


def test_a_point_that_takes_none_refuses():
    place = factories.county()
    with pytest.raises(WrongState):
        ask(contact_point(place, takes_callbacks=False), factories.carer(place))


@pytest.mark.parametrize("phone", ["", "1234", "soita minulle", "+358 40 123 4567 8901 23", "040+1234567"])
def test_a_number_that_cannot_be_called_is_refused(phone):
    place = factories.county()
    with pytest.raises(InvalidInput) as refused:
        ask(contact_point(place), factories.carer(place), phone=phone)
    assert refused.value.errors[0].field == "phone"


def test_others_neither_ask_see_nor_handle():
    place, other = factories.county(), factories.city()
    point, carer = contact_point(place), factories.carer(place)
    with pytest.raises(NotAllowed):
        ask(point, factories.carer(other))
    request = ask(point, carer)
    stranger = factories.handler(other)
    assert queries.callbacks(stranger) == []
    assert queries.callbacks(factories.carer(place, "Esimerkki")) == []
    for viewer in (stranger, carer, factories.viewer(factories_person(carer), factories.RoleKind.HANDLER)):
        with pytest.raises(NotAllowed):
            actions.handle_callback(request.pk, by=viewer, at=NOW)


def factories_person(viewer):
    from palkkio.people.models import Person

    return Person.objects.get(pk=viewer.person_id)
