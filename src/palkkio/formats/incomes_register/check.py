"""Our own check of a delivery, made from its bytes: order and rules of the register, without its schema."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from lxml import etree

from palkkio.core.identifiers import normal_business_id, normal_identity_code
from palkkio.formats.incomes_register.income_types import WAGE_CODES
from palkkio.formats.incomes_register.shape import SHAPE
from palkkio.formats.incomes_register.writer import NAMESPACE
from palkkio.formats.xml import child, every, name_of, parse, text_of

EARLIEST_PAYDAY = date(2019, 1, 1)
DAYS_AHEAD = 45
_KM_ALLOWANCE, _PENSION_CONTRIBUTION = "311", "413"
_INSURED_AGAINST_ACCIDENTS = frozenset({"319", "328"})
_WAGES = frozenset(map(str, WAGE_CODES))  # insured against everything by default
_HOURS_OF_A_WEEK = Decimal(168)
_MAY_BE_NEGATIVE = frozenset({"402", "413", "414"})
_FORBIDDEN = ("--", "/*", "&#")


def check_delivery(xml: bytes, *, today: date) -> list[str]:
    """What is wrong with a delivery of earnings payment reports, a sentence each; empty when nothing is.

    Knows the elements that are written here, not the whole schema; anything else is a finding.
    """
    if xml.startswith(b"\xef\xbb\xbf"):
        return ["The file begins with a byte order mark"]
    try:
        root = parse(xml)
    except ValueError as error:
        return [str(error)]
    if name_of(root) != "WageReportsRequestToIR" or etree.QName(root).namespace != NAMESPACE:
        return ["The file is not a delivery of earnings payment reports"]
    found = SHAPE.problems(root)
    if any(forbidden.replace("&", "&amp;").encode() in xml for forbidden in _FORBIDDEN):
        found += [
            f"{name_of(each)}: the text {forbidden} is not allowed"
            for each in root.iter("*")
            for forbidden in _FORBIDDEN
            if forbidden in (each.text or "")
        ]
    if found:  # the rules below trust the form
        return found
    data = every(root, "DeliveryData")[0]
    found += _delivery_problems(data, today)
    payer_ids = _ids(every(data, "Payer/PayerIds/Id"))
    acts = text_of(data, "Payer/SubstitutePayer/Acts") == "true"
    for number, report in enumerate(every(data, "Reports/Report"), start=1):
        name = f"Report {text_of(report, 'ReportData/ReportId') or number}"
        found += [f"{name}: {each}" for each in _report_problems(report, payer_ids, acts=acts)]
    ids = Counter(text_of(each, "ReportData/ReportId") for each in every(data, "Reports/Report"))
    found += [f"Report {text} is in the delivery {times} times" for text, times in ids.items() if text and times > 1]
    return found


def _ids(elements: list[etree._Element]) -> set[tuple[str, str]]:
    return {(text_of(each, "Type"), text_of(each, "Code")) for each in elements}


def _id_problems(element: etree._Element) -> list[str]:
    kind, code = text_of(element, "Type"), text_of(element, "Code")
    try:
        if kind == "1" and normal_business_id(code) == code:
            return []
        if kind == "2" and normal_identity_code(code) == code:
            return []
    except ValueError:
        pass
    return [] if kind not in ("1", "2") else [f"{name_of(element)} is not a right id of its type"]


def _day_problems(element: etree._Element) -> list[str]:
    try:
        first, last = date.fromisoformat(text_of(element, "StartDate")), text_of(element, "EndDate")
        if last and date.fromisoformat(last) < first:
            return [f"{name_of(element)} ends before it begins"]
    except ValueError:
        return [f"{name_of(element)} has a day that is not in the calendar"]
    return []


def _delivery_problems(data: etree._Element, today: date) -> list[str]:
    found = _day_problems(every(data, "PaymentPeriod")[0])
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
    for path in ("DeliveryDataOwner", "DeliveryDataCreator", "Payer/PayerIds/Id", "Payer/SubstitutePayer/EmployerId"):
        for each in every(data, path):
            found += _id_problems(each)
    return found


def _report_problems(report: etree._Element, payer_ids: set[tuple[str, str]], *, acts: bool) -> list[str]:
    earner = every(report, "IncomeEarner")[0]
    transactions = every(report, "Transactions/Transaction")
    found = _earner_problems(earner, payer_ids)
    codes = [text_of(each, "TransactionBasic/TransactionCode") for each in transactions]
    if not codes:
        found.append("it reports nothing")
    if any(code.startswith("1") for code in codes) and any(code.startswith("2") for code in codes):
        found.append("lump sums (1xx) and itemised wages (2xx) stand on one report")
    for transaction in transactions:
        found += _transaction_problems(transaction)
    found += _absence_problems(report)
    if not acts:
        found += _insurance_problems(earner, transactions, codes)
    return found


def _earner_problems(earner: etree._Element, payer_ids: set[tuple[str, str]]) -> list[str]:
    found = []
    ids = every(earner, "IncomeEarnerIds/Id")
    for each in ids:
        found += _id_problems(each)
    if _ids(ids) & payer_ids:
        found.append("the earner is the payer")
    if not ids:
        wanted = ("MissingId", "LastName", "FirstName", "BirthDate")
        found += [
            f"an earner without id needs {name}" for name in wanted if not text_of(earner, f"IncomeEarnerBasic/{name}")
        ]
    elif text_of(earner, "IncomeEarnerBasic/MissingId"):
        found.append("the earner has an id, and it is said to be missing")
    for path in ("Professions/Profession", "EmploymentRegs/EmploymentReg"):
        lists = Counter(text_of(each, "Type") for each in every(earner, path))
        found += [f"{path.split('/')[1]} has two codes of one list" for times in lists.values() if times > 1]
    for each in every(earner, "Employment/EmploymentPeriods/Period"):
        found += _day_problems(each)
    hours = text_of(earner, "Employment/HoursPerWeek")
    if hours and not 0 <= Decimal(hours) <= _HOURS_OF_A_WEEK:
        found.append("a week has at most 168 hours")
    pension = child(earner, "PensionInsurance")
    if pension is not None and text_of(pension, "PensionActCode") == "1":
        provider, policy = text_of(pension, "PensionProvIdCode"), text_of(pension, "PensionPolicyNo")
        if not provider or not policy:
            found.append("an employee's pension insurance needs provider and policy number")
        elif not policy.startswith(provider):
            found.append("the pension policy number does not begin with the provider's code")
    return found


def _absence_problems(report: etree._Element) -> list[str]:
    """Paid absences have an amount that is not negative, and no day of a report is in two of them."""
    found: list[str] = []
    days: list[tuple[str, str]] = []
    for each in every(report, "Absence/PaidAbsence/PaidAbsencePeriods/PaidAbsencePeriod"):
        found += _day_problems(each)
        if Decimal(text_of(each, "Amount")) < 0:
            found.append("a paid absence has a negative amount")
        days.append((text_of(each, "StartDate"), text_of(each, "EndDate")))
    days.sort()
    if any(later[0] <= earlier[1] for earlier, later in pairwise(days)):
        found.append("two absences of the report overlap")
    return found


def _transaction_problems(transaction: etree._Element) -> list[str]:
    code = text_of(transaction, "TransactionBasic/TransactionCode")
    amount = Decimal(text_of(transaction, "TransactionBasic/Amount"))
    found = []
    is_recovery = text_of(transaction, "TransactionBasic/Recovery") == "true"
    if amount < 0 and code not in _MAY_BE_NEGATIVE:
        found.append(f"income type {code} is negative; replace the report of the original payday instead")
    if is_recovery != bool(every(transaction, "RecoveryData")):
        found.append(f"income type {code}: a recovery and its data go together")
    if code == _KM_ALLOWANCE and not every(transaction, "KmAllowance"):
        found.append("a kilometre allowance needs its kilometres")
    if code != _KM_ALLOWANCE and every(transaction, "KmAllowance"):
        found.append(f"kilometres do not belong to income type {code}")
    insurance = Counter(
        text_of(each, "InsuranceCode") for each in every(transaction, "InsuranceData/TransactionInclusion")
    )
    if any(times > 1 for times in insurance.values()) or ("1" in insurance and len(insurance) > 1):
        found.append(f"income type {code}: its insurance data contradict each other")
    for each in every(transaction, "EarningPeriods/EarningPeriod"):
        found += _day_problems(each)
    return found


def _insurance_problems(earner: etree._Element, transactions: list[etree._Element], codes: list[str]) -> list[str]:
    """Occupation and pension policy go with insured income, except where a substitute payer reports."""
    found = []
    lists = {text_of(each, "Type") for each in every(earner, "Professions/Profession")}
    insured = (_INSURED_AGAINST_ACCIDENTS | _WAGES) & set(codes)
    if insured and "1" not in lists:
        found.append("income insured against accidents needs an occupation of Statistics Finland's list (TK10)")
    says_pension = any(
        text_of(each, "InsuranceCode") in ("1", "2") and text_of(each, "Included") == "true"
        for transaction in transactions
        for each in every(transaction, "InsuranceData/TransactionInclusion")
    )
    if (says_pension or _PENSION_CONTRIBUTION in codes) and not every(earner, "PensionInsurance"):
        found.append("pensionable income needs the pension insurance")
    return found
