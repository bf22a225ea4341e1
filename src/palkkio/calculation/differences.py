"""What is still to be paid when part has been paid before: signed lines per original period."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from palkkio.core.days import DateRange
from palkkio.core.money import ZERO
from palkkio.core.payslip import OUTSIDE_DIFFERENCES, Line


class _Key(NamedTuple):
    period: DateRange
    code: str
    of: Decimal | None  # None for pieces: their rate is their sum
    is_taxable: bool
    is_pensionable: bool
    percent: Decimal | None


def differences(now: Sequence[Line], before: Sequence[Line]) -> tuple[Line, ...]:
    """The lines of `now` less those of `before`, by original period, code and rate; equal lines vanish.

    now     lines as the facts stand now
    before  lines already paid for the same periods, earlier differences included
    A changed rate gives two lines: the old one back, the new one paid. Amounts are differences of rounded amounts, so
    that all payments of a period add up to what it is worth now. One-off lines and recoveries are
    outside: they are made once.
    """
    paid = _added(line for line in before if line.code not in OUTSIDE_DIFFERENCES)
    if not paid:
        return tuple(now)
    paid_periods = {key.period for key in paid}
    owed = _added(now)
    out = []
    for key in [*owed, *(key for key in paid if key not in owed)]:
        if key.period not in paid_periods:
            out.append(owed[key])
            continue
        line = _difference(owed.get(key), paid.get(key))
        if line is not None:
            out.append(line)
    return tuple(out)


def _added(lines: Iterable[Line]) -> dict[_Key, Line]:
    """Lines of the same period, code and rate as one, amounts added as they were rounded."""
    sums: dict[_Key, Line] = {}
    for line in lines:
        key = _key(line)
        if key not in sums:
            sums[key] = line
            continue
        first = sums[key]
        is_piece = line.unit == "piece"
        amount = first.amount + line.amount
        days = set(first.working.days) ^ set(line.working.days)  # a day paid, taken back and paid again is paid
        sums[key] = replace(
            first,
            quantity=first.quantity if is_piece else first.quantity + line.quantity,
            of=amount if is_piece else first.of,
            amount=amount,
            working=replace(first.working, days=tuple(sorted(days))),
        )
    return sums


def _key(line: Line) -> _Key:
    of = None if line.unit == "piece" else line.of
    return _Key(line.period, line.code, of, line.is_taxable, line.is_pensionable, line.percent)


def _difference(now: Line | None, before: Line | None) -> Line | None:
    """One signed line, or None where nothing changes hands."""
    line = now or before
    if line is None or before is None:
        return now
    owed, paid = (now.amount if now else ZERO), before.amount
    if owed == paid:
        return None
    amount = owed - paid
    is_piece = line.unit == "piece"
    quantity = (now.quantity if now else 0) - before.quantity
    days_now, days_before = set(now.working.days if now else ()), set(before.working.days)
    days = days_now - days_before if amount > 0 else days_before - days_now
    working = replace(
        line.working,
        days=tuple(sorted(days)),
        inputs=(*line.working.inputs, ("amount_now", str(owed)), ("amount_before", str(paid))),
    )
    return replace(
        line,
        quantity=line.quantity if is_piece else quantity,
        of=amount if is_piece else line.of,
        amount=amount,
        working=working,
    )
