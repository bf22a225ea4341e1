from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from palkkio.core.days import DateRange, halves
from palkkio.core.payslip import ContractKind, DayType
from palkkio.core.problems import InvalidInput, NotAllowed, WrongState
from palkkio.organisations import access, actions, queries
from tests import factories

pytestmark = pytest.mark.django_db
KIND = ContractKind.SUBSTITUTE_CARE


def change(place: factories.Place, **values: Any) -> None:
    series = access.schedule_series(place.maker).get(contract_kind=KIND)
    first = values.pop("first", date(2026, 7, 1))
    actions.change_schedule(
        series.pk, by=place.maker, at=factories.NOW, first=first, values={**factories.SCHEDULE, **values}
    )


def fields_of(refusal: pytest.ExceptionInfo[InvalidInput]) -> list[str]:
    return [error.field for error in refusal.value.errors]


def test_entries_are_due_on_the_3rd_and_paid_on_the_last_banking_day_of_the_next_month() -> None:
    """CARE-10"""
    place = factories.county()

    days = queries.deadline_and_payday(place.id, KIND, factories.MAY)

    assert days == queries.Timetable(
        deadline=date(2026, 6, 3),
        review_by=date(2026, 6, 17),
        bank_by=date(2026, 6, 26),
        payday=date(2026, 6, 30),
        paper_by=date(2026, 6, 3),
        remind_on=(date(2026, 5, 31), date(2026, 6, 2)),
    )


def test_april_is_paid_on_the_friday_before_the_weekend() -> None:
    """CARE-10"""
    assert queries.deadline_and_payday(factories.county().id, KIND, factories.APRIL).payday == date(2026, 5, 29)


@pytest.mark.parametrize(
    ("day", "deadline", "payday"),
    [
        (date(2026, 5, 12), date(2026, 5, 18), date(2026, 5, 29)),
        (date(2026, 5, 15), date(2026, 5, 18), date(2026, 5, 29)),
        (date(2026, 5, 16), date(2026, 6, 3), date(2026, 6, 15)),
        (date(2026, 12, 16), date(2027, 1, 3), date(2027, 1, 15)),
        (date(2028, 2, 29), date(2028, 3, 3), date(2028, 3, 15)),
        (date(2026, 10, 4), date(2026, 10, 18), date(2026, 10, 30)),  # a Sunday: the deadline stays, the payday moves
    ],
)
def test_half_months_are_due_on_the_18th_and_the_3rd_and_paid_on_their_own_days(
    day: date, deadline: date, payday: date
) -> None:
    """EMP-2, R1 to R4"""
    place = factories.county()
    factories.pays(place, ContractKind.PERSONAL_ASSISTANCE, values=factories.HALVES)
    half = next(each for each in halves(DateRange.month_of(day)) if day in each)

    found = queries.deadline_and_payday(place.id, ContractKind.PERSONAL_ASSISTANCE, half)

    assert (found.deadline, found.payday, found.paper_by) == (deadline, payday, deadline)


def test_both_halves_of_each_month_are_walked_and_their_paydays_are_known() -> None:
    """EMP-2, R8: sheets on paper have a timetable of their own"""
    place = factories.county()
    on_paper = {**factories.HALVES, "paper_days_before_payday": 10}
    factories.pays(place, ContractKind.PERSONAL_ASSISTANCE, values=on_paper)

    found = queries.timetables_of_periods(place.id, ContractKind.PERSONAL_ASSISTANCE, [factories.MAY])

    assert [period for period, _times in found] == list(halves(factories.MAY))
    assert [times.paper_by for _period, times in found] == [date(2026, 5, 15), date(2026, 6, 1)]
    assert queries.next_paydays(place.id, factories.TODAY)[0] == date(2026, 6, 15)


def test_a_changed_schedule_holds_from_its_month_on_and_older_months_keep_theirs() -> None:
    """CARE-10"""
    place = factories.county()
    change(place, first="1.7.2026", deadline_day=5, payday_rule="day_of_month", payday_day=16)

    june, july = (DateRange.of_month(2026, month) for month in (6, 7))
    found = queries.timetables(place.id, KIND, [june, july])
    assert (found[june].deadline, found[june].payday) == (date(2026, 7, 3), date(2026, 7, 31))
    assert (found[july].deadline, found[july].payday) == (date(2026, 8, 5), date(2026, 8, 14))


def test_a_schedule_planned_for_later_is_replaced_by_one_that_begins_earlier() -> None:
    place = factories.county()
    change(place, first=date(2026, 9, 1), deadline_day=9)
    change(place, first=date(2026, 7, 1), deadline_day=7)

    starts = [each.valid.start for each in access.schedules(place.maker).filter(series__contract_kind=KIND)]
    assert starts == [date(2026, 7, 1), date(2025, 1, 1)]
    assert queries.deadline_and_payday(place.id, KIND, DateRange.of_month(2026, 9)).deadline == date(2026, 10, 7)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"first": date(2026, 7, 2)}, "first"),
        ({"first": date(2026, 4, 1)}, "first"),
        ({"first": ""}, "first"),
        ({"deadline_day": 32}, "deadline_day"),
        ({"deadline_day": "three"}, "deadline_day"),
        ({"payday_rule": "whenever"}, "payday_rule"),
        ({"payday_months_after": 0}, "payday_day"),
        ({"reminder_days_before": "3, x"}, "reminder_days_before"),
        ({"source": ""}, "source"),
        ({**factories.HALVES, "half_deadline_months_after": ""}, "half_deadline_months_after"),
        ({**factories.HALVES, "half_deadline_day": 31}, "half_payday_day"),
        ({"paper_days_before_payday": 21}, "paper_days_before_payday"),
    ],
)
def test_a_schedule_that_cannot_be_kept_is_refused_beside_its_field(values: dict[str, Any], field: str) -> None:
    place = factories.county()

    with pytest.raises(InvalidInput) as refusal:
        change(place, **values)

    assert fields_of(refusal) == [field]
    assert access.schedules(place.maker).filter(series__contract_kind=KIND).count() == 1


def test_only_an_administrator_changes_schedules_of_the_own_organisation() -> None:
    place = factories.county()
    series = access.schedule_series(place.maker).get(contract_kind=KIND)
    values = dict(factories.SCHEDULE)
    for by in (factories.handler(place), factories.clerk(place), factories.carer(place), factories.city().maker):
        with pytest.raises(NotAllowed):
            actions.change_schedule(series.pk, by=by, at=factories.NOW, first=date(2026, 7, 1), values=values)


def test_a_kind_without_deadlines_is_not_paid_and_says_what_to_do() -> None:
    place = factories.county()

    assert queries.contract_kinds(place.id) == (ContractKind.SUBSTITUTE_CARE, ContractKind.OTHER_COMMISSION)
    with pytest.raises(WrongState, match="administrator"):
        queries.deadline_and_payday(place.id, ContractKind.FAMILY_CARE, factories.MAY)


def test_a_kind_is_paid_once_it_has_a_schedule_and_gets_only_one() -> None:
    place = factories.county()
    values = dict(factories.SCHEDULE)
    start = {"by": place.maker, "at": factories.NOW, "first": date(2026, 7, 1), "values": values}

    actions.start_schedule(ContractKind.FAMILY_CARE, **start)

    assert ContractKind.FAMILY_CARE in queries.contract_kinds(place.id)
    with pytest.raises(InvalidInput) as refusal:
        actions.start_schedule(ContractKind.FAMILY_CARE, **start)
    assert fields_of(refusal) == ["contract_kind"]


def test_which_day_types_a_kind_offers_is_data_in_the_order_of_the_menu() -> None:
    """CARE-4"""
    place = factories.county()

    actions.offer_day_types(
        KIND, by=place.maker, at=factories.NOW, day_types=[DayType.NOTICE, DayType.CARE, DayType.NOTICE]
    )

    assert queries.day_types(place.id, KIND) == (DayType.NOTICE, DayType.CARE)
    assert DayType.VISIT in queries.day_types(place.id, ContractKind.OTHER_COMMISSION)
    assert DayType.TRAINING in queries.day_types(factories.city().id, KIND)


def test_a_kind_offers_at_least_one_day_type() -> None:
    place = factories.county()
    with pytest.raises(InvalidInput):
        actions.offer_day_types(KIND, by=place.maker, at=factories.NOW, day_types=[])
    assert len(queries.day_types(place.id, KIND)) == 5
