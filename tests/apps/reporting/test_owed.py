"""What a month's pay owes to others, with reference and day: PAY-7, PAY-9."""

from __future__ import annotations

from decimal import Decimal

import pytest

from palkkio.core.days import DateRange
from palkkio.payroll import gate
from palkkio.payroll.models import Payslip
from palkkio.reporting.owed import Receiver, owed_of
from tests.apps.payroll.scene import PAYDAY, payroll

pytestmark = pytest.mark.django_db


def test_taxes_and_pensions_of_a_month_are_owed_with_reference_and_day(monkeypatch):
    monkeypatch.setattr(gate, "_checks", [])  # the ledger's accounts are another matter
    house = payroll()
    for number in range(2):
        house.month(house.contract(name=f"Mallikas{number}"), 10)
    slips = house.paid()
    rows = {row.receiver: row for row in owed_of(house.place.id, DateRange.month_of(PAYDAY))}
    tax, pension = rows[Receiver.TAX], rows[Receiver.PENSION]
    assert tax.due_on.isoformat() == "2026-07-13"  # the 12th is a Sunday
    employer = [each for slip in slips for each in slip.result.get("employer", [])]
    costs = {
        code: sum((Decimal(each["amount"]) for each in employer if each["code"] == code), Decimal(0))
        for code in ("HEALTH_INSURANCE", "PENSION_EMPLOYER")
    }
    assert tax.amount == sum(slip.withholding for slip in slips) + costs["HEALTH_INSURANCE"]
    assert pension.amount == sum(slip.pension for slip in slips) + costs["PENSION_EMPLOYER"]
    assert (pension.reference, pension.due_on, pension.person_id) == ("20-0000001A", None, None)
    assert owed_of(house.place.id, DateRange.of_month(2026, 5)) == []
    Payslip.objects.update(is_cancelled=True)
    assert owed_of(house.place.id, DateRange.month_of(PAYDAY)) == []
