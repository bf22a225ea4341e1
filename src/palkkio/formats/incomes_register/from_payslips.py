"""One earner's report out of the payslips of a payday (PAY-12)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from palkkio.core.days import DateRange
from palkkio.core.money import ZERO
from palkkio.core.payslip import DeductionCode, Line, Payslip
from palkkio.formats.incomes_register.income_types import DEDUCTIONS, WITHHOLDING, IncomeType, income_type
from palkkio.formats.incomes_register.values import (
    PENSION_OF_ENTREPRENEURS,
    Action,
    Earner,
    PensionInsurance,
    Report,
    ReportingTerms,
    Service,
    Transaction,
)

SELF_INSURED = "pension_self_insured"  # rule of a pension deduction of nothing: an entrepreneur's own insurance


def report_of_payslips(
    payslips: Sequence[Payslip],
    *,
    report_id: str,
    earner: Earner,
    terms: Mapping[str, ReportingTerms],
    service: Service | None = None,
    action: Action = Action.NEW,
    ir_report_id: str = "",
) -> Report | None:
    """The payslips of one earner, payer and payday added up into one report, one transaction for each income type.

    terms  what the organisation reports of each kind of contract; an earner with several kinds is reported with those
           of the kind that paid most, since a report has room for one (V: the occupation that takes most time)
    Each transaction names the months that were paid, also those of a correction. A sum of zero is left out; None if
    nothing is left. A negative sum is written as it is, and `check_delivery` finds it: then the report of the original
    payday must be replaced instead.
    Raises ValueError without payslips, if they are of different paydays or payers, or a line has no income type.
    """
    if len({(slip.payday, slip.payer.identifier) for slip in payslips}) != 1:
        raise ValueError("A report is made of payslips of one payer and one payday")
    lines: dict[IncomeType, list[Line]] = defaultdict(list)
    for slip in payslips:
        for line in slip.result.lines:
            kind = income_type(slip.contract_kind, line.code, is_taxable=line.is_taxable)
            if kind is not None:
                lines[kind].append(line)
    # Without a contribution nobody is insured: past the age of insurance the register wants no pension data (V).
    is_insured = any(slip.result.pension for slip in payslips)
    transactions = [*_incomes(lines, is_insured=is_insured), *_deductions(payslips)]
    if not transactions:
        return None
    chosen = terms.get(_main_kind(payslips), ReportingTerms())
    if not is_insured:
        own = any(each.working.rule == SELF_INSURED for slip in payslips for each in slip.result.deductions)
        chosen = replace(
            chosen, pension=PensionInsurance("", act=PENSION_OF_ENTREPRENEURS, provider=None) if own else None
        )
    return Report(report_id, earner, tuple(transactions), action, ir_report_id, chosen, service)


def _incomes(lines: Mapping[IncomeType, list[Line]], *, is_insured: bool) -> list[Transaction]:
    found: dict[tuple[int, tuple[tuple[int, bool], ...]], list[Line]] = defaultdict(list)
    kinds = {}
    for kind, some in lines.items():  # two kinds of contract may report as the same type
        found[kind.code, kind.insurance] += some
        kinds[kind.code, kind.insurance] = kind
    made = []
    for key in sorted(found):
        kind, some = kinds[key], found[key]
        amount = sum((line.amount for line in some), ZERO)
        if not amount:
            continue
        made.append(
            Transaction(
                kind.code,
                amount,
                kind.insurance if is_insured else (),
                _periods(some) if kind.has_periods else (),
                _kilometres(some) if kind.has_kilometres else None,
            )
        )
    return made


def _deductions(payslips: Sequence[Payslip]) -> list[Transaction]:
    sums: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for slip in payslips:
        for deduction in slip.result.deductions:
            sums[DEDUCTIONS[DeductionCode(deduction.code)]] += deduction.amount
    # Taxable income without tax is said too: 0.00 withheld (R).
    is_taxed = any(slip.result.taxable for slip in payslips)
    return [
        Transaction(code, sums[code])
        for code in sorted({*sums, *([WITHHOLDING] if is_taxed else [])})
        if sums[code] or code == WITHHOLDING
    ]


def _periods(lines: Sequence[Line]) -> tuple[DateRange, ...]:
    return tuple(sorted({line.period for line in lines}, key=lambda period: (str(period.start), str(period.end))))


def _kilometres(lines: Sequence[Line]) -> int:
    total = sum((line.quantity for line in lines if line.unit == "km"), ZERO)
    return int(total.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _main_kind(payslips: Sequence[Payslip]) -> str:
    sums: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for slip in payslips:
        sums[slip.contract_kind] += slip.result.taxable
    return min(sums, key=lambda kind: (-sums[kind], kind))
