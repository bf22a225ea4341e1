"""Earnings payment reports (palkkatietoilmoitus) to the Incomes Register (tulorekisteri)."""

from palkkio.formats.incomes_register.check import check_delivery
from palkkio.formats.incomes_register.from_payslips import report_of_payslips
from palkkio.formats.incomes_register.income_types import IncomeType, income_type
from palkkio.formats.incomes_register.values import (
    AccidentInsurance,
    Action,
    Address,
    Contact,
    Delivery,
    Earner,
    Identifier,
    Payer,
    PensionInsurance,
    Profession,
    Recovery,
    Registration,
    Report,
    ReportingTerms,
    Service,
    SubstituteFor,
    Transaction,
    delivery_id_of,
    replacement_of,
    report_id_of,
    split_delivery,
)
from palkkio.formats.incomes_register.writer import write_delivery

__all__ = [
    "AccidentInsurance",
    "Action",
    "Address",
    "Contact",
    "Delivery",
    "Earner",
    "Identifier",
    "IncomeType",
    "Payer",
    "PensionInsurance",
    "Profession",
    "Recovery",
    "Registration",
    "Report",
    "ReportingTerms",
    "Service",
    "SubstituteFor",
    "Transaction",
    "check_delivery",
    "delivery_id_of",
    "income_type",
    "replacement_of",
    "report_id_of",
    "report_of_payslips",
    "split_delivery",
    "write_delivery",
]
