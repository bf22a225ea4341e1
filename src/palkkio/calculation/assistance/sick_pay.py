"""Pay of absence: an assistant's own illness, that of a child, and family leave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from palkkio.calculation.assistance.agreement import LAW as AGREEMENT_LAW
from palkkio.calculation.assistance.agreement import Agreement
from palkkio.calculation.assistance.holidays_off import DAYS_OF_WEEK
from palkkio.calculation.assistance.hourly_pay import HourlyPay
from palkkio.calculation.assistance.illness import Illness, illnesses, paid_days
from palkkio.calculation.assistance.leave import consumed
from palkkio.calculation.assistance.worked import HOUR, hours
from palkkio.calculation.events import ABSENCES_OF_ASSISTANTS, ChildIll, FamilyLeave
from palkkio.calculation.facts import AssistantTerms, RateFact
from palkkio.calculation.sheet import Sheet, joined
from palkkio.core.clock import day_of
from palkkio.core.days import DateRange, add_months, merged
from palkkio.core.money import to_cents
from palkkio.core.payslip import DayType, Line, LineCode, Working
from palkkio.core.problems import ProblemCode
from palkkio.rules import Figure, RateNotConfirmed, figure
from palkkio.rules.tags import Tag, is_unverified

PERCENT_FROM_1_MONTH = "sick_pay/percent_from_1_month"
PERCENT_UNDER_1_MONTH = "sick_pay/percent_under_1_month"
CERTIFICATE = "sick_pay/days_before_certificate"
CHILD_DAYS = "sick_pay/child_illness_days"
CHILD_CHOICE = "child_illness_paid_days"
FAMILY_DAYS = "sick_pay/family_leave_days"
FAMILY_CHOICE = "family_leave_paid_days"
LAW = "55/2001 2:11"
_FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Absence:
    """What an absence is paid by."""

    rule: str
    law: str
    percent: Decimal
    source: str
    tag: str
    inputs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Promised:
    """An absence that the agreement alone pays: its rule, the figure of its paid days, the payer's choice for them."""

    rule: str
    figure: str
    choice: str


@dataclass(frozen=True, slots=True)
class Limit:
    """How many days are paid, and on what ground."""

    value: int
    source: str
    tag: str


@dataclass(frozen=True, slots=True)
class Missed:
    """Working time that was missed on one day. `is_average`: no shift was planned, the average day counts."""

    day: date
    seconds: Decimal
    is_average: bool = False


Owed = tuple[Sequence[Missed], Absence]


def add_sick_pay(sheet: Sheet, hourly: HourlyPay) -> None:
    """Adds sick pay of the period: what was planned on the paid days of each illness, by the plain hourly pay.

    Paid are the day of onset and the nine weekdays that follow it, at most the illness; the count begins with the onset
    also where that lies in an earlier period. Full pay from one month of employment, half of it before. Without a
    single planned shift in the illness the average day counts, where weekly hours are agreed and nothing was worked on
    it; an assistant who is called in when needed has lost nothing then. Supplements are not paid. A child's illness and
    family leave are paid under the agreement only, for the days that it says; where they are not known, the payee is
    held. A day is paid by one absence, however often it was told, and a day of annual leave by the leave. Illnesses
    that are paid alike are one line.
    Law: Employment Contracts Act (työsopimuslaki) 55/2001 2:11, 4:1, 4:6.
    """
    if not any(isinstance(event, ABSENCES_OF_ASSISTANTS) for event in sheet.month.events):
        return
    paid: set[date] = set()
    for missed, ground in _joined(_owed_for_illness(sheet, hourly)):
        paid |= _add_lines(sheet, hourly, missed, ground)
    child_ill = merged(event.days for event in sheet.month.events if isinstance(event, ChildIll))
    paid |= _add_by_agreement(sheet, hourly, child_ill, paid, Promised("child_ill", CHILD_DAYS, CHILD_CHOICE))
    leaves = [event for event in sheet.month.events if isinstance(event, FamilyLeave)]
    for child in dict.fromkeys(event.child for event in leaves):
        of_child = merged(event.days for event in leaves if event.child == child)
        promised = Promised("family_leave", FAMILY_DAYS, FAMILY_CHOICE)
        paid |= _add_by_agreement(sheet, hourly, of_child, paid, promised)


def percent_of_pay(employed_since: date, onset: date) -> Figure:
    """What is paid of the missed hours: all from one month of employment, half before. Raises RateNotConfirmed."""
    has_month = add_months(employed_since, 1) <= onset
    return figure(PERCENT_FROM_1_MONTH if has_month else PERCENT_UNDER_1_MONTH).on(onset)


def average_daily_hours(sheet: Sheet, terms: AssistantTerms, day: date) -> Decimal | None:
    """Hours of an average day: the payer's choice, else a fifth of the weekly hours; None: not agreed."""
    chosen = sheet.choice("average_daily_hours", day).value
    if chosen is not None:
        return Decimal(chosen)
    return None if terms.weekly_hours is None else terms.weekly_hours / DAYS_OF_WEEK


def _owed_for_illness(sheet: Sheet, hourly: HourlyPay) -> Iterator[Owed]:
    """What each illness that touches the period is owed, and missing certificates noted."""
    for illness in illnesses(sheet.month.events):
        if sheet.month.month.overlap(illness.days):
            _note_certificate(sheet, illness)
            owed = _owed(sheet, hourly, illness)
            if owed is not None:
                yield owed


def _owed(sheet: Sheet, hourly: HourlyPay, illness: Illness) -> Owed | None:
    """The time missed on the paid days of one illness and what it is paid by; None with the problem noted."""
    terms = hourly.assistant_on(illness.onset)
    if terms is None:
        sheet.problem(ProblemCode.CONTRACT_TERM_MISSING, "assistant", illness.onset)
        return None
    since = terms.since(sheet.month.contract)
    try:
        paid, percent = paid_days(illness), percent_of_pay(since, illness.onset)
    except RateNotConfirmed as error:
        sheet.problem(ProblemCode.RATE_NOT_CONFIRMED, error.figure, error.day)
        return None
    missed = [each for each in _missed(sheet, hourly, illness.days) if each.day in paid]
    inputs = (
        ("onset", illness.onset.isoformat()),
        ("last_paid_day", str(paid.last)),
        ("employed_since", since.isoformat()),
    )
    return missed, Absence("sick_pay", LAW, percent.value, percent.source, percent.tag, inputs)


def _joined(owed: Iterable[Owed]) -> list[Owed]:
    """Illnesses of the same percentage as one, planned shifts and average days apart: they are rounded once."""
    found: dict[tuple[Decimal, bool], Owed] = {}
    for missed, ground in owed:
        key = (ground.percent, any(each.is_average for each in missed))
        before, first = found.get(key, ([], ground))
        inputs = first.inputs if first is ground else tuple(dict.fromkeys((*first.inputs, *ground.inputs)))
        found[key] = ([*before, *missed], replace(first, inputs=inputs))
    return list(found.values())


def _add_by_agreement(
    sheet: Sheet, hourly: HourlyPay, absences: Iterable[DateRange], paid_before: AbstractSet[date], promised: Promised
) -> set[date]:
    """The first working days of each absence that the agreement alone pays; under the Act they are unpaid.

    paid_before  days that another absence has paid
    Returns the days that these pay.
    """
    paid: set[date] = set()
    for days in absences:
        if not sheet.month.month.overlap(days):
            continue
        onset = days.begins
        if hourly.agreement_on(onset) is not Agreement.HETA:
            continue
        limit = _promised_days(sheet, onset, promised)
        if limit is None:
            continue
        missed = _missed(sheet, hourly, days)
        chosen = {*sorted({each.day for each in missed})[: limit.value]} - paid_before
        inputs = (("onset", onset.isoformat()), ("most_days", str(limit.value)))
        ground = Absence(promised.rule, AGREEMENT_LAW, Decimal(100), limit.source, limit.tag, inputs)
        paid |= _add_lines(sheet, hourly, [each for each in missed if each.day in chosen], ground)
    return paid


def _promised_days(sheet: Sheet, onset: date, promised: Promised) -> Limit | None:
    """How many working days the agreement pays: the figure, else the payer's choice; None with the problem noted."""
    try:
        found = figure(promised.figure).on(onset)
    except RateNotConfirmed as error:
        choice = sheet.choice(promised.choice, onset)
        if choice.value is None:
            sheet.problem(ProblemCode.RATE_NOT_CONFIRMED, error.figure, error.day)
            return None
        return Limit(int(Decimal(choice.value)), choice.source, choice.tag if choice.valid else Tag.R)
    return Limit(int(found.value), found.source, found.tag)


def _missed(sheet: Sheet, hourly: HourlyPay, days: DateRange) -> list[Missed]:
    """Working time missed on the days of an absence, up to the end of the period: planned shifts, else average days.

    On a day of annual leave none is missed, as long as the leave is not moved away (vuosilomalaki 162/2005 25 §).
    """
    month = sheet.month
    shifts = (*month.beside.shifts, *month.shifts)
    entries = (*month.beside.entries, *month.entries)
    leave = consumed(entry.day for entry in entries if entry.type is DayType.LEAVE)
    planned = [
        Missed(day_of(shift.start), Decimal(int((shift.end - shift.start).total_seconds())))
        for shift in shifts
        if shift.is_scheduled and day_of(shift.start) in days
    ]
    if planned:
        return [each for each in planned if each.day not in leave]
    known = days.overlap(DateRange(None, month.month.end))
    if known is None:
        return []
    busy = {*(day_of(shift.start) for shift in shifts), *leave}
    return [each for day in known if day not in busy for each in _average(sheet, hourly, day)]


def _average(sheet: Sheet, hourly: HourlyPay, day: date) -> list[Missed]:
    terms = hourly.assistant_on(day)
    length = average_daily_hours(sheet, terms, day) if terms is not None and day.weekday() <= _FRIDAY else None
    return [] if length is None else [Missed(day, length * HOUR, is_average=True)]


def _add_lines(sheet: Sheet, hourly: HourlyPay, missed: Iterable[Missed], ground: Absence) -> set[date]:
    """One line for each hourly pay, of the days inside the period and the contract; returns those days."""
    by_rate: dict[Decimal, tuple[list[RateFact], list[Missed]]] = {}
    for each in missed:
        if each.day not in sheet.month.month or each.day not in sheet.month.contract:
            continue
        rate = hourly.on(each.day)
        if rate is not None:
            rates, some = by_rate.setdefault(rate.amount, ([], []))
            rates += [] if rate in rates else [rate]
            some.append(each)
    for rates, some in by_rate.values():
        if any(each.is_average for each in some):
            sheet.problem(ProblemCode.RATE_NOT_VERIFIED, "average_daily_hours", some[0].day)
        sheet.extra.append(_line(sheet, rates, some, ground))
    return {each.day for _rates, some in by_rate.values() for each in some}


def _line(sheet: Sheet, rates: Sequence[RateFact], missed: Sequence[Missed], ground: Absence) -> Line:
    """What one hourly pay makes of missed time; `rates` are its grounds, where it has several."""
    rate, tags = rates[0], [*(each.tag for each in rates), ground.tag]
    seconds = sum((each.seconds for each in missed), Decimal(0))
    is_average = any(each.is_average for each in missed)
    working = Working(
        rule=f"{ground.rule}_average" if is_average else ground.rule,
        law=ground.law,
        source=joined([*(each.source for each in rates), ground.source]),
        rate_valid=rate.valid,
        tag=Tag.R if is_average or any(map(is_unverified, tags)) else rate.tag,
        days=tuple(sorted({each.day for each in missed})),
        inputs=ground.inputs,
    )
    return Line(
        code=LineCode.SICK_PAY,
        quantity=hours(int(seconds)),
        unit="hour",
        of=rate.amount,
        amount=to_cents(seconds * rate.amount * ground.percent / (HOUR * 100)),
        period=sheet.month.month,
        working=working,
        percent=ground.percent,
    )


def _note_certificate(sheet: Sheet, illness: Illness) -> None:
    """Yellow where an absence is longer than may pass without a medical certificate, and none has come."""
    end = sheet.month.month.edges[1]
    known = illness.days.overlap(DateRange(None, end))
    try:
        most = int(figure(CERTIFICATE).on(illness.onset).value)
    except RateNotConfirmed:
        return
    if not illness.has_certificate and known is not None and known.days > most:
        sheet.problem(ProblemCode.CERTIFICATE_MISSING, "sick", illness.onset)
