"""Hours being added up into lines: one line for each code, hourly pay and percentage, rounded once."""

from __future__ import annotations

from collections import defaultdict
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


Inputs = Iterable[tuple[str, str]]


@dataclass(slots=True)
class Sum:
    """Worked or paid time of one code, hourly pay and percentage.

    times  day, seconds, inputs of the working, decision
    """

    code: LineCode
    of: Decimal
    percent: Decimal | None
    times: list[tuple[date, int, Inputs, str]] = field(default_factory=list)
    rates: dict[int, RateFact] = field(default_factory=dict)
    percents: dict[str, Percent] = field(default_factory=dict)

    def by_day(self) -> dict[date, int]:
        """Seconds of each day."""
        found: dict[date, int] = defaultdict(int)
        for day, seconds, _inputs, _decision in self.times:
            found[day] += seconds
        return found

    def decisions(self) -> list[tuple[str, str]]:
        """Hours worked under each decision, as inputs of the working."""
        under = [(decision, seconds) for _day, seconds, _inputs, decision in self.times if decision]
        if not under:
            return []
        found: dict[str, int] = defaultdict(int)
        for decision, seconds in under:
            found[decision] += seconds
        return [("decision", f"{name} {hours(seconds)}") for name, seconds in sorted(found.items())]


class Account:
    """Sums of one pay period.

    explains  False: lines have no working but their rule, days and decisions
    """

    def __init__(self, sheet: Sheet, pay: HourlyPay, *, explains: bool) -> None:
        self._sheet = sheet
        self._pay = pay
        self._explains = explains
        self._sums: dict[tuple[LineCode, Decimal, Decimal | None], Sum] = {}
        # The same by identity, which is quicker; what is known by its identity is kept.
        self._near: dict[tuple[int, int, int], Sum] = {}
        self._kept: list[tuple[RateFact, Percent | None]] = []

    def add(
        self,
        code: LineCode,
        rate: RateFact,
        percent: Percent | None,
        day: date,
        seconds: int,
        inputs: Inputs = (),
        decision: str = "",
    ) -> None:
        """Adds worked or paid seconds of a day to those of the same code, hourly pay and percentage."""
        near = id(code), id(rate), id(percent)
        found = self._near.get(near)
        if found is None:
            found = self._near[near] = self._sum(code, rate, percent)
            self._kept.append((rate, percent))
        found.times.append((day, seconds, inputs, decision))

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
        return [
            self._line(each, seconds)
            for each in self._sums.values()
            if (seconds := sum([time[1] for time in each.times]))
        ]

    def _line(self, each: Sum, seconds: int) -> Line:
        part = each.percent if each.percent is not None else _HUNDRED
        return Line(
            code=each.code,
            quantity=hours(seconds),
            unit="hour",
            of=each.of,
            amount=to_cents(seconds * each.of * part / _WHOLE_HOURS),
            period=self._sheet.month.month,
            working=self._working(each) if self._explains else _bare(each),
            percent=each.percent,
        )

    def _working(self, each: Sum) -> Working:
        rates: list[RateFact | Percent] = [*each.rates.values()]
        percents: list[RateFact | Percent] = [*each.percents.values()]
        grounds = rates + percents
        by_day = each.by_day()
        days = tuple(sorted(by_day))
        inputs = [("hourly", str(each.of))]
        inputs += dict.fromkeys([pair for rate in rates for pair in self._pay.of_table.get(id(rate), ())])
        if each.percent is not None:
            inputs.append(("percent", str(each.percent)))
        inputs += dict.fromkeys([pair for _day, _seconds, pairs, _decision in each.times for pair in pairs])
        inputs += each.decisions()
        inputs += [_hours_of(day, by_day[day]) for day in days]
        return Working(
            rule=RULES[each.code],
            law=joined([ground.law for ground in (percents or rates)]),
            source=joined([ground.source for ground in grounds]),
            rate_valid=(percents or rates)[0].valid,
            tag=Tag.R if any(is_unverified(ground.tag) for ground in grounds) else grounds[0].tag,
            days=days,
            inputs=tuple(inputs),
        )


def _bare(each: Sum) -> Working:
    days = tuple(sorted({time[0] for time in each.times}))
    return Working(RULES[each.code], days=days, inputs=tuple(each.decisions()))


@lru_cache(maxsize=8192)
def _hours_of(day: date, seconds: int) -> tuple[str, str]:
    return "day_hours", f"{day} {hours(seconds)}"
