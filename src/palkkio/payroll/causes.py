"""Why the gross of a contract differs from that of the scheduled run before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from palkkio.core.days import DateRange
from palkkio.core.money import ZERO, to_cents
from palkkio.core.payslip import Line, LineCode
from palkkio.payroll.past import Before
from palkkio.payroll.values import CauseKind


def causes(
    lines: Sequence[Line], care_month: DateRange, before: Before | None, was_ever_paid: bool
) -> dict[CauseKind, Decimal]:
    """How the change of one contract's gross splits by cause; the parts add up to it.

    Lines of earlier months are corrections. Of the others, the change of quantity at the rate before is days, the rest
    is the rate.
    """
    found: dict[CauseKind, Decimal] = defaultdict(lambda: ZERO)
    now = _told_apart(((line.code, line.period, line.quantity, line.amount) for line in lines), care_month, found, 1)
    if before is None:
        kind = CauseKind.CAME_BACK if was_ever_paid else CauseKind.NEW_CONTRACTS
        found[kind] += sum((amount for _quantity, amount in now.values()), ZERO)
        return _clean(found)
    was = _told_apart(before.lines, before.care_month, found, -1)
    for code in {*now, *was}:
        quantity, amount = now.get(code, (ZERO, ZERO))
        quantity_before, amount_before = was.get(code, (ZERO, ZERO))
        if code == LineCode.TRIP_EXPENSE:  # sums by receipt have no rate
            found[CauseKind.OTHER] += amount - amount_before
            continue
        if quantity_before:
            by_days = to_cents((quantity - quantity_before) * amount_before / quantity_before)
        else:
            by_days = amount - amount_before
        found[CauseKind.MORE_DAYS if by_days > 0 else CauseKind.FEWER_DAYS] += by_days
        found[CauseKind.RATE] += amount - amount_before - by_days
    return _clean(found)


def left_out(before: Before | None) -> dict[CauseKind, Decimal]:
    """Of a contract that the run leaves out: all that it was paid before."""
    return {} if before is None else _clean({CauseKind.LEFT_OUT: -before.gross})


def _told_apart(
    lines: Iterable[tuple[str, DateRange, Decimal, Decimal]],
    care_month: DateRange,
    found: dict[CauseKind, Decimal],
    sign: int,
) -> dict[str, tuple[Decimal, Decimal]]:
    """Quantity and amount by code of the care month; one-off lines and earlier months are added to `found`."""
    sums: dict[str, tuple[Decimal, Decimal]] = {}
    first, _end = care_month.edges
    for code, period, quantity, amount in lines:
        if code == LineCode.ONE_OFF:
            found[CauseKind.ONE_OFF] += sign * amount
        elif period.begins < first:
            found[CauseKind.CORRECTIONS] += sign * amount
        else:
            known = sums.get(code, (ZERO, ZERO))
            sums[code] = known[0] + quantity, known[1] + amount
    return sums


def _clean(found: Mapping[CauseKind, Decimal]) -> dict[CauseKind, Decimal]:
    return {kind: amount for kind, amount in found.items() if amount}
