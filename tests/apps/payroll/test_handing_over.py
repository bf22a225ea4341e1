"""Months paid without entries are handed over at night (CARE-9); what is told later is still paid right in the run."""

from __future__ import annotations

from datetime import date

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from palkkio.audit.models import Event
from palkkio.contracts import actions as contracts
from palkkio.core.days import DateRange
from palkkio.core.payslip import ContractKind
from palkkio.entries import actions as entries
from palkkio.entries.models import Sheet, SheetRevision
from palkkio.payroll import actions, tasks
from palkkio.payroll.actions import handing_over
from palkkio.payroll.models import LateMonth, PaidRevision, Payslip
from tests import factories
from tests.apps.payroll.scene import MAY, NOW, PAYDAY, Payroll, payroll

pytestmark = pytest.mark.django_db


def informal_carer(house: Payroll, **values):
    factories.pays(house.place, ContractKind.INFORMAL_CARE, first=date(2026, 5, 1))
    carer = factories.carer(house.place)
    house.card(carer.person_id)
    return factories.informal_care(house.place, carer.person_id, **values)


def away_since_march(contract) -> None:
    factories.event(contract, "recipient_away", date(2026, 3, 1), date(2026, 5, 31), reason="health")


def sheets(contract) -> list[tuple[DateRange, str]]:
    return list(Sheet.objects.filter(contract=contract).order_by("period").values_list("period", "state"))


def test_the_night_hands_months_over_some_at_a_time_and_once(monkeypatch) -> None:
    house = payroll()
    informal = [informal_carer(house) for _ in range(5)]
    monkeypatch.setattr(handing_over, "MONTHS_AT_ONCE", 2)
    assert entries.freeze_months(house.place.id, until=date(2026, 5, 31), at=NOW, most=2) == 2  # killed after these
    assert actions.hand_over_months(house.place.id, at=NOW) == 3
    assert actions.hand_over_months(house.place.id, at=NOW) == 0
    assert [sheets(each) for each in informal] == [[(MAY, "reviewed")]] * 5  # June is not over

    handed_over = set(SheetRevision.objects.values_list("pk", flat=True))
    signed_since = informal_carer(house)
    assert len(house.paid()) == 6  # the proposal hands over the rest
    assert set(PaidRevision.objects.values_list("revision_id", flat=True)) == {
        *handed_over,
        SheetRevision.objects.get(sheet__contract=signed_since).pk,
    }


def test_the_job_of_the_night_gives_each_organisation_a_job_of_its_own() -> None:
    house = payroll()
    contract = informal_carer(house)
    tasks.hand_over_months_of_all(timestamp=0)
    tasks.hand_over_months_of_all(timestamp=0)
    waiting = ProcrastinateJob.objects.filter(task_name="palkkio.payroll.tasks.hand_over_months", status="todo")
    assert [each.args for each in waiting] == [{"organisation_id": house.place.id}]
    tasks.hand_over_months(house.place.id)
    assert sheets(contract) == [(MAY, "reviewed")]


def test_an_absence_told_after_the_month_was_handed_over_is_paid_right_at_once() -> None:
    """Not as a correction: the month that was handed over holds no facts but its entries, and it has none."""
    house = payroll()
    told_before, told_after, present = (informal_carer(house) for _ in range(3))
    away_since_march(told_before)
    actions.hand_over_months(house.place.id, at=NOW)
    away_since_march(told_after)
    house.paid()
    gross = dict(Payslip.objects.values_list("contract_id", "gross"))
    assert gross.get(told_before.pk) == gross.get(told_after.pk) != gross[present.pk]
    assert actions.recheck_months(house.place.id, at=NOW) == 0
    assert not LateMonth.objects.exists()


def test_a_month_of_a_contract_that_had_ended_is_taken_back_before_the_run() -> None:
    house = payroll()
    ended, stays = informal_carer(house), informal_carer(house)
    actions.hand_over_months(house.place.id, at=NOW)
    contracts.end_contract(ended, by=house.place.second, at=NOW, last=date(2026, 4, 30), reason="notice")
    run = house.propose()
    assert [each.contract_id for each in run.proposals.all()] == [stays.pk]
    assert sheets(ended) == []
    actions.hand_over_months(house.place.id, at=NOW)  # nothing to take back: nothing to tell
    (event,) = Event.objects.filter(action="take_back_month")
    assert (event.organisation_id, event.details) == (house.place.id, {"contract": ended.pk, "month": "2026-05"})


def test_a_month_that_came_to_be_paid_by_the_day_is_open_to_its_carer() -> None:
    house = payroll()
    factories.pays(house.place, ContractKind.FAMILY_CARE, first=date(2026, 5, 1))
    carer = factories.carer(house.place)
    contract = factories.family_care(house.place, carer.person_id)
    actions.hand_over_months(house.place.id, at=NOW)
    assert sheets(contract) == [(MAY, "reviewed")]
    contract.terms.update(paid_by="day")
    actions.hand_over_months(house.place.id, at=NOW)
    assert (MAY, "open") in sheets(contract)


def test_what_a_run_has_settled_or_makes_is_never_taken_back() -> None:
    house = payroll()
    contract = informal_carer(house)
    run = house.propose()
    house.approve(run)
    contracts.end_contract(contract, by=house.place.second, at=NOW, last=date(2026, 4, 30), reason="notice")
    actions.hand_over_months(house.place.id, at=NOW)
    assert sheets(contract) == [(MAY, "reviewed")]  # payslips are being made
    actions.produce_payslips(run.pk, at=NOW)
    actions.finish_run(run.pk, at=NOW)
    actions.hand_over_months(house.place.id, at=NOW)
    assert sheets(contract) == [(MAY, "reviewed")]
    assert Payslip.objects.get(run=run, payday=PAYDAY).contract_id == contract.pk


@pytest.mark.parametrize("is_paid", [False, True])
def test_a_month_that_somebody_has_reviewed_since_is_not_taken_back(is_paid: bool) -> None:
    """Nothing that was entered is lost, and the night goes on for the others."""
    house = payroll()
    contract = informal_carer(house)
    actions.hand_over_months(house.place.id, at=NOW)
    sheet = Sheet.objects.get(contract=contract)
    entries.reopen_sheet(sheet.pk, by=house.handler, at=NOW, version=sheet.version, reason="Looked at again")
    house.review(sheet)
    assert len(house.paid() if is_paid else []) == is_paid
    contracts.end_contract(contract, by=house.place.second, at=NOW, last=date(2026, 4, 30), reason="notice")
    assert actions.hand_over_months(house.place.id, at=NOW) == 0
    assert sheets(contract) == [(MAY, "reviewed")]
