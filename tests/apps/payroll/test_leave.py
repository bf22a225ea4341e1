"""Annual leave of an assistant through runs: leave days, the end of the employment, the employer's contributions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from palkkio.calculation import frozen
from palkkio.core.clock import HELSINKI
from palkkio.core.days import DateRange
from palkkio.core.payslip import ContractKind, DayType, TaxCardKind
from palkkio.core.problems import InvalidInput, NotAllowed, WrongState
from palkkio.entries import queries as entries
from palkkio.entries.actions.leave import adjust_leave
from palkkio.entries.models import LeaveAdjustment, Sheet
from palkkio.entries.queries.leave import leave_balances
from palkkio.payroll import actions
from palkkio.payroll.leave import with_leave
from palkkio.payroll.models import Payslip
from palkkio.people.households import actions as households
from palkkio.people.households.models import Household
from tests import factories
from tests.apps.payroll.scene import (
    IN_JULY,
    IN_MAY,
    NOW,
    PAYDAY,
    PAYDAY_OF_APRIL,
    Payroll,
    payroll,
    proposal,
    worked_out,
)

pytestmark = pytest.mark.django_db

WORKED = {4: (1, 2, 7, 8, 9, 10, 13, 14, 15, 16, 17, 20, 21, 22), 5: (4, 5, 6, 7, 8, 11, 12, 13, 15, 20, 21, 22)}
LEAVE = (18, 19)  # of May: a Monday and a Tuesday
OPENING = {
    "kind": "opening",
    "year": "1.4.2025",
    "days": "24",
    "pay": "12000",
    "days_worked": "200",
    "reason": "From the payroll before, list of 31.3.2026",
}


def _half(house: Payroll, contract: object, days: DateRange, at: datetime) -> Sheet:
    """A reviewed half month with shifts from 8 to 16, and leave."""
    sheet = Sheet.objects.create(organisation_id=house.place.id, contract=contract, period=days)
    for day in (date(2026, month, number) for month, numbers in WORKED.items() for number in numbers):
        if day in days:
            factories.shift(sheet, *(datetime(2026, day.month, day.day, hour, tzinfo=HELSINKI) for hour in (8, 16)))
    house.enter(sheet, {DayType.LEAVE: [number for number in LEAVE if date(2026, 5, number) in days]})
    house.review(sheet, at=at)
    return sheet


def _halves(month: int) -> tuple[DateRange, DateRange]:
    whole = DateRange.of_month(2026, month)
    return DateRange.of_days(whole.first, date(2026, month, 15)), DateRange.of_days(date(2026, month, 16), whole.last)


def _amounts(slip: Payslip) -> dict[str, list[Decimal]]:
    found: dict[str, list[Decimal]] = {}
    for line in frozen.from_json(slip.result).lines:
        found.setdefault(line.code, []).append(line.amount)
    return found


def _house(**terms: object) -> tuple[Payroll, object]:
    house = payroll()
    assistant = factories.carer(house.place, "Avustaja")
    given = {"rates": {"hourly": "14.50"}, "agreement": "statute", "employed_since": date(2025, 4, 1)}
    dates = {"first": date(2026, 4, 1), "last": date(2026, 5, 31)}
    contract = factories.assistance(house.place, assistant.person_id, **{**given, **dates, **terms})
    house.card(assistant.person_id, kind=TaxCardKind.WAGE)
    factories.open_gate(house.place, contract.employer_id)
    return house, contract


def _insure(house: Payroll, employer_id: int) -> None:
    household = Household.objects.get(employer_id=employer_id)
    rates = {"first": "1.4.2026", "accident": "0,85", "group_life": "0,05", "source": "Policy 1"}
    households.record_contributions(household.pk, "accident", by=house.approver, at=NOW, values=rates)


def test_leave_days_and_the_end_of_an_employment_pay_through_runs_what_the_cases_pay() -> None:
    """PAY-6, V10 and V12: 12 000 / 200 = 60 a day, 24 days earn 22.2 of it; April and May earn 5 days, 4.5 of 116."""
    house, contract = _house()
    _insure(house, contract.employer_id)
    for days in _halves(4):
        _half(house, contract, days, IN_MAY)
    (april,) = house.paid(PAYDAY_OF_APRIL, IN_MAY, contract_kinds=[ContractKind.PERSONAL_ASSISTANCE])
    assert april.gross == Decimal("1624.00")  # 14 days of 8 hours at 14.50
    for days in _halves(5):
        _half(house, contract, days, NOW)
    run = house.propose(PAYDAY, contract_kinds=[ContractKind.PERSONAL_ASSISTANCE])
    held = proposal(run, contract)
    assert "CONTRACT_TERM_MISSING" in str(held.problems)  # nobody has told of the leave year before
    adjust_leave(contract.pk, by=house.proposer, at=NOW, values=OPENING)
    (may,) = house.produce(actions.calculate_run(actions.recalculate_run(run.pk, by=house.proposer, at=NOW).pk, at=NOW))
    amounts = _amounts(may)
    assert amounts["LEAVE_PAY"] == [Decimal("111.00")]  # 1 332.00 x 2 / 24
    assert amounts["LEAVE_COMPENSATION"] == [Decimal("1221.00"), Decimal("522.00")]  # 22 days, and 3 016 / 26 x 4.5
    assert may.gross == Decimal("3246.00")  # with 12 days of 8 hours
    made = worked_out(may).employer
    costs = {each.code: (each.amount, each.percent, each.working.source) for each in made}
    assert costs["ACCIDENT_INSURANCE"] == (Decimal("27.59"), Decimal("0.85"), "Policy 1")
    assert costs["GROUP_LIFE_INSURANCE"] == (Decimal("1.62"), Decimal("0.05"), "Policy 1")
    # Looked at again, the paid months are what they were: no difference comes of the leave.
    assert actions.recheck_months(house.place.id, at=IN_JULY, contract_ids=[contract.pk]) == 0
    # The ledger says the same.
    rows = leave_balances(contract, factories.TODAY)
    assert [(row.year.edges[0].year, row.in_all, row.used) for row in rows] == [(2025, 24, 2), (2026, 5, 0)]


def test_leave_of_many_takes_as_many_queries_as_of_one(django_assert_num_queries: object) -> None:
    house, contract = _house(last=None)
    people = [factories.carer(house.place, "Avustaja").person_id for _ in range(3)]
    since = {"first": date(2026, 4, 1), "employed_since": date(2025, 4, 1)}
    more = [factories.assistance(house.place, each, **since) for each in people]
    sheets = []
    for each in (contract, *more):
        sheets.append(Sheet.objects.create(organisation_id=house.place.id, contract=each, period=_halves(5)[1]))
        house.enter(sheets[-1], {DayType.LEAVE: LEAVE})
        adjust_leave(each.pk, by=house.proposer, at=NOW, values=OPENING)
    months = entries.month_facts(sheets)
    contract_of = {each.pk: each.contract_id for each in sheets}
    for chosen in (sheets[:1], sheets):
        facts = {each.pk: months[each.pk] for each in chosen}
        with django_assert_num_queries(6):  # type: ignore[operator]
            found = with_leave(facts, contract_of, "western-uusimaa")
        assert all([year.corrected_days for year in month.leave] == [24] for month in found.values())
    bare = {each.pk: replace(months[each.pk], entries=()) for each in sheets[1:]}
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert with_leave(bare, contract_of, "western-uusimaa") == bare


def test_staff_write_into_the_ledger_with_a_reason_and_an_opening_is_written_anew() -> None:
    """A correction has a reason; what came before is told once a leave year."""
    house, contract = _house(last=None)
    by = house.proposer
    adjust_leave(contract.pk, by=by, at=NOW, values=OPENING)
    adjust_leave(contract.pk, by=by, at=NOW, values={**OPENING, "days": "30"})
    off = {"kind": "correction", "year": "1.5.2025", "days": "2", "is_taken_off": True, "reason": "Counted twice"}
    adjust_leave(contract.pk, by=by, at=NOW, values=off)
    rows = LeaveAdjustment.objects.order_by("pk").values_list("kind", "year", "days", "pay")
    year = date(2025, 4, 1)
    assert list(rows) == [("opening", year, 30, Decimal("12000.00")), ("correction", year, -2, Decimal("0.00"))]
    with pytest.raises(InvalidInput) as refused:
        adjust_leave(contract.pk, by=by, at=NOW, values={**OPENING, "reason": " ", "days": "-1"})
    assert {each.field for each in refused.value.errors} == {"days", "reason"}
    with pytest.raises(NotAllowed):
        adjust_leave(contract.pk, by=house.place.maker, at=NOW, values=OPENING)
    with pytest.raises(WrongState):
        adjust_leave(house.contract().pk, by=by, at=NOW, values=OPENING)
