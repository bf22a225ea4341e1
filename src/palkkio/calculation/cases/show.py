"""A whole result for people at a terminal, and as JSON for programs."""

from __future__ import annotations

from typing import Any

from palkkio.calculation.cases.charges import Charged
from palkkio.calculation.frozen import to_json
from palkkio.core.money import ZERO
from palkkio.core.payslip import Deduction, DeductionCode, Line, PayResult


def as_json(name: str, result: PayResult) -> dict[str, Any]:
    """The whole result: lines with their workings, deductions, totals, the payer's contributions, problems."""
    frozen = to_json(result)
    return {
        "name": name,
        "held": result.is_held,
        "lines": [_line(row) for row in frozen.get("lines", [])],
        "gross": str(result.gross),
        "taxable": str(result.taxable),
        "pensionable": str(result.pensionable),
        "deductions": [_working(row) for row in frozen.get("deductions", [])],
        "withholding": str(result.withholding),
        "pension": str(result.pension),
        "unemployment": str(result.deduction(DeductionCode.UNEMPLOYMENT)),
        "net": str(result.net),
        "receivable": str(result.receivable),
        "overpaid": [_line(row) for row in frozen.get("overpaid", [])],
        "employer_costs": [_working(row) for row in frozen.get("employer", [])],
        "employer_cost": str(result.gross + sum((each.amount for each in result.employer), ZERO)),
        "problems": [
            {"figure": "", "day": None, **row, "colour": "red" if problem.is_red else "yellow"}
            for row, problem in zip(frozen.get("problems", []), result.problems, strict=True)
        ],
    }


def charges_as_json(charged: Charged) -> dict[str, Any]:
    """What the care recipient is charged for days off, with its ground, and what is not charged by a guess."""
    return {
        "client_charges": [
            {"day": str(each.on), "amount": str(each.amount), "law": each.working.law, "source": each.working.source}
            for each in charged.charges
        ],
        "client_charge_problems": [
            {"code": each.code, "figure": each.figure, "day": str(each.day)} for each in charged.problems
        ],
    }


def charges_as_text(charged: Charged) -> list[str]:
    """The same as rows of plain text; none where nothing is charged."""
    rows = [_row("client charge", str(each.on), str(each.amount)) for each in charged.charges]
    return rows + [f"client charge: {each.code} {each.figure} {each.day}" for each in charged.problems]


def _line(row: dict[str, Any]) -> dict[str, Any]:
    """A frozen line with the keys that it leaves out for having their default."""
    return {"is_taxable": True, "is_pensionable": True, "per": "1", "percent": None, **_working(row)}


def _working(row: dict[str, Any]) -> dict[str, Any]:
    whole: dict[str, Any] = {
        "law": "",
        "source": "",
        "rate_valid": None,
        "tag": "",
        "days": [],
        "inputs": [],
        "causes": [],
    }
    return {**row, "working": whole | row["working"]}


def as_text(name: str, result: PayResult) -> str:
    """The result as a payslip in plain text."""
    rows = [name, ""]
    if result.is_held:
        rows.append("Held: nothing is paid until what is missing is there.")
    rows += [_line_row(line) for line in result.lines]
    rows.append(_row("gross", "", str(result.gross)))
    rows += [_deduction_row(deduction) for deduction in result.deductions]
    rows.append(_row("net", "", str(result.net)))
    rows += [_row(each.code, f"{each.of} × {each.percent} %", str(each.amount)) for each in result.employer]
    if result.receivable:
        rows.append(_row("receivable", "", str(result.receivable)))
        rows += [_line_row(line) for line in result.overpaid]
    for problem in result.problems:
        colour = "red" if problem.is_red else "yellow"
        rows.append(f"{colour}: {problem.code} {problem.figure} {problem.day or ''}".rstrip())
    return "\n".join(rows)


def quantity_of(line: Line) -> str:
    """`21 / 30`: days of a month whose fee is divided; `2`: a plain quantity."""
    return f"{line.quantity}" if line.per == 1 else f"{line.quantity} / {line.per}"


def _line_row(line: Line) -> str:
    words = f"{line.period.first} – {line.period.last}  {quantity_of(line)} {line.unit} × {line.of}"
    if line.percent is not None:
        words += f" × {line.percent} %"
    return _row(line.code, words, str(line.amount))


def _deduction_row(deduction: Deduction) -> str:
    words = " + ".join(f"{part} × {percent} %" for part, percent in deduction.parts)
    return _row(deduction.code, words, f"-{deduction.amount}")


def _row(code: str, words: str, amount: str) -> str:
    return f"{code:20} {words:50} {amount:>12}"
