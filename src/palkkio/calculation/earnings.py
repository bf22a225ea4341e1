"""Earning lines of one contract's month: which rules apply to which form of care."""

from __future__ import annotations

from datetime import date

from palkkio.calculation.alike import Alike, alike
from palkkio.calculation.assistance import assistant_lines
from palkkio.calculation.entered import PAID_TYPES, Entered, capped
from palkkio.calculation.facts import MonthFacts, Terms
from palkkio.calculation.family_care import add_family_care
from palkkio.calculation.informal_care import add_informal_care
from palkkio.calculation.monthly import Fee, add_monthly, is_by_month, is_calendar_month
from palkkio.calculation.sheet import Sheet
from palkkio.core.once import Once
from palkkio.core.payslip import ContractKind, Line, LineCode
from palkkio.core.problems import Problem
from palkkio.rules import Profile, of_figures, under

__all__ = ["CALCULATED", "DAY_BASED", "PAID_TYPES", "NotCalculatedYet", "earning_lines"]

DAY_BASED = frozenset({ContractKind.SUBSTITUTE_CARE, ContractKind.OTHER_COMMISSION})
CALCULATED = DAY_BASED | {ContractKind.INFORMAL_CARE, ContractKind.FAMILY_CARE, ContractKind.PERSONAL_ASSISTANCE}


class NotCalculatedYet(ValueError):
    """A form of care whose calculation is not written: an answer, never a wrong result."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"{kind}: This form of care is not calculated yet")
        self.kind = kind


def earning_lines(month: MonthFacts, profile: str | Profile) -> tuple[tuple[Line, ...], tuple[Problem, ...]]:
    """Earning lines of one contract's month, and what stands in the way of some.

    The month is cut where anything changes. Pieces with the same code, rate and rule are one line: their days are
    added, multiplied and rounded once. What has no rate in the terms makes CONTRACT_TERM_MISSING, an entry outside the
    contract ENTRY_OUTSIDE_CONTRACT, a rate or limit that is needed and not confirmed RATE_NOT_CONFIRMED; none of these
    makes a line.
    Raises NotCalculatedYet for other forms of care, ValueError for an entry outside `month` or entered twice, and for
    a monthly fee in a period that is not a calendar month.
    Law: informal care 937/2005 5 §, its substitutes 4 a §, family care 263/2015 16-18 §; else the contract.
    """
    with under(profile) as chosen:
        return lines_in_force(month, chosen)


def lines_in_force(
    month: MonthFacts, profile: Profile, *, explains: bool = True
) -> tuple[tuple[Line, ...], tuple[Problem, ...]]:
    """What `earning_lines` says, inside `under(profile)`; explained as `pay` says."""
    if month.kind not in CALCULATED:
        raise NotCalculatedYet(month.kind)
    if is_by_month(month.kind, month.terms) and not is_calendar_month(month.month):
        raise ValueError("A monthly fee is paid by calendar months")
    if month.kind is ContractKind.PERSONAL_ASSISTANCE:
        return assistant_lines(month, profile, explains=explains)
    if month.kind is ContractKind.INFORMAL_CARE:
        return _informal_care(profile)(month)
    return _lines(month, profile)


@of_figures(maxsize=64)
def _informal_care(profile: Profile) -> Once[MonthFacts, tuple[tuple[Line, ...], tuple[Problem, ...]]]:
    """By the payer's choices: months that are one object for many at once, those that are alike by what they say."""

    def lines(month: MonthFacts) -> tuple[tuple[Line, ...], tuple[Problem, ...]]:
        known = alike(month, profile)
        return _lines(month, profile) if known is None else _lines_alike(known)

    return Once(lines, most=64)


@of_figures(maxsize=1024)
def _lines_alike(known: Alike) -> tuple[tuple[Line, ...], tuple[Problem, ...]]:
    return _lines(known.facts, known.profile)


def _lines(month: MonthFacts, profile: Profile) -> tuple[tuple[Line, ...], tuple[Problem, ...]]:
    sheet = Sheet(month, profile)
    if month.kind is ContractKind.INFORMAL_CARE:
        add_informal_care(sheet)
    elif month.kind is ContractKind.FAMILY_CARE:
        add_family_care(sheet)
    else:
        _add_commission(sheet)
    lines = capped(sheet.lines(), sheet)
    return lines, tuple(sheet.problems.values())


def _add_commission(sheet: Sheet) -> None:
    """Entries and trips by the day, and a monthly fee where one is agreed."""
    if any("monthly" in terms.rates for terms in sheet.month.terms):
        add_monthly(sheet, sheet.month.contract, _monthly)
    Entered(sheet, sheet.month.contract).add_all()


def _monthly(sheet: Sheet, terms: Terms, day: date) -> list[Fee]:
    rate = terms.rates.get("monthly")
    if rate is None or not sheet.may_pay(rate, "rates/monthly", day):
        return []
    return [Fee(LineCode.CARE_FEE, rate.amount, rate, "monthly_fee")]
