"""What is withheld from wages: pension by the month's sum, unemployment, order of deductions, nothing below zero."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palkkio.calculation.deductions import withholding
from palkkio.calculation.employment import PaidInMonth
from palkkio.calculation.facts import Distraint, MonthFacts, Payee, TaxCard
from palkkio.calculation.insurance import Insured, insured_as
from palkkio.calculation.pay import pay
from palkkio.core.days import DateRange
from palkkio.core.payslip import ContractKind, PayResult
from palkkio.core.problems import ProblemCode

from .assistant_facts import FIRST_HALF, SECOND_HALF, WAGE_CARD, half_month, shift, wages
from .facts import care, facts, month

MARCH = date(2026, 3, 1)
HOURS = st.lists(st.integers(1, 32), min_size=15, max_size=15)  # quarters of an hour, a day each


def worked(quarters: list[int], period: DateRange) -> MonthFacts:
    first, _ = period.edges
    shifts = [shift(first + timedelta(days=at), Decimal(some) / 4) for at, some in enumerate(quarters)]
    return half_month(shifts, period)


def base(result: PayResult, code: str) -> Decimal:
    return sum((each.of for each in result.deductions if each.code == code), Decimal(0))


def codes(result: PayResult) -> set[str]:
    return {problem.code.value for problem in result.problems}


def test_the_form_of_care_chooses_the_insurance():
    """Commissions by JuEL, employment by TyEL and the unemployment insurance."""
    chosen = {kind: insured_as(kind) for kind in ContractKind}
    assert [kind for kind, insured in chosen.items() if insured is Insured.EMPLOYEE] == ["personal_assistance"]
    carer, assistant = pay(facts(month(*care(8)))), pay(wages(worked([32], FIRST_HALF)))
    assert [each.working.rule for each in carer.deductions] == ["withholding_by_card", "carer_pension"]
    assert [each.working.rule for each in assistant.deductions] == [
        "withholding_by_card",
        "employee_pension",
        "employee_unemployment",
    ]


@pytest.mark.parametrize(
    ("before", "now", "of"),
    [
        ("0.00", 4, "0.00"),  # 50.04 stays below 71.72
        ("21.68", 4, "71.72"),  # reaches it to the cent: all of the month
        ("21.67", 4, "0.00"),
        ("71.72", 4, "50.04"),  # the first payday has borne its own
        ("21.68", 40, "522.08"),
    ],
)
def test_the_month_decides_whether_pension_is_insured(before: str, now: int, of: str):
    """TyEL 4 §; the second payday takes what the first did not."""
    second = half_month(
        [shift(date(2026, 3, 16), now, start=0)]
        if now < 24
        else [shift(date(2026, 3, 16) + timedelta(days=at), 8) for at in range(5)],
        SECOND_HALF,
    )
    asked = wages(second, paid_on=date(2026, 4, 15), paid_in_month=(PaidInMonth(MARCH, Decimal(before)),))
    assert base(pay(asked), "PENSION") == Decimal(of)


def test_a_known_sum_that_bore_pension_goes_before_the_rule():
    """The shell knows what was withheld; another month's pay does not count."""
    second = half_month([shift(date(2026, 3, 16), 4)], SECOND_HALF)
    known = PaidInMonth(MARCH, Decimal("100.00"), pensioned=Decimal("40.00"))
    other = PaidInMonth(date(2026, 2, 1), Decimal("500.00"))
    result = pay(wages(second, paid_on=date(2026, 4, 15), paid_in_month=(known, other)))
    assert base(result, "PENSION") == Decimal("110.04")
    assert dict(result.deductions[1].working.inputs)["paid_before_in_month"] == "60.00"


@pytest.mark.parametrize(("born", "is_asked"), [(date(1956, 12, 31), False), (date(1957, 1, 1), True)])
def test_past_the_upper_age_no_figure_of_pension_is_asked(born: date, is_asked: bool):
    """TyEL 4 §: insured to the end of January 2025 at the most, paid in a year of which no limit is known."""
    half = half_month([shift(date(2025, 1, 2), 8)], DateRange.of_days(date(2025, 1, 1), date(2025, 1, 15)))
    result = pay(wages(half, paid_on=date(2027, 1, 15), payee=Payee(born)))
    asked = {each.figure for each in result.problems if each.code is ProblemCode.RATE_NOT_CONFIRMED}
    assert ("social_insurance/tyel/monthly_limit" in asked) is is_asked
    assert "social_insurance/unemployment/insured_after_age" in asked  # an upper age that goes by the day of payment


@given(HOURS, HOURS)
def test_the_contributions_of_two_halves_are_those_of_the_month(first: list[int], second: list[int]):
    """Issue: parts of a month add up to the whole; each payment is rounded for itself."""
    halves = [worked(first, FIRST_HALF), worked(second, SECOND_HALF)]
    whole = pay(wages(*halves))
    paid_first = pay(wages(halves[0]))
    earlier = PaidInMonth(MARCH, paid_first.pensionable, base(paid_first, "PENSION"))
    paid_second = pay(wages(halves[1], paid_in_month=(earlier,)))
    for code in ("PENSION", "UNEMPLOYMENT", "WITHHOLDING"):
        assert base(paid_first, code) + base(paid_second, code) == base(whole, code)
        parts = paid_first.deduction(code) + paid_second.deduction(code)
        assert abs(parts - whole.deduction(code)) <= Decimal("0.01")


@given(HOURS)
def test_recomputing_a_paid_half_changes_nothing(quarters: list[int]):
    asked = wages(worked(quarters, FIRST_HALF))
    once = pay(asked)
    again = pay(replace(asked, paid_before=once.lines))
    assert (again.lines, again.deductions, again.employer, again.receivable) == ((), (), (), 0)


@given(
    HOURS,
    st.integers(0, 60),
    st.integers(0, 40),
    st.sampled_from(["0.00", "50.00", "300.00"]),
    st.sampled_from([date(1956, 5, 5), date(1972, 4, 10), date(1990, 5, 5), date(2009, 3, 20)]),
    st.booleans(),
    st.sampled_from(["0.00", "65.00", "70.00", "200.00"]),
)
def test_the_net_is_never_below_zero_and_what_was_cut_is_said(quarters, tax, dues, recovery, born, has_card, before):
    card = TaxCard(Decimal(tax), None, Decimal(tax), date(2025, 1, 1), Decimal("0.00"))
    asked = wages(
        worked(quarters, DateRange.of_days(date(2025, 3, 1), date(2025, 3, 15))),
        paid_on=date(2025, 3, 31),
        payee=Payee(born),
        tax_card=card if has_card else None,
        union_dues=Decimal(dues),
        recovery=Decimal(recovery),
        distraint=Distraint(is_half_month=True),
        paid_in_month=(PaidInMonth(date(2025, 3, 1), Decimal(before)),),
    )
    result = pay(asked)
    assert result.net >= 0
    cut = any("whole" in dict(each.working.inputs) for each in result.deductions)
    assert cut == ("NET_NEGATIVE" in codes(result))
    assert result.net == result.gross - sum(each.amount for each in result.deductions)


def test_a_pension_collected_late_takes_no_more_than_there_is():
    """70.00 of the first half, half an hour in the second: the pension of both exceeds what tax has left."""
    second = half_month([shift(date(2026, 3, 16), "0.25")], SECOND_HALF)  # 3.13
    result = pay(wages(second, tax_card=None, paid_in_month=(PaidInMonth(MARCH, Decimal("70.00")),)))
    assert (result.gross, result.withholding, result.pension) == (Decimal("3.13"), Decimal("1.88"), Decimal("1.25"))
    assert (result.deduction("UNEMPLOYMENT"), result.net) == (0, 0)
    assert ProblemCode.NET_NEGATIVE in codes(result)


def test_an_age_for_which_no_source_was_seen_is_yellow():
    """Born in 1958, 68 in 2026: insured to 69 as in the Public Sector Pensions Act."""
    asked = wages(worked([32], FIRST_HALF), payee=Payee(date(1957, 12, 31)))
    assert pay(asked).pension == 0
    older = pay(replace(asked, payee=Payee(date(1958, 1, 1))))
    assert older.pension == Decimal("14.61")  # Sunday 1 March: 200.16
    assert "social_insurance/tyel/insured_until_age" in {problem.figure for problem in older.problems}


def test_the_accumulation_of_a_card_belongs_to_the_year_of_payment():
    """W3, W6: a new card on 1 January begins at zero whatever was paid before it."""
    card = replace(WAGE_CARD, base=Decimal(10), valid_from=date(2026, 1, 1), accumulated=Decimal("0.00"))
    assert withholding(Decimal("700.00"), card, date(2026, 1, 2)).amount == Decimal("70.00")
