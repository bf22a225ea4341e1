"""Choices and official figures of an organisation: decided by day, approved by a second person (SYS-3, BEY-11)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from palkkio.core.problems import InvalidInput, NotAllowed, WrongState
from palkkio.rates import access, deciding, queries
from palkkio.rates.models import Edition, PolicyChoice
from palkkio.rules import RateNotConfirmed, figure, profile, under
from palkkio.rules.profiles import _editions
from tests import factories

pytestmark = pytest.mark.django_db
PORTION = "distraint/protected_debtor"
DECREE = "Decree 1000/2025, statute book"


def choose(by, value="fixed_30", first=date(2026, 6, 1), last=None, key="proration"):
    return deciding.propose_choice(
        by=by, at=factories.NOW, key=key, value=value, first=first, last=last, source="Board 5.5.2026, 9 §"
    )


def enter(by, values=None, file=PORTION, first=date(2026, 1, 1), last=date(2026, 12, 31)):
    return deciding.propose_figures(
        by=by, at=factories.NOW, file=file, values=values or {"": "33,10"}, first=first, last=last, source=DECREE
    )


def two_of(place):
    return factories.clerk(place), factories.clerk(place, "Hyväksyjä")


def test_a_choice_holds_from_its_day_when_a_second_person_has_approved_it():
    place = factories.county()
    clerk, second = two_of(place)
    base = queries.profile_of(place.id)
    row = choose(clerk)
    assert queries.profile_of(place.id) == base
    with pytest.raises(NotAllowed):
        deciding.approve(row, by=clerk, at=factories.NOW)
    deciding.approve(row, by=second, at=factories.NOW)
    name = queries.profile_of(place.id)
    assert name.startswith(f"{base}@")
    chosen = profile(name)
    assert chosen.choice("proration", date(2026, 5, 31)).value == "actual_days"
    assert chosen.choice("proration", date(2026, 6, 1)).value == "fixed_30"
    assert chosen.choice("proration", date(2026, 6, 1)).source == "Board 5.5.2026, 9 §"
    assert queries.profile_of(factories.city().id) == "helsinki" or "@" not in queries.profile_of(factories.city().id)


def test_the_choice_before_ends_the_day_before_and_one_from_the_same_day_stays_in_the_history():
    place = factories.county()
    clerk, second = two_of(place)
    for value, first in (
        ("fixed_30", date(2026, 1, 1)),
        ("full_month", date(2026, 6, 1)),
        ("actual_days", date(2026, 6, 1)),
    ):
        deciding.approve(choose(clerk, value, first), by=second, at=factories.NOW)
    chosen = profile(queries.profile_of(place.id))
    assert [chosen.choice("proration", date(2026, month, 1)).value for month in (5, 6)] == ["fixed_30", "actual_days"]
    rows = list(access.choices(clerk))
    assert [(row.value, row.is_replaced) for row in rows] == [
        ("actual_days", False),
        ("full_month", True),
        ("fixed_30", False),
    ]
    with pytest.raises(WrongState):
        deciding.approve(choose(clerk, "full_month", date(2026, 2, 1)), by=second, at=factories.NOW)


def test_an_official_figure_pays_where_the_rules_have_only_a_computed_one():
    """RATE_NOT_CONFIRMED is gone for this organisation alone."""
    place, other = factories.county(), factories.city()
    clerk, second = two_of(place)
    deciding.approve(enter(clerk), by=second, at=factories.NOW)
    with under(queries.profile_of(place.id)):
        found = figure(PORTION).on(date(2026, 6, 30))
        assert (found.value, found.source) == (Decimal("33.10"), DECREE)
    with under(queries.profile_of(other.id)), pytest.raises(RateNotConfirmed):
        figure(PORTION).on(date(2026, 6, 30))


def test_the_columns_of_a_table_are_entered_together():
    place = factories.county()
    clerk, second = two_of(place)
    table = "assistance/hourly_pay/rest/A"
    columns = deciding.columns_of(table)
    assert len(columns) > 3
    row = enter(clerk, {columns[0]: "12,85", columns[1]: "13,01", columns[2]: ""}, table)
    assert row.values == {columns[0]: "12.85", columns[1]: "13.01"}
    deciding.approve(row, by=second, at=factories.NOW)
    with under(queries.profile_of(place.id)):
        assert figure(f"{table}/{columns[1]}").on(date(2026, 6, 30)).value == Decimal("13.01")
        with pytest.raises(RateNotConfirmed):
            figure(f"{table}/{columns[2]}").on(date(2026, 6, 30))


def test_a_figure_that_was_read_in_a_source_is_not_entered_over():
    place = factories.county()
    with pytest.raises(InvalidInput) as caught:
        enter(factories.clerk(place), first=date(2025, 6, 1))
    assert [error.field for error in caught.value.errors] == ["value_"]


def test_bad_input_says_what_to_do_beside_its_field():
    clerk = factories.clerk(factories.county())
    with pytest.raises(InvalidInput) as caught:
        deciding.propose_choice(by=clerk, at=factories.NOW, key="proration", value="sometimes", first="", source=" ")
    assert {error.field for error in caught.value.errors} == {"value", "first", "source"}
    with pytest.raises(InvalidInput) as caught:
        deciding.propose_figures(by=clerk, at=factories.NOW, file="../choices", values={"": "1"}, first="", source="")
    assert {error.field for error in caught.value.errors} >= {"file", "first", "source"}
    with pytest.raises(InvalidInput) as caught:
        enter(clerk, {"": "much"})
    assert [error.field for error in caught.value.errors] == ["value_"]


def test_only_staff_of_payroll_decide_in_their_own_organisation():
    place, other = factories.county(), factories.city()
    with pytest.raises(NotAllowed):
        choose(factories.handler(place))
    row = choose(factories.clerk(place))
    with pytest.raises(NotAllowed):
        deciding.approve(row, by=factories.clerk(other), at=factories.NOW)
    assert not access.choices(factories.carer(place))
    assert not access.figures(factories.carer(place))
    deciding.withdraw(row, by=factories.clerk(place, "Toinen"), at=factories.NOW)
    assert not PolicyChoice.objects.exists()


def test_what_facts_name_can_be_computed_again_by_another_process():
    """Old months stay reproducible to the cent."""
    place = factories.county()
    clerk, second = two_of(place)
    deciding.approve(choose(clerk), by=second, at=factories.NOW)
    named = queries.profile_of(place.id)
    deciding.approve(choose(clerk, "full_month", date(2026, 7, 1)), by=second, at=factories.NOW)
    assert queries.profile_of(place.id) != named
    _editions.pop(named)  # as in a process that has not computed by it
    with pytest.raises(KeyError):
        profile(named)
    assert queries.profile_known(named, place.id) == named
    assert profile(named).choice("proration", date(2026, 7, 1)).value == "fixed_30"
    assert Edition.objects.filter(organisation_id=place.id).count() == 2


def test_two_rows_of_a_choice_never_hold_on_one_day():
    place = factories.county()
    clerk, second = two_of(place)
    deciding.approve(choose(clerk), by=second, at=factories.NOW)
    row = choose(clerk, "full_month")
    row.approved_by_id, row.approved_at = second.account_id, factories.NOW
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
