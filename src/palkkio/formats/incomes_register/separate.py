"""The employer's separate report (työnantajan erillisilmoitus): its health insurance contribution of a month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from palkkio.core.clock import day_of
from palkkio.core.days import DateRange
from palkkio.formats.incomes_register.heads import add_contacts, add_head, add_id, add_if, amount_text, line_text
from palkkio.formats.incomes_register.values import HOUSEHOLD, PUBLIC_BODY, Action, Contact, Identifier
from palkkio.formats.xml_writer import Element, add, to_bytes

NAMESPACE = "http://www.tulorekisteri.fi/2017/1/PayerSummaryReportsToIR"
SEPARATE_REPORTS = "101"  # DeliveryDataType: V
NO_WAGES, HEALTH_CONTRIBUTION, DEDUCTIONS = 101, 102, 103  # SummaryTransactionCode: V


@dataclass(frozen=True, slots=True)
class SeparateReport:
    """What an employer owes beside the earners' reports, of one calendar month.

    payer         the employer; creator is who reports for it, by default itself
    contribution  employer's health insurance contribution in all, EUR; None: no wages were paid
    deduction     what is deducted from it, EUR
    """

    delivery_id: str
    report_id: str
    month: DateRange
    payer: Identifier
    payer_name: str
    contacts: Sequence[Contact]
    contribution: Decimal | None
    deduction: Decimal = Decimal(0)
    action: Action = Action.NEW
    creator: Identifier | None = None
    is_household: bool = False


def write_separate_report(report: SeparateReport, *, created_at: datetime, is_production: bool) -> bytes:
    """The delivery as UTF-8 XML, unsigned.

    Raises ValueError if the month is not one, an amount is negative, or something is deducted from nothing.
    """
    start, _end = report.month.edges
    if report.month != DateRange.month_of(start) or start < date(2019, 1, 1):
        raise ValueError("A separate report is of one calendar month from 2019 on")
    if report.deduction < 0 or (report.contribution or 0) < 0 or (report.contribution is None and report.deduction):
        raise ValueError("Contribution and deduction are not negative, and nothing is deducted from no wages")
    root = Element("psrtir:PayerSummaryReportsRequestToIR", attributes=f' xmlns:psrtir="{NAMESPACE}"')
    data = add(root, "DeliveryData")
    add_head(
        data,
        created_at=created_at,
        source="Palkkio",
        delivery_type=SEPARATE_REPORTS,
        delivery_id=report.delivery_id,
        rejects_only_faulty=True,
        is_production=is_production,
        owner=report.payer,
        creator=report.creator,
    )
    add_contacts(data, report.contacts)
    add(data, "ReportDate", day_of(created_at).isoformat())
    payer = add(data, "Payer")
    add_id(add(payer, "PayerIds"), "Id", report.payer)
    if report.payer_name:
        add_if(add(payer, "PayerBasic"), "CompanyName", line_text(report.payer_name, 200))
    add(add(add(payer, "PayerOther"), "PayerTypes"), "Code", str(HOUSEHOLD if report.is_household else PUBLIC_BODY))
    element = add(add(data, "Reports"), "Report")
    of = add(element, "ReportData")
    add(of, "ActionCode", str(int(report.action)))
    add(of, "ReportId", report.report_id)
    month = add(element, "PaymentMonth")
    add(month, "Month", str(start.month))
    add(month, "Year", str(start.year))
    transactions = add(element, "Transactions")
    if report.contribution is None:
        _add_sum(transactions, NO_WAGES, None)
    else:
        _add_sum(transactions, HEALTH_CONTRIBUTION, report.contribution)
        if report.deduction:
            _add_sum(transactions, DEDUCTIONS, report.deduction)
    return to_bytes(root)


def _add_sum(transactions: Element, code: int, amount: Decimal | None) -> None:
    basic = add(add(transactions, "Transaction"), "TransactionBasic")
    add(basic, "SummaryTransactionCode", str(code))
    if amount is not None:
        add(basic, "Amount", amount_text(amount))
