"""Terms and absences of assistants through runs: what is written in the contract is what the engine pays by."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from palkkio.calculation.assistance.hourly_pay import experience_on
from palkkio.contracts import actions as contracts
from palkkio.core.clock import HELSINKI
from palkkio.core.days import DateRange, halves
from palkkio.core.payslip import ContractKind, DayType, Line, TaxCardKind
from palkkio.core.problems import InvalidInput
from palkkio.entries import queries as entries
from palkkio.entries.actions.events import record_event
from palkkio.entries.actions.leave import adjust_leave
from palkkio.entries.models import Sheet
from palkkio.payroll import actions
from palkkio.payroll.models import Payslip
from palkkio.payroll.queries import payslip_view
from palkkio.rates import deciding
from tests import factories
from tests.apps.payroll.scene import MAY, NOW, Payroll, payroll, proposal, worked_out

if TYPE_CHECKING:
    from collections.abc import Iterable

    from palkkio.contracts.models import Contract

pytestmark = pytest.mark.django_db
ASSISTANTS = [ContractKind.PERSONAL_ASSISTANCE]


def _employed(**terms: Any) -> tuple[Payroll, Contract]:
    """An assistant of 12.51 EUR an hour, 20 hours a week, under the agreement, since 1 April 2025."""
    house = payroll()
    assistant = factories.carer(house.place, "Avustaja")
    given = {"rates": {"hourly": "12.51"}, "agreement": "heta", "first": date(2025, 4, 1)}
    contract = factories.assistance(house.place, assistant.person_id, **{**given, **terms})
    house.card(assistant.person_id, kind=TaxCardKind.WAGE)
    assert contract.employer_id is not None
    factories.open_gate(house.place, contract.employer_id, date(2025, 1, 1))
    return house, contract


def _period(
    house: Payroll,
    contract: Contract,
    days: DateRange,
    worked: Iterable[tuple[date, int, int]] = (),
    leave: Iterable[int] = (),
    **values: Any,
) -> Sheet:
    """An approved period with shifts from one hour to another."""
    sheet = Sheet.objects.create(organisation_id=house.place.id, contract=contract, period=days)
    for day, *hours in worked:
        if day in days:
            start, end = (datetime(day.year, day.month, day.day, hour, tzinfo=HELSINKI) for hour in hours)
            factories.shift(sheet, start, end, **values)
    if leave:
        house.enter(sheet, {DayType.LEAVE: list(leave)})
    house.review(sheet)
    return sheet


def _lines(slips: Iterable[Payslip], code: str) -> list[Line]:
    return [line for slip in slips for line in worked_out(slip).lines if line.code == code]


def _sick(house: Payroll, contract: Contract, first: str, last: str, kind: str = "sick") -> None:
    record_event(contract.pk, by=house.handler, at=NOW, values={"kind": kind, "first": first, "last": last})


def test_unpaid_weeks_of_a_long_illness_are_in_the_holiday_pay() -> None:
    """PAY-6, V11: 20 days x 4 h x 14.50 = 1 160.00; (12 000 + 1 160) x 11.5 % = 1 513.40, of 27 days two are taken.

    The hourly pay is the one with which the illness began, not the risen one of May.
    """
    house, contract = _employed(agreement="statute", leave_rule="hours35", rates={"hourly": "14.50"})
    contracts.change_terms(
        contract,
        by=house.place.second,
        at=NOW,
        first=date(2026, 4, 1),
        agreed_rates={"hourly": "15.50"},
        source="Amendment 1",
        values={
            "pay_group": "A",
            "area": "rest",
            "weekly_hours": "30",
            "leave_rule": "hours35",
            "agreement": "statute",
        },
    )
    opening = {"kind": "opening", "year": "1.4.2025", "days": "24", "pay": "12000", "reason": "Payroll before"}
    adjust_leave(contract.pk, by=house.proposer, at=NOW, values=opening)
    _sick(house, contract, "2.3.2026", "27.3.2026")
    _period(house, contract, halves(MAY)[1], leave=(18, 19))
    slips = house.paid(contract_kinds=ASSISTANTS)
    (line,) = _lines(slips, "LEAVE_PAY")
    assert (line.of, line.percent, line.per) == (Decimal("13160.00"), Decimal("11.5"), Decimal(27))
    assert line.amount == Decimal("112.10")  # 1 513.40 x 2 / 27
    assert ("absence_pay", "1160.00") in line.working.inputs


def test_without_agreed_hours_the_weeks_worked_before_the_illness_tell_them() -> None:
    """V11, 162/2005 12 § 2: 12 weeks x 6 h worked; five days away x 6 h / 5 x 14.50 = 87.00."""
    house, contract = _employed(
        agreement="statute", leave_rule="hours35", rates={"hourly": "14.50"}, weekly_hours=None, first=date(2025, 11, 1)
    )
    mondays = [date(2025, 12, 29) + timedelta(weeks=number) for number in range(12)]
    for month in ((2025, 12), (2026, 1), (2026, 2), (2026, 3)):
        for half in halves(DateRange.of_month(*month)):
            _period(house, contract, half, ((day, 8, 14) for day in mondays))
    _sick(house, contract, "23.3.2026", "27.3.2026")
    opening = {"kind": "opening", "year": "1.4.2025", "days": "12", "pay": "5000", "reason": "Payroll before"}
    adjust_leave(contract.pk, by=house.proposer, at=NOW, values=opening)
    _period(house, contract, halves(MAY)[1], leave=(18,))
    (line,) = _lines(house.paid(contract_kinds=ASSISTANTS), "LEAVE_PAY")
    assert ("absence_pay", "87.00") in line.working.inputs


def test_eight_weeks_of_equalised_working_time_are_settled_from_all_their_weeks() -> None:
    """PAY-6, T1 and T3: 328 hours from 30 March to 24 May, 8 above 320: 8 x 12.51 x 50 % = 50.04."""
    house, contract = _employed(
        working_time="equalised_8_weeks", period_starts=date(2026, 3, 30), weekly_hours="40", leave_rule="hours35"
    )
    first = date(2026, 3, 30)
    days = [first + timedelta(days=number) for number in range(56)]
    worked = [(day, 8, 16) for day in days if day.weekday() < 5 or day == date(2026, 4, 4)]
    for half in (*halves(DateRange.of_month(2026, 3))[1:], *halves(factories.APRIL), *halves(MAY)):
        _period(house, contract, half, worked)
    lines = _lines(house.paid(contract_kinds=ASSISTANTS), "OVERTIME_50")
    assert [(line.amount, line.quantity) for line in lines] == [(Decimal("50.04"), Decimal("8.00"))]
    assert ("overtime_by", "equalised_8_weeks") in lines[0].working.inputs


def test_an_equalisation_period_says_on_which_day_it_begins() -> None:
    """T1: without its first day nobody can settle it."""
    with pytest.raises(InvalidInput) as refused:
        _employed(working_time="equalised_3_weeks")
    assert {each.field for each in refused.value.errors} == {"period_starts"}


def test_a_longer_day_agreed_separately_is_overtime_from_its_own_end_on() -> None:
    """S4, T3: twelve hours are agreed; of thirteen one is overtime, 12.51 x 50 % = 6.26."""
    with pytest.raises(InvalidInput) as refused:
        _employed(longest_day="8")
    assert {each.field for each in refused.value.errors} == {"longest_day"}
    house, contract = _employed(longest_day="12")
    _period(house, contract, halves(MAY)[0], [(date(2026, 5, 4), 6, 19)])
    slips = house.paid(contract_kinds=ASSISTANTS)
    assert [line.amount for line in _lines(slips, "OVERTIME_50")] == [Decimal("6.26")]
    assert _lines(slips, "OVERTIME_100") == []


@pytest.mark.parametrize(("is_shown", "days"), [(False, 4), (True, 5)])
def test_similar_work_earns_leave_as_from_the_second_year_on(is_shown: bool, days: int) -> None:
    """V3: April and May are full months of a first year; five days instead of four are owed at the end."""
    house, contract = _employed(
        first=date(2026, 4, 1), last=date(2026, 5, 31), has_similar_work=is_shown, leave_rule="days14"
    )
    for half in (*halves(factories.APRIL), *halves(MAY)):
        _period(house, contract, half, ((day, 8, 12) for day in half if day.weekday() < 5))
    (line,) = _lines(house.paid(contract_kinds=ASSISTANTS), "LEAVE_COMPENSATION")
    assert line.per == Decimal(days)


def test_family_leave_is_paid_for_the_days_that_the_organisation_has_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    """K7: 15 of 20 planned hours x 12.51 = 187.65; while nobody has decided, the assistant is held."""
    house, contract = _employed()
    planned = [(date(2026, 5, day), 8, 13) for day in (5, 7, 11, 12)]
    _period(house, contract, halves(MAY)[0], planned, is_scheduled=True)
    event = {"kind": "family_leave", "first": "4.5.2026", "child": "A"}
    recorded = record_event(contract.pk, by=house.handler, at=NOW, values=event)
    assert (recorded.child, recorded.valid.end) == ("A", None)
    run = house.propose(contract_kinds=ASSISTANTS)
    assert "sick_pay/family_leave_days" in str(proposal(run, contract).problems)
    row = deciding.propose_choice(
        by=house.proposer,
        at=NOW,
        key="family_leave_paid_days",
        value="3",
        first=date(2026, 1, 1),
        last=None,
        source="Agreement, 14 §",
    )
    deciding.approve(row, by=house.approver, at=NOW)

    again = actions.calculate_run(actions.recalculate_run(run.pk, by=house.proposer, at=NOW).pk, at=NOW)
    (line,) = _lines(house.produce(again), "SICK_PAY")
    assert (line.amount, line.quantity, line.working.rule) == (Decimal("187.65"), Decimal(15), "family_leave")
    monkeypatch.setattr("palkkio.rules.profiles._editions", {})  # another process looks at it later
    (slip,) = Payslip.objects.filter(run=again)
    assert payslip_view(slip).is_explained


def test_experience_grows_from_the_first_day_of_the_terms_whatever_period_is_read() -> None:
    """PAY-6, P4: 5 months on 1 April 2025 are 18 on 1 May 2026, when the step is looked up for May."""
    house, contract = _employed(experience_months=5)
    sheet = Sheet.objects.create(organisation_id=house.place.id, contract=contract, period=halves(MAY)[0])
    (terms,) = entries.month_facts([sheet])[sheet.pk].terms
    assert terms.assistant is not None
    assert (terms.valid, experience_on(date(2026, 5, 1), terms, terms.assistant)) == (halves(MAY)[0], 18)
