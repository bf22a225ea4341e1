"""The days on which a monthly fee runs: when the contract ends, and when the fee is interrupted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from palkkio.calculation.events import (
    AbsenceReason,
    CarerIll,
    Notice,
    NoticeBy,
    RecipientAway,
    RecipientMovesOut,
    Terminated,
)
from palkkio.calculation.facts import MonthFacts, Terms
from palkkio.calculation.sheet import Sheet
from palkkio.core.days import ONE_DAY, DateRange, add_months, cut, merged
from palkkio.core.payslip import ContractKind
from palkkio.core.problems import ProblemCode

FAMILY_NOTICE_MONTHS = 2  # 263/2015 12 §, unless the contract says otherwise
NOTICE_MONTHS = {NoticeBy.COUNTY: 2, NoticeBy.CARER: 1}  # 937/2005 9 § 1


@dataclass(frozen=True, slots=True)
class Unpaid:
    """Days without a fee, and why: carer_ill, recipient_away_health or recipient_away_other."""

    days: DateRange
    why: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days of the contract on which nothing changes. `unpaid`: why the fee is interrupted, "" where it runs."""

    days: DateRange
    terms: Terms | None
    unpaid: str


def contract_days(month: MonthFacts) -> DateRange | None:
    """The days of the contract with its end as it came to be; None: it ended before it began.

    The earliest of: the agreed end; the end of a notice period, on the same day number one month (informal carer) or
    two months later, that day included; the end of the month in which care became unnecessary, whatever the notice;
    the day of an immediate end.
    Law: 937/2005 9 §; 263/2015 12 §. The month's end holds for family care by analogy.
    """
    ends = [end for event in month.events if (end := last_day(event, month)) is not None]
    if not ends:
        return month.contract
    end, start = min(ends) + ONE_DAY, month.contract.start
    if start is not None and end <= start:
        return None
    return month.contract.overlap(DateRange(None, end))


def last_day(event: object, month: MonthFacts) -> date | None:
    """The last day of the contract by one event alone; None: the event does not end it. See `contract_days`."""
    match event:
        case Notice(by, given_on):
            return add_months(given_on, notice_months(by, given_on, month))
        case RecipientMovesOut(on):
            return DateRange.month_of(on).last
        case Terminated(on):
            return on
    return None


def notice_months(by: NoticeBy, given_on: date, month: MonthFacts) -> int:
    """How many months a notice runs: by the Act in informal care, in family care as agreed or by the Act."""
    if month.kind is not ContractKind.FAMILY_CARE:
        return NOTICE_MONTHS[by]
    terms = next((each for each in month.terms if given_on in each.valid), None)
    terms = terms or next((each for each in month.terms if each.notice_months is not None), None)
    agreed = terms.notice_months if terms is not None else None
    return FAMILY_NOTICE_MONTHS if agreed is None else agreed


def stretches(sheet: Sheet, contract: DateRange | None, edges: Iterable[date | None] = ()) -> list[Stretch]:
    """The contract's days of the month, cut where terms change, the fee stops or goes on, and at `edges`."""
    inside = contract.overlap(sheet.month.month) if contract is not None else None
    if inside is None:
        return []
    unpaid = _unpaid(sheet, inside)
    ranges = [*(terms.valid for terms in sheet.month.terms), *(each.days for each in unpaid)]
    at = [edge for each in ranges for edge in (each.start, each.end)] + list(edges)
    found = []
    for piece in cut(inside, (edge for edge in at if edge is not None)):
        first, _ = piece.edges
        why = next((each.why for each in unpaid if first in each.days), "")
        found.append(Stretch(piece, sheet.terms_on(first), why))
    return found


def _unpaid(sheet: Sheet, inside: DateRange) -> list[Unpaid]:
    """Interruptions of the fee; days off are none of them (937/2005 4 § 3)."""
    events = sheet.month.events
    ill = merged(event.days for event in events if isinstance(event, CarerIll))
    away = [event for event in events if isinstance(event, RecipientAway)]
    health = merged(event.days for event in away if event.reason is AbsenceReason.HEALTH)
    other = merged(event.days for event in away if event.reason is AbsenceReason.OTHER)
    found = [(_after(days, _paid_days_of_illness(sheet, days)), "carer_ill") for days in ill]
    found += [(days, "recipient_away_health") for days in _beyond_a_month(health, sheet)]
    found += [(days, "recipient_away_other") for each in other for days in _beyond_agreed(sheet, each, inside)]
    return [Unpaid(days, why) for days, why in found if days is not None]


def _after(days: DateRange, paid: int) -> DateRange | None:
    """What is left of an absence when its first `paid` days are paid."""
    start = days.begins + timedelta(days=paid)
    return None if days.end is not None and start >= days.end else DateRange(start, days.end)


def _paid_days_of_illness(sheet: Sheet, days: DateRange) -> int:
    """By the choice of the day on which the illness began, whatever months it reaches."""
    return int(sheet.choice("carer_illness_paid_days", days.begins).value or 0)


def _beyond_a_month(absences: list[DateRange], sheet: Sheet) -> list[DateRange]:
    """Absences for health beyond the month that is paid: each has its own, or all share the first one's days."""
    found: list[DateRange] = []
    left: int | None = None
    for days in absences:
        first = days.begins
        if left is None or sheet.choice("sum_absences", first).value != "yes":
            left = _days_of_a_month(first, sheet.choice("client_absence_count", first).value)
        if rest := _after(days, left):
            found.append(rest)
        left = 0 if days.end is None else max(left - days.days, 0)
    return found


def _days_of_a_month(first: date, count: str | None) -> int:
    """Paid days of an absence that begins on `first`: one month counted in one of three ways."""
    if count == "days_30":
        return 30
    through = add_months(first, 1)
    return (through - first).days + (1 if count == "statutory" else 0)


def _beyond_agreed(sheet: Sheet, absence: DateRange, inside: DateRange) -> list[DateRange]:
    """Days of an absence for another reason that the contract does not pay (937/2005 8 §); no default."""
    found = []
    for terms in sheet.month.terms:
        touched = absence.overlap(terms.valid)
        here = touched.overlap(inside) if touched is not None else None
        if touched is None or here is None:
            continue
        if terms.absence_other is None:
            sheet.problem(ProblemCode.CONTRACT_TERM_MISSING, "absence_other", here.edges[0])
        elif terms.absence_other.paid_days is not None:
            rest = _after(absence, terms.absence_other.paid_days)
            if rest is not None and (stops := rest.overlap(terms.valid)) is not None:
                found.append(stops)
    return found
