"""The register's rules for a delivery of earnings payment reports, asked of its bytes without the register's schema."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from lxml import etree

from palkkio.core.identifiers import normal_business_id, normal_identity_code
from palkkio.formats.incomes_register.income_types import WAGE_CODES
from palkkio.formats.incomes_register.shape import SHAPE
from palkkio.formats.incomes_register.values import TEMPORARY_EMPLOYER
from palkkio.formats.incomes_register.writer import NAMESPACE
from palkkio.formats.schemas import validate
from palkkio.formats.xml import Content, all_in, content_of, every, name_of, parse, text_in, text_of

EARLIEST_PAYDAY = date(2019, 1, 1)
DAYS_AHEAD = 45
_KM_ALLOWANCE, _DAILY_ALLOWANCE, _PENSION_CONTRIBUTION = "311", "331", "413"
_INSURED_AGAINST_ACCIDENTS = frozenset({"319", "328"})
_WAGES = frozenset(map(str, WAGE_CODES))  # insured against everything by default
_HOURS_OF_A_WEEK = Decimal(168)
_MAY_BE_NEGATIVE = frozenset({"402", "413", "414"})
_INSURANCE = ("InsuranceData", "TransactionInclusion")
FORBIDDEN = ("--", "/*", "&#")
_FORBIDDEN_IN_XML = tuple(each.replace("&", "&amp;") for each in FORBIDDEN)


def problems_of(xml: bytes, today: date, schema: Path | None) -> list[str]:
    """What is wrong with a delivery, a sentence each; asked of each report (`check_delivery` asks those alike once)."""
    if xml.startswith(b"\xef\xbb\xbf"):
        return ["The file begins with a byte order mark"]
    try:
        root = parse(xml)
    except ValueError as error:
        return [str(error)]
    if name_of(root) != "WageReportsRequestToIR" or etree.QName(root).namespace != NAMESPACE:
        return ["The file is not a delivery of earnings payment reports"]
    found = SHAPE.problems(root)
    if any(forbidden.encode() in xml for forbidden in _FORBIDDEN_IN_XML):
        found += [
            f"{name_of(each)}: the text {forbidden} is not allowed"
            for each in root.iter("*")
            for forbidden in FORBIDDEN
            if forbidden in (each.text or "")
        ]
    if found:  # the rules below trust the form
        return found
    data = every(root, "DeliveryData")[0]
    found += _delivery_problems(data, today)
    payer_ids = _ids(every(data, "Payer/PayerIds/Id"))
    acts = text_of(data, "Payer/SubstitutePayer/Acts") == "true"
    ids: Counter[str] = Counter()
    for number, report in enumerate(every(data, "Reports/Report"), start=1):
        name = text_of(report, "ReportData/ReportId")
        ids[name] += 1
        found += [
            f"Report {name or number}: {each}" for each in _report_problems(content_of(report), payer_ids, acts=acts)
        ]
    found += [f"Report {text} is in the delivery {times} times" for text, times in ids.items() if text and times > 1]
    if not found and schema is not None:
        found = validate(xml, schema)
    return found


def _person_problems(pairs: list[tuple[str, str]], payer_ids: set[tuple[str, str]]) -> list[str]:
    found = [each for pair in pairs for each in pair_problems("Id", *pair)]
    if not payer_ids.isdisjoint(pairs):
        found.append("the earner is the payer")
    return found


def _ids(elements: list[etree._Element]) -> set[tuple[str, str]]:
    return {(text_of(each, "Type"), text_of(each, "Code")) for each in elements}


def _id_problems(element: etree._Element) -> list[str]:
    return pair_problems(name_of(element), text_of(element, "Type"), text_of(element, "Code"))


def pair_problems(name: str, kind: str, code: str) -> list[str]:
    """What is wrong with an id of a type, each as the register writes it."""
    try:
        if kind == "1" and normal_business_id(code) == code:
            return []
        if kind == "2" and normal_identity_code(code) == code:
            return []
    except ValueError:
        pass
    return [] if kind not in ("1", "2") else [f"{name} is not a right id of its type"]


def _period_problems(name: str, period: Content) -> list[str]:
    return [f"{name} {what}" for what in wrong_days(text_in(period, "StartDate"), text_in(period, "EndDate"))]


@lru_cache(maxsize=1024)
def wrong_days(first: str, last: str) -> tuple[str, ...]:
    """What is wrong with a first and a last day; the last may be missing."""
    try:
        begins = date.fromisoformat(first)
        return ("ends before it begins",) if last and date.fromisoformat(last) < begins else ()
    except ValueError:
        return ("has a day that is not in the calendar",)


def _delivery_problems(data: etree._Element, today: date) -> list[str]:
    found = _period_problems("PaymentPeriod", content_of(every(data, "PaymentPeriod")[0]))
    try:
        payday = date.fromisoformat(text_of(data, "PaymentPeriod/PaymentDate"))
    except ValueError:
        return [*found, "PaymentDate is not in the calendar"]
    if payday < EARLIEST_PAYDAY:
        found.append("Paydays before 2019 are not reported to the register")
    if payday > today + timedelta(days=DAYS_AHEAD):
        found.append(f"The payday is more than {DAYS_AHEAD} days ahead; give the report later")
    owner, creator, sender = (
        _ids(every(data, name)) for name in ("DeliveryDataOwner", "DeliveryDataCreator", "DeliveryDataSender")
    )
    payers = _ids(every(data, "Payer/PayerIds/Id"))
    if not owner <= payers:
        found.append("The owner of the delivery is not the payer")
    if creator != sender:
        found.append("The sender of the delivery is not its creator")
    if _ids(every(data, "Payer/SubstitutePayer/EmployerId")) & payers:
        found.append("The payer cannot be substitute payer for itself")
    types = {each.text for each in every(data, "Payer/PayerOther/PayerTypes/Code")}
    if str(TEMPORARY_EMPLOYER) in types and not (every(data, "Payer/PayerBasic") and every(data, "Payer/Address")):
        found.append("A temporary employer gives name and address")
    for path in ("DeliveryDataOwner", "DeliveryDataCreator", "Payer/PayerIds/Id", "Payer/SubstitutePayer/EmployerId"):
        for each in every(data, path):
            found += _id_problems(each)
    return found


def _report_problems(report: Content, payer_ids: set[tuple[str, str]], *, acts: bool) -> list[str]:
    earner: Content = report["IncomeEarner"][0]
    transactions: list[Content] = all_in(report, "Transactions", "Transaction")
    found = _earner_problems(earner, payer_ids)
    codes = [text_in(each, "TransactionBasic", "TransactionCode") for each in transactions]
    if not codes and "Absence" not in report:
        found.append("it reports nothing")
    if any(code.startswith("1") for code in codes) and any(code.startswith("2") for code in codes):
        found.append("lump sums (1xx) and itemised wages (2xx) stand on one report")
    for transaction, code in zip(transactions, codes, strict=True):
        found += _transaction_problems(transaction, code)
    found += _absence_problems(report)
    if not acts:
        found += _insurance_problems(earner, transactions, codes)
    return found


def _earner_problems(earner: Content, payer_ids: set[tuple[str, str]]) -> list[str]:
    ids = all_in(earner, "IncomeEarnerIds", "Id")
    found = _person_problems([(text_in(each, "Type"), text_in(each, "Code")) for each in ids], payer_ids)
    if not ids:
        wanted = ("MissingId", "LastName", "FirstName", "BirthDate")
        found += [
            f"an earner without id needs {name}" for name in wanted if not text_in(earner, "IncomeEarnerBasic", name)
        ]
    elif text_in(earner, "IncomeEarnerBasic", "MissingId"):
        found.append("the earner has an id, and it is said to be missing")
    for path in (("Professions", "Profession"), ("EmploymentRegs", "EmploymentReg")):
        lists = [text_in(each, "Type") for each in all_in(earner, *path)]
        found += [f"{path[1]} has two codes of one list" for of, times in Counter(lists).items() if times > 1]
    for each in all_in(earner, "Employment", "EmploymentPeriods", "Period"):
        found += _period_problems("Period", each)
    hours = text_in(earner, "Employment", "HoursPerWeek")
    if hours and not 0 <= Decimal(hours) <= _HOURS_OF_A_WEEK:
        found.append("a week has at most 168 hours")
    for pension in all_in(earner, "PensionInsurance"):
        if text_in(pension, "PensionActCode") == "1":
            provider, policy = text_in(pension, "PensionProvIdCode"), text_in(pension, "PensionPolicyNo")
            if not provider or not policy:
                found.append("an employee's pension insurance needs provider and policy number")
            elif not policy.startswith(provider):
                found.append("the pension policy number does not begin with the provider's code")
    return found


def _absence_problems(report: Content) -> list[str]:
    """Paid absences have an amount that is not negative, and no day of a report is in two absences."""
    if "Absence" not in report:
        return []
    found: list[str] = []
    days: list[tuple[str, str]] = []
    for each in all_in(report, "Absence", "PaidAbsence", "PaidAbsencePeriods", "PaidAbsencePeriod"):
        found += _period_problems("PaidAbsencePeriod", each)
        if Decimal(text_in(each, "Amount")) < 0:
            found.append("a paid absence has a negative amount")
        days.append((text_in(each, "StartDate"), text_in(each, "EndDate")))
    for each in all_in(report, "Absence", "UnpaidAbsence", "UnpaidAbsencePeriods", "UnpaidAbsencePeriod"):
        found += _period_problems("UnpaidAbsencePeriod", each)
        days.append((text_in(each, "StartDate"), text_in(each, "EndDate")))
    days.sort()
    if any(later[0] <= earlier[1] for earlier, later in pairwise(days)):
        found.append("two absences of the report overlap")
    return found


def _transaction_problems(transaction: Content, code: str) -> list[str]:
    basic: Content = transaction["TransactionBasic"][0]
    found = []
    is_recovery = text_in(basic, "Recovery") == "true"
    if text_in(basic, "Amount").startswith("-") and code not in _MAY_BE_NEGATIVE and Decimal(basic["Amount"][0]):
        found.append(f"income type {code} is negative; replace the report of the original payday instead")
    if is_recovery != ("RecoveryData" in transaction):
        found.append(f"income type {code}: a recovery and its data go together")
    if code == _KM_ALLOWANCE and "KmAllowance" not in transaction:
        found.append("a kilometre allowance needs its kilometres")
    if code != _KM_ALLOWANCE and "KmAllowance" in transaction:
        found.append(f"kilometres do not belong to income type {code}")
    if (code == _DAILY_ALLOWANCE) != ("DailyAllowance" in transaction):
        found.append(f"income type {code}: a daily allowance (331) and its kind go together")
    insurance = [text_in(each, "InsuranceCode") for each in all_in(transaction, *_INSURANCE)]
    if len(set(insurance)) < len(insurance) or ("1" in insurance and len(insurance) > 1):
        found.append(f"income type {code}: its insurance data contradict each other")
    for each in all_in(transaction, "EarningPeriods", "EarningPeriod"):
        found += _period_problems("EarningPeriod", each)
    return found


def _insurance_problems(earner: Content, transactions: list[Content], codes: list[str]) -> list[str]:
    """Occupation and pension policy go with insured income, except where a substitute payer reports."""
    found = []
    insured = not (_INSURED_AGAINST_ACCIDENTS | _WAGES).isdisjoint(codes)
    if insured and "1" not in {text_in(each, "Type") for each in all_in(earner, "Professions", "Profession")}:
        found.append("income insured against accidents needs an occupation of Statistics Finland's list (TK10)")
    says_pension = any(
        text_in(each, "InsuranceCode") in ("1", "2") and text_in(each, "Included") == "true"
        for transaction in transactions
        for each in all_in(transaction, *_INSURANCE)
    )
    if (says_pension or _PENSION_CONTRIBUTION in codes) and "PensionInsurance" not in earner:
        found.append("pensionable income needs the pension insurance")
    return found
