"""Charges of days off for invoicing, made with the run, corrected after late facts (OHT-6, OHT-7)."""

from __future__ import annotations

from datetime import date

import pytest

from palkkio.core.payslip import ContractKind
from palkkio.payroll import actions
from palkkio.payroll.actions.charging import make_client_charges
from palkkio.payroll.charges import not_confirmed_of_run, rows_of_run
from palkkio.payroll.models import ClientCharge, Run
from tests import factories
from tests.apps.payroll.scene import IN_JULY, JUNE, NOW, PAYDAY_OF_JUNE, money, payroll

pytestmark = pytest.mark.django_db


def carer_of(house, **values):
    """A bound informal carer of the house with days off on 23 and 24 May 2026."""
    carer = factories.carer(house.place, "Hoitaja").person_id
    contract = factories.informal_care(house.place, carer, is_binding=True, **values)
    house.card(carer)
    return contract


def rows(run):
    return [(each.on, each.amount, each.is_correction) for each in rows_of_run(run)]


def test_a_run_hands_each_day_off_to_invoicing_and_a_late_fact_makes_a_correction_row():
    """Two days at 13.60; then one is withdrawn and one is told late: the next run has only the changes."""
    house = payroll()
    factories.rate(house.place, "client_charge", "13.60", kind=ContractKind.INFORMAL_CARE, source="Notice of 2026")
    contract = carer_of(house)
    first = factories.event(contract, "days_off", date(2026, 5, 23), date(2026, 5, 23))
    factories.event(contract, "days_off", date(2026, 5, 24), date(2026, 5, 24))
    house.month(contract, days=0)
    run = house.propose()
    assert rows(run) == []
    house.produce(run)
    assert rows(run) == [(date(2026, 5, 23), money("13.60"), False), (date(2026, 5, 24), money("13.60"), False)]
    (row, _other) = rows_of_run(run)
    assert (row.recipient_id, row.law, row.source) == (contract.recipient_id, "734/1992 6 b §", "Notice of 2026")
    assert make_client_charges(run.pk, at=NOW) == 0
    first.withdrawn_at, first.withdrawn_reason, first.withdrawn_by_id = NOW, "Not taken", first.recorded_by_id
    first.save()
    factories.event(contract, "days_off", date(2026, 5, 30), date(2026, 5, 30))
    house.month(contract, days=0, month=JUNE, at=IN_JULY)
    second = house.propose(PAYDAY_OF_JUNE, IN_JULY)
    house.produce(second, IN_JULY)
    assert rows(second) == [(date(2026, 5, 23), money("-13.60"), True), (date(2026, 5, 30), money("13.60"), False)]
    assert rows(run) == [(date(2026, 5, 23), money("13.60"), False), (date(2026, 5, 24), money("13.60"), False)]


def test_a_cancelled_run_gives_its_charges_back():
    house = payroll()
    factories.rate(house.place, "client_charge", "13.60", kind=ContractKind.INFORMAL_CARE)
    contract = carer_of(house)
    factories.event(contract, "days_off", date(2026, 5, 23), date(2026, 5, 23))
    house.month(contract, days=0)
    run = house.propose()
    house.produce(run)
    actions.cancel_run(run.pk, by=house.approver, at=NOW, reason="Wrong payday")
    assert ClientCharge.objects.filter(is_cancelled=False).count() == 0
    again = house.propose()
    house.produce(again)
    assert rows(again) == [(date(2026, 5, 23), money("13.60"), False)]


def test_an_amount_that_is_not_confirmed_charges_nobody_and_is_named():
    """The charge of 2026 is only computed in the rules."""
    house = payroll()
    contract = carer_of(house)
    factories.event(contract, "days_off", date(2026, 5, 23), date(2026, 5, 23))
    house.month(contract, days=0)
    run = house.propose()
    house.produce(run)
    assert rows(Run.objects.get(pk=run.pk)) == []
    assert not_confirmed_of_run(run) == (contract,)
