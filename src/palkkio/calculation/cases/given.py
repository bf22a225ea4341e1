"""The `given` part of a case: facts of one payday."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from palkkio.calculation.cases.keys import CaseError, Keys
from palkkio.calculation.earnings import DAY_BASED, NotCalculatedYet, earning_lines
from palkkio.calculation.facts import (
    Entry,
    MonthFacts,
    OneOff,
    Payee,
    PayFacts,
    RateFact,
    TaxCard,
    Terms,
    Trip,
)
from palkkio.core.days import DateRange
from palkkio.core.money import ZERO
from palkkio.core.payslip import ContractKind, DayType, Line, LineCode, Working
from palkkio.rules import Profile, choice_kinds, profile, profile_names
from palkkio.rules.profiles import check_choice, profile_from
from palkkio.rules.tags import Tag
from palkkio.rules.yaml import Faulty

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
)
RATES = ("care", "training", "notice", "cancelled", "visit", "hour", "kilometre")
QUANTITIES = {"days": "day", "visits": "visit", "hours": "hour", "kilometres": "km"}
LINE = ("code", *QUANTITIES, "percent", "of", "amount", "month")
LINE_CODES = tuple(code.value for code in LineCode)
DAY_TYPES = tuple(each.value for each in DayType)
TAGS = tuple(tag.value for tag in Tag)
UNITS = {
    LineCode.VISIT: "visit",
    LineCode.HOUR: "hour",
    LineCode.KILOMETRES: "km",
    LineCode.KILOMETRES_TAXABLE: "km",
    LineCode.TRIP_EXPENSE: "piece",
    LineCode.ONE_OFF: "piece",
}
TAX_FREE = frozenset({LineCode.KILOMETRES, LineCode.TRIP_EXPENSE})
# Known keys whose calculation is not written: they are answered, never passed over.
LATER_RATES = ("locum",)
LATER_TERMS = ("expense_per_day", "monthly", "caps")
LATER_DEDUCTIONS = ("distraint", "recovery")
LATER_POLICY = ("class_rates", "average_daily_hours")


@dataclass(frozen=True, slots=True)
class Paid:
    """A line paid before, as far as the case writes it."""

    code: str
    period: DateRange
    amount: Decimal
    of: Decimal | None
    quantity: Decimal | None


def facts_of(given: Keys) -> PayFacts:
    """Facts of the case. Raises CaseError naming key and line, also for what is not calculated yet."""
    given.only(*GIVEN)
    given.optional_mapping("context").only("entries", "paid")  # neighbours: read by weekly rules, never paid
    kind = _kind(given.mapping("contract"))
    paid_on = given.day("paid_on")
    main = _period(given)
    month = _month(given, kind, main)
    months = [month, *(_late_month(row, month) for row in given.mappings("late_months"))]
    if events := given.mappings("events"):
        raise CaseError(events[0].own_line, f"'events' are not used by {kind}; write entries")
    dues = given.optional_mapping("deductions")
    _later(dues, LATER_DEDUCTIONS)
    dues.only("union_dues", "fund_fee", *LATER_DEDUCTIONS)
    facts = PayFacts(
        paid_on=paid_on,
        payee=_payee(given.mapping("payee")),
        months=tuple(months),
        tax_card=_tax_card(given, paid_on),
        profile=_profile(given),
        one_offs=tuple(_one_off(row, main) for row in given.mappings("one_offs")),
        union_dues=dues.number("union_dues") if "union_dues" in dues else ZERO,
        fund_fee=dues.number("fund_fee") if "fund_fee" in dues else ZERO,
    )
    paid = [paid_line(row, main) for row in given.mappings("paid_before")]
    return replace(facts, paid_before=_paid_before(facts, paid)) if paid else facts


def paid_line(row: Keys, main: DateRange) -> Paid:
    """One line as cases write it; `month` is said where it is not the case's own."""
    row.only(*LINE)
    code = row.text("code")
    if code not in LINE_CODES:
        row.fail("code", f"'{code}' is not a line code of this form of care")
    quantities = [key for key in QUANTITIES if key in row]
    return Paid(
        code=code,
        period=row.month("month") if "month" in row else main,
        amount=row.money("amount"),
        of=row.money("of") if "of" in row else None,
        quantity=row.number(quantities[0]) if quantities else None,
    )


def _kind(contract: Keys) -> ContractKind:
    contract.only("kind", "first", "last", "terms")
    try:
        kind = ContractKind(contract.text("kind"))
    except ValueError:
        contract.fail("kind", f"'kind' is one of {', '.join(ContractKind)}")
    if kind not in DAY_BASED:
        contract.fail("kind", str(NotCalculatedYet(kind)))
    return kind


def _period(given: Keys) -> DateRange:
    if ("month" in given) == ("period" in given):
        raise CaseError(given.own_line, "given needs 'month' or 'period', one of them")
    if "month" in given:
        return given.month("month")
    days = given.days("period")
    if days.end is None:
        given.fail("period", "'period' needs first and last")
    return days


def _month(given: Keys, kind: ContractKind, period: DateRange) -> MonthFacts:
    contract = given.mapping("contract")
    terms = tuple(_terms(row) for row in contract.mappings("terms"))
    for at, one in enumerate(terms):
        if any(one.valid.overlap(other.valid) for other in terms[:at]):
            contract.fail("terms", "'terms' overlap: each day has one piece at most")
    entries, trips = _entries(given.mappings("entries"), period)
    return MonthFacts(kind, contract.span(), period, terms, entries, trips)


def _late_month(row: Keys, like: MonthFacts) -> MonthFacts:
    """A late or corrected month beside the case's own, under the same contract."""
    row.only("month", "entries")
    period = row.month("month")
    entries, trips = _entries(row.mappings("entries"), period)
    return replace(like, month=period, entries=entries, trips=trips)


def _terms(row: Keys) -> Terms:
    _later(row, LATER_TERMS)
    row.only("first", "last", "rates", *LATER_TERMS)
    rates = row.mapping("rates")
    _later(rates, LATER_RATES)
    rates.only(*RATES, *LATER_RATES)
    return Terms(row.span(), {key: _rate(rates, key) for key in rates})


def _rate(rates: Keys, key: str) -> RateFact:
    """An amount, or {amount, source, law, tag}."""
    if isinstance(rates.raw(key), dict):
        rest = rates.mapping(key)
        rest.only("amount", "source", "law", "tag")
        amount = rest.money("amount")
    else:
        amount, rest = rates.money(key), None
    if amount < 0:
        rates.fail(key, f"'{key}' is negative")
    if rest is None:
        return RateFact(amount)
    tag = rest.text("tag") if "tag" in rest else "V"
    if tag not in TAGS:
        rest.fail("tag", f"'tag' is one of {', '.join(TAGS)}")
    return RateFact(
        amount,
        source=rest.text("source") if "source" in rest else "",
        law=rest.text("law") if "law" in rest else "",
        tag=tag,
    )


def _entries(rows: Sequence[Keys], period: DateRange) -> tuple[tuple[Entry, ...], tuple[Trip, ...]]:
    entries: list[Entry] = []
    trips: list[Trip] = []
    for row in rows:
        row.only("day", "type", "count", "hours", "kilometres", "purpose", "expense")
        day = row.day("day")
        if day not in period:
            row.fail("day", f"{day} lies outside the period {period.first} – {period.last}; neighbours go to 'context'")
        if "type" in row:
            entry = _entry(row, day)
            if any(other.day == day and other.type == entry.type for other in entries):
                row.fail("type", f"{entry.type} is entered twice on {day}")
            entries.append(entry)
        if "kilometres" in row or "expense" in row:
            trips.append(
                Trip(
                    day=day,
                    kilometres=row.number("kilometres") if "kilometres" in row else ZERO,
                    purpose=row.text("purpose") if "purpose" in row else "",
                    expense=row.money("expense") if "expense" in row else ZERO,
                )
            )
        elif "type" not in row:
            raise CaseError(row.own_line, "an entry has a 'type', or 'kilometres' or 'expense'")
    return tuple(entries), tuple(trips)


def _entry(row: Keys, day: date) -> Entry:
    word = row.text("type")
    if word == "locum":
        row.fail("type", "'locum' is not calculated yet")
    if word not in DAY_TYPES:
        row.fail("type", f"'type' is one of {', '.join(DAY_TYPES)}, not '{word}'")
    day_type = DayType(word)
    asked = {DayType.VISIT: "count", DayType.HOURS: "hours"}.get(day_type)
    for key in ("count", "hours"):
        if key in row and key != asked:
            row.fail(key, f"'{key}' does not belong to the type '{word}'")
    if asked is None or (asked == "count" and "count" not in row):
        return Entry(day, day_type)
    count = row.number(asked)
    if count <= 0:
        row.fail(asked, f"'{asked}' is more than 0")
    return Entry(day, day_type, count)


def _payee(row: Keys) -> Payee:
    row.only("born", "in_prepayment_register", "is_self_insured")
    row.raw("born")
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
        base=card.number("base"),
        ceiling=card.money("ceiling") if card.has_value("ceiling") else None,
        additional=card.number("additional"),
        valid_from=card.day("valid_from") if "valid_from" in card else date(paid_on.year, 1, 1),
        accumulated=card.money("accumulated"),
    )


def _profile(given: Keys) -> Profile:
    if isinstance(given.raw("payer"), str):
        name = given.text("payer")
        if name != "default" and name not in profile_names():
            given.fail("payer", f"there is no profile '{name}'; there are default, {', '.join(profile_names())}")
        chosen = profile(name)
    else:
        try:
            chosen = profile_from("of the case", given.mapping("payer").plain())
        except Faulty as error:
            given.fail("payer", str(error))
    policy = given.optional_mapping("policy")
    _later(policy, LATER_POLICY)
    policy.only(*choice_kinds(), *LATER_POLICY)
    overrides = {}
    for key in policy:
        value = policy.raw(key)
        overrides[key] = ("yes" if value else "no") if isinstance(value, bool) else str(value)
        try:
            check_choice(choice_kinds()[key], overrides[key], key)
        except ValueError as error:
            policy.fail(key, str(error))
    return chosen.with_overrides(overrides)


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
    return tuple(_as_line(each, known) for each in paid)


def _as_line(paid: Paid, known: Sequence[Line]) -> Line:
    same = [line for line in known if line.code == paid.code and line.period == paid.period]
    of = paid.of if paid.of is not None else (same[0].of if len(same) == 1 else paid.amount)
    quantity = paid.quantity
    if quantity is None:
        quantity = paid.amount / of if of and paid.amount % of == 0 else Decimal(0)
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
        is_pensionable=code not in TAX_FREE and code is not LineCode.KILOMETRES_TAXABLE,
    )


def _later(row: Keys, keys: Sequence[str]) -> None:
    for key in keys:
        if key in row:
            row.fail(key, f"'{key}' is not calculated yet")
