"""The monthly limit of the pension insurance: the run knows what earlier paydays paid for the month."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from palkkio.calculation.employment import PaidInMonth
from palkkio.core.days import DateRange
from palkkio.payroll.insurable import paid_for_periods, paid_in_month
from tests.apps.payroll.scene import APRIL, IN_MAY, MAY, PAYDAY_OF_APRIL, payroll

pytestmark = pytest.mark.django_db
FIRST_HALF = DateRange.of_days(date(2026, 5, 1), date(2026, 5, 15))


def test_a_run_knows_what_was_paid_for_the_month_besides_the_period_itself():
    """TyEL 395/2006 4 §: two paydays of one month are judged by their sum."""
    house = payroll()
    contract, other = house.contract(), house.contract(name="Esimerkki")
    house.month(contract, 10, APRIL, at=IN_MAY)
    house.month(other, 1, APRIL, at=IN_MAY)
    house.paid(PAYDAY_OF_APRIL, at=IN_MAY)
    house.month(contract, 2)
    house.paid()

    found = paid_for_periods([contract.pk], [FIRST_HALF])
    assert {number: [(each.period, each.amount) for each in paid] for number, paid in found.items()} == {
        contract.pk: [(MAY, Decimal("195.10"))]
    }
    assert paid_in_month(found[contract.pk], {FIRST_HALF}) == (PaidInMonth(date(2026, 5, 1), Decimal("195.10")),)
    assert paid_in_month(found[contract.pk], {MAY}) == ()  # its own lines are what was paid before
    both = paid_for_periods([contract.pk, other.pk], [APRIL, MAY])
    assert [each.amount for each in both[contract.pk]] == [Decimal("975.50"), Decimal("195.10")]
    assert [each.amount for each in both[other.pk]] == [Decimal("97.55")]
    assert paid_for_periods([], [MAY]) == {}
