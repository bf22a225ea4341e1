"""Payslip lines and deductions as the page draws them, each with its why (PAY-8, BEY-1): the same for all readers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import get_language, gettext, ngettext

from palkkio.core.days import DateRange
from palkkio.core.payslip import DayType, LineCode
from palkkio.payroll.values import CardView, DeductionView, LineView
from palkkio.web.rule_words import (
    changed_text,
    document_words,
    input_name,
    law_text,
    line_name,
    rule_text,
    unit_rate,
)
from palkkio.web.ui import wording
from palkkio.web.ui.values import DayKind, Fact, Link, MiniMonth, PayLine, Why
from palkkio.web.ui.words import day_kind, period_name

TIMES = "×"
_MARKS: dict[str, DayType] = {
    LineCode.CARE_DAY: DayType.CARE,
    LineCode.VISIT: DayType.VISIT,
    LineCode.HOUR: DayType.HOURS,
    LineCode.TRAINING_DAY: DayType.TRAINING,
    LineCode.NOTICE_DAY: DayType.NOTICE,
    LineCode.CANCELLED_DAY: DayType.CANCELLED,
}
_SHARES = frozenset({LineCode.LEAVE_PAY, LineCode.LEAVE_COMPENSATION})  # of a sum of the leave year, no rate
_PARTED = frozenset({LineCode.KILOMETRES, LineCode.KILOMETRES_TAXABLE, LineCode.TRIP_EXPENSE})


def pay_lines(
    lines: Sequence[LineView],
    deductions: Sequence[DeductionView],
    *,
    gross: Decimal | None,
    net: Decimal | None,
    main_period: DateRange | None = None,
    calendars: Mapping[DateRange, Link] | None = None,
) -> list[PayLine]:
    """Lines, their sum, deductions, and what goes to the account; a sum that cannot be told is left out.

    main_period  a line of another period says which month it pays or corrects
    calendars    address of the care period that a line's days come from
    """
    found = calendars or {}
    drawn = [_earning(line, main_period, found.get(line.period)) for line in lines]
    if gross is not None:
        drawn.append(PayLine(gettext("Total before deductions"), gross, kind="total"))
    drawn += [_deduction(each) for each in deductions]
    if net is not None:
        drawn.append(PayLine(gettext("To the account"), net, kind="pay"))
    return drawn


def quantity_words(line: LineView) -> str:
    """ "8 days": quantity with its unit."""
    figure = wording.number(line.quantity.normalize() if line.quantity % 1 else line.quantity.quantize(Decimal(1)))
    many = abs(int(line.quantity)) if not line.quantity % 1 else 2
    words = {
        "day": ngettext("%(n)s day", "%(n)s days", many),
        "visit": ngettext("%(n)s visit", "%(n)s visits", many),
        "hour": ngettext("%(n)s hour", "%(n)s hours", many),
        "km": gettext("%(n)s km"),
    }
    return words.get(line.unit, "%(n)s") % {"n": figure}


def _earning(line: LineView, main_period: DateRange | None, calendar: Link | None) -> PayLine:
    name = line_name(line.code)
    if main_period is not None and line.period != main_period and line.period.first:
        name = gettext("%(line)s, %(month)s") % {
            "line": name,
            "month": period_name(line.period),
        }
    reason = dict(line.inputs).get("reason", "")
    if line.code == LineCode.ONE_OFF and reason:
        name = f"{name}: {reason}"
    is_piece = line.unit == "piece"
    quantity = "" if is_piece else f"{quantity_words(line)} {TIMES} {_of_words(line)}"
    return PayLine(name, line.amount, quantity=quantity, why=_why_earning(line, calendar, is_piece=is_piece))


def _why_earning(line: LineView, calendar: Link | None, *, is_piece: bool) -> Why:
    if is_piece:
        calculation = wording.euros(line.amount)
    else:
        calculation = f"{quantity_words(line)} {TIMES} {_of_words(line, euros=True)} = {wording.euros(line.amount)}"
    unit = "" if line.code in _SHARES else unit_rate(line.unit if line.per == 1 else "month")
    rate = ""
    if not is_piece:
        rate = rate_words(line.of) + (f" {unit}" if unit else "")
    facts = _causes(line)
    facts += _facts(line, rate)
    facts += _inputs(line)
    facts += named_inputs(line.inputs)
    return Why(
        calculation=calculation,
        facts=facts,
        month=_month(line),
        month_note=_days_note(line),
        link=calendar,
    )


def _of_words(line: LineView, *, euros: bool = False) -> str:
    """ "530,00 / 31": the rate, with the days that a month's fee is for, or the part of it that a supplement is."""
    of = rate_words(line.of) if euros else wording.number(line.of, _places(line.of))
    if line.percent is not None:
        of = f"{of} {TIMES} {percent_words(line.percent)}"
    if line.per == 1:
        return of
    return f"{of} / {wording.number(line.per.normalize() if line.per % 1 else line.per.quantize(Decimal(1)))}"


def _causes(line: LineView) -> list[Fact]:
    """What has changed since the month was paid; the first thing that a difference is asked for."""
    if not line.causes:
        return []
    return [Fact(gettext("Why now"), "; ".join(dict.fromkeys(changed_text(each) for each in line.causes)))]


# Inputs that have their own place: trips and their limit, days, a tax card, what a reason says.
_OWN_PLACE = frozenset({"tax_free_limit", "tax_free_limit_source", "tax_free_limit_tag", "rate_paid", "reason"})
_OWN_PLACE_OF_CARD = frozenset({"base", "ceiling", "additional", "accumulated"})


def named_inputs(inputs: Sequence[tuple[str, str]]) -> list[Fact]:
    """Further inputs by their names, those of one name together; numbers and days as they are written here."""
    found: dict[str, list[str]] = {}
    for name, value in inputs:
        label = "" if name in _OWN_PLACE or _is_day(name) else input_name(name)
        if label and value:
            found.setdefault(label, []).append(_value_words(name, value))
    return [Fact(label, ", ".join(values)) for label, values in found.items()]


def _value_words(name: str, value: str) -> str:
    parts = []
    for part in value.split(" "):
        if _is_day(part):
            parts.append(wording.day_short(date.fromisoformat(part)))
        elif part.replace(".", "", 1).isdigit():
            places = len(part.partition(".")[2].rstrip("0"))
            parts.append(wording.number(Decimal(part), 2 if len(part.partition(".")[2]) == 2 else places))
        else:
            parts.append(rule_input_value(name, part))
    return " ".join(parts)


def rule_input_value(name: str, value: str) -> str:
    """A word among the inputs, named where there are words for it."""
    words = document_words()
    return words.get(f"word.{name}.{value}") or words.get(f"changed.what.{value}") or value


def _facts(working: LineView | DeductionView, rate: str) -> list[Fact]:
    facts = []
    if rule := rule_text(working.rule):
        facts.append(Fact(gettext("Rule"), rule))
    if rate:
        valid = validity(working.rate_valid)
        facts.append(Fact(gettext("Rate"), f"{rate}, {valid}" if valid else rate))
    grounds = [each for each in (law_text(working.law), working.source) if each]
    if grounds:
        facts.append(Fact(gettext("Ground"), ". ".join(each.rstrip(".") for each in grounds) + "."))
    return facts


def validity(days: DateRange | None) -> str:
    """ "in force 1.1.2026–31.12.2026", "in force from 1.1.2026", "" when always."""
    if days is None or (days.first is None and days.last is None):
        return ""
    if days.last is None:
        return gettext("in force from %(first)s") % {"first": wording.day(days.first or date.min)}
    if days.first is None:
        return gettext("in force until %(last)s") % {"last": wording.day(days.last)}
    return gettext("in force %(days)s") % {"days": f"{wording.day(days.first)}–{wording.day(days.last)}"}


def _inputs(line: LineView) -> list[Fact]:
    """Inputs that are not days: what is paid by kilometre and how much of it is tax free; amounts by receipt."""
    named = dict(line.inputs)
    facts = []
    if "tax_free_limit" in named:
        text = rate_words(Decimal(named["tax_free_limit"])) + " " + unit_rate("km")
        facts.append(Fact(gettext("Tax-free limit"), text, note=named.get("tax_free_limit_source", "")))
    if line.code in _PARTED:
        is_money = line.code == LineCode.TRIP_EXPENSE
        parts = [(day, amount) for day, amount in line.inputs if _is_day(day)]
        listed = ", ".join(
            f"{wording.day_short(date.fromisoformat(day))} "
            + (wording.euros(Decimal(amount)) if is_money else f"{wording.number(Decimal(amount))} km")
            for day, amount in parts
        )
        if listed:
            facts.append(Fact(gettext("Trips"), listed))
    return facts


def _month(line: LineView) -> MiniMonth | None:
    if line.code not in _MARKS or not line.days:
        return None
    first = line.days[0].replace(day=1)
    kind: DayKind = day_kind(_MARKS[LineCode(line.code)])
    marks = {day: kind for day in line.days if day.replace(day=1) == first}
    language = get_language()
    return MiniMonth(
        first, marks, gettext("Days recorded in %(month)s") % {"month": wording.month_name(first, language)}
    )


def _days_note(line: LineView) -> str:
    if line.code not in (LineCode.VISIT, LineCode.HOUR):
        return ""
    return ", ".join(
        f"{wording.day_short(date.fromisoformat(day))} {wording.number(Decimal(amount))}"
        for day, amount in line.inputs
        if _is_day(day)
    )


def _deduction(deduction: DeductionView) -> PayLine:
    parts = [part for part in deduction.parts if part[0] or len(deduction.parts) == 1]
    words = [f"{percent_words(percent)} {TIMES} {wording.number(base, 2)}" for base, percent in parts]
    rates = " / ".join(percent_words(percent) for _, percent in parts)
    named = dict(deduction.inputs)
    facts = _facts(deduction, rates)
    if deduction.rule == "withholding_by_card" and named:
        facts += card_facts(named)
    facts += named_inputs([pair for pair in deduction.inputs if pair[0] not in _OWN_PLACE_OF_CARD])
    calculation = " + ".join(f"{wording.euros(base)} {TIMES} {percent_words(percent)}" for base, percent in parts)
    total = wording.euros(deduction.amount)
    return PayLine(
        line_name(deduction.code),
        -deduction.amount,
        quantity=" + ".join(words),
        why=Why(calculation=f"{calculation} = {total}" if calculation else total, facts=facts),
    )


def card_facts(named: Mapping[str, str]) -> list[Fact]:
    """What a tax card says: base rate, ceiling, additional rate, what was paid before."""
    facts = [Fact(gettext("Base rate"), percent_words(Decimal(named["base"])))]
    if named.get("ceiling"):
        facts.append(Fact(gettext("Income ceiling"), wording.euros(Decimal(named["ceiling"]))))
        facts.append(Fact(gettext("Additional rate"), percent_words(Decimal(named["additional"]))))
        facts.append(Fact(gettext("Paid before this payday"), wording.euros(Decimal(named["accumulated"]))))
    return facts


def _places(rate: Decimal) -> int:
    """At least cents; more when the rate has them."""
    exponent = rate.normalize().as_tuple().exponent
    return max(2, -exponent if isinstance(exponent, int) else 2)


def percent_words(percent: Decimal) -> str:
    """ "12,0 %", "7,30 %": as it is written in the law; what a table keeps with idle zeros without them."""
    exponent = percent.as_tuple().exponent
    return wording.percent(percent.normalize() if isinstance(exponent, int) and exponent < -2 else percent)


def rate_words(rate: Decimal) -> str:
    """ "97,55 €", with more decimals when the rate has them."""
    return f"{wording.number(rate, _places(rate))}{wording.HARD_SPACE}€"


def _is_day(text: str) -> bool:
    return len(text) == 10 and text[4] == "-" == text[7]


def card_words(card: CardView) -> str:
    """ "12,0 %, above 20 000,00 € a year 30,0 %"."""
    if card.ceiling is None:
        return percent_words(card.base)
    return gettext("%(base)s, above %(ceiling)s a year %(additional)s") % {
        "base": percent_words(card.base),
        "ceiling": wording.euros(card.ceiling),
        "additional": percent_words(card.additional),
    }
