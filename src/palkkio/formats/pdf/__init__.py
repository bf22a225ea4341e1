"""Accessible PDF documents: payslip, trip report, pay certificate, yearly summary, letter."""

from palkkio.formats.pdf.certificate import CertifiedContract, PayCertificate, PaymentRow, pay_certificate_pdf
from palkkio.formats.pdf.contract import AgreedAmount, ContractText, EmploymentText, contract_pdf
from palkkio.formats.pdf.letter import Letter, letter_pdf
from palkkio.formats.pdf.mandate import MandateForm, mandate_form_pdf
from palkkio.formats.pdf.payslip import Ask, payslip_pdf
from palkkio.formats.pdf.summary import YearlySummary, yearly_summary_pdf
from palkkio.formats.pdf.trips import Trip, TripReport, trip_report_pdf
from palkkio.formats.pdf.typesetter import DocumentError, Typesetter, set_many

__all__ = [
    "AgreedAmount",
    "Ask",
    "CertifiedContract",
    "ContractText",
    "DocumentError",
    "EmploymentText",
    "Letter",
    "MandateForm",
    "PayCertificate",
    "PaymentRow",
    "Trip",
    "TripReport",
    "Typesetter",
    "YearlySummary",
    "contract_pdf",
    "letter_pdf",
    "mandate_form_pdf",
    "pay_certificate_pdf",
    "payslip_pdf",
    "set_many",
    "trip_report_pdf",
    "yearly_summary_pdf",
]
