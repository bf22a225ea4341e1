"""The payer's own contributions (työnantajan sivukulut): beside the pay, and holding nobody."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from palkkio.calculation.employment import Employer, PensionPolicy, PolicyRate
from palkkio.calculation.facts import Payee
from palkkio.calculation.frozen import from_json, to_json
from palkkio.calculation.insurance import daily_earnings
from palkkio.calculation.pay import pay
from palkkio.core.days import DateRange
from palkkio.core.payslip import ContractKind, PayResult
from palkkio.core.problems import ProblemCode

from .assistant_facts import half_month, shift, wages
from .facts import care, facts, month

MARCH_2025 = DateRange.of_days(date(2025, 3, 1), date(2025, 3, 15))
MONTH = half_month([shift(date(2026, 3, day), 8) for day in (2, 3, 4, 5, 6)])  # 40 h = 500.40


def by_code(result: PayResult) -> dict[str, list[Decimal]]:
    found: dict[str, list[Decimal]] = {}
    for each in result.employer:
        found.setdefault(each.code, []).append(each.amount)
    return found


def test_contributions_stand_beside_the_pay_and_do_not_lower_it():
    result = pay(wages(MONTH))
    assert result.gross == Decimal("500.40")
    assert result.net == result.gross - sum(each.amount for each in result.deductions)
    assert by_code(result)["PENSION_EMPLOYER"] == [Decimal("87.82")]  # 124.35 in all, less 36.53
    assert dict(result.employer[0].working.inputs) == {"total": "124.35", "employee_part": "36.53"}


def test_the_wage_sum_of_the_year_splits_the_contribution():
    """2 509 500 in 2026: 100.40 below it at 0.31 %, 400.00 above it at 1.23 %."""
    result = pay(wages(MONTH, employer=Employer(wages_of_year=Decimal("2509399.60"))))
    assert by_code(result)["UNEMPLOYMENT_EMPLOYER"] == [Decimal("0.31"), Decimal("4.92")]


def test_a_small_household_pays_no_unemployment_contribution_and_its_assistant_does():
    """Up to 1 500 EUR a year in 2025; the employee's share is always deducted."""
    march = half_month([shift(date(2025, 3, day), 8) for day in (3, 4, 5, 6, 7)], period=MARCH_2025)
    small = wages(march, paid_on=date(2025, 3, 31), employer=Employer(wages_of_year=Decimal("900.00")))
    result = pay(replace(small, tax_card=replace(small.tax_card, valid_from=date(2025, 1, 1))))
    assert "UNEMPLOYMENT_EMPLOYER" not in by_code(result)
    assert result.deduction("UNEMPLOYMENT") == Decimal("2.95")
    more = pay(replace(small, employer=Employer(wages_of_year=Decimal("1000.00"))))
    assert by_code(more)["UNEMPLOYMENT_EMPLOYER"] == [Decimal("1.00")]


def test_an_unknown_limit_or_percentage_holds_nobody():
    """CASES.md: an unknown employer's share is yellow."""
    result = pay(wages(MONTH, employer=Employer(wages_of_year=Decimal("0.00"))))
    noted = {problem.figure for problem in result.problems if problem.code is ProblemCode.RATE_NOT_VERIFIED}
    assert not result.is_held
    assert "social_insurance/unemployment/yearly_limit" in noted
    paid_2023 = replace(wages(MONTH), paid_on=date(2023, 3, 31), no_card_set_aside=True)
    temporary = pay(replace(paid_2023, employer=Employer(PensionPolicy.TEMPORARY)))
    assert "PENSION_EMPLOYER" not in by_code(temporary)
    assert "social_insurance/tyel/total_of_temporary_employer" in {problem.figure for problem in temporary.problems}


def test_averages_are_estimates_and_say_so():
    noted = {problem.figure for problem in pay(wages(MONTH)).problems}
    assert {"social_insurance/accident/average", "social_insurance/group_life/average"} <= noted
    own = Employer(rates={"accident": PolicyRate(Decimal("1.2")), "group_life": PolicyRate(Decimal("0.06"))})
    assert not pay(wages(MONTH, employer=own)).problems


def test_the_payers_part_of_a_carers_pension_is_known_where_it_was_entered():
    """T11: each payer has its own rate under JuEL."""
    carer = facts(month(*care(8)))
    assert pay(carer).employer == ()
    rated = replace(carer, employer=Employer(rates={"pension": PolicyRate(Decimal("17.10"), "Keva 2026")}))
    (made,) = pay(rated).employer
    assert (made.code, made.amount, made.of) == ("PENSION_EMPLOYER", Decimal("16.68"), Decimal("97.55"))


def test_a_carer_is_insured_against_accidents_for_the_fees_of_the_year():
    """L19, T13, T16: by the payer's own percentage; a day's earnings are a 360th of a year's fees."""
    insured = replace(facts(month(*care(8))), employer=Employer(rates={"accident": PolicyRate(Decimal("0.60"))}))
    (made,) = pay(insured).employer
    assert (made.code, made.amount, made.of) == ("ACCIDENT_INSURANCE", Decimal("0.59"), Decimal("97.55"))
    other = replace(insured, months=tuple(replace(each, kind=ContractKind.OTHER_COMMISSION) for each in insured.months))
    assert pay(other).employer == ()
    assert daily_earnings(Decimal("6360.00")) == Decimal("17.67")


def test_an_old_or_young_payee_costs_no_contributions():
    result = pay(replace(wages(MONTH), payee=Payee(date(2010, 4, 1))))  # fifteen
    assert set(by_code(result)) == {"ACCIDENT_INSURANCE", "GROUP_LIFE_INSURANCE"}
    assert (result.pension, result.deduction("UNEMPLOYMENT")) == (0, 0)


def test_results_with_contributions_are_frozen_exactly():
    result = pay(wages(MONTH))
    assert from_json(to_json(result)) == result
    asked = wages(MONTH, employer=Employer(rates={"accident": PolicyRate(Decimal("1.2"))}))
    assert from_json(to_json(asked)) == asked
