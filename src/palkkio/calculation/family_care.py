"""Family care (perhehoito): fee and expense allowance per client and month or day, start-up allowance."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from palkkio.calculation.care_days import contract_days
from palkkio.calculation.entered import Entered
from palkkio.calculation.events import StartUp
from palkkio.calculation.facts import RateFact, Terms
from palkkio.calculation.monthly import Fee, add_monthly, limit_of_law
from palkkio.calculation.sheet import ONE, Sheet
from palkkio.core.days import DateRange
from palkkio.core.payslip import DayType, Line, LineCode, Working
from palkkio.core.problems import ProblemCode

MINIMUM = "family_care/minimum_fee"
MINIMUM_EXPENSES = "family_care/minimum_expense_allowance"
MAXIMUM_START_UP = "family_care/maximum_start_up_allowance"
FEE_LAW = "263/2015 16 §"
EXPENSE_LAW = "263/2015 17 §"
START_UP_LAW = "263/2015 18 §"


def add_family_care(sheet: Sheet) -> None:
    """Adds fee, expense allowance and start-up allowance of a month, and trips.

    Under terms with a monthly fee the month is paid, under terms with a daily fee the care days entered. Amounts are
    per client. A monthly fee or allowance below the minimum of the law is lifted to it, unless a lower fee is agreed.
    Law: 263/2015 16-18 §. Absences: 937/2005 by analogy, since the Act leaves them to the contract.
    """
    contract = contract_days(sheet.month)
    if not _is_by_day(sheet):
        add_monthly(sheet, contract, _fees)
    entered = Entered(sheet, contract)
    for entry in sorted(sheet.month.entries, key=lambda each: each.day):
        if entry.type is not DayType.CARE:
            entered.add_entry(entry)
        elif entered.takes(entry):
            _add_day(sheet, entry.day)
    entered.add_trips()
    for event in sheet.month.events:
        if isinstance(event, StartUp) and event.on in sheet.month.month:
            _add_start_up(sheet, event, contract)


def _is_by_day(sheet: Sheet) -> bool:
    """True if every term of the month pays by the day: days without entries need no terms."""
    here = [terms for terms in sheet.month.terms if terms.valid.overlap(sheet.month.month)]
    return bool(here) and all("daily_fee" in terms.rates for terms in here)


def _fees(sheet: Sheet, terms: Terms, day: date) -> list[Fee]:
    if "daily_fee" in terms.rates:
        return []
    ground = sheet.ground("monthly_fee", day)
    if ground is None:
        return []
    fees = [_care_fee(sheet, terms, ground.rate, day)]
    if "expense_allowance" in terms.rates and (costs := sheet.ground("expense_allowance", day)):
        rate, inputs = _at_least(sheet, costs.rate, MINIMUM_EXPENSES, day)
        fees.append(_per_client(LineCode.EXPENSE_ALLOWANCE, rate, "expense_allowance", terms.clients, inputs))
    return fees


def _care_fee(sheet: Sheet, terms: Terms, rate: RateFact, day: date) -> Fee:
    lower = terms.rates.get("lower_fee")
    if lower is not None and sheet.may_pay(lower, "rates/lower_fee", day):
        asked = (("lower_fee", str(lower.amount)),)
        return _per_client(LineCode.CARE_FEE, lower, "family_care_fee_lower", terms.clients, asked)
    rate, inputs = _at_least(sheet, rate, MINIMUM, day)
    return _per_client(LineCode.CARE_FEE, rate, "family_care_fee", terms.clients, inputs)


_Inputs = tuple[tuple[str, str], ...]


def _at_least(sheet: Sheet, rate: RateFact, key: str, day: date) -> tuple[RateFact, _Inputs]:
    """The agreed amount per client, lifted to the minimum of the law where it is below it."""
    least = limit_of_law(sheet, key, day)
    if least is None or rate.amount >= least.value:
        return rate, ()
    sheet.problem(ProblemCode.BELOW_MINIMUM, key, day)
    lifted = RateFact(least.value, least.source, least.law, least.tag, least.valid)
    return lifted, (("lifted_from", str(rate.amount)), ("minimum", str(least.value)))


def _per_client(code: LineCode, rate: RateFact, rule: str, clients: int, inputs: _Inputs) -> Fee:
    per_client = (("clients", str(clients)), ("per_client", str(rate.amount)))
    law = FEE_LAW if code is LineCode.CARE_FEE else EXPENSE_LAW
    return Fee(code, rate.amount * clients, rate, rule, law, (*inputs, *per_client))


def _add_day(sheet: Sheet, day: date) -> None:
    """A care day entered: the daily fee and, beside it, the allowance of the day; a monthly fee covers its days."""
    terms = sheet.terms_on(day)
    if terms is None:
        sheet.problem(ProblemCode.CONTRACT_TERM_MISSING, "rates/daily_fee", day)
        return
    if "daily_fee" not in terms.rates:
        return
    asked = (
        (LineCode.CARE_DAY, "daily_fee", "family_care_day", FEE_LAW),
        (LineCode.EXPENSE_ALLOWANCE, "expense_allowance", "expense_allowance_day", EXPENSE_LAW),
    )
    for code, key, rule, law in asked:
        if key not in terms.rates:
            continue
        if ground := sheet.ground(key, day):
            piece = sheet.piece(code, "day", ground.rate.amount * terms.clients, rule, law=law)
            if not piece.has(ground):
                piece.note((("clients", str(terms.clients)), ("per_client", str(ground.rate.amount))))
            piece.add(day, ONE, ground)


def _add_start_up(sheet: Sheet, event: StartUp, contract: DateRange | None) -> None:
    """The start-up allowance as decided, at most the maximum of the law where that is known."""
    if contract is None or event.on not in contract:
        sheet.problem_of_day(ProblemCode.ENTRY_OUTSIDE_CONTRACT, "start_up", event.on)
        return
    most = limit_of_law(sheet, MAXIMUM_START_UP, event.on)
    amount = event.amount
    inputs: _Inputs = ()
    if most is not None and amount > most.value:
        sheet.problem_of_day(ProblemCode.ABOVE_MAXIMUM, MAXIMUM_START_UP, event.on)
        inputs = (("lowered_from", str(amount)), ("maximum", str(most.value)))
        amount = most.value
    working = Working(
        rule="start_up_allowance", law=START_UP_LAW, source=event.source, tag="V", days=(event.on,), inputs=inputs
    )
    sheet.extra.append(
        Line(
            code=LineCode.START_UP_ALLOWANCE,
            quantity=Decimal(1),
            unit="piece",
            of=amount,
            amount=amount,
            period=sheet.month.month,
            working=working,
            is_pensionable=False,
        )
    )
