"""Pay of annual leave: holiday pay, holiday bonus, and compensation for what is not taken when an employment ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from palkkio.calculation.assistance.absence_pay import computed_pay
from palkkio.calculation.assistance.agreement import Agreement
from palkkio.calculation.assistance.holiday_pay import (
    LAW_OF_COMPENSATION,
    PERCENT_UNDER_1_YEAR,
    Whole,
    by_average_daily_pay,
    by_percent,
    in_cents,
)
from palkkio.calculation.assistance.hourly_pay import HourlyPay
from palkkio.calculation.assistance.leave import (
    Employed,
    LeaveRule,
    accrual,
    consumed,
    employed_by,
    is_from_a_year,
    leave_year,
    year_taken_on,
)
from palkkio.calculation.assistance.leave_facts import told_year, with_period
from palkkio.calculation.employment import LeaveYear
from palkkio.calculation.sheet import Sheet
from palkkio.core.days import ONE_DAY, DateRange, add_months
from palkkio.core.money import to_cents
from palkkio.core.payslip import DayType, Line, LineCode, Working
from palkkio.core.problems import ProblemCode
from palkkio.rules import RateNotConfirmed, figure

BONUS = "annual_leave/agreement_bonus"
BONUS_ON_COMPENSATION = "annual_leave/agreement_bonus_on_compensation"
BONUS_AFTER_MONTHS = "annual_leave/agreement_bonus_after_months"


def add_leave(sheet: Sheet, hourly: HourlyPay, lines: Sequence[Line]) -> None:
    """Adds the pay of the leave days of the period, and what is owed when the employment ends in it.

    Leave days take from the leave year whose season it is, the rest of the year before first. A part of a leave pays
    its share of the holiday pay of all of it, so that the parts add up to the cent. Days above those earned pay nothing
    and are noted; leave of which nothing is known holds the payee (CONTRACT_TERM_MISSING leave_year).

    lines  of the period's work: where nobody has summed up a leave year that ends with the employment, they are its pay
    Law: Annual Holidays Act (vuosilomalaki) 162/2005 8 §, 11-12 §, 16-17 §, 19 §.
    """
    Leave(sheet, hourly, lines).add()


class Leave:
    """The leave of one employment in one period."""

    def __init__(self, sheet: Sheet, hourly: HourlyPay, lines: Sequence[Line]) -> None:
        self._sheet = sheet
        self._hourly = hourly
        self._lines = lines
        self._taken: dict[date, int] = {}  # first day of a leave year -> weekdays of it paid now

    def add(self) -> None:
        days = consumed(each.day for each in self._sheet.month.entries if each.type is DayType.LEAVE)
        end = self._sheet.month.contract.end
        ends = end is not None and end - ONE_DAY in self._sheet.month.month
        try:
            if days:
                self._add_taken(days)
            if ends and end is not None:
                self._add_compensation(end)
        except RateNotConfirmed as error:
            self._sheet.problem(ProblemCode.RATE_NOT_CONFIRMED, error.figure, error.day)

    def _add_taken(self, days: Sequence[date]) -> None:
        years = self._years(days[0])
        left = list(days)
        for year in years:
            found = self._whole(year, days[0])
            if found is None:
                return
            some = left[: max(found.days - year.taken_before, 0)]
            left = left[len(some) :]
            self._taken[year.first] = len(some)
            if some:
                self._add_part(found, year, some)
        if not years:
            self._sheet.problem(ProblemCode.CONTRACT_TERM_MISSING, "leave_year", days[0])
        elif left:
            self._sheet.problem(ProblemCode.LEAVE_NOT_EARNED, "leave", left[0])

    def _add_part(self, whole: Whole, year: LeaveYear, days: Sequence[date]) -> None:
        """The share of the leave taken now; time off without a right to leave is paid as compensation."""
        code = LineCode.LEAVE_COMPENSATION if whole.rule == "time_off_pay" else LineCode.LEAVE_PAY
        before = year.taken_before
        line = self._line(code, whole, before, len(days), days)
        self._sheet.extra.append(line)
        if code is LineCode.LEAVE_PAY:
            self._add_bonus(line, days[0], BONUS, "leave_bonus")

    def _add_compensation(self, end: date) -> None:
        """What is left of each leave year when the employment ends: holiday pay for the days not taken."""
        last = end - ONE_DAY
        years = self._given() or self._told(leave_year(last), last)
        if not years:
            self._sheet.problem(ProblemCode.LEAVE_NOT_SETTLED, "leave_year", last)
        for year in years:
            whole = self._whole(year, last, until=end)
            if whole is None:
                return
            before = year.taken_before + self._taken.get(year.first, 0)
            if whole.days <= before or not whole.amount:
                continue
            made = self._line(LineCode.LEAVE_COMPENSATION, whole, before, whole.days - before, ())
            law = f"{LAW_OF_COMPENSATION}; {whole.law}"
            line = replace(made, working=replace(made.working, rule="leave_compensation", law=law, days=(last,)))
            self._sheet.extra.append(line)
            months = int(figure(BONUS_AFTER_MONTHS).on(last).value)
            terms = self._hourly.assistant_on(last)
            if terms is not None and add_months(terms.since(self._sheet.month.contract), months) < end:
                self._add_bonus(line, last, BONUS_ON_COMPENSATION, "leave_bonus_on_compensation")

    def _line(self, code: LineCode, whole: Whole, before: int, count: int, days: Sequence[date]) -> Line:
        """The share of `count` weekdays after `before`, rounded as the difference of two rounded sums."""
        share = in_cents(whole.amount * (before + count) / whole.days) - in_cents(whole.amount * before / whole.days)
        working = Working(
            rule=whole.rule,
            law=whole.law,
            source=whole.rate.source,
            rate_valid=whole.rate.valid,
            tag=whole.rate.tag,
            days=tuple(days),
            inputs=(*whole.inputs, ("days_taken_before", str(before)), ("days_paid_now", str(count))),
        )
        return Line(
            code=code,
            quantity=Decimal(count),
            unit="day",
            of=to_cents(whole.of),
            amount=share,
            period=self._sheet.month.month,
            working=working,
            per=Decimal(whole.days),
            percent=whole.percent,
        )

    def _add_bonus(self, line: Line, day: date, key: str, rule: str) -> None:
        """The holiday bonus of the agreement on one line; by the Act there is none."""
        if self._hourly.agreement_on(day) is not Agreement.HETA:
            return
        rate = figure(key).on(day)
        if not rate.value:
            return
        working = Working(rule, rate.law, rate.source, rate.valid, rate.tag, line.working.days)
        amount = to_cents(line.amount * rate.value / 100)
        self._sheet.extra.append(
            Line(
                code=LineCode.LEAVE_BONUS,
                quantity=Decimal(1),
                unit="piece",
                of=line.amount,
                amount=amount,
                period=line.period,
                working=working,
                percent=rate.value,
            )
        )
        if rate.tag == "R":
            self._sheet.problem(ProblemCode.RATE_NOT_VERIFIED, key, day)

    def _years(self, day: date) -> tuple[LeaveYear, ...]:
        """The leave years that leave on `day` is taken from, as told; else what the neighbouring payslips say."""
        return self._given() or self._told(year_taken_on(day), day)

    def _given(self) -> tuple[LeaveYear, ...]:
        return tuple(with_period(year, self._lines) for year in self._sheet.month.leave)

    def _told(self, year: DateRange, day: date) -> tuple[LeaveYear, ...]:
        terms = self._hourly.assistant_on(day)
        if terms is None:
            return ()
        found = told_year(year, self._sheet.month, self._lines, terms)
        return (found,) if found is not None else ()

    def _whole(self, year: LeaveYear, day: date, until: date | None = None) -> Whole | None:
        """The holiday pay of all leave of a year, or None with the problem noted. Raises RateNotConfirmed."""
        terms, employed = self._hourly.assistant_on(day), self._employed(day)
        if terms is None or employed is None:
            self._sheet.problem(ProblemCode.CONTRACT_TERM_MISSING, "assistant", day)
            return None
        earned = accrual(year, employed, until)
        if year.earned_days is not None:
            earned = replace(earned, days=year.earned_days)
        if year.corrected_days:
            earned = replace(earned, days=max(earned.days + year.corrected_days, 0))
        ends = until if until is not None and until in leave_year(year.first) else leave_year(year.first).edges[1]
        if earned.rule is LeaveRule.DAYS_14:
            if year.days_worked + year.hours_above_daily <= 0:
                self._sheet.problem(ProblemCode.CONTRACT_TERM_MISSING, "leave_year/days_worked", year.first)
                return None
            return by_average_daily_pay(year, earned, terms)
        if year.absences:
            away = computed_pay(self._sheet, self._hourly, year)
            if away is None:
                return None
            year = replace(year, absence_pay=away)
        if employed.is_under_agreement and employed.has_similar_work and not is_from_a_year(employed, ends):
            self._sheet.problem(ProblemCode.RATE_NOT_VERIFIED, PERCENT_UNDER_1_YEAR, day)
        return by_percent(year, earned, employed, ends)

    def _employed(self, day: date) -> Employed | None:
        terms = self._hourly.assistant_on(day)
        if terms is None:
            return None
        return employed_by(self._sheet.month.contract, terms, self._hourly.agreement_on(day))
