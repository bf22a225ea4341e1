"""Pay of personal assistants (henkilökohtaiset avustajat): worked time, public holidays, overtime, absence, leave."""

from __future__ import annotations

from collections.abc import Iterable

from palkkio.calculation.assistance.account import Account
from palkkio.calculation.assistance.holidays_off import HolidaysOff
from palkkio.calculation.assistance.hourly_pay import HourlyPay
from palkkio.calculation.assistance.leave_pay import add_leave
from palkkio.calculation.assistance.overtime import Counting
from palkkio.calculation.assistance.sick_pay import add_sick_pay
from palkkio.calculation.assistance.supplements import prices_of, supplements
from palkkio.calculation.assistance.worked import Part, moments_of, parts_of, together
from palkkio.calculation.assistance.working_times import reach
from palkkio.calculation.entered import Entered
from palkkio.calculation.facts import MonthFacts, Shift
from palkkio.calculation.sheet import NOT_VERIFIED, Sheet
from palkkio.core.clock import day_of
from palkkio.core.payslip import Line, LineCode
from palkkio.core.problems import Problem, ProblemCode
from palkkio.rules import Profile, RateNotConfirmed
from palkkio.rules.tags import is_unverified

__all__ = ["assistant_lines"]
BASE_PAY = LineCode.BASE_PAY


def assistant_lines(
    month: MonthFacts, profile: Profile, *, explains: bool = True
) -> tuple[tuple[Line, ...], tuple[Problem, ...]]:
    """Earning lines of one pay period of an assistant, and what stands in the way of some.

    explains  False: hours have no working but their rule, days and decisions
    A shift belongs to the pay period in which it begins, its hours to the calendar days on which they were worked.
    A shift that begins outside the contract makes ENTRY_OUTSIDE_CONTRACT and no line.
    Raises ValueError for a shift that begins outside the period, and for shifts that overlap.
    Law: the agreement of personal assistants where it binds; Working Time Act 872/2019, Employment Contracts Act
    55/2001, Annual Holidays Act 162/2005.
    """
    sheet = Sheet(month, profile)
    pay = HourlyPay(sheet)
    account = Account(sheet, pay, explains=explains)
    try:
        _add_worked_time(sheet, pay, account)
        add_sick_pay(sheet, pay)
    except RateNotConfirmed as error:
        sheet.problem(ProblemCode.RATE_NOT_CONFIRMED, error.figure, error.day)
    if month.trips:
        Entered(sheet, month.contract).add_trips()
    worked = account.lines()
    add_leave(sheet, pay, [*worked, *sheet.extra])
    sheet.extra += worked
    return sheet.lines(), tuple(sheet.problems.values())


def _add_worked_time(sheet: Sheet, pay: HourlyPay, account: Account) -> None:
    """Base pay, supplements, public holidays and overtime. Raises RateNotConfirmed."""
    shifts, beside = _in_contract(sheet), _beside(sheet.month)
    parts = parts_of(shifts)
    everything = together((*parts, *parts_of(beside))) if beside else parts
    _add_parts(parts, sheet, pay, account)
    off = HolidaysOff(sheet, pay, {part.day for part in everything}, (*shifts, *beside))
    for day, seconds in off.within(*sheet.month.month.edges):
        rate = pay.on(day)
        if rate is not None:
            holiday_law = (("holiday_law", off.law_on(day)),)
            account.add(LineCode.PUBLIC_HOLIDAY_OFF, rate, None, day, seconds, holiday_law)
    for each in Counting(sheet, pay, everything, off).all():
        rate = pay.on(each.day)
        sheet.problem(ProblemCode.OVERTIME, "", each.day)
        if rate is not None:
            counted_by = (("overtime_by", each.counted_by),)
            account.add(each.code, rate, each.percent, each.day, each.seconds, counted_by)
            if is_unverified(each.percent.tag):
                sheet.problem(NOT_VERIFIED, each.percent.key, each.day)


def _add_parts(parts: Iterable[Part], sheet: Sheet, pay: HourlyPay, account: Account) -> None:
    """Base pay and supplements of parts of shifts, in order of time. Raises RateNotConfirmed."""
    prices = prices_of(sheet)
    unverified: set[str] = set()  # noted with the first day
    for part in parts:
        day = part.day
        piece = pay.piece_on(day)
        rate, agreement, terms = piece.rate, piece.agreement, piece.assistant
        if rate is None or agreement is None or terms is None:
            continue
        account.add(BASE_PAY, rate, None, day, part.end - part.start, (), part.decision)
        for each in supplements(part, agreement, prices, terms.since(sheet.month.contract)):
            if each.percent is None:
                raise RateNotConfirmed(each.missing, day)
            for figure in each.unverified:
                if figure not in unverified:
                    sheet.problem(NOT_VERIFIED, figure, day)
                    unverified.add(figure)
            account.add(each.code, rate, each.percent, day, each.seconds, each.inputs)


def _in_contract(sheet: Sheet) -> list[Shift]:
    """Shifts that begin in the contract. Raises ValueError for one that begins outside the period."""
    month = sheet.month
    start, end = moments_of(month.month)
    first, last = moments_of(month.contract)
    found = []
    for shift in month.shifts:
        if not start <= shift.start < end:
            raise ValueError(f"A shift on {day_of(shift.start)} lies outside the period {month.month.first}")
        if first <= shift.start < last:
            found.append(shift)
        else:
            sheet.problem(ProblemCode.ENTRY_OUTSIDE_CONTRACT, "shift", day_of(shift.start))
    return found


def _beside(month: MonthFacts) -> list[Shift]:
    """Shifts beside the period whose hours may count with its own."""
    if not month.beside.shifts:
        return []
    start, end = moments_of(reach(month.month, month.terms))
    return [shift for shift in month.beside.shifts if start <= shift.start < end]
