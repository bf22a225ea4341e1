"""The `expect` part of a case: what is written must match exactly, the rest is free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from palkkio.calculation.cases.employment import compared_contributions, contributions_of
from palkkio.calculation.cases.given import COUNTED, LINE, QUANTITIES, line_code
from palkkio.calculation.cases.keys import CaseError, Keys
from palkkio.calculation.cases.show import quantity_of
from palkkio.core.days import DateRange
from palkkio.core.money import to_cents
from palkkio.core.payslip import Line, PayResult
from palkkio.core.problems import ProblemCode

TOTALS = (
    "gross",
    "taxable",
    "pensionable",
    "withholding",
    "pension",
    "unemployment",
    "distraint",
    "union_dues",
    "fund_fee",
    "net",
    "receivable",
)
EXPECT = ("lines", *TOTALS, "employer", "client_charge", "problems", "held")
PROBLEMS = tuple(code.value for code in ProblemCode)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One expected line: its code and the further keys that are written."""

    code: str
    quantity: tuple[str, Decimal] | None  # (unit, figure); "": whatever its unit
    percent: Decimal | None
    of: Decimal | None
    amount: Decimal | None
    period: DateRange | None


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a case expects; None: not written."""

    lines: tuple[Wanted, ...] | None
    totals: tuple[tuple[str, Decimal], ...]
    employer: tuple[tuple[str, Decimal], ...] | None
    problems: tuple[str, ...] | None
    held: bool | None


def expectation_of(expect: Keys) -> Expectation:
    """The expectation as written. Raises CaseError naming key and line."""
    expect.only(*EXPECT)
    if not any(key in expect for key in EXPECT):
        raise CaseError(expect.own_line, "'expect' is empty: a case without an expectation proves nothing")
    problems = None
    if "problems" in expect:
        problems = tuple(expect.words("problems"))
        for code in problems:
            if code not in PROBLEMS:
                expect.fail("problems", f"'{code}' is not a problem; known are {', '.join(PROBLEMS)}")
    return Expectation(
        lines=tuple(_wanted(row) for row in expect.mappings("lines")) if "lines" in expect else None,
        totals=tuple((key, expect.money(key)) for key in TOTALS if key in expect),
        employer=contributions_of(expect),
        problems=problems,
        held=expect.boolean("held", default=False) if "held" in expect else None,
    )


def compared(expected: Expectation, result: PayResult) -> list[str]:
    """Differences between expectation and result, a sentence each; none: the case holds."""
    found: list[str] = []
    if result.is_held and not _expects_to_be_held(expected):
        red = [problem for problem in result.problems if problem.is_red]
        found += [f"held, nothing is paid: {_words(problem.code, problem.figure)}" for problem in red]
    if expected.held is not None and expected.held != result.is_held:
        found.append(f"held: expected {_yes(expected.held)}, got {_yes(result.is_held)}")
    if expected.lines is not None:
        # An overpayment may be told by its lines, or by `receivable` alone.
        overpaid = result.overpaid if expected.lines else ()
        found += _compared_lines(expected.lines, [*result.lines, *overpaid])
    for key, wanted in expected.totals:
        got = total(result, key)
        if got != wanted:
            found.append(f"{key}: expected {wanted}, got {got} ({got - wanted:+})")
    if expected.employer is not None:
        found += compared_contributions(expected.employer, result)
    if expected.problems is not None:
        found += _compared_problems(expected.problems, result)
    return found


def _expects_to_be_held(expected: Expectation) -> bool:
    """True if nothing is expected that a held payee does not have; sums of 0.00 where a problem is named."""
    if expected.lines:
        return False
    return all(not wanted for _, wanted in expected.totals) and bool(expected.problems or not expected.totals)


def total(result: PayResult, key: str) -> Decimal:
    """One total of a result by its key in cases; what this form of care does not deduct is 0.00."""
    if key in {"gross", "taxable", "pensionable", "net", "receivable"}:
        return Decimal(getattr(result, key))
    return result.deduction(key.upper())


def _wanted(row: Keys) -> Wanted:
    row.only(*LINE)
    units = [(QUANTITIES.get(key, ""), row.number(key)) for key in (*QUANTITIES, *COUNTED) if key in row]
    return Wanted(
        code=line_code(row),
        quantity=units[0] if units else None,
        percent=row.number("percent") if "percent" in row else None,
        of=row.money("of") if "of" in row else None,
        amount=row.money("amount") if "amount" in row else None,
        period=row.month("month") if "month" in row else row.days("period") if "period" in row else None,
    )


def _faults(wanted: Wanted, line: Line) -> list[str]:
    """In what a line departs from the expected one of the same code."""
    faults = []
    unit, quantity = wanted.quantity or ("", line.quantity)
    # 70 minutes are 1.1667 hours; people write 1.17.
    if (unit or line.unit) != line.unit or quantity not in (line.quantity, to_cents(line.quantity)):
        faults.append(f"{unit or 'quantity'} expected {quantity}, got {line.unit} {line.quantity}")
    if wanted.percent is not None and wanted.percent != line.percent:
        faults.append(f"percent expected {wanted.percent}, got {'none' if line.percent is None else line.percent}")
    if wanted.of is not None and wanted.of != line.of:
        faults.append(f"of expected {wanted.of}, got {line.of}")
    if wanted.amount is not None and wanted.amount != line.amount:
        faults.append(f"amount expected {wanted.amount}, got {line.amount} ({line.amount - wanted.amount:+})")
    if wanted.period is not None and wanted.period != line.period:
        faults.append(f"period expected {_days(wanted.period)}, got {_days(line.period)}")
    return faults


def _compared_lines(expected: Sequence[Wanted], lines: Sequence[Line]) -> list[str]:
    """Each expected line takes one line that matches it; the rest is paired by code and told apart."""
    left = list(lines)
    missing = []
    # The most exactly written first, so that a loosely written line does not take what another needs.
    for wanted in sorted(expected, key=_looseness):
        match = next((line for line in left if line.code == wanted.code and not _faults(wanted, line)), None)
        if match is None:
            missing.append(wanted)
        else:
            left.remove(match)
    missing = [wanted for wanted in missing if not _taken_as_sum(wanted, left)]
    found = []
    for wanted in missing:
        near = min(
            (line for line in left if line.code == wanted.code),
            key=lambda line: len(_faults(wanted, line)),
            default=None,
        )
        if near is None:
            found.append(f"line {wanted.code}: expected {wanted.amount or 'one'}, got none")
        else:
            left.remove(near)
            found += [f"line {wanted.code}: {fault}" for fault in _faults(wanted, near)]
    found += [f"line {line.code}: not expected, got {quantity_of(line)} × {line.of} = {line.amount}" for line in left]
    return found


def _taken_as_sum(wanted: Wanted, left: list[Line]) -> bool:
    """True if a difference is written as one amount and came as what is taken back and what is paid instead.

    Takes those lines out of `left`.
    """
    if wanted.amount is None or wanted.quantity or wanted.of is not None or wanted.percent is not None:
        return False
    of_code = [line for line in left if line.code == wanted.code and wanted.period in (None, line.period)]
    if not any(line.amount < 0 for line in of_code) or sum(line.amount for line in of_code) != wanted.amount:
        return False
    left[:] = [line for line in left if line not in of_code]
    return True


def _looseness(wanted: Wanted) -> int:
    parts = (wanted.quantity, wanted.percent, wanted.of, wanted.amount, wanted.period)
    return sum(part is None for part in parts)


def _compared_problems(expected: Sequence[str], result: PayResult) -> list[str]:
    """Named problems must be there, others may be; an empty list means no red one."""
    there = {problem.code.value for problem in result.problems}
    if not expected:
        return [
            f"problems: expected no red one, got {_words(problem.code, problem.figure)}"
            for problem in result.problems
            if problem.is_red
        ]
    got = ", ".join(sorted(there)) or "none"
    return [f"problems: expected {code}, got {got}" for code in expected if code not in there]


def _words(code: str, figure: str) -> str:
    return f"{code} {figure}".strip()


def _days(days: DateRange) -> str:
    return f"{days.first} – {days.last}"


def _yes(value: bool) -> str:
    return "yes" if value else "no"
