"""A late fact marks the months that it concerns; the next run pays the difference with its cause (BEY-2)."""

from __future__ import annotations

from datetime import date

import pytest

from palkkio.calculation import frozen
from palkkio.contracts import actions as contracts
from palkkio.core.payslip import ChangedFact, ChangedKind
from palkkio.payroll import actions
from palkkio.payroll.late import open_marks
from palkkio.payroll.models import LateMonth, PaidLateMonth, Payslip, Receivable
from tests.apps.payroll.scene import (
    APRIL,
    IN_JULY,
    IN_MAY,
    JUNE,
    MAY,
    NOW,
    PAYDAY_OF_APRIL,
    PAYDAY_OF_JUNE,
    Payroll,
    money,
    payroll,
    worked_out,
)

pytestmark = pytest.mark.django_db


def april_paid(house: Payroll):
    """Ten care days of April, paid at 97.55 EUR."""
    contract = house.contract()
    house.month(contract, 10, APRIL)
    house.paid(PAYDAY_OF_APRIL, IN_MAY)
    return contract


def rate_from(house: Payroll, contract, first: date, rate: str) -> None:
    contracts.change_terms(
        contract,
        by=house.place.second,
        at=NOW,
        first=first,
        agreed_rates={"care": money(rate)},
        source="Decision 2026/77",
    )


def test_nothing_is_marked_while_no_fact_has_changed():
    house = payroll()
    april_paid(house)
    assert actions.recheck_months(house.place.id, at=NOW) == 0
    assert not LateMonth.objects.exists()


def test_a_late_decision_is_paid_in_the_next_run_with_its_cause():
    """BEY-2: marked once, computed whole, paid once; the line says what changed, from what to what, on which days."""
    house = payroll()
    contract = april_paid(house)
    rate_from(house, contract, date(2026, 4, 6), "100.55")
    assert actions.recheck_months(house.place.id, at=NOW) == 1
    (mark,) = LateMonth.objects.all()
    assert (mark.period, mark.difference) == (APRIL, money("15.00"))  # 5 days of 3.00 more
    (cause,) = [frozen.from_json(each) for each in mark.causes]
    assert (cause.kind, cause.what, cause.before, cause.now) == (ChangedKind.RATE, "care", "97.55", "100.55")
    assert (cause.days.first, cause.days.last) == (date(2026, 4, 6), date(2026, 4, 30))

    assert actions.recheck_months(house.place.id, at=NOW) == 1  # again: the same mark
    assert LateMonth.objects.count() == 1

    house.month(contract, 5, MAY)
    (slip,) = house.paid()
    lines = worked_out(slip).lines
    april = [line for line in lines if line.period == APRIL]
    assert sum(line.amount for line in april) == money("15.00")
    assert sum(line.amount for line in lines) - money("15.00") == money("502.75")  # May, all of it at the new rate
    assert all(line.working.causes == (cause,) for line in april)
    assert PaidLateMonth.objects.get().payslip_id == slip.pk
    assert actions.recheck_months(house.place.id, at=NOW) == 0

    house.month(contract, 3, JUNE, at=IN_JULY)
    (later,) = house.paid(PAYDAY_OF_JUNE, IN_JULY)
    assert [line.period for line in frozen.from_json(later.result).lines] == [JUNE]


def test_a_late_month_alone_makes_a_payslip_and_a_cancelled_run_gives_it_back():
    house = payroll()
    contract = april_paid(house)
    rate_from(house, contract, date(2026, 4, 6), "100.55")
    actions.recheck_months(house.place.id, at=NOW)
    run = house.propose()
    (slip,) = house.produce(run)
    assert (slip.gross, slip.period) == (money("15.00"), APRIL)
    actions.cancel_run(run.pk, by=house.proposer, at=NOW, reason="A mistake")
    assert open_marks(house.place.id).count() == 1
    (again,) = house.paid()
    assert again.gross == money("15.00")
    assert Payslip.objects.filter(is_cancelled=False).count() == 2


def test_a_month_that_a_cancelled_run_gave_back_and_a_mark_names_is_paid_once():
    """BEY-2, PAY-11: the run was cancelled because its rate was wrong; its month is open again, and marked besides."""
    house = payroll()
    contract = house.contract()
    house.month(contract, 10, APRIL)
    run = house.propose(PAYDAY_OF_APRIL, IN_MAY)
    house.produce(run, IN_MAY)
    rate_from(house, contract, date(2026, 4, 6), "100.55")
    assert actions.recheck_months(house.place.id, at=NOW) == 1
    actions.cancel_run(run.pk, by=house.proposer, at=NOW, reason="A mistake")
    (slip,) = house.paid()
    assert slip.gross == money("990.50")  # 5 days at 97.55, 5 at 100.55
    assert not open_marks(house.place.id).exists()


def test_a_mark_that_an_approved_run_settles_is_not_taken_away():
    """BEY-2: the night comes between approval and payslips, and the fact has changed back."""
    house = payroll()
    contract = april_paid(house)
    rate_from(house, contract, date(2026, 4, 6), "100.55")
    actions.recheck_months(house.place.id, at=NOW)
    run = house.propose()
    house.approve(run)
    terms = contract.terms.get(valid__contains=date(2026, 4, 6))
    terms.agreed_rates.update(amount=money("97.55"))
    actions.recheck_months(house.place.id, at=NOW)
    assert open_marks(house.place.id).count() == 1
    actions.produce_payslips(run.pk, at=NOW)
    assert PaidLateMonth.objects.count() == 1


def test_a_fact_that_changes_back_takes_its_mark_away():
    house = payroll()
    contract = april_paid(house)
    rate_from(house, contract, date(2026, 4, 6), "100.55")
    actions.recheck_months(house.place.id, at=NOW)
    contracts.change_terms(
        contract,
        by=house.place.second,
        at=NOW,
        first=date(2026, 4, 7),
        agreed_rates={"care": money("97.55")},
        source="Decision 2026/78",
    )
    assert actions.recheck_months(house.place.id, at=NOW) == 1
    assert LateMonth.objects.get().difference == money("3.00")
    terms = contract.terms.get(valid__contains=date(2026, 4, 6))
    terms.agreed_rates.update(amount=money("97.55"))
    assert actions.recheck_months(house.place.id, at=NOW) == 0
    assert not LateMonth.objects.exists()


def test_a_lower_rate_becomes_a_receivable_with_its_cause():
    """BEY-9: how the overpayment arose stands with the lines of the receivable."""
    house = payroll()
    contract = april_paid(house)
    rate_from(house, contract, date(2026, 4, 6), "90.00")
    actions.recheck_months(house.place.id, at=NOW)
    house.paid()
    (claim,) = Receivable.objects.all()
    assert (claim.period, claim.amount) == (APRIL, money("37.75"))
    causes = {cause for line in claim.lines for cause in frozen.from_json(line).working.causes}
    assert [each.kind for each in causes] == [ChangedKind.RATE]
    assert actions.recheck_months(house.place.id, at=NOW) == 0


def test_a_newer_review_pays_the_month_instead_of_the_mark():
    house = payroll()
    contract = house.contract()
    april = house.month(contract, 10, APRIL)
    house.paid(PAYDAY_OF_APRIL, IN_MAY)
    rate_from(house, contract, date(2026, 4, 6), "100.55")
    actions.recheck_months(house.place.id, at=NOW)
    house.correct(april, 11)
    (slip,) = house.paid()
    assert slip.gross == money("115.55")  # 5 × 3.00 + 100.55
    assert not PaidLateMonth.objects.exists()
    kinds = {
        cause.kind: cause
        for line in worked_out(slip).lines
        for cause in line.working.causes
        if isinstance(cause, ChangedFact)
    }
    assert set(kinds) == {ChangedKind.RATE, ChangedKind.ENTRY}
    assert actions.recheck_months(house.place.id, at=NOW) == 0
    assert not LateMonth.objects.exists()
