"""What is taken from a payday in the order of the law, and what the payer pays beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from palkkio.calculation.deductions import can_be_used, dues, pension, withholding
from palkkio.calculation.distraint import base, distraint
from palkkio.calculation.employee import (
    PENSION_UNTIL_AGE,
    employee_pension,
    employee_unemployment,
    has_unverified_age,
    insurable_by_month,
)
from palkkio.calculation.employer import of_carer, of_employee
from palkkio.calculation.employment import Employer, PaidInMonth
from palkkio.calculation.facts import PayFacts
from palkkio.calculation.insurance import ACCIDENT_INSURED, Insured, insured_as
from palkkio.core.money import ZERO
from palkkio.core.payslip import Contribution, Deduction, DeductionCode, Line, Working
from palkkio.core.problems import Problem, ProblemCode
from palkkio.rules import RateNotConfirmed
from palkkio.rules.tags import is_unverified


class Payday:
    """The lines of one payday, with what deductions and contributions ask of them added up once."""

    def __init__(self, facts: PayFacts, lines: Sequence[Line]) -> None:
        self.facts = facts
        self.lines = lines
        self.kind = facts.months[0].kind if facts.months else facts.kind
        self.insured = Insured.CARER if self.kind is None else insured_as(self.kind)
        self.gross = sum([line.amount for line in lines], ZERO)
        self.taxable = sum([line.amount for line in lines if line.is_taxable], ZERO)
        self.is_pensionable = any(line.is_pensionable for line in lines)

    @cached_property
    def insurable(self) -> Mapping[date, Decimal]:
        """EUR by the month in which they were earned."""
        return insurable_by_month(self.lines)

    def paid_in_months(self) -> Iterator[PaidInMonth]:
        """What earlier paydays paid for the months of this one, corrected periods included."""
        yield from self.facts.paid_in_month
        for line in self.facts.paid_before:
            if line.is_pensionable:
                yield PaidInMonth(line.period.begins, line.amount)


def deductions_of(payday: Payday) -> tuple[tuple[Deduction, ...], tuple[Problem, ...]]:
    """Deductions in the order of the law; a figure that is not needed is not asked, each that is missing is named.

    Each takes at most what those before it left: what could not be taken is said in red, since it stays owed.
    """
    made: list[Deduction] = []
    problems: list[Problem] = []
    left = payday.gross
    for part in (_withholding, _pension, _unemployment, _distraint, _dues):
        try:
            deductions, notes = part(payday, made)
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
        Problem(ProblemCode.RATE_NOT_VERIFIED, each.working.rule, payday.facts.paid_on)
        for each in made
        if is_unverified(each.working.tag)
    ]
    return tuple(made), tuple(dict.fromkeys(problems))


def _at_most(deduction: Deduction, left: Decimal) -> Deduction:
    if deduction.amount <= left:
        return deduction
    inputs = (*deduction.working.inputs, ("whole", str(deduction.amount)))
    return replace(deduction, amount=left, working=replace(deduction.working, inputs=inputs))


_Part = tuple[Sequence[Deduction], Sequence[Problem]]


def _withholding(payday: Payday, before: Sequence[Deduction]) -> _Part:
    facts = payday.facts
    if payday.taxable <= 0 or facts.payee.in_prepayment_register:
        return (), ()
    made = withholding(payday.taxable, facts.tax_card, facts.paid_on)
    has_card = facts.tax_card is not None and can_be_used(facts.tax_card, facts.paid_on)
    if has_card or facts.no_card_set_aside:
        return [made], ()
    return [made], [Problem(ProblemCode.NO_TAX_CARD, day=facts.paid_on)]


def _pension(payday: Payday, before: Sequence[Deduction]) -> _Part:
    if not payday.is_pensionable:
        return (), ()
    payee, paid_on = payday.facts.payee, payday.facts.paid_on
    if payday.insured is Insured.EMPLOYEE:
        of_employee = employee_pension(payday.insurable, payee.born, paid_on, payday.paid_in_months())
        return ([of_employee] if of_employee else []), _age_notes(payday)
    made = pension(payday.lines, payee, paid_on)
    if not made.of:
        return (), ()
    return [made], _age_notes(payday)


def _age_notes(payday: Payday) -> Sequence[Problem]:
    """Yellow where the day of birth is unknown, or an upper age decides that no source was seen for."""
    born, paid_on = payday.facts.payee.born, payday.facts.paid_on
    if born is None:
        return [Problem(ProblemCode.RATE_NOT_VERIFIED, "payee/born", paid_on)]
    if payday.insured is Insured.EMPLOYEE and has_unverified_age(born, paid_on):
        return [Problem(ProblemCode.RATE_NOT_VERIFIED, PENSION_UNTIL_AGE, born)]
    return ()


def _unemployment(payday: Payday, before: Sequence[Deduction]) -> _Part:
    if payday.insured is not Insured.EMPLOYEE or not payday.is_pensionable:
        return (), ()
    made = employee_unemployment(payday.insurable, payday.facts.payee.born, payday.facts.paid_on)
    return ([made] if made else []), ()


def contributions_of(
    payday: Payday, deductions: Sequence[Deduction]
) -> tuple[tuple[Contribution, ...], tuple[Problem, ...]]:
    """The payer's own contributions; unknown ones hold nobody."""
    if not payday.is_pensionable:
        return (), ()
    facts = payday.facts
    part = next((each for each in deductions if each.code == DeductionCode.PENSION), None)
    if payday.insured is Insured.CARER:
        if facts.employer is None:
            return (), ()
        fees = sum(payday.insurable.values(), ZERO) if payday.kind in ACCIDENT_INSURED else ZERO
        return of_carer(part.of if part else ZERO, fees, facts.employer), ()
    return of_employee(payday.insurable, facts.payee.born, facts.paid_on, facts.employer or Employer(), part)


def _distraint(payday: Payday, before: Sequence[Deduction]) -> _Part:
    """From fees less the deductions of the law; allowances for costs are not distrained."""
    order = payday.facts.distraint
    if order is None:
        return (), ()
    net = base(payday.lines, before)
    return ([distraint(net, order, payday.facts.paid_on)] if net > 0 else []), ()


def _dues(payday: Payday, before: Sequence[Deduction]) -> _Part:
    """Per cent of the taxable pay, or EUR of the payday and then no more than is left of the net."""
    facts, taxable = payday.facts, payday.taxable
    if not (facts.union_dues or facts.union_amount or facts.fund_fee or facts.fund_amount) or taxable <= 0:
        return (), ()
    asked = (
        (DeductionCode.UNION_DUES, facts.union_dues, facts.union_amount),
        (DeductionCode.FUND_FEE, facts.fund_fee, facts.fund_amount),
    )
    left = payday.gross - sum((each.amount for each in before), ZERO)
    made = []
    for code, percent, amount in asked:
        if percent:
            made.append(dues(code, taxable, percent))
        elif amount and left > 0:
            made.append(Deduction(code, min(amount, left), amount, (), Working(rule=f"{code.lower()}_amount")))
        left -= made[-1].amount if made and made[-1].code == code else ZERO
    return made, ()
