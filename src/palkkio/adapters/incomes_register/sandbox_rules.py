"""The sandbox's own reading of the register's rules: what a report, or a whole delivery, is refused for.

The codes are the sandbox's: which codes the real register gives for which rule is not public. Each rule is a function
that yields (code, message); the numbers are those of docs/guides/incomes-register.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from lxml import etree

from palkkio.formats.xml import child, every, text_of

Found = Iterator[tuple[str, str]]
FIRST_DAY = date(2019, 1, 1)
DAYS_AHEAD = 45
UNKNOWN_SERIAL = "999"  # an invented person whom the sandbox says it does not know: to see a refusal
WAGES = frozenset(map(str, (*range(201, 252), 319, 328, 336)))  # insured against accidents or for a pension
ITEMISED = tuple("23")
BOTH_METHODS = frozenset({"303", "311", "331", "353"})  # reported beside either method
INSURABLE = frozenset(("316", "336", "353", *map(str, range(201, 252))))
DAILY_ALLOWANCE, KILOMETRES = "331", "311"


def delivery_problems(data: etree._Element, today: date) -> Found:
    """Rules 1, 2 and 6, for the whole."""
    payers = _ids(data, "Payer/PayerIds/Id")
    owner, creator, sender = (_ids(data, f"DeliveryData{name}") for name in ("Owner", "Creator", "Sender"))
    if not owner <= payers:
        yield "OWNER_NOT_PAYER", "The owner of the delivery is not an id of the payer"
    if creator != sender:
        yield "SENDER_NOT_CREATOR", "The sender of the delivery is not its creator"
    if payers & _ids(data, "Payer/SubstitutePayer/EmployerId"):
        yield "EMPLOYER_IS_PAYER", "The actual employer is the payer itself"
    types = {each.text for each in every(data, "Payer/PayerOther/PayerTypes/Code")}
    if "3" in types and not (every(data, "Payer/PayerBasic") and every(data, "Payer/Address")):
        yield "TEMPORARY_EMPLOYER", "A temporary employer gives names and address"
    payday = date.fromisoformat(text_of(data, "PaymentPeriod/PaymentDate"))
    if payday < FIRST_DAY:
        yield "PAYDAY_TOO_EARLY", "The payday is before 2019"
    if payday > today + timedelta(days=DAYS_AHEAD):
        yield "PAYDAY_TOO_FAR", f"The payday is more than {DAYS_AHEAD} days ahead"
    if text_of(data, "PaymentPeriod/EndDate") < text_of(data, "PaymentPeriod/StartDate"):
        yield "PERIOD_REVERSED", "The pay period ends before it begins"


def report_problems(report: etree._Element, data: etree._Element) -> Found:
    """Rules 2 to 9, for one report."""
    earner = every(report, "IncomeEarner")[0]
    ids = _ids(earner, "IncomeEarnerIds/Id")
    if ids & _ids(data, "Payer/PayerIds/Id"):
        yield "EARNER_IS_PAYER", "The income earner is the payer"
    for kind, code in ids:
        if kind == "2" and code[7:10] == UNKNOWN_SERIAL:
            yield "EARNER_UNKNOWN", "Nobody has the income earner's personal identity code"
    if not ids and not (
        text_of(earner, "IncomeEarnerBasic/MissingId") and text_of(earner, "IncomeEarnerBasic/BirthDate")
    ):
        yield "EARNER_WITHOUT_ID", "An income earner without an id needs names and a day of birth"
    codes = [text_of(each, "TransactionBasic/TransactionCode") for each in every(report, "Transactions/Transaction")]
    yield from _method_problems(codes)
    yield from _limit_problems(earner)
    yield from _insurance_problems(earner, codes, acts=text_of(data, "Payer/SubstitutePayer/Acts") == "true")
    for transaction in every(report, "Transactions/Transaction"):
        yield from _transaction_problems(transaction)
    yield from _absence_problems(report, earner, data)


def _ids(element: etree._Element, path: str) -> set[tuple[str, str]]:
    return {(text_of(each, "Type"), text_of(each, "Code")) for each in every(element, path)}


def _method_problems(codes: list[str]) -> Found:
    """Rule 5."""
    lumps = any(code.startswith("1") for code in codes)
    if lumps and any(code.startswith(ITEMISED) and code not in BOTH_METHODS for code in codes):
        yield "METHODS_MIXED", "Lump sums (1xx) and itemised income types stand on one report"


def _limit_problems(earner: etree._Element) -> Found:
    """Rule 6."""
    for name, most, code in (("HoursPerWeek", 168, "HOURS_TOO_LARGE"), ("PartTime", 100, "PART_TIME_TOO_LARGE")):
        value = text_of(earner, f"Employment/{name}")
        if value and Decimal(value) > most:
            yield code, f"{name} is more than {most}"


def _insurance_problems(earner: etree._Element, codes: list[str], *, acts: bool) -> Found:
    """Rule 3."""
    pension = child(earner, "PensionInsurance")
    if pension is not None and text_of(pension, "PensionActCode") == "1":
        provider, policy = text_of(pension, "PensionProvIdCode"), text_of(pension, "PensionPolicyNo")
        if not provider or not policy:
            yield "PENSION_POLICY_NONE", "An employee's pension insurance has a provider and a policy number"
        elif not policy.startswith(provider):
            yield "PENSION_POLICY_WRONG", "The policy number does not begin with the provider's code"
    if acts or not WAGES & set(codes):
        return
    occupations = {text_of(each, "Type") for each in every(earner, "Professions/Profession")}
    if "1" not in occupations:
        yield "OCCUPATION_MISSING", "Insured income needs an occupation of the classification TK10"
    if pension is None and ("413" in codes or set(codes) & frozenset(map(str, range(201, 252)))):
        exempted = {each.text for each in every(earner, "InsuranceExceptions/ExceptionCode")}
        if not exempted & {"1", "3"}:
            yield "PENSION_MISSING", "Pensionable income needs the pension insurance"


def _transaction_problems(transaction: etree._Element) -> Found:
    """Rules 7 and 8."""
    code = text_of(transaction, "TransactionBasic/TransactionCode")
    if code == DAILY_ALLOWANCE and not every(transaction, "DailyAllowance"):
        yield "ALLOWANCE_MISSING", "Income type 331 needs the kind of daily allowance"
    if code != DAILY_ALLOWANCE and every(transaction, "DailyAllowance"):
        yield "ALLOWANCE_MISPLACED", f"A daily allowance does not belong to income type {code}"
    if code != KILOMETRES and every(transaction, "KmAllowance"):
        yield "KILOMETRES_MISPLACED", f"Kilometres do not belong to income type {code}"
    insured = [text_of(each, "InsuranceCode") for each in every(transaction, "InsuranceData/TransactionInclusion")]
    if insured and code not in INSURABLE and not code.startswith(("1", "2", "3")):
        yield "INSURANCE_MISPLACED", f"Insurance data do not belong to income type {code}"
    if "1" in insured and len(insured) > 1:
        yield "INSURANCE_CLASH", "Insurance code 1 stands for all and leaves no room for another"
    if bool(every(transaction, "RecoveryData")) != (text_of(transaction, "TransactionBasic/Recovery") == "true"):
        yield "RECOVERY_HALF", "A recovery and its data go together"


def _absence_problems(report: etree._Element, earner: etree._Element, data: etree._Element) -> Found:
    """Rule 9."""
    periods = every(report, "Absence/PaidAbsence/PaidAbsencePeriods/PaidAbsencePeriod")
    unpaid = every(report, "Absence/UnpaidAbsence/UnpaidAbsencePeriods/UnpaidAbsencePeriod")
    days = sorted((text_of(each, "StartDate"), text_of(each, "EndDate") or "9999") for each in (*periods, *unpaid))
    if any(later[0] <= earlier[1] for earlier, later in pairwise(days)):
        yield "ABSENCES_OVERLAP", "Two absences of the report overlap"
    contacts = every(data, "ContactPersons/ContactPerson")
    reachable = any(text_of(each, "Email") and text_of(each, "ResponsibilityCode") == "1" for each in contacts)
    for each in periods:
        amount = text_of(each, "Amount")
        if not text_of(each, "CauseCode") or not amount or Decimal(amount) < 0:
            yield "ABSENCE_INCOMPLETE", "A paid absence has a cause and an amount that is not negative"
        if every(each, "ReimbApp") and not (
            text_of(each, "EndDate")
            and every(earner, "Employment/PaymentTypes/PaymentType")
            and every(earner, "Employment/EmploymentPeriods/Period")
            and reachable
        ):
            yield "CLAIM_INCOMPLETE", "A claim to Kela needs last day, payment type, employment and a contact's e-mail"


def repeated(data: etree._Element) -> dict[str, str]:
    """Rule 10: ReportIds that stand twice in a delivery, with the reason."""
    ids = Counter(text_of(each, "ReportData/ReportId") for each in every(data, "Reports/Report"))
    return {each: "The report is in the delivery twice" for each, times in ids.items() if each and times > 1}
