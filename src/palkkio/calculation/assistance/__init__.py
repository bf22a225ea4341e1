"""Pay of personal assistants (henkilökohtaiset avustajat): worked time, public holidays, overtime, absence, leave."""

from __future__ import annotations

from palkkio.calculation.assistance.account import Account
from palkkio.calculation.assistance.agreement import Agreement
from palkkio.calculation.assistance.holidays import has_public_holidays
from palkkio.calculation.assistance.holidays_off import HolidaysOff, employed_since
from palkkio.calculation.assistance.hourly_pay import HourlyPay
from palkkio.calculation.assistance.leave_pay import add_leave
from palkkio.calculation.assistance.overtime import Counting
from palkkio.calculation.assistance.sick_pay import add_sick_pay
from palkkio.calculation.assistance.supplements import Chosen, supplements
from palkkio.calculation.assistance.worked import Part, day_of, parts_of
from palkkio.calculation.assistance.working_times import reach
from palkkio.calculation.entered import Entered
from palkkio.calculation.facts import MonthFacts, Shift
from palkkio.calculation.sheet import Sheet
from palkkio.core.payslip import Line, LineCode
from palkkio.core.problems import Problem, ProblemCode
from palkkio.rules import Profile, RateNotConfirmed

__all__ = ["assistant_lines"]


def assistant_lines(month: MonthFacts, profile: Profile) -> tuple[tuple[Line, ...], tuple[Problem, ...]]:
    """Earning lines of one pay period of an assistant, and what stands in the way of some.

    A shift belongs to the pay period in which it begins, its hours to the calendar days on which they were worked.
    A shift that begins outside the contract makes ENTRY_OUTSIDE_CONTRACT and no line.
    Raises ValueError for a shift that begins outside the period, and for shifts that overlap.
    Law: the agreement of personal assistants where it binds; Working Time Act 872/2019, Employment Contracts Act
    55/2001, Annual Holidays Act 162/2005.
    """
    sheet = Sheet(month, profile)
    pay = HourlyPay(sheet)
    account = Account(sheet, pay)
    try:
        _add_worked_time(sheet, pay, account)
    except RateNotConfirmed as error:
        sheet.problem(ProblemCode.RATE_NOT_CONFIRMED, error.figure, error.day)
    add_sick_pay(sheet, pay)
    if month.trips:
        Entered(sheet, month.contract).add_trips()
    worked = account.lines()
    add_leave(sheet, pay, [*worked, *sheet.extra])
    sheet.extra += worked
    return sheet.lines(), tuple(sheet.problems.values())


def _add_worked_time(sheet: Sheet, pay: HourlyPay, account: Account) -> None:
    """Base pay, supplements, public holidays and overtime. Raises RateNotConfirmed."""
    month = sheet.month
    shifts = [shift for shift in month.shifts if _is_in_contract(shift, sheet)]
    around = month.around.shifts if month.around is not None else ()
    near = reach(month.month, month.terms)
    beside = [shift for shift in around if day_of(shift.start) in near]
    everything = parts_of((*shifts, *beside)) if beside else parts_of(shifts)
    chosen = Chosen(sheet)
    for part in parts_of(shifts) if beside else everything:
        _add_part(part, sheet, pay, account, chosen)
    worked = {part.day for part in everything}
    off = HolidaysOff(sheet, pay, worked, (*shifts, *beside))
    for day, seconds in off.within(month.month):
        rate = pay.on(day)
        if rate is not None:
            account.add(LineCode.PUBLIC_HOLIDAY_OFF, day, seconds, rate, inputs=(("holiday_law", off.law_on(day)),))
    for each in Counting(sheet, pay, everything, off).all():
        rate = pay.on(each.day)
        sheet.problem(ProblemCode.OVERTIME, "", each.day)
        if rate is not None:
            counted = (("overtime_by", each.counted_by),)
            account.add(each.code, each.day, each.seconds, rate, percent=each.percent, inputs=counted)


def _add_part(part: Part, sheet: Sheet, pay: HourlyPay, account: Account, chosen: Chosen) -> None:
    """Base pay and supplements of the part of a shift on one day."""
    rate, agreement, terms = pay.on(part.day), pay.agreement_on(part.day), pay.assistant_on(part.day)
    if rate is None or agreement is None or terms is None:
        return
    account.add(LineCode.BASE_PAY, part.day, part.seconds, rate, decision=part.decision)
    is_heta = agreement is Agreement.HETA
    pays_holidays = is_heta and has_public_holidays(part.day, employed_since(sheet.month, terms))
    for each in supplements(part, agreement, chosen, pays_holidays=pays_holidays):
        for figure in each.window.unverified:
            sheet.problem(ProblemCode.RATE_NOT_VERIFIED, figure, part.day)
        account.add(each.window.code, part.day, each.seconds, rate, percent=each.percent, inputs=each.window.inputs)


def _is_in_contract(shift: Shift, sheet: Sheet) -> bool:
    """True if the shift begins in the contract. Raises ValueError if it begins outside the period."""
    day = day_of(shift.start)
    if day not in sheet.month.month:
        raise ValueError(f"A shift on {day} lies outside the period {sheet.month.month.first}")
    if day not in sheet.month.contract:
        sheet.problem(ProblemCode.ENTRY_OUTSIDE_CONTRACT, "shift", day)
        return False
    return True
