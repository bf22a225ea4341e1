"""Trips of contracts that pay them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from palkkio.core.problems import InvalidInput, NotAllowed, WrongState
from palkkio.entries import actions, queries
from palkkio.entries.actions import StaleSheet
from tests import factories
from tests.apps.entries.scene import NOW, scene

pytestmark = pytest.mark.django_db
TRIP = {"day": "5.5.2026", "kilometres": "34,5", "origin": "Malli", "destination": "Testi", "purpose": "Koulutus"}


def save(may_sheet, by=None, trip_id=None, receipt=None, version=None, **values):
    return actions.save_trip(
        may_sheet.sheet.pk,
        by=by or may_sheet.carer,
        at=NOW,
        version=version or may_sheet.version,
        trip_id=trip_id,
        values={**TRIP, **values},
        receipt=receipt,
    )


def refused_fields(may_sheet, **values):
    with pytest.raises(InvalidInput) as refused:
        save(may_sheet, **values)
    return [error.field for error in refused.value.errors]


def test_a_trip_is_entered_with_kilometres_ends_and_purpose():
    """CARE-15"""
    may_sheet = scene(pays_trips=True)
    save(may_sheet)
    (trip,) = may_sheet.view().trips
    assert (trip.day, trip.kilometres, trip.origin, trip.destination) == (
        date(2026, 5, 5),
        Decimal("34.5"),
        "Malli",
        "Testi",
    )
    assert (trip.purpose, trip.expense, trip.by_county) == ("Koulutus", 0, False)


def test_a_contract_that_pays_no_trips_takes_none():
    """CARE-15"""
    may_sheet = scene(pays_trips=False)
    with pytest.raises(WrongState):
        save(may_sheet)


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"kilometres": "paljon"}, ["kilometres"]),
        ({"kilometres": "-3"}, ["kilometres"]),
        ({"kilometres": "2001"}, ["kilometres"]),
        ({"kilometres": "", "expense": ""}, ["kilometres"]),
        ({"kilometres": "1,234"}, ["kilometres"]),
        ({"origin": " "}, ["origin"]),
        ({"destination": ""}, ["destination"]),
        ({"purpose": ""}, ["purpose"]),
        ({"purpose": "x" * 201}, ["purpose"]),
        ({"day": ""}, ["day"]),
        ({"day": "31.4.2026"}, ["day"]),
        ({"day": "1.6.2026"}, ["day"]),
        ({"expense": "4,50"}, ["receipt"]),
        ({"expense": "neljä"}, ["expense"]),
    ],
)
def test_bad_input_is_told_beside_its_field(values, fields):
    may_sheet = scene(pays_trips=True)
    assert refused_fields(may_sheet, **values) == fields
    assert may_sheet.view().trips == ()


def test_a_trip_outside_the_contract_is_refused():
    may_sheet = scene(pays_trips=True, first=date(2026, 5, 6))
    assert refused_fields(may_sheet) == ["day"]


def test_a_ticket_needs_its_receipt_and_no_kilometres():
    """CARE-15"""
    may_sheet = scene(pays_trips=True)
    receipt = may_sheet.document("receipt")
    save(may_sheet, receipt=receipt, kilometres="", origin="", destination="", expense="4,50")
    (trip,) = may_sheet.view().trips
    assert (trip.expense, trip.receipt_id, trip.kilometres) == (Decimal("4.50"), receipt.pk, 0)
    save(may_sheet, trip_id=trip.id, kilometres="", origin="", destination="", expense="5,00")
    assert may_sheet.view().trips[0].receipt_id == receipt.pk


def test_a_receipt_of_somebody_else_is_refused():
    may_sheet = scene(pays_trips=True)
    other = factories.carer(may_sheet.place, "Esimerkki")
    with pytest.raises(NotAllowed):
        save(may_sheet, receipt=may_sheet.document("receipt", other.person_id), expense="4,50")


def test_a_trip_is_changed_removed_and_brought_back():
    may_sheet = scene(pays_trips=True)
    save(may_sheet)
    (trip,) = may_sheet.view().trips
    save(may_sheet, trip_id=trip.id, kilometres="40")
    removed = actions.remove_trip(
        may_sheet.sheet.pk, by=may_sheet.carer, at=NOW, version=may_sheet.version, trip_id=trip.id
    )
    assert may_sheet.view().trips == ()
    may_sheet.undo(removed)
    (back,) = may_sheet.view().trips
    assert (back.id, back.kilometres) == (trip.id, Decimal(40))


def test_a_trip_that_somebody_else_changed_is_not_overwritten():
    """CARE-13"""
    may_sheet = scene(pays_trips=True)
    save(may_sheet)
    (trip,) = may_sheet.view().trips
    seen = may_sheet.version
    save(may_sheet, by=may_sheet.handler, trip_id=trip.id, kilometres="30")
    with pytest.raises(StaleSheet) as refused:
        save(may_sheet, trip_id=trip.id, kilometres="50", version=seen)
    assert refused.value.yours.values["kilometres"] == "50"
    assert refused.value.saved.trips[0].kilometres == 30
    save(may_sheet, day="6.5.2026", version=seen)
    assert len(may_sheet.view().trips) == 2


def test_a_trip_removed_meanwhile_is_told():
    may_sheet = scene(pays_trips=True)
    with pytest.raises(WrongState):
        save(may_sheet, trip_id=987654)


def test_trips_of_a_year_are_listed_by_day():
    """PAY-3"""
    may_sheet = scene(pays_trips=True)
    save(may_sheet, day="20.5.2026")
    save(may_sheet, day="5.5.2026")
    rows = queries.trips_of_year(may_sheet.carer, 2026)
    assert [row.day.day for row in rows] == [5, 20]
    assert rows[0].recipient_name == "Taimi Hoidettava"
    assert queries.trips_of_year(may_sheet.carer, 2025) == []
    assert queries.trips_of_year(factories.carer(may_sheet.place, "Esimerkki"), 2026) == []
    assert len(queries.trips_of_year(may_sheet.handler, 2026, may_sheet.carer.person_id)) == 2
