"""One contract's payday: facts in, result out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from palkkio.calculation.changes import with_causes
from palkkio.calculation.deducted import Payday, contributions_of, deductions_of
from palkkio.calculation.differences import differences
from palkkio.calculation.earnings import lines_in_force
from palkkio.calculation.facts import OneOff, PayFacts
from palkkio.core.days import DateRange
from palkkio.core.money import CENT, ZERO
from palkkio.core.payslip import (
    OUTSIDE_DIFFERENCES,
    Line,
    LineCode,
    PayResult,
    Working,
)
from palkkio.core.problems import Problem, ProblemCode
from palkkio.rules import Profile, under

# Without these nothing is computed: a partial sum would look like the whole.
HOLDING = frozenset({ProblemCode.RATE_NOT_CONFIRMED, ProblemCode.CONTRACT_TERM_MISSING})


def pay(facts: PayFacts, *, explains: bool = True) -> PayResult:
    """Lines, deductions, totals and problems of one contract on one payday.

    explains  False: an assistant's hours have no working but what `paid` keeps of it, as a run needs no more. What is
              paid beside earlier pay, or as a one-off, has all of it: a receivable tells its causes

    The lines of each month less those already paid for it; periods whose difference is negative are not netted but
    become the receivable. Held (no lines, no totals) if a figure or contract term that is needed is missing.
    Raises NotCalculatedYet for other forms of care, ValueError for facts that contradict each other: an entry outside
    its month, a month given twice, lines paid before for a period that is not among the months.
    """
    with under(facts.profile) as profile:
        return _pay(facts, profile, explains=explains or bool(facts.paid_before or facts.one_offs))


def _pay(facts: PayFacts, profile: Profile, *, explains: bool) -> PayResult:
    lines, problems = _lines_of_months(facts, profile, explains=explains)
    if _holds(problems):
        return PayResult(problems=problems, is_held=True)
    paid, overpaid = _split(_differences(facts, lines), [_one_off(each) for each in facts.one_offs])
    paid = (*paid, *_recovery(facts, paid))
    payday = Payday(facts, paid)
    deductions, notes = deductions_of(payday)
    problems = (*problems, *notes)
    if _holds(problems):
        return PayResult(problems=problems, is_held=True)
    contributions, more = contributions_of(payday, deductions)
    receivable = -sum((line.amount for line in overpaid), ZERO)
    problems = (*problems, *more)
    if payday.gross < sum([each.amount for each in deductions], ZERO):
        problems = (*problems, Problem(ProblemCode.NET_NEGATIVE))
    if receivable:
        problems = (*problems, Problem(ProblemCode.OVERPAYMENT))
    return PayResult(
        lines=paid,
        deductions=deductions,
        problems=problems,
        receivable=receivable,
        overpaid=overpaid,
        employer=contributions,
    )


def _lines_of_months(
    facts: PayFacts, profile: Profile, *, explains: bool
) -> tuple[tuple[Line, ...], tuple[Problem, ...]]:
    periods = [month.month for month in facts.months]
    if len(set(periods)) < len(periods):
        raise ValueError("A month is given twice")
    if any(line.period not in periods for line in facts.paid_before if line.code not in OUTSIDE_DIFFERENCES):
        raise ValueError("Lines paid before belong to a period that is not among the months")
    lines: list[Line] = []
    problems: dict[Problem, None] = {}
    for month in facts.months:
        of_month, in_the_way = lines_in_force(month, profile, explains=explains)
        lines += of_month
        problems |= dict.fromkeys(in_the_way)
    return tuple(lines), tuple(problems)


def _differences(facts: PayFacts, lines: Sequence[Line]) -> tuple[Line, ...]:
    """What is still to be paid, each difference with its cause where the facts of then are known."""
    found = differences(lines, facts.paid_before)
    if not facts.months_before:
        return found
    name = facts.profile if isinstance(facts.profile, str) else facts.profile.name
    return with_causes(
        found,
        {month.month: month for month in facts.months_before},
        {month.month: month for month in facts.months},
        is_other_profile=facts.profile_before not in {"", name},
    )


def _split(lines: Sequence[Line], one_offs: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Lines that are paid, and those of periods whose sum is negative: set-off needs consent or a final decision."""
    if not one_offs and all(line.amount >= 0 for line in lines):
        return tuple(lines), ()
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

    At most the fees of the payday: costs are not touched. Where the plan protects a part of the net, so much less that
    it is left. The rest stays for the next payday.
    """
    fees = sum((line.amount for line in paid if line.is_taxable and line.is_pensionable), ZERO)
    amount = min(facts.recovery, fees)
    if amount <= 0:
        return []
    if facts.recovery_leaves and _net_after(facts, paid, amount) < facts.recovery_leaves:
        amount = _most_that_leaves(facts, paid, amount)
    return [_recovery_line(facts, paid, amount)] if amount else []


def _recovery_line(facts: PayFacts, paid: Sequence[Line], amount: Decimal) -> Line:
    inputs = [("agreed", str(facts.recovery))]
    inputs += [("recovery", facts.recovery_number)] if facts.recovery_number else []
    inputs += [("leaves", str(facts.recovery_leaves))] if facts.recovery_leaves else []
    working = Working(rule="recovery", inputs=tuple(inputs))
    period = facts.months[0].month if facts.months else paid[0].period
    return Line(LineCode.RECOVERY, Decimal(1), "piece", -amount, -amount, period, working)


def _net_after(facts: PayFacts, paid: Sequence[Line], amount: Decimal) -> Decimal:
    lines = (*paid, _recovery_line(facts, paid, amount))
    payday = Payday(facts, lines)
    deductions, _ = deductions_of(payday)
    return payday.gross - sum((each.amount for each in deductions), ZERO)


def _most_that_leaves(facts: PayFacts, paid: Sequence[Line], most: Decimal) -> Decimal:
    """The largest amount, in cents, after which the protected net is left: the net falls as the amount grows."""
    low, high = 0, int(most / CENT)
    while low < high:
        middle = (low + high + 1) // 2
        if _net_after(facts, paid, middle * CENT) >= facts.recovery_leaves:
            low = middle
        else:
            high = middle - 1
    return low * CENT


def _holds(problems: Sequence[Problem]) -> bool:
    return any(problem.code in HOLDING for problem in problems)
