"""What a contract that is paid by the month pays for a whole month now, as the calculation has it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from palkkio.calculation.earnings import earning_lines
from palkkio.contracts.queries import PAID_BY_MONTH
from palkkio.core.days import DateRange
from palkkio.core.payslip import ContractKind, LineCode
from palkkio.entries.queries.facts import facts_of_months
from palkkio.rates.queries import profile_of

if TYPE_CHECKING:
    from palkkio.contracts.models import Contract


class FeeNow(NamedTuple):
    """EUR a month before deductions, and the decision or law that it comes from."""

    amount: Decimal
    source: str


def fee_now(contract: Contract, today: date) -> FeeNow | None:
    """The care fee of a whole month under the terms in force today; None where it is not paid by the month or a rate
    is missing.
    """
    month = DateRange.month_of(today)
    if ContractKind(contract.kind) not in PAID_BY_MONTH or today not in contract.valid:
        return None
    facts = facts_of_months(contract, [month]).get(month)
    if facts is None:
        return None
    lines, _problems = earning_lines(facts, profile_of(contract.organisation_id))
    fees = [line for line in lines if line.code == LineCode.CARE_FEE and line.unit == "day"]
    return FeeNow(fees[-1].of, fees[-1].working.source) if fees and fees[-1].of is not None else None
