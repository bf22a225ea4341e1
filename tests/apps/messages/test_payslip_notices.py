"""Payees are told when a run is whole: HELP-4."""

from __future__ import annotations

import pytest

from palkkio.messages import actions
from palkkio.messages.models import Notice
from palkkio.payroll import actions as payroll_actions
from palkkio.payroll import gate
from tests.apps.payroll.scene import NOW, payroll

pytestmark = pytest.mark.django_db


def test_each_payee_of_a_produced_run_is_told_once(monkeypatch):
    monkeypatch.setattr(gate, "_checks", [])
    house = payroll()
    for number in range(2):
        house.month(house.contract(name=f"Testaaja{number}"), 2)
    run = house.approve(house.propose())
    payroll_actions.produce_payslips(run.pk, at=NOW)
    assert actions.tell_payslips_are_ready(run.pk, at=NOW) == 0
    payroll_actions.finish_run(run.pk, at=NOW)
    assert actions.tell_payslips_are_ready(run.pk, at=NOW) == 2
    assert actions.tell_payslips_are_ready(run.pk, at=NOW) == 0
    slips = {slip.person_id: slip.pk for slip in run.payslips.all()}
    assert dict(Notice.objects.values_list("person_id", "object_id")) == slips
