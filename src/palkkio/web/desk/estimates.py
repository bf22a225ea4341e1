"""Sums before the payroll run, for many sheets at once: what the entered days bring, before deductions."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from palkkio.calculation.earnings import NotCalculatedYet, earning_lines
from palkkio.entries.queries import month_facts
from palkkio.rates.queries import profile_of

if TYPE_CHECKING:
    from palkkio.entries.models import Sheet


def gross_of(organisation_id: int, sheets: Sequence[Sheet]) -> dict[int, Decimal | None]:
    """EUR by sheet for all its days, also those paid before; None where an amount is missing or not confirmed.

    A few queries for any number of sheets.
    """
    if not sheets:
        return {}
    profile = profile_of(organisation_id)
    found: dict[int, Decimal | None] = {}
    for sheet_id, facts in month_facts(sheets).items():
        try:
            lines, problems = earning_lines(facts, profile)
        except NotCalculatedYet:
            found[sheet_id] = None
            continue
        is_whole = not any(problem.is_red for problem in problems)
        found[sheet_id] = sum((line.amount for line in lines), Decimal(0)) if is_whole else None
    return found
