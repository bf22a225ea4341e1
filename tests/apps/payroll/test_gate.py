"""Work of an assistant before the household's insurances are in order: red in the run, and owed (ACC-10)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from palkkio.core.clock import HELSINKI
from palkkio.core.days import DateRange
from palkkio.core.payslip import ContractKind, TaxCardKind
from palkkio.core.problems import RED, InvalidInput, ProblemCode, WrongState
from palkkio.core.viewer import RoleKind
from palkkio.entries.models import Sheet
from palkkio.payroll import actions
from palkkio.payroll.candidates import Scope, places
from palkkio.payroll.models import Run
from palkkio.payroll.reading import read
from palkkio.people.households.models import Household, Insurance
from tests import factories
from tests.apps.payroll.scene import NOW, PAYDAY, Payroll, payroll, proposal

pytestmark = pytest.mark.django_db

FIRST_HALF = DateRange.of_days(date(2026, 5, 1), date(2026, 5, 15))
ASSISTANTS = {"contract_kinds": [ContractKind.PERSONAL_ASSISTANCE]}


def worked(house: Payroll, *days: int, scheduled: tuple[int, ...] = ()) -> object:
    """An assistant with a reviewed half month of shifts from 8 to 16."""
    person = factories.person(house.place, "Aino", "Avustaja")
    assistant = factories.viewer(person, RoleKind.ASSISTANT)
    factories.bank_account(person)
    contract = factories.assistance(house.place, assistant.person_id, rates={"hourly": "14.50"})
    house.card(assistant.person_id, kind=TaxCardKind.WAGE)
    sheet = Sheet.objects.create(organisation_id=house.place.id, contract=contract, period=FIRST_HALF)
    for day in (*days, *scheduled):
        moments = (datetime(2026, 5, day, hour, tzinfo=HELSINKI) for hour in (8, 16))
        factories.shift(sheet, *moments, is_scheduled=day in scheduled)
    house.review(sheet)
    return contract


def red(run: Run, contract: object) -> list[str]:
    found = proposal(run, contract)
    return [code for code in found.problem_codes if ProblemCode(code) in RED]


def test_work_before_the_gate_is_red_and_paid_once_somebody_says_why():
    """ACC-10: work done anyway is owed; a named person sets the item aside, with a reason."""
    house = payroll()
    contract = worked(house, 5, 6)
    run = house.propose(PAYDAY, **ASSISTANTS)
    assert red(run, contract) == ["GATE_CLOSED"]
    assert "2026-05-05" in str(proposal(run, contract).problems)
    with pytest.raises(WrongState):
        house.approve(run)
    with pytest.raises(InvalidInput):
        actions.set_aside(run.pk, contract.pk, "GATE_CLOSED", by=house.proposer, at=NOW, reason=" ")
    actions.set_aside(run.pk, contract.pk, "GATE_CLOSED", by=house.proposer, at=NOW, reason="Work done is owed")
    (slip,) = house.produce(run)
    assert (slip.contract_id, slip.gross) == (contract.pk, Decimal("348.00"))  # 2 days and Labour Day of 8 hours


def test_only_days_worked_before_the_gate_opens_count():
    """A shift that was planned and not worked is no work; the first day of the insurances is not too early."""
    house = payroll()
    contract = worked(house, 6, scheduled=(5,))
    household = factories.open_gate(house.place, contract.employer_id, first=date(2026, 5, 6))
    run = house.propose(PAYDAY, **ASSISTANTS)
    assert red(run, contract) == []
    actions.cancel_run(run.pk, by=house.proposer, at=NOW, reason="Once more")

    Insurance.objects.filter(household=household, kind="accident").update(first=date(2026, 5, 7))
    run = house.propose(PAYDAY, **ASSISTANTS)
    assert red(run, contract) == ["GATE_CLOSED"]
    assert "2026-05-06" in str(proposal(run, contract).problems)


def test_many_employers_cost_no_more_queries_than_one():
    house = payroll()
    scope = Scope(house.place.id, PAYDAY, {ContractKind.PERSONAL_ASSISTANCE.value: date(2026, 6, 1)})
    counts = []
    for _each in range(2):
        factories.open_gate(house.place, worked(house, 5).employer_id)
        with CaptureQueriesContext(connection) as caught:
            inputs = read(scope, [each.contract_id for each in places(scope)], None)
        assert len(inputs.gates) == Household.objects.count()
        counts.append(len(caught))
    assert counts[0] == counts[1]
