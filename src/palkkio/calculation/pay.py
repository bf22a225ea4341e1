"""One contract's payday: facts in, result out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from palkkio.calculation.deductions import can_be_used, dues, pension, withholding
from palkkio.calculation.differences import differences
from palkkio.calculation.distraint import distraint
from palkkio.calculation.earnings import earning_lines
from palkkio.calculation.facts import OneOff, PayFacts
from palkkio.core.days import DateRange
from palkkio.core.money import ZERO
from palkkio.core.payslip import (
    OUTSIDE_DIFFERENCES,
    Deduction,
    DeductionCode,
    Line,
    LineCode,
    PayResult,
    Working,
)
from palkkio.core.problems import Problem, ProblemCode
from palkkio.rules import RateNotConfirmed
from palkkio.rules import profile as profile_named
from palkkio.rules.tags import is_unverified

# Without these nothing is computed: a partial sum would look like the whole.
HOLDING = frozenset({ProblemCode.RATE_NOT_CONFIRMED, ProblemCode.CONTRACT_TERM_MISSING})


def pay(facts: PayFacts) -> PayResult:
    """Lines, deductions, totals and problems of one contract on one payday.

    The lines of each month less those already paid for it; periods whose difference is negative are not netted but
    become the receivable. Held (no lines, no totals) if a figure or contract term that is needed is missing.
    Raises NotCalculatedYet for other forms of care, ValueError for facts that contradict each other: an entry outside
    its month, a month given twice, lines paid before for a period that is not among the months.
    """
    lines, problems = _lines_of_months(facts)
    if _holds(problems):
        return PayResult(problems=problems, is_held=True)
    paid, overpaid = _split(differences(lines, facts.paid_before), [_one_off(each) for each in facts.one_offs])
    paid = (*paid, *_recovery(facts, paid))
    deductions, notes = _deductions(facts, paid)
    problems = (*problems, *notes)
    if _holds(problems):
        return PayResult(problems=problems, is_held=True)
    result = PayResult(
        lines=paid,
        deductions=deductions,
        problems=problems,
        receivable=-sum((line.amount for line in overpaid), ZERO),
        overpaid=overpaid,
    )
    found = []
    if result.net < 0:
        found.append(Problem(ProblemCode.NET_NEGATIVE))
    if result.receivable:
        found.append(Problem(ProblemCode.OVERPAYMENT))
    return replace(result, problems=(*result.problems, *found)) if found else result


def _lines_of_months(facts: PayFacts) -> tuple[tuple[Line, ...], tuple[Problem, ...]]:
    profile = profile_named(facts.profile) if isinstance(facts.profile, str) else facts.profile
    periods = [month.month for month in facts.months]
    if len(set(periods)) < len(periods):
        raise ValueError("A month is given twice")
    if any(line.period not in periods for line in facts.paid_before if line.code not in OUTSIDE_DIFFERENCES):
        raise ValueError("Lines paid before belong to a period that is not among the months")
    lines: list[Line] = []
    problems: dict[Problem, None] = {}
    for month in facts.months:
        of_month, in_the_way = earning_lines(month, profile)
        lines += of_month
        problems |= dict.fromkeys(in_the_way)
    return tuple(lines), tuple(problems)


def _split(lines: Sequence[Line], one_offs: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Lines that are paid, and those of periods whose sum is negative: set-off needs consent or a final decision."""
    sums: dict[DateRange, Decimal] = defaultdict(lambda: ZERO)
    for line in lines:
        sums[line.period] += line.amount
    paid = (*(line for line in lines if sums[line.period] >= 0), *one_offs)
    overpaid = tuple(line for line in lines if sums[line.period] < 0)
    if sum((line.amount for line in paid), ZERO) < 0:  # by a negative one-off line
        return (), (*paid, *overpaid)
    return paid, overpaid


def _one_off(one_off: OneOff) -> Line:
    return Line(
        code=LineCode.ONE_OFF,
        quantity=Decimal(1),
        unit="piece",
        of=one_off.amount,
        amount=one_off.amount,
        period=one_off.period,
        working=Working(rule="one_off", inputs=(("reason", one_off.reason),)),
        is_taxable=one_off.is_taxable,
        is_pensionable=one_off.is_pensionable,
    )


def _recovery(facts: PayFacts, paid: Sequence[Line]) -> list[Line]:
    """What is set off from this payday's fees by a plan; it lowers gross, taxable and pensionable alike.

    At most the fees of the payday: costs are not touched, and the rest stays for the next payday.
    """
    fees = sum((line.amount for line in paid if line.is_taxable and line.is_pensionable), ZERO)
    amount = min(facts.recovery, fees)
    if amount <= 0:
        return []
    working = Working(rule="recovery", inputs=(("agreed", str(facts.recovery)),))
    period = facts.months[0].month if facts.months else paid[0].period
    return [Line(LineCode.RECOVERY, Decimal(1), "piece", -amount, -amount, period, working)]


def _holds(problems: Sequence[Problem]) -> bool:
    return any(problem.code in HOLDING for problem in problems)


def _deductions(facts: PayFacts, lines: Sequence[Line]) -> tuple[tuple[Deduction, ...], tuple[Problem, ...]]:
    """Deductions in the order of the law; a figure that is not needed is not asked, each that is missing is named."""
    made: list[Deduction] = []
    problems: list[Problem] = []
    for part in (_withholding, _pension, _distraint, _dues):
        try:
            deductions, notes = part(facts, lines, made)
        except RateNotConfirmed as error:
            problems.append(Problem(ProblemCode.RATE_NOT_CONFIRMED, error.figure, error.day))
            continue
        made += deductions
        problems += notes
    problems += [
        Problem(ProblemCode.RATE_NOT_VERIFIED, each.working.rule, facts.paid_on)
        for each in made
        if is_unverified(each.working.tag)
    ]
    return tuple(made), tuple(problems)


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
    made = pension(lines, facts.payee, facts.paid_on)
    if not made.of:
        return [], []
    if facts.payee.born is None:
        return [made], [Problem(ProblemCode.RATE_NOT_VERIFIED, "payee/born", facts.paid_on)]
    return [made], []


def _distraint(facts: PayFacts, lines: Sequence[Line], before: Sequence[Deduction]) -> _Part:
    """From fees less the deductions of the law; allowances for costs are not distrained."""
    if facts.distraint is None:
        return [], []
    fees = sum((line.amount for line in lines if line.is_pensionable), ZERO)
    net = fees - sum((each.amount for each in before), ZERO)
    return ([distraint(net, facts.distraint, facts.paid_on)] if net > 0 else []), []


def _dues(facts: PayFacts, lines: Sequence[Line], before: Sequence[Deduction]) -> _Part:
    taxable = _taxable(lines)
    asked = ((DeductionCode.UNION_DUES, facts.union_dues), (DeductionCode.FUND_FEE, facts.fund_fee))
    return [dues(code, taxable, percent) for code, percent in asked if percent and taxable > 0], []
