"""What is taken from a payday in the order of the law, and what the payer pays beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from palkkio.calculation.deductions import can_be_used, dues, pension, withholding
from palkkio.calculation.distraint import base, distraint
from palkkio.calculation.employee import (
    PENSION_UNTIL_AGE,
    PensionBase,
    employee_pension,
    employee_unemployment,
    has_unverified_age,
    insurable_by_month,
    pension_base,
)
from palkkio.calculation.employer import of_carer, of_employee
from palkkio.calculation.employment import Employer, PaidInMonth
from palkkio.calculation.facts import PayFacts
from palkkio.calculation.insurance import ACCIDENT_INSURED, Insured, insured_as
from palkkio.core.money import ZERO
from palkkio.core.payslip import ContractKind, Contribution, Deduction, DeductionCode, Line, Working
from palkkio.core.problems import Problem, ProblemCode
from palkkio.rules import RateNotConfirmed
from palkkio.rules.tags import is_unverified


def deductions_of(facts: PayFacts, lines: Sequence[Line]) -> tuple[tuple[Deduction, ...], tuple[Problem, ...]]:
    """Deductions in the order of the law; a figure that is not needed is not asked, each that is missing is named.

    Each takes at most what those before it left: what could not be taken is said in red, since it stays owed.
    """
    made: list[Deduction] = []
    problems: list[Problem] = []
    left = sum((line.amount for line in lines), ZERO)
    for part in (_withholding, _pension, _unemployment, _distraint, _dues):
        try:
            deductions, notes = part(facts, lines, made)
        except RateNotConfirmed as error:
            problems.append(Problem(ProblemCode.RATE_NOT_CONFIRMED, error.figure, error.day))
            continue
        for deduction in deductions:
            taken = _at_most(deduction, max(left, ZERO))
            left -= taken.amount
            made.append(taken)
            if taken is not deduction:
                problems.append(Problem(ProblemCode.NET_NEGATIVE, f"deductions/{deduction.code.lower()}"))
        problems += notes
    problems += [
        Problem(ProblemCode.RATE_NOT_VERIFIED, each.working.rule, facts.paid_on)
        for each in made
        if is_unverified(each.working.tag)
    ]
    return tuple(made), tuple(dict.fromkeys(problems))


def _at_most(deduction: Deduction, left: Decimal) -> Deduction:
    if deduction.amount <= left:
        return deduction
    inputs = (*deduction.working.inputs, ("whole", str(deduction.amount)))
    return replace(deduction, amount=left, working=replace(deduction.working, inputs=inputs))


_Part = tuple[list[Deduction], list[Problem]]


def _taxable(lines: Sequence[Line]) -> Decimal:
    return sum((line.amount for line in lines if line.is_taxable), ZERO)


def _withholding(facts: PayFacts, lines: Sequence[Line], before: Sequence[Deduction]) -> _Part:
    taxable = _taxable(lines)
    if taxable <= 0 or facts.payee.in_prepayment_register:
        return [], []
    made = withholding(taxable, facts.tax_card, facts.paid_on)
    has_card = facts.tax_card is not None and can_be_used(facts.tax_card, facts.paid_on)
    if has_card or facts.no_card_set_aside:
        return [made], []
    return [made], [Problem(ProblemCode.NO_TAX_CARD, day=facts.paid_on)]


def _pension(facts: PayFacts, lines: Sequence[Line], before: Sequence[Deduction]) -> _Part:
    if not any(line.is_pensionable for line in lines):
        return [], []
    if _insured(facts) is Insured.EMPLOYEE:
        made = employee_pension(_pension_base(facts, lines), facts.payee.born, facts.paid_on)
        return ([made] if made else []), _age_notes(facts)
    made = pension(lines, facts.payee, facts.paid_on)
    if not made.of:
        return [], []
    return [made], _age_notes(facts)


def _age_notes(facts: PayFacts) -> list[Problem]:
    """Yellow where the day of birth is unknown, or an upper age decides that no source was seen for."""
    if facts.payee.born is None:
        return [Problem(ProblemCode.RATE_NOT_VERIFIED, "payee/born", facts.paid_on)]
    if _insured(facts) is Insured.EMPLOYEE and has_unverified_age(facts.payee.born, facts.paid_on):
        return [Problem(ProblemCode.RATE_NOT_VERIFIED, PENSION_UNTIL_AGE, facts.payee.born)]
    return []


def _pension_base(facts: PayFacts, lines: Sequence[Line]) -> PensionBase:
    """By the sum of the month: what earlier paydays paid for it counts, corrected periods included."""
    before = [PaidInMonth(line.period.edges[0], line.amount) for line in facts.paid_before if line.is_pensionable]
    return pension_base(insurable_by_month(lines), facts.payee.born, facts.paid_on, (*facts.paid_in_month, *before))


def _unemployment(facts: PayFacts, lines: Sequence[Line], before: Sequence[Deduction]) -> _Part:
    if _insured(facts) is not Insured.EMPLOYEE or not any(line.is_pensionable for line in lines):
        return [], []
    made = employee_unemployment(insurable_by_month(lines), facts.payee.born, facts.paid_on)
    return ([made] if made else []), []


def _insured(facts: PayFacts) -> Insured:
    kind = _kind(facts)
    return Insured.CARER if kind is None else insured_as(kind)


def _kind(facts: PayFacts) -> ContractKind | None:
    return facts.months[0].kind if facts.months else facts.kind


def contributions_of(
    facts: PayFacts, lines: Sequence[Line], deductions: Sequence[Deduction]
) -> tuple[tuple[Contribution, ...], tuple[Problem, ...]]:
    """The payer's own contributions; unknown ones hold nobody."""
    if not any(line.is_pensionable for line in lines):
        return (), ()
    part = next((each for each in deductions if each.code == DeductionCode.PENSION), None)
    if _insured(facts) is Insured.CARER:
        fees = sum(insurable_by_month(lines).values(), ZERO) if _kind(facts) in ACCIDENT_INSURED else ZERO
        return of_carer(part.of if part else ZERO, fees, facts.employer), ()
    base, employer = _pension_base(facts, lines), facts.employer or Employer()
    return of_employee(insurable_by_month(lines), facts.payee.born, facts.paid_on, employer, (base, part))


def _distraint(facts: PayFacts, lines: Sequence[Line], before: Sequence[Deduction]) -> _Part:
    """From fees less the deductions of the law; allowances for costs are not distrained."""
    if facts.distraint is None:
        return [], []
    net = base(lines, before)
    return ([distraint(net, facts.distraint, facts.paid_on)] if net > 0 else []), []


def _dues(facts: PayFacts, lines: Sequence[Line], before: Sequence[Deduction]) -> _Part:
    """Per cent of the taxable pay, or EUR of the payday and then no more than is left of the net."""
    taxable = _taxable(lines)
    if taxable <= 0:
        return [], []
    left = sum((line.amount for line in lines), ZERO) - sum((each.amount for each in before), ZERO)
    made = []
    for code, percent, amount in (
        (DeductionCode.UNION_DUES, facts.union_dues, facts.union_amount),
        (DeductionCode.FUND_FEE, facts.fund_fee, facts.fund_amount),
    ):
        if percent:
            made.append(dues(code, taxable, percent))
        elif amount and left > 0:
            made.append(Deduction(code, min(amount, left), amount, (), Working(rule=f"{code.lower()}_amount")))
        left -= made[-1].amount if made and made[-1].code == code else ZERO
    return made, []
