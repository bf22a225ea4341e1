"""Lines and deductions of the calculation as pages read them."""

from __future__ import annotations

from collections.abc import Iterable

from palkkio.core.days import DateRange
from palkkio.core.payslip import Deduction, Line
from palkkio.payroll.values import DeductionView, LineView


def line_views(lines: Iterable[Line], period: DateRange) -> tuple[LineView, ...]:
    """Lines with their working; those of another month than `period` are corrections or late."""
    return tuple(
        LineView(
            code=line.code,
            quantity=line.quantity,
            unit=line.unit,
            of=line.of,
            amount=line.amount,
            period=line.period,
            rule=line.working.rule,
            law=line.working.law,
            source=line.working.source,
            rate_valid=line.working.rate_valid,
            tag=line.working.tag,
            days=line.working.days,
            inputs=line.working.inputs,
            is_taxable=line.is_taxable,
            is_pensionable=line.is_pensionable,
            is_correction=line.period != period,
            per=line.per,
            percent=line.percent,
            causes=line.working.causes,
        )
        for line in lines
    )


def deduction_views(deductions: Iterable[Deduction]) -> tuple[DeductionView, ...]:
    return tuple(
        DeductionView(
            code=each.code,
            amount=each.amount,
            of=each.of,
            parts=each.parts,
            rule=each.working.rule,
            law=each.working.law,
            source=each.working.source,
            rate_valid=each.working.rate_valid,
            tag=each.working.tag,
            inputs=each.working.inputs,
        )
        for each in deductions
    )
