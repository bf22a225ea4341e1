"""Preview while entering."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from palkkio.calculation.earnings import earning_lines
from palkkio.calculation.pay import pay
from palkkio.calculation.preview import estimate
from palkkio.core.days import DateRange
from palkkio.core.payslip import DayType
from palkkio.core.problems import ProblemCode

from .facts import PAYDAY, care, entries, facts, month


def test_the_preview_is_the_same_calculation_as_the_payslip():
    """BEY-3."""
    made, paid = estimate(facts(month(*care(8, 9)))), pay(facts(month(*care(8, 9))))
    assert (made.lines, made.gross, made.deductions, made.net) == (paid.lines, paid.gross, paid.deductions, paid.net)
    assert (made.paid_on, made.missing) == (PAYDAY, ())


def test_an_empty_sheet_is_worth_nothing_and_lacks_nothing():
    made = estimate(facts(month()))
    assert (made.gross, made.net, made.missing) == (0, 0, ())


def test_a_missing_card_is_named_and_the_net_is_that_of_60_percent():
    made = estimate(facts(month(*care(8)), card=None))
    assert [problem.code for problem in made.missing] == [ProblemCode.NO_TAX_CARD]
    assert made.net == Decimal("31.90")


def test_where_payment_would_be_held_the_known_lines_are_shown_without_a_net():
    made = estimate(facts(month(*care(8, 9), *entries(DayType.TRAINING, 12))))
    assert (made.gross, made.net) == (Decimal("195.10"), None)
    assert [line.code for line in made.lines] == ["CARE_DAY"]
    assert [problem.figure for problem in made.missing] == ["rates/training"]


def test_december_shows_its_gross_while_the_contribution_of_january_is_unknown():
    december = DateRange.of_month(2026, 12)
    made = estimate(facts(month(*care(4, month=december), period=december), paid_on=date(2027, 1, 29)))
    assert (made.gross, made.net) == (Decimal("97.55"), None)


def test_a_reopened_month_shows_the_difference():
    before = earning_lines(month(*care(8, 9)), "default")[0]
    more = replace(facts(month(*care(8, 9, 15))), paid_before=before)
    fewer = replace(facts(month(*care(8))), paid_before=before)
    assert estimate(more).gross == Decimal("97.55")
    assert estimate(fewer).gross == 0
    assert [problem.code for problem in estimate(fewer).missing] == [ProblemCode.OVERPAYMENT]
