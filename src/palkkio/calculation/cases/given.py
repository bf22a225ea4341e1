"""The `given` part of a case: facts of one payday."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from palkkio.calculation.assistance.account import RULES
from palkkio.calculation.assistance.leave import year_taken_on
from palkkio.calculation.cases.assistant import Recorded, recorded
from palkkio.calculation.cases.contract import kind_of, terms_of
from palkkio.calculation.cases.employment import employer_of, leave_years_of, paid_in_month_of
from palkkio.calculation.cases.happened import entries_of, events_of
from palkkio.calculation.cases.keys import CaseError, Keys
from palkkio.calculation.cases.payer import profile_of
from palkkio.calculation.earnings import earning_lines
from palkkio.calculation.facts import Around, Distraint, MonthFacts, OneOff, Payee, PayFacts, RateFact, TaxCard
from palkkio.calculation.kilometres import limit_for
from palkkio.calculation.monthly import is_by_month, is_calendar_month
from palkkio.calculation.sheet import TAX_FREE, is_pensionable
from palkkio.core.days import DateRange
from palkkio.core.money import ZERO, to_cents
from palkkio.core.payslip import ContractKind, DayType, Line, LineCode, Working
from palkkio.rules import Profile, RateNotConfirmed, under

GIVEN = (
    "paid_on",
    "month",
    "period",
    "payer",
    "policy",
    "payee",
    "contract",
    "events",
    "entries",
    "tax_card",
    "deductions",
    "paid_before",
    "context",
    "late_months",
    "one_offs",
    "leave_year",
    "employer",
    "days_off_taken",
    "statutory_days_off",
)
QUANTITIES = {"days": "day", "visits": "visit", "hours": "hour", "kilometres": "km"}
COUNTED = ("count", "quantity")  # the quantity, whatever its unit
LINE = ("code", *QUANTITIES, *COUNTED, "percent", "of", "amount", "month", "period")
LINE_CODES = tuple(code.value for code in LineCode)
UNITS = {
    LineCode.VISIT: "visit",
    LineCode.HOUR: "hour",
    **dict.fromkeys(RULES, "hour"),  # worked time of assistants
    LineCode.KILOMETRES: "km",
    LineCode.KILOMETRES_TAXABLE: "km",
    LineCode.TRIP_EXPENSE: "piece",
    LineCode.START_UP_ALLOWANCE: "piece",
    LineCode.ONE_OFF: "piece",
    LineCode.RECOVERY: "piece",
    LineCode.SICK_PAY: "hour",
    LineCode.LEAVE_BONUS: "piece",
}


@dataclass(frozen=True, slots=True)
class Paid:
    """A line paid before, as far as the case writes it."""

    code: str
    period: DateRange
    amount: Decimal
    of: Decimal | None
    quantity: Decimal | None
    percent: Decimal | None


def facts_of(given: Keys) -> PayFacts:
    """Facts of the case. Raises CaseError naming key and line, also for what is not calculated yet."""
    given.only(*GIVEN)
    kind = kind_of(given.mapping("contract"))
    paid_on = given.day("paid_on")
    main = _period(given)
    month = _month(given, kind, main)
    profile = profile_of(given)
    months = [month, *(_late_month(row, month) for row in given.mappings("late_months"))]
    dues = given.optional_mapping("deductions")
    dues.only("union_dues", "fund_fee", "recovery", "distraint")
    facts = PayFacts(
        paid_on=paid_on,
        payee=_payee(given.mapping("payee"), paid_on),
        months=tuple(_with_kilometres(each, profile) for each in months),
        tax_card=_tax_card(given, paid_on),
        profile=profile,
        one_offs=tuple(_one_off(row, main) for row in given.mappings("one_offs")),
        union_dues=dues.percent("union_dues") if "union_dues" in dues else ZERO,
        fund_fee=dues.percent("fund_fee") if "fund_fee" in dues else ZERO,
        recovery=dues.money("recovery", least=0) if "recovery" in dues else ZERO,
        distraint=_distraint(dues.mapping("distraint")) if "distraint" in dues else None,
        paid_in_month=paid_in_month_of(month.beside.paid),
        employer=employer_of(given),
    )
    paid = [paid_line(row, main) for row in given.mappings("paid_before")]
    return replace(facts, paid_before=_paid_before(facts, paid)) if paid else facts


def _distraint(row: Keys) -> Distraint:
    row.only("dependants", "share_of_month", "periodic")
    dependants = row.number("dependants") if "dependants" in row else ZERO
    if dependants < 0 or dependants % 1:
        row.fail("dependants", "'dependants' is a whole figure of at least 0")
    share = row.word("share_of_month", ("whole", "half"), "whole")
    is_periodic = row.boolean("periodic", default=True)
    return Distraint(int(dependants), is_half_month=share == "half", is_periodic=is_periodic)


def paid_line(row: Keys, main: DateRange) -> Paid:
    """One line as cases write it; `month` is said where it is not the case's own."""
    row.only(*LINE)
    code = line_code(row)
    quantities = [key for key in (*QUANTITIES, *COUNTED) if key in row]
    return Paid(
        code=code,
        period=period_of(row, main),
        amount=row.money("amount"),
        of=row.money("of") if "of" in row else None,
        quantity=row.number(quantities[0]) if quantities else None,
        percent=row.number("percent") if "percent" in row else None,
    )


def line_code(row: Keys) -> str:
    code = row.text("code")
    if code not in LINE_CODES:
        row.fail("code", f"'{code}' is no line code; known are {', '.join(LINE_CODES)}")
    return code


def period_of(row: Keys, main: DateRange) -> DateRange:
    """The earning period of a line: `month` or `period` where it is not the case's own."""
    if "month" in row and "period" in row:
        row.fail("period", "a line has 'month' or 'period', not both")
    if "period" in row:
        return row.days("period")
    return row.month("month") if "month" in row else main


def _period(given: Keys) -> DateRange:
    if ("month" in given) == ("period" in given):
        raise CaseError(given.own_line, f"{given.name} needs 'month' or 'period', one of them")
    if "month" in given:
        return given.month("month")
    days = given.days("period")
    if days.end is None:
        given.fail("period", "'period' needs first and last")
    return days


def _month(given: Keys, kind: ContractKind, period: DateRange) -> MonthFacts:
    contract = given.mapping("contract")
    terms = terms_of(contract, kind)
    if is_by_month(kind, terms) and not is_calendar_month(period):
        given.fail("period", "a monthly fee is paid by calendar months: write 'month'")
    events = events_of(given.mappings("events"), kind)
    context = given.optional_mapping("context")
    context.only("entries", "paid")
    if kind is ContractKind.PERSONAL_ASSISTANCE:
        own = recorded(given.mappings("entries"), period)
        beside = recorded(context.mappings("entries"), period, beside=True)
        earned = _where_earned(own, period)
        around = _around(beside, [paid_line(line, earned) for line in context.mappings("paid")], kind)
        leave = leave_years_of(given)
        return MonthFacts(
            kind, contract.span(), period, terms, own.entries, own.trips, events, own.shifts, around, leave
        )
    entries, trips = entries_of(given.mappings("entries"), period, kind)
    before, _ = entries_of(context.mappings("entries"), period, kind, beside=True)
    around = _around(Recorded(entries=before), [paid_line(line, period) for line in context.mappings("paid")], kind)
    return MonthFacts(kind, contract.span(), period, terms, entries, trips, events, around=around)


def _where_earned(own: Recorded, period: DateRange) -> DateRange:
    """When lines of `context` were earned that do not say it: in the leave year that leave is paid from, else now."""
    leave = [entry.day for entry in own.entries if entry.type is DayType.LEAVE]
    return year_taken_on(min(leave)) if leave else period


def _around(beside: Recorded, paid: Sequence[Paid], kind: ContractKind) -> Around | None:
    """What the case says of the days beside the period; None: nothing."""
    lines = tuple(_as_line(each, (), kind) for each in paid)
    if not (beside.shifts or beside.entries or lines):
        return None
    return Around(beside.shifts, lines, beside.entries)


def _late_month(row: Keys, like: MonthFacts) -> MonthFacts:
    """A late or corrected month beside the case's own, under the same contract; the case's events hold for it too."""
    row.only("month", "period", "entries")
    period = _period(row)
    if like.kind is ContractKind.PERSONAL_ASSISTANCE:
        own = recorded(row.mappings("entries"), period)
        return replace(like, month=period, entries=own.entries, trips=own.trips, shifts=own.shifts)
    entries, trips = entries_of(row.mappings("entries"), period, like.kind)
    return replace(like, month=period, entries=entries, trips=trips)


def _with_kilometres(month: MonthFacts, profile: Profile) -> MonthFacts:
    """Where a case agrees on nothing for kilometres, they are paid by what is tax free."""
    driven = [trip.day for trip in month.trips if trip.kilometres]
    if not driven or any("kilometre" in terms.rates for terms in month.terms):
        return month
    try:
        with under(profile):
            limit = limit_for(month.kind, profile, min(driven))
    except RateNotConfirmed:
        return month
    rate = RateFact(limit.value, limit.source, tag=limit.tag)
    return replace(month, terms=tuple(replace(each, rates={**each.rates, "kilometre": rate}) for each in month.terms))


def _payee(row: Keys, paid_on: date) -> Payee:
    row.only("born", "in_prepayment_register", "is_self_insured")
    row.raw("born")
    if "born" in row and row.day("born") >= paid_on:
        row.fail("born", f"'born' {row.day('born')} is not before 'paid_on' {paid_on}")
    return Payee(
        born=row.optional_day("born"),
        in_prepayment_register=row.boolean("in_prepayment_register", default=False),
        is_self_insured=row.boolean("is_self_insured", default=False),
    )


def _tax_card(given: Keys, paid_on: date) -> TaxCard | None:
    if given.raw("tax_card") == "none":
        return None
    card = given.mapping("tax_card")
    card.only("base", "ceiling", "additional", "accumulated", "valid_from")
    return TaxCard(
        base=card.percent("base"),
        ceiling=card.money("ceiling", least=0) if "ceiling" in card else None,
        additional=card.percent("additional"),
        valid_from=card.day("valid_from") if "valid_from" in card else date(paid_on.year, 1, 1),
        accumulated=card.money("accumulated", least=0),
    )


def _one_off(row: Keys, main: DateRange) -> OneOff:
    row.only("amount", "reason", "month", "is_taxable", "is_pensionable")
    return OneOff(
        amount=row.money("amount"),
        reason=row.text("reason"),
        period=row.month("month") if "month" in row else main,
        is_taxable=row.boolean("is_taxable", default=True),
        is_pensionable=row.boolean("is_pensionable", default=True),
    )


def _paid_before(facts: PayFacts, paid: Sequence[Paid]) -> tuple[Line, ...]:
    """Lines paid before; what a case does not write (rate, quantity) is taken from the line of the same code."""
    known = [line for month in facts.months for line in earning_lines(month, facts.profile)[0]]
    return tuple(_as_line(each, known, facts.months[0].kind) for each in paid)


def _as_line(paid: Paid, known: Sequence[Line], kind: ContractKind) -> Line:
    same = [line for line in known if line.code == paid.code and line.period == paid.period]
    same = [line for line in same if paid.percent is None or line.percent == paid.percent]
    of = paid.of if paid.of is not None else (same[0].of if len(same) == 1 else paid.amount)
    per = same[0].per if same else Decimal(1)
    percent = paid.percent if paid.percent is not None or len(same) != 1 else same[0].percent
    quantity = paid.quantity
    if quantity is None:
        quantity = _quantity(paid.amount, of * (percent if percent is not None else 100) / 100, per)
    code = LineCode(paid.code)
    return Line(
        code=code,
        quantity=quantity,
        unit=UNITS.get(code, "day"),
        of=of,
        amount=paid.amount,
        period=paid.period,
        working=Working(rule="paid_before"),
        is_taxable=code not in TAX_FREE,
        is_pensionable=is_pensionable(code, kind),
        per=per,
        percent=percent,
    )


def _quantity(amount: Decimal, of: Decimal, per: Decimal) -> Decimal:
    """The whole quantity that gives the amount; 0 where there is none."""
    if not of:
        return Decimal(0)
    near = (amount * per / of).quantize(Decimal(1))
    return near if to_cents(near * of / per) == amount else Decimal(0)
