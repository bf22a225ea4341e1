"""One contract's payday."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palkkio.calculation.earnings import earning_lines
from palkkio.calculation.facts import OneOff, Payee, TaxCard, Trip
from palkkio.calculation.pay import pay
from palkkio.core.days import DateRange
from palkkio.core.payslip import ContractKind, DayType, DeductionCode, PayResult
from palkkio.core.problems import Problem, ProblemCode

from .facts import APRIL, CARD, MAY, PAYDAY, PAYEE, care, entries, facts, month

MARCH = DateRange.of_month(2026, 3)


def codes(result: PayResult) -> list[ProblemCode]:
    return [problem.code for problem in result.problems]


def test_net_is_gross_less_deductions():
    result = pay(facts(month(*care(8, 9))))
    assert (result.gross, result.withholding, result.pension, result.net) == tuple(
        map(Decimal, ("195.10", "23.41", "14.24", "157.45"))
    )
    assert result.problems == ()


def test_no_entries_no_pay_and_no_deductions():
    """CARE-9."""
    assert pay(facts(month())) == PayResult()
    assert pay(facts(month(*entries(DayType.CANCELLED_UNPAID, 8)), card=None)) == PayResult()


def test_no_card_is_red_and_computed_at_60_percent():
    """PAY-2."""
    result = pay(facts(month(*care(8)), card=None))
    assert result.withholding == Decimal("58.53")
    assert result.problems == (Problem(ProblemCode.NO_TAX_CARD, day=PAYDAY),)
    assert result.problems[0].is_red


def test_no_card_set_aside_pays_at_60_percent_and_is_not_raised_again():
    result = pay(replace(facts(month(*care(8)), card=None), no_card_set_aside=True))
    assert result.withholding == Decimal("58.53")
    assert result.problems == ()


def test_a_card_that_cannot_be_used_on_the_payday_is_no_card():
    result = pay(facts(month(*care(8)), card=replace(CARD, valid_from=date(2026, 7, 1))))
    assert codes(result) == [ProblemCode.NO_TAX_CARD]


def test_a_card_is_not_asked_where_nothing_is_taxable():
    trips = (Trip(date(2026, 5, 8), Decimal(0), expense=Decimal("6.80")),)
    result = pay(facts(month(rates={}, trips=trips), card=None))
    assert (result.gross, result.net, result.deductions, result.problems) == (Decimal("6.80"), Decimal("6.80"), (), ())


def test_in_the_prepayment_register_only_the_pension_part_is_withheld():
    result = pay(facts(month(*care(8)), card=None, payee=replace(PAYEE, in_prepayment_register=True)))
    assert [deduction.code for deduction in result.deductions] == ["PENSION"]
    assert result.problems == ()


def test_no_unemployment_contribution_is_withheld():
    assert {deduction.code for deduction in pay(facts(month(*care(8)))).deductions} == {"WITHHOLDING", "PENSION"}


def test_an_unknown_birthday_pays_with_a_yellow_note():
    result = pay(facts(month(*care(8)), payee=Payee(None)))
    assert result.problems == (Problem(ProblemCode.RATE_NOT_VERIFIED, "payee/born", PAYDAY),)
    assert not result.problems[0].is_red


def test_an_unconfirmed_contribution_holds_the_payee_and_is_named():
    december = DateRange.of_month(2026, 12)
    result = pay(facts(month(*care(8, month=december), period=december), paid_on=date(2027, 1, 29)))
    assert result.is_held
    assert (result.lines, result.deductions, result.gross, result.net) == ((), (), 0, 0)
    unknown = Problem(ProblemCode.RATE_NOT_CONFIRMED, "social_insurance/carer_pension/basic", date(2027, 1, 29))
    assert result.problems == (unknown,)


def test_each_figure_that_is_missing_is_named():
    december = DateRange.of_month(2026, 12)
    result = pay(facts(month(*care(8, month=december), period=december), paid_on=date(2027, 1, 29), card=None))
    assert {problem.figure for problem in result.problems} == {
        "withholding/without_card",
        "social_insurance/carer_pension/basic",
    }


def test_a_missing_term_holds_the_payee():
    result = pay(facts(month(*care(8), *entries(DayType.TRAINING, 12))))
    assert result.is_held
    assert result.lines == ()
    assert result.problems == (Problem(ProblemCode.CONTRACT_TERM_MISSING, "rates/training", date(2026, 5, 12)),)


def test_an_entry_outside_the_contract_is_red_and_the_rest_is_computed():
    ended = DateRange.of_days(date(2025, 1, 1), date(2026, 5, 15))
    result = pay(facts(month(*care(8, 20), contract=ended)))
    assert (result.gross, result.is_held) == (Decimal("97.55"), False)
    assert codes(result) == [ProblemCode.ENTRY_OUTSIDE_CONTRACT]


def test_a_late_month_is_paid_with_its_own_period():
    """CARE-10: what misses the run goes to the next one."""
    late = month(*care(10, 11, month=APRIL), period=APRIL)
    result = pay(facts(month(*care(8)), late))
    assert [(line.period, line.amount) for line in result.lines] == [
        (MAY, Decimal("97.55")),
        (APRIL, Decimal("195.10")),
    ]
    assert result.withholding == Decimal("35.12")


def test_a_correction_pays_the_difference_by_todays_card():
    """PAY-7."""
    before = earning_lines(month(*care(6, month=MARCH), period=MARCH), "default")[0]
    corrected = month(*care(6, 13, month=MARCH), period=MARCH)
    result = pay(replace(facts(corrected), paid_before=before))
    assert (result.gross, result.withholding, result.receivable) == (Decimal("97.55"), Decimal("11.71"), 0)
    assert result.lines[0].period == MARCH


def test_an_overpaid_month_is_a_receivable_and_is_not_taken_from_another():
    """BEY-9: netting only after consent or a final decision."""
    before = earning_lines(month(*care(6, 13, month=MARCH), period=MARCH), "default")[0]
    result = pay(replace(facts(month(*care(8)), month(*care(6, month=MARCH), period=MARCH)), paid_before=before))
    assert (result.gross, result.receivable) == (Decimal("97.55"), Decimal("97.55"))
    assert [line.amount for line in result.overpaid] == [Decimal("-97.55")]
    assert result.pensionable == Decimal("97.55")
    assert codes(result) == [ProblemCode.OVERPAYMENT]


def test_an_overpayment_alone_pays_nothing():
    before = earning_lines(month(*care(6, 13, month=MARCH), period=MARCH), "default")[0]
    result = pay(replace(facts(month(*care(6, month=MARCH), period=MARCH), card=None), paid_before=before))
    assert (result.gross, result.net, result.lines, result.deductions) == (0, 0, (), ())
    assert result.receivable == Decimal("97.55")
    assert codes(result) == [ProblemCode.OVERPAYMENT]


def test_a_one_off_line_is_paid_beside_the_month():
    """PAY-11."""
    given_facts = replace(facts(month(*care(8))), one_offs=(OneOff(Decimal("50.00"), "Interpreter's day", MAY),))
    result = pay(given_facts)
    assert (result.gross, result.pensionable) == (Decimal("147.55"), Decimal("147.55"))
    assert result.lines[-1].working.inputs == (("reason", "Interpreter's day"),)


def test_a_one_off_line_alone_is_insured_as_the_contract_is():
    """PAY-11: no month says the form of care then; an assistant's line bears unemployment insurance, a carer's none."""
    line = OneOff(Decimal("500.00"), "Bonus", MAY)
    alone = replace(facts(), months=(), one_offs=(line,))
    as_carer, as_assistant = pay(alone), pay(replace(alone, kind=ContractKind.PERSONAL_ASSISTANCE))
    assert as_carer.deduction(DeductionCode.UNEMPLOYMENT) == 0
    assert as_assistant.deduction(DeductionCode.UNEMPLOYMENT) == Decimal("4.45")  # 0.89 %
    assert as_assistant.employer


def test_a_one_off_line_may_be_free_of_tax_and_pension():
    line = OneOff(Decimal("50.00"), "Bus card", MAY, is_taxable=False, is_pensionable=False)
    result = pay(replace(facts(), one_offs=(line,)))
    assert (result.gross, result.net, result.deductions) == (Decimal("50.00"), Decimal("50.00"), ())


def test_a_one_off_line_that_takes_more_than_there_is_becomes_a_receivable():
    result = pay(replace(facts(month(*care(8))), one_offs=(OneOff(Decimal("-150.00"), "Paid by mistake", MAY),)))
    assert (result.gross, result.net, result.receivable) == (0, 0, Decimal("52.45"))
    assert codes(result) == [ProblemCode.OVERPAYMENT]


def test_dues_are_taken_from_the_taxable_pay():
    """PAY-9."""
    result = pay(replace(facts(month(*care(8, 9))), union_dues=Decimal("1.3"), fund_fee=Decimal("0.5")))
    assert result.deduction("UNION_DUES") == Decimal("2.54")
    assert result.deduction("FUND_FEE") == Decimal("0.98")
    assert result.net == Decimal("153.93")


def test_deductions_take_no_more_than_there_is_and_what_is_left_owed_is_red():
    """Order of deductions: tax and contributions first, then dues; the net is never below zero."""
    greedy = TaxCard(Decimal(60), None, Decimal(60), date(2026, 1, 1), Decimal(0))
    result = pay(replace(facts(month(*care(8)), card=greedy), union_dues=Decimal(40)))
    assert result.net == 0
    assert (result.withholding, result.pension) == (Decimal("58.53"), Decimal("7.12"))
    assert result.deduction("UNION_DUES") == Decimal("31.90")
    assert codes(result) == [ProblemCode.NET_NEGATIVE]


def test_facts_that_contradict_each_other_are_refused():
    with pytest.raises(ValueError, match="twice"):
        pay(facts(month(*care(8)), month(*care(9))))
    before = earning_lines(month(*care(6, month=MARCH), period=MARCH), "default")[0]
    with pytest.raises(ValueError, match="not among the months"):
        pay(replace(facts(month(*care(8))), paid_before=before))


@given(
    st.lists(st.integers(1, 31), unique=True),
    st.lists(st.integers(1, 30), unique=True),
    st.lists(st.integers(1, 30), unique=True),
    st.dates(date(1940, 1, 1), date(2012, 1, 1)),
    st.booleans(),
)
def test_the_sums_always_agree(may: list[int], april: list[int], paid: list[int], born: date, has_card: bool):
    before = earning_lines(month(*care(*paid, month=APRIL), period=APRIL), "default")[0]
    given_facts = facts(
        month(*care(*may)),
        month(*care(*april, month=APRIL), period=APRIL),
        payee=Payee(born),
        card=CARD if has_card else None,
    )
    result = pay(replace(given_facts, paid_before=before))
    rate = Decimal("97.55")
    assert result.gross == rate * (len(may) + max(len(april) - len(paid), 0))
    assert result.receivable == rate * max(len(paid) - len(april), 0)
    assert result.gross - result.receivable == sum(line.amount for line in (*result.lines, *result.overpaid))
    assert result.net == result.gross - result.withholding - result.pension
    assert 0 <= result.net <= result.gross
    assert result.taxable == result.gross
