"""Why the gross changed from one payslip to the next, by cause: values for the run page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from palkkio.core.days import DateRange
from palkkio.core.money import ZERO, to_cents
from palkkio.core.payslip import Line, LineCode


class CauseKind(StrEnum):
    """Cause of a change in gross."""

    NEW = "new"  # no payslip before
    ENDED = "ended"  # no payslip now
    QUANTITY = "quantity"  # more or fewer days, visits, hours, kilometres
    RATE = "rate"  # another rate
    CORRECTION = "correction"  # months other than the payslip's own, corrected or late
    ONE_OFF = "one_off"


@dataclass(frozen=True, slots=True)
class Slip:
    """The lines of one payslip and the earning period that it is mainly for."""

    period: DateRange
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Cause:
    """One cause with the EUR it explains.

    code      line code for QUANTITY and RATE, else empty
    quantity  by how much the days, visits, hours or kilometres changed
    """

    kind: CauseKind
    amount: Decimal
    code: str = ""
    quantity: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Total:
    """All causes of one kind in a run: their sum, and how many contracts they touch."""

    kind: CauseKind
    amount: Decimal
    contracts: int


def causes(now: Slip | None, before: Slip | None) -> tuple[Cause, ...]:
    """Causes that add up exactly to the change in gross of one contract; nothing changed: none.

    The effect of days is counted by the rate of before, what is left over is the effect of the rate.
    """
    if now is None or before is None:
        slip = now or before
        amount = sum((line.amount for line in slip.lines), ZERO) if slip else ZERO
        if not amount:
            return ()
        return (Cause(CauseKind.NEW, amount) if now else Cause(CauseKind.ENDED, -amount),)
    found: list[Cause] = []
    own_now, other_now, one_off_now = _parts(now)
    own_before, other_before, one_off_before = _parts(before)
    for code in dict.fromkeys(line.code for line in (*own_now, *own_before)):
        found += _of_code(
            code,
            [line for line in own_now if line.code == code],
            [line for line in own_before if line.code == code],
        )
    found.append(Cause(CauseKind.CORRECTION, other_now - other_before))
    found.append(Cause(CauseKind.ONE_OFF, one_off_now - one_off_before))
    return tuple(cause for cause in found if cause.amount)


def totals(of_contracts: Iterable[Iterable[Cause]]) -> tuple[Total, ...]:
    """Sums by kind over the contracts of a run, the largest effect first."""
    amounts: dict[CauseKind, Decimal] = defaultdict(lambda: ZERO)
    contracts: dict[CauseKind, int] = defaultdict(int)
    for of_contract in of_contracts:
        listed = tuple(of_contract)
        for cause in listed:
            amounts[cause.kind] += cause.amount
        for kind in {cause.kind for cause in listed}:
            contracts[kind] += 1
    made = [Total(kind, amount, contracts[kind]) for kind, amount in amounts.items()]
    return tuple(sorted(made, key=lambda total: (-abs(total.amount), total.kind)))


def _parts(slip: Slip) -> tuple[list[Line], Decimal, Decimal]:
    """Lines of the slip's own period, the sum of other periods, the sum of one-off lines."""
    one_offs = [line for line in slip.lines if line.code == LineCode.ONE_OFF]
    lines = [line for line in slip.lines if line.code != LineCode.ONE_OFF]
    own = [line for line in lines if line.period == slip.period]
    others = sum((line.amount for line in lines if line.period != slip.period), ZERO)
    return own, others, sum((line.amount for line in one_offs), ZERO)


def _of_code(code: str, now: Sequence[Line], before: Sequence[Line]) -> list[Cause]:
    quantity_now, amount_now = _sums(now)
    quantity_before, amount_before = _sums(before)
    change, quantity = amount_now - amount_before, quantity_now - quantity_before
    is_one_rate = len(now) == 1 and {line.of for line in before} == {now[0].of}
    is_piece = any(line.unit == "piece" for line in (*now, *before))  # receipts have no rate
    if is_one_rate or is_piece or not quantity_before or not now:
        return [Cause(CauseKind.QUANTITY, change, code, quantity)]
    # A month's fee is for the month whatever its days: what counts is the part of the month.
    parts_now, parts_before = (sum((line.quantity / line.per for line in each), ZERO) for each in (now, before))
    by_quantity = to_cents((parts_now - parts_before) * amount_before / parts_before)
    return [
        Cause(CauseKind.QUANTITY, by_quantity, code, quantity),
        Cause(CauseKind.RATE, change - by_quantity, code),
    ]


def _sums(lines: Sequence[Line]) -> tuple[Decimal, Decimal]:
    return sum((line.quantity for line in lines), ZERO), sum((line.amount for line in lines), ZERO)
