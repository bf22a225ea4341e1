"""What the insurances of a household cost it: percentages with their days and source (PAY-6)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from palkkio.calculation.employment import Employer, PensionPolicy, PolicyRate
from palkkio.core.problems import InvalidInput, NotAllowed, WrongState
from palkkio.people.households import actions
from palkkio.people.households.queries import contributions_of
from tests import factories
from tests.apps.people.test_households import House

pytestmark = pytest.mark.django_db
MARCH, JUNE = date(2026, 3, 1), date(2026, 6, 1)
LETTER = "Letter of Esimerkkivakuutus, 12.2.2026"


def _write(house: House, household: int, kind: str, **values: object) -> None:
    actions.record_contributions(household, kind, by=house.handler, at=factories.NOW, values=values)


def test_a_percentage_holds_from_its_day_until_the_next_and_the_unknown_stays_unknown() -> None:
    """PAY-6: the employer's contributions go by the household's own policies."""
    house = House()
    household = house.customer()
    for kind in ("pension", "accident"):
        house.insure(household, kind)
    employer = house.employer.pk
    assert contributions_of([employer], JUNE) == {employer: Employer()}
    _write(house, household, "pension", pension_policy="temporary")
    _write(house, household, "accident", first="1.3.2026", accident="0,85", source=LETTER)
    _write(house, household, "accident", first="1.6.2026", accident="0,9", group_life="0,05", source="Letter 2")
    before = {"accident": PolicyRate(Decimal("0.85"), LETTER)}
    after = {"accident": PolicyRate(Decimal("0.9"), "Letter 2"), "group_life": PolicyRate(Decimal("0.05"), "Letter 2")}
    temporary = PensionPolicy.TEMPORARY
    assert contributions_of([employer], date(2026, 2, 28))[employer] == Employer(temporary)
    assert contributions_of([employer], date(2026, 5, 31))[employer] == Employer(temporary, before)
    assert contributions_of([employer], JUNE)[employer] == Employer(temporary, after)
    _write(house, household, "accident", first="1.6.2026", accident="0,95", source="Letter 3")  # typed wrong before
    assert contributions_of([employer], JUNE)[employer].rates["accident"].percent == Decimal("0.95")
    assert contributions_of([employer], date(2026, 5, 31))[employer] == Employer(temporary, before)


def test_many_employers_are_one_query(django_assert_num_queries: object) -> None:
    house = House()
    house.customer()
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert list(contributions_of([house.employer.pk, house.handler.person_id], JUNE)) == [house.employer.pk]
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert contributions_of([], JUNE) == {}


def test_a_percentage_says_where_it_comes_from_and_is_never_put_before_a_later_one() -> None:
    house = House()
    household = house.customer()
    with pytest.raises(WrongState, match="insurance first"):
        _write(house, household, "accident", first="1.3.2026", accident="0,85", source=LETTER)
    house.insure(household, "accident")
    with pytest.raises(InvalidInput) as refused:
        _write(house, household, "accident", accident="101", source="")
    assert {each.field for each in refused.value.errors} == {"accident", "first", "source"}
    _write(house, household, "accident", first="1.6.2026", accident="0,85", source=LETTER)
    with pytest.raises(InvalidInput) as refused:
        _write(house, household, "accident", first="1.3.2026", accident="0,8", source=LETTER)
    assert [each.field for each in refused.value.errors] == ["first"]
    by = factories.carer(house.place)
    with pytest.raises(NotAllowed):
        actions.record_contributions(household, "accident", by=by, at=factories.NOW, values={})
