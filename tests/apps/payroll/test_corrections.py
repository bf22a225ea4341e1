"""A correction after payment is a difference in the next run: PAY-7, BEY-2, and SPEC's rule on overpayments."""

from __future__ import annotations

import pytest

from palkkio.core.payslip import DayType
from palkkio.payroll.models import PaidRevision, Payslip, Receivable
from palkkio.payroll.queries import payslip_view, runs_of_sheets
from tests.apps.payroll.scene import (
    APRIL,
    IN_JULY,
    IN_MAY,
    JUNE,
    MAY,
    PAYDAY,
    PAYDAY_OF_APRIL,
    PAYDAY_OF_JUNE,
    money,
    payroll,
    proposal,
)

pytestmark = pytest.mark.django_db


def test_a_day_that_was_forgotten_is_paid_in_the_next_run_with_its_own_period():
    """PAY-7: a late change makes a correction in the next run, per original period."""
    house = payroll()
    contract = house.contract()
    april = house.month(contract, 10, APRIL)
    house.paid(PAYDAY_OF_APRIL, IN_MAY)
    house.correct(april, 12)
    house.month(contract, 5, MAY)
    (slip,) = house.paid()
    found = [(line.code, line.period, line.quantity, line.amount) for line in payslip_view(slip).lines]
    assert found == [
        ("CARE_DAY", APRIL, money("2"), money("195.10")),
        ("CARE_DAY", MAY, money("5"), money("487.75")),
    ]
    assert slip.period == MAY
    assert [line.days for line in payslip_view(slip).lines if line.is_correction] == [
        tuple(day for day in APRIL if day.day in (11, 12))
    ]


def test_an_overpayment_is_a_receivable_and_is_found_once():
    """SPEC "Differences": a negative sum is not netted; later runs do not find it again."""
    house = payroll()
    contract = house.contract()
    april = house.month(contract, 10, APRIL)
    house.paid(PAYDAY_OF_APRIL, IN_MAY)
    house.correct(april, 8)
    may = house.month(contract, 5, MAY)
    (slip,) = house.paid()
    assert slip.gross == money("487.75")
    (claim,) = Receivable.objects.all()
    assert (claim.amount, claim.period) == (money("195.10"), APRIL)
    assert PaidRevision.objects.filter(revision__sheet=april).count() == 2
    house.month(contract, 3, JUNE, at=IN_JULY)
    (later,) = house.paid(PAYDAY_OF_JUNE, IN_JULY)
    assert later.gross == money("292.65")
    assert Receivable.objects.count() == 1
    # The days come back: they are paid again, while the claim stands until it is recovered.
    house.correct(may, 6, at=IN_JULY)
    house.correct(april, 10, at=IN_JULY)
    run = house.propose(PAYDAY_OF_JUNE, IN_JULY, is_extra=True)
    assert {line["period"]["first"]: line["amount"] for line in proposal(run, contract).result["lines"]} == {
        "2026-04-01": "195.10",
        "2026-05-01": "97.55",
    }


def test_an_overpayment_alone_makes_no_payslip_and_is_settled():
    house = payroll()
    contract = house.contract()
    april = house.month(contract, 10, APRIL)
    house.paid(PAYDAY_OF_APRIL, IN_MAY)
    house.correct(april, 9)
    assert house.paid() == []
    assert Receivable.objects.get().amount == money("97.55")
    pay = runs_of_sheets([april.pk])[april.pk]
    assert (pay.is_settled, pay.payslip_id, pay.revision, pay.receivable) == (True, None, 2, money("97.55"))


def test_a_correction_that_changes_no_sum_is_settled_without_a_payslip():
    house = payroll()
    contract = house.contract()
    april = house.month(contract, 10, APRIL)
    house.paid(PAYDAY_OF_APRIL, IN_MAY)
    house.correct(april, {DayType.CARE: range(2, 12)})
    assert house.paid() == []
    assert Receivable.objects.count() == 0
    assert PaidRevision.objects.filter(payslip=None).count() == 1


def test_a_late_sheet_comes_along_with_its_own_period():
    """CARE-10: what misses the run goes to the next one."""
    house = payroll()
    contract = house.contract()
    house.month(contract, 2, APRIL)
    house.month(contract, 3, MAY)
    (slip,) = house.paid(PAYDAY)
    assert [(line.period, line.quantity) for line in payslip_view(slip).lines] == [
        (APRIL, money("2")),
        (MAY, money("3")),
    ]
    assert slip.paid_revisions.count() == 2


def test_a_sheet_without_entries_makes_no_payslip():
    """CARE-9: no entries, no payment, no payslip."""
    house = payroll()
    contract = house.contract()
    house.month(contract, 0)
    house.month(house.contract(name="Toinen"), {DayType.CANCELLED_UNPAID: [4, 5]})
    assert house.paid() == []
    assert Payslip.objects.count() == 0
    assert PaidRevision.objects.count() == 2


def test_a_sheet_reopened_before_it_was_paid_waits_for_its_next_review():
    house = payroll()
    contract, other = house.contract(), house.contract(name="Toinen")
    sheet = house.month(contract, 10)
    house.month(other, 1)
    from palkkio.entries import actions as entries
    from tests.factories import NOW

    sheet.refresh_from_db()
    entries.reopen_sheet(sheet.pk, by=house.handler, at=NOW, version=sheet.version, reason="Wrong")
    (slip,) = house.paid()
    assert slip.contract == other
    house.enter(sheet, 4)
    house.review(sheet)
    (late,) = house.paid(is_extra=True)
    assert (late.contract, late.gross) == (contract, money("390.20"))
    assert list(late.paid_revisions.values_list("revision__number", flat=True)) == [2]
