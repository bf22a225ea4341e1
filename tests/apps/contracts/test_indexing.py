"""The yearly index of agreed amounts, of many contracts at once (PAY-4, PAY-13)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from palkkio.contracts import indexing
from palkkio.contracts.models import AgreedRate, Terms
from palkkio.core.problems import NotAllowed, WrongState
from palkkio.payroll.actions.indexing import undo_index
from palkkio.rates import deciding
from palkkio.rules import RateNotConfirmed
from tests import factories

pytestmark = pytest.mark.django_db
SINCE = date(2024, 1, 1)


def world():
    """A family carer at 1 000.00 and 500.00 a month, and one whose terms are agreed anew from 1 January 2026."""
    place = factories.county()
    old = factories.family_care(place, factories.carer(place, "Perhe").person_id, first=SINCE)
    new = factories.family_care(place, factories.carer(place, "Uusi").person_id, first=date(2026, 1, 1))
    factories.contract(place, factories.carer(place, "Sijainen").person_id, first=SINCE)
    return place, old, new


def amounts(contract, day):
    (terms,) = Terms.objects.filter(contract=contract, valid__contains=day)
    return {each.code: each.amount for each in AgreedRate.objects.filter(terms=terms)}


def test_the_index_makes_new_terms_from_1_january_and_is_undone_as_a_whole():
    """X1: 1000.00 × 1.712 / 1.673 = 1023.3114; K7: 500.00 × 2338 / 2343 = 498.9330."""
    place, old, new = world()
    clerk, second = factories.clerk(place), factories.clerk(place, "Hyväksyjä")
    found = indexing.preview(place.id, 2026)
    assert [(each.contract.pk, each.code, each.revision.after, each.change) for each in found] == [
        (old.pk, "expense_allowance", Decimal("498.93"), Decimal("-1.07")),
        (old.pk, "monthly_fee", Decimal("1023.31"), Decimal("23.31")),
    ]
    change = indexing.propose_index(by=clerk, at=factories.NOW, year=2026)
    with pytest.raises(NotAllowed):
        indexing.make_index(change.pk, by=clerk, at=factories.NOW)
    with pytest.raises(WrongState):
        indexing.propose_index(by=second, at=factories.NOW, year=2026)
    indexing.make_index(change.pk, by=second, at=factories.NOW)
    assert amounts(old, date(2025, 12, 31)) == {"monthly_fee": 1000, "expense_allowance": 500}
    assert amounts(old, date(2026, 1, 1)) == {"monthly_fee": Decimal("1023.31"), "expense_allowance": Decimal("498.93")}
    assert amounts(new, date(2026, 1, 1)) == {"monthly_fee": 1000, "expense_allowance": 500}
    assert "index 2026" in Terms.objects.get(contract=old, valid__contains=date(2026, 1, 1)).source
    assert indexing.preview(place.id, 2026) == []
    undo_index(change.pk, by=clerk, at=factories.NOW)
    (terms,) = Terms.objects.filter(contract=old)
    assert (terms.valid.first, terms.valid.last) == (SINCE, None)
    assert amounts(old, date(2026, 1, 1)) == {"monthly_fee": 1000, "expense_allowance": 500}
    with pytest.raises(WrongState):
        undo_index(change.pk, by=clerk, at=factories.NOW)


def test_nothing_is_undone_when_a_contract_is_paid():
    place, old, _new = world()
    change = indexing.propose_index(by=factories.clerk(place), at=factories.NOW, year=2026)
    indexing.make_index(change.pk, by=factories.clerk(place, "Toinen"), at=factories.NOW)
    clerk = factories.clerk(place, "Kolmas")
    with pytest.raises(WrongState):
        indexing.undo_index(change.pk, by=clerk, at=factories.NOW, paid_contracts={old.pk})
    assert amounts(old, date(2026, 1, 1))["monthly_fee"] == Decimal("1023.31")


def test_an_index_that_is_not_confirmed_waits_until_the_organisation_enters_it():
    """The wage coefficient of 2027: 1000.00 × 1.750 / 1.712 = 1022.1963; the other index likewise."""
    place, _old, _new = world()
    clerk, second = factories.clerk(place), factories.clerk(place, "Hyväksyjä")
    with pytest.raises(RateNotConfirmed):
        indexing.preview(place.id, 2027)
    for file, value in (("index/wage_coefficient", "1.750"), ("index/cost_of_living", "2338")):
        row = deciding.propose_figures(
            by=clerk, at=factories.NOW, file=file, values={"": value}, first=date(2027, 1, 1), source="Decree of 2026"
        )
        deciding.approve(row, by=second, at=factories.NOW)
    found = indexing.preview(place.id, 2027)
    assert {each.revision.after for each in found if each.code == "monthly_fee"} == {Decimal("1022.20")}


def test_only_staff_of_payroll_change_many_contracts_and_only_their_own():
    place, _old, _new = world()
    with pytest.raises(NotAllowed):
        indexing.propose_index(by=factories.handler(place), at=factories.NOW, year=2026)
    change = indexing.propose_index(by=factories.clerk(place), at=factories.NOW, year=2026)
    with pytest.raises(NotAllowed):
        indexing.make_index(change.pk, by=factories.clerk(factories.city()), at=factories.NOW)
    indexing.withdraw_index(change.pk, by=factories.clerk(place, "Toinen"), at=factories.NOW)
    assert indexing.changes(factories.clerk(place, "Neljäs")) == []
