"""Conditions with lists of numbers: one value for the database, the same rows as before."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from palkkio.organisations.models import Organisation, Unit
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_list_of_numbers_is_one_array_and_finds_the_same_rows() -> None:
    """The text of a statement does not grow with the payees of a part."""
    county, city = factories.county(), factories.city()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert set(Organisation.objects.filter(pk__in=[county.id, city.id, 10**12])) == {
            Organisation.objects.get(pk=county.id),
            Organisation.objects.get(pk=city.id),
        }
        assert (
            Unit.objects.filter(organisation__in={county.id}).count()
            == Unit.objects.filter(organisation=county.id).count()
        )
        assert Unit.objects.filter(organisation_id__in=(each for each in [county.id])).exists()
    arrays = [each["sql"] for each in asked if "::bigint[])" in each["sql"]]
    assert len(arrays) == 3
    assert not any(" IN (" in each for each in arrays)


def test_no_number_asks_nothing_and_rows_and_subqueries_are_asked_as_ever() -> None:
    county = factories.county()
    organisation = Organisation.objects.get(pk=county.id)
    with CaptureQueriesContext(connection) as asked:
        assert list(Unit.objects.filter(organisation__in=[])) == []
        assert list(Organisation.objects.exclude(pk__in=[])) == list(Organisation.objects.all())
        assert Unit.objects.filter(organisation__in=[organisation]).exists()
        assert Unit.objects.filter(organisation__in=Organisation.objects.filter(pk=county.id)).exists()
        assert Organisation.objects.filter(pk__in=[str(county.id), None]).exists()
    assert not any("::bigint[])" in each["sql"] for each in asked)
