"""One earner's report out of the payslips of a payday (PAY-12)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from operator import attrgetter
from typing import Protocol

from palkkio.core.days import DateRange
from palkkio.core.finland import is_banking_day
from palkkio.core.money import ZERO, to_cents
from palkkio.core.payslip import Line, LineCode, PaidLine, PaidSums, PayResult
from palkkio.formats.incomes_register.income_types import DEDUCTIONS, WITHHOLDING, IncomeType, income_type
from palkkio.formats.incomes_register.values import (
    HOUR,
    PENSION_OF_ENTREPRENEURS,
    Action,
    Earner,
    Employment,
    PaidAbsence,
    PensionInsurance,
    Report,
    ReportingTerms,
    Service,
    Transaction,
    UnpaidAbsence,
)

# PaidAbsence: V; of sick pay by its rule, of leave by its code.
CAUSES = {"sick_pay": 1, "family_leave": 3, "child_ill": 6, LineCode.LEAVE_PAY.value: 21}
ALLOWANCES = {"meal_allowance": 1, "part_day_allowance": 2, "full_day_allowance": 3}  # AllowanceCode by rule: V
SELF_INSURED = "pension_self_insured"  # rule of a pension deduction of nothing: an entrepreneur's own insurance

# By code and insurance data: what is reported as one income type.
Lines = dict[tuple[int, tuple[tuple[int, bool], ...]], tuple[IncomeType, list[Line | PaidLine]]]


class Paid(Protocol):
    """What a report says of a payslip."""

    @property
    def contract_kind(self) -> str: ...
    @property
    def period(self) -> DateRange: ...
    @property
    def result(self) -> PayResult | PaidSums: ...


def report_of_paid(
    payslips: Sequence[Paid],
    *,
    report_id: str,
    earner: Earner,
    terms: Mapping[str, ReportingTerms],
    service: Service | None = None,
    employment: Employment | None = None,
    action: Action = Action.NEW,
    ir_report_id: str = "",
    absences: Sequence[tuple[int, DateRange]] = (),
) -> Report | None:
    """What one payer pays one earner on a payday added up into one report, one transaction for each income type.

    terms  what the organisation reports of each kind of contract; an earner with several kinds is reported with those
           of the kind that paid most, since a report has room for one (V: the occupation that takes most time)
    absences  cause and days of absences in the pay period; those that the payslips do not pay are told as unpaid
    Each transaction names the months that were paid, also those of a correction. A sum of zero is left out; None if
    nothing is left. A negative sum is written as it is, and `check_delivery` finds it: then the report of the original
    payday must be replaced instead.
    Raises ValueError if a line has no income type.
    """
    lines: Lines = {}
    for slip in payslips:
        for line in slip.result.lines:
            kind = income_type(slip.contract_kind, line.code, is_taxable=line.is_taxable)
            if kind is None:
                continue
            of_type = lines.get((kind.code, kind.insurance))  # two kinds of contract may report as the same type
            if of_type is None:
                lines[kind.code, kind.insurance] = kind, [line]
            else:
                of_type[1].append(line)
    # Without a contribution nobody is insured: past the age of insurance the register wants no pension data (V).
    is_insured = any(slip.result.pension for slip in payslips)
    transactions = [*_incomes(lines, is_insured=is_insured), *_deductions(payslips)]
    if not transactions:
        return None
    chosen = terms.get(_main_kind(payslips), ReportingTerms())
    if not is_insured:
        own = any(each.working.rule == SELF_INSURED for slip in payslips for each in slip.result.deductions)
        chosen = chosen._replace(
            pension=PensionInsurance("", act=PENSION_OF_ENTREPRENEURS, provider=None) if own else None
        )
    paid = _absences(payslips)
    return Report(
        report_id=report_id,
        earner=earner,
        transactions=tuple(transactions),
        action=action,
        ir_report_id=ir_report_id,
        terms=chosen,
        service=service,
        employment=employment,
        absences=paid or (),
        unpaid_absences=() if paid is None else _unpaid(absences, paid, [slip.period for slip in payslips]),
    )


def _incomes(lines: Lines, *, is_insured: bool) -> list[Transaction]:
    made = []
    for key in sorted(lines):
        kind, some = lines[key]
        amount = sum([line.amount for line in some], ZERO)
        if not amount:
            continue
        made.append(
            Transaction(
                kind.code,
                amount,
                kind.insurance if is_insured else (),
                _periods(some) if kind.has_periods else (),
                _kilometres(some) if kind.has_kilometres else None,
                units=_units(some),
                allowances=_allowances(some) if kind.has_allowances else (),
            )
        )
    return made


def _deductions(payslips: Sequence[Paid]) -> list[Transaction]:
    sums: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for slip in payslips:
        for deduction in slip.result.deductions:
            sums[DEDUCTIONS[deduction.code]] += deduction.amount
    # Taxable income without tax is said too: 0.00 withheld (R).
    is_taxed = any(slip.result.taxable for slip in payslips)
    return [
        Transaction(code, sums[code])
        for code in sorted({*sums, *([WITHHOLDING] if is_taxed else [])})
        if sums[code] or code == WITHHOLDING
    ]


def _periods(lines: Sequence[Line | PaidLine]) -> tuple[DateRange, ...]:
    first = lines[0].period
    others = {line.period for line in lines if line.period is not first}
    return tuple(sorted({first, *others}, key=attrgetter("edges"))) if others else (first,)


def _allowances(lines: Sequence[Line | PaidLine]) -> tuple[int, ...]:
    """Kinds of daily allowances, which go with their income type (rule 7)."""
    rules = {line.working.rule for line in lines}
    return tuple(sorted(ALLOWANCES[rule] for rule in rules & ALLOWANCES.keys()))


def _units(lines: Sequence[Line | PaidLine]) -> tuple[tuple[Decimal, Decimal, int], ...]:
    """Hours of base pay by their price, where nothing else stands on the income type: voluntary."""
    hours: dict[Decimal, Decimal] = {}
    for line in lines:
        if line.code != LineCode.BASE_PAY:
            return ()
        hours[line.of] = hours.get(line.of, ZERO) + line.quantity
    return tuple((price, to_cents(amount), HOUR) for price, amount in sorted(hours.items()) if amount > 0)


def _absences(payslips: Sequence[Paid]) -> tuple[PaidAbsence, ...] | None:
    """Paid illness and leave as absences: voluntary, so left out (None) where their days lie inside each other."""
    days: dict[int, list[Line | PaidLine]] = defaultdict(list)
    for slip in payslips:
        for line in slip.result.lines:
            working = line.working
            if not working.days:
                continue
            cause = CAUSES.get(working.rule.removesuffix("_average") if line.code == LineCode.SICK_PAY else line.code)
            if cause is not None:
                days[cause].append(line)
    made = sorted((_absence(cause, some) for cause, some in days.items()), key=lambda each: each.first)
    if any(each.amount <= 0 for each in made) or any(one.last >= other.first for one, other in pairwise(made)):
        return None
    return tuple(made)


def _unpaid(
    absences: Sequence[tuple[int, DateRange]], paid: Sequence[PaidAbsence], periods: Sequence[DateRange]
) -> tuple[UnpaidAbsence, ...]:
    """What is left of the absences in the pay periods beside the paid ones, if it has a working day (Monday to Friday).

    Days that are only a weekend at the edge of a paid absence are no absence of their own (our reading).
    """
    told = {day for each in paid for day in DateRange.of_days(each.first, each.last)}
    found = []
    for cause, days in sorted(absences, key=lambda each: (str(each[1].start), each[0])):
        for part in filter(None, (days.overlap(period) for period in periods)):
            for some in _runs(sorted(set(part) - told)):
                told |= set(some)
                if any(is_banking_day(day) for day in some):
                    found.append(UnpaidAbsence(some[0], some[-1], cause))
    return tuple(sorted(found, key=lambda each: each.first))


def _runs(days: Sequence[date]) -> list[list[date]]:
    """Days cut where one is missing between."""
    made: list[list[date]] = []
    for day in days:
        if made and made[-1][-1] + timedelta(days=1) == day:
            made[-1].append(day)
        else:
            made.append([day])
    return made


def _absence(cause: int, lines: Sequence[Line | PaidLine]) -> PaidAbsence:
    days = sorted({day for line in lines for day in line.working.days})
    return PaidAbsence(days[0], days[-1], len(days), cause, sum((line.amount for line in lines), ZERO))


def _kilometres(lines: Sequence[Line | PaidLine]) -> int:
    total = sum((line.quantity for line in lines if line.unit == "km"), ZERO)
    return int(total.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _main_kind(payslips: Sequence[Paid]) -> str:
    if len(payslips) == 1:
        return payslips[0].contract_kind
    sums: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for slip in payslips:
        sums[slip.contract_kind] += slip.result.taxable
    return min(sums, key=lambda kind: (-sums[kind], kind))
