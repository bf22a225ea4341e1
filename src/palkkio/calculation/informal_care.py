"""The care fee of informal care (omaishoidon tuen hoitopalkkio): class, refusals, reductions, minimum."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from palkkio.calculation.care_days import contract_days
from palkkio.calculation.entered import Entered
from palkkio.calculation.facts import CareTerms, RateFact, Terms
from palkkio.calculation.monthly import Fee, add_monthly, limit_of_law
from palkkio.calculation.sheet import Sheet
from palkkio.core.payslip import LineCode
from palkkio.core.problems import ProblemCode
from palkkio.rules import RateNotConfirmed, figure
from palkkio.rules.class_rates import CLASSES
from palkkio.rules.tags import Tag, is_unverified, pays

MINIMUM = "informal_care/minimum_fee"
TRANSITION_MINIMUM = "informal_care/transition_phase_minimum"
LAW = "937/2005 5 §"
_BY_DAY = ("class_3_refused_by", "interval_days_threshold", "services_hours_threshold")

# Income that refuses class III by the Act, 5 § 2; the other kinds are additions of guides.
BY_THE_ACT = frozenset({"special_care_benefit", "alternation_compensation", "earnings"})
INCOMES = (*sorted(BY_THE_ACT), "pension", "daily_allowance", "studies", "other_regular")


def add_informal_care(sheet: Sheet) -> None:
    """Adds the care fee of a month, and trips.

    Order: assessed class, refusal of class III, reduction of class II, lower fee on request, minimum of the law; then
    the part of the month, and interruptions. Days off of the carer do not enter.
    Law: 937/2005 5 §, 6 §, 9 §. Reductions: the payer's guide.
    """
    contract = contract_days(sheet.month)
    add_monthly(sheet, contract, _fees, _edges(sheet))
    Entered(sheet, contract).add_trips()


def _edges(sheet: Sheet) -> Iterable[date | None]:
    """Days on which the payer's amount of a class, or a choice about classes, changes inside terms."""
    profile = sheet.profile
    rows = [row.valid for rows in profile.class_rates.values() for row in rows]
    rows += [row.valid for key in _BY_DAY for row in profile.decided.get(key, ()) if row.valid is not None]
    return [edge for days in rows for edge in (days.start, days.end)]


@dataclass(frozen=True, slots=True)
class _Class:
    """The class that is paid, with the steps that led to it."""

    name: str
    inputs: tuple[tuple[str, str], ...]


def _fees(sheet: Sheet, terms: Terms, day: date) -> list[Fee]:
    if terms.care is None or terms.care.fee_class not in CLASSES:
        sheet.problem(ProblemCode.CONTRACT_TERM_MISSING, "fee_class", day)
        return []
    paid = _paid_class(sheet, terms.care, day)
    if paid is None:
        return []
    lower = terms.rates.get("lower_fee")
    if lower is not None and not sheet.may_pay(lower, "rates/lower_fee", day):
        return []
    rate = _class_rate(sheet, terms, paid.name, day, is_needed=lower is None)
    if lower is not None and (rate is None or lower.amount <= rate.amount):
        return [_fee(lower, "care_fee_lower", (*paid.inputs, ("lower_fee", str(lower.amount))))]
    if rate is None:
        return []
    rate, lifted = _lifted(sheet, rate, paid.name, day)
    if lower is not None and lower.amount < rate.amount:
        return [_fee(lower, "care_fee_lower", (*paid.inputs, ("lower_fee", str(lower.amount))))]
    if lifted:
        sheet.problem(ProblemCode.BELOW_MINIMUM, f"class_rates/{paid.name}", day)
    return [_fee(rate, "care_fee", (*paid.inputs, *lifted))]


def _fee(rate: RateFact, rule: str, inputs: tuple[tuple[str, str], ...]) -> Fee:
    return Fee(LineCode.CARE_FEE, rate.amount, rate, rule, LAW, inputs)


def _paid_class(sheet: Sheet, care: CareTerms, day: date) -> _Class | None:
    """F4, then F5 and F6: refusal of class III, reduction of class II. None: it cannot be paid."""
    name = care.fee_class
    inputs: list[tuple[str, str]] = [("fee_class", name)]
    if name == "III" and (refusing := _refusing(sheet, care, day)):
        sheet.problem(ProblemCode.FEE_CLASS_NOT_ALLOWED, "fee_class/III", day)
        inputs += [("refused_by", each) for each in refusing]
        if care.otherwise not in ("I", "II"):
            sheet.problem(ProblemCode.CONTRACT_TERM_MISSING, "otherwise", day)
            return None
        name = care.otherwise
    if name == "II" and (why := _reducing(sheet, care, day)):
        sheet.problem(ProblemCode.FEE_CLASS_NOT_ALLOWED, "fee_class/II", day)
        inputs += why
        name = "I"
    return _Class(name, (*inputs, ("paid_class", name)))


def _refusing(sheet: Sheet, care: CareTerms, day: date) -> list[str]:
    is_any = sheet.choice("class_3_refused_by", day).value == "any"
    return [each for each in care.carer_income if is_any or each in BY_THE_ACT]


def _reducing(sheet: Sheet, care: CareTerms, day: date) -> list[tuple[str, str]]:
    """Regular interval care from a number of days, regular services above a number of hours: class II is paid as I."""
    if sheet.choice("plan_change_from").value == "next_month":
        care = _care_at_the_start(sheet) or care
    days, hours = care.interval_care_days, care.other_services_hours
    from_days = Decimal(sheet.choice("interval_days_threshold", day).value or "Infinity")
    above_hours = Decimal(sheet.choice("services_hours_threshold", day).value or "Infinity")
    found = []
    if days >= from_days:
        found += [("interval_care_days", f"{days.normalize():f}"), ("interval_days_threshold", str(from_days))]
    if hours > above_hours:
        found += [("other_services_hours", f"{hours.normalize():f}"), ("services_hours_threshold", str(above_hours))]
    return found


def _care_at_the_start(sheet: Sheet) -> CareTerms | None:
    """The plan on the first day of the month; a contract that begins inside it has its own plan at once."""
    first, _ = sheet.month.month.edges
    terms = sheet.terms_on(first)
    return terms.care if terms is not None else None


def _class_rate(sheet: Sheet, terms: Terms, name: str, day: date, *, is_needed: bool) -> RateFact | None:
    """What the class pays a month: the county's decided rate, else that of its profile. None with the problem noted.

    A rate that is not needed, since a lower fee is agreed, holds nobody.
    """
    at = f"class_rates/{name}"
    decided = terms.rates.get(f"class_{name}")
    if decided is not None:
        if is_needed:
            return decided if sheet.may_pay(decided, at, day) else None
        return decided if pays(decided.tag) and (decided.valid is None or day in decided.valid) else None
    row = sheet.profile.class_rate(name, day)
    if row is None or not pays(row.tag):
        sheet.problem(ProblemCode.RATE_NOT_CONFIRMED if is_needed else ProblemCode.RATE_NOT_VERIFIED, at, day)
        return None
    if row.amount is not None:
        rate = RateFact(row.amount, row.source, LAW, row.tag, row.valid)
    else:
        key = TRANSITION_MINIMUM if name == "III" else MINIMUM
        try:
            found = figure(key).on(day)
        except RateNotConfirmed as error:
            sheet.problem(
                ProblemCode.RATE_NOT_CONFIRMED if is_needed else ProblemCode.RATE_NOT_VERIFIED, error.figure, day
            )
            return None
        tag = Tag.R if is_unverified(row.tag) else found.tag
        rate = RateFact(found.value, found.source, found.law, tag, found.valid)
    if is_needed:
        sheet.may_pay(rate, at, day)
    return rate


def _lifted(sheet: Sheet, rate: RateFact, name: str, day: date) -> tuple[RateFact, tuple[tuple[str, str], ...]]:
    """X2: the fee, lifted to the minimum of the law where it is below it; class III has that of a transition phase."""
    least = limit_of_law(sheet, TRANSITION_MINIMUM if name == "III" else MINIMUM, day)
    if least is None or rate.amount >= least.value:
        return rate, ()
    source = f"{least.source}; {rate.source}" if rate.source else least.source
    lifted = RateFact(least.value, source, LAW, least.tag, least.valid)
    return lifted, (("lifted_from", str(rate.amount)), ("minimum", str(least.value)))
