"""Hours being added up into lines: one line for each code, hourly pay and percentage, rounded once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache

from palkkio.calculation.assistance.hourly_pay import HourlyPay
from palkkio.calculation.assistance.percents import Percent
from palkkio.calculation.assistance.worked import HOUR, hours
from palkkio.calculation.facts import RateFact
from palkkio.calculation.sheet import Sheet, joined
from palkkio.core.money import to_cents
from palkkio.core.payslip import Line, LineCode, Working
from palkkio.rules.tags import Tag, is_unverified

RULES = {
    LineCode.BASE_PAY: "base_pay",
    LineCode.EVENING: "evening_supplement",
    LineCode.NIGHT: "night_supplement",
    LineCode.SATURDAY: "saturday_supplement",
    LineCode.SUNDAY: "sunday_work",
    LineCode.PUBLIC_HOLIDAY: "public_holiday_worked",
    LineCode.PUBLIC_HOLIDAY_OFF: "public_holiday_not_worked",
    LineCode.OVERTIME_50: "overtime",
    LineCode.OVERTIME_100: "overtime",
}
_HUNDRED = Decimal(100)
_WHOLE_HOURS = HOUR * _HUNDRED  # seconds by per cent


@dataclass(slots=True)
class Sum:
    """Seconds of one code, hourly pay and percentage."""

    code: LineCode
    of: Decimal
    percent: Decimal | None
    seconds: int = 0
    by_day: dict[date, int] = field(default_factory=dict)
    by_decision: dict[str, int] = field(default_factory=dict)
    rates: dict[int, RateFact] = field(default_factory=dict)
    percents: dict[str, Percent] = field(default_factory=dict)
    inputs: dict[tuple[str, str], None] = field(default_factory=dict)  # a set in order

    def add(self, day: date, seconds: int, inputs: Iterable[tuple[str, str]] = (), decision: str = "") -> None:
        """Adds worked or paid seconds of a day."""
        self.seconds += seconds
        self.by_day[day] = self.by_day.get(day, 0) + seconds
        if decision:
            self.by_decision[decision] = self.by_decision.get(decision, 0) + seconds
        for each in inputs:
            self.inputs[each] = None


class Account:
    """Sums of one pay period."""

    def __init__(self, sheet: Sheet, pay: HourlyPay) -> None:
        self._sheet = sheet
        self._pay = pay
        self._sums: dict[tuple[LineCode, Decimal, Decimal | None], Sum] = {}
        # The same by identity, which is quicker; what is known by its identity is kept.
        self._near: dict[tuple[int, int, int], Sum] = {}
        self._kept: list[tuple[RateFact, Percent | None]] = []

    def sum_of(self, code: LineCode, rate: RateFact, percent: Percent | None = None) -> Sum:
        """Where hours of a code, an hourly pay and a percentage are added up."""
        near = id(code), id(rate), id(percent)
        found = self._near.get(near)
        if found is None:
            found = self._near[near] = self._sum(code, rate, percent)
            self._kept.append((rate, percent))
        return found

    def _sum(self, code: LineCode, rate: RateFact, percent: Percent | None) -> Sum:
        """The sum of a code, an hourly pay and a percentage, whatever their grounds."""
        key = code, rate.amount, percent.value if percent is not None else None
        found = self._sums.get(key)
        if found is None:
            found = self._sums[key] = Sum(*key)
        found.rates.setdefault(id(rate), rate)
        if percent is not None:
            found.percents.setdefault(percent.key, percent)
        return found

    def lines(self) -> list[Line]:
        return [self._line(each) for each in self._sums.values() if each.seconds]

    def _line(self, each: Sum) -> Line:
        rates: list[RateFact | Percent] = [*each.rates.values()]
        percents: list[RateFact | Percent] = [*each.percents.values()]
        grounds = rates + percents
        days = tuple(sorted(each.by_day))
        inputs = [("hourly", str(each.of))]
        inputs += dict.fromkeys([pair for rate in rates for pair in self._pay.of_table.get(id(rate), ())])
        if each.percent is not None:
            inputs.append(("percent", str(each.percent)))
        inputs += each.inputs
        if each.by_decision:
            inputs += [("decision", f"{name} {hours(seconds)}") for name, seconds in sorted(each.by_decision.items())]
        inputs += [_hours_of(day, each.by_day[day]) for day in days]
        working = Working(
            rule=RULES[each.code],
            law=joined([ground.law for ground in (percents or rates)]),
            source=joined([ground.source for ground in grounds]),
            rate_valid=(percents or rates)[0].valid,
            tag=Tag.R if any(is_unverified(ground.tag) for ground in grounds) else grounds[0].tag,
            days=days,
            inputs=tuple(inputs),
        )
        part = each.percent if each.percent is not None else _HUNDRED
        return Line(
            code=each.code,
            quantity=hours(each.seconds),
            unit="hour",
            of=each.of,
            amount=to_cents(each.seconds * each.of * part / _WHOLE_HOURS),
            period=self._sheet.month.month,
            working=working,
            percent=each.percent,
        )


@lru_cache(maxsize=8192)
def _hours_of(day: date, seconds: int) -> tuple[str, str]:
    return "day_hours", f"{day} {hours(seconds)}"
