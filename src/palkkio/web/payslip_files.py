"""Payslips as PDF, made on request."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from palkkio.documents.queries import content
from palkkio.documents.typesetting import typesetter
from palkkio.formats.pdf import payslip_pdf
from palkkio.payroll.actions import make_payslip_document
from palkkio.payroll.queries import payslip_value

if TYPE_CHECKING:
    from palkkio.payroll.models import Payslip


def pdf_of_payslip(payslip: Payslip, *, at: datetime) -> bytes:
    """The payslip as it was issued: set and kept when it is first opened. One of a cancelled run is not kept."""
    if payslip.is_cancelled and payslip.document_id is None:
        return payslip_pdf(
            payslip_value(payslip), typesetter=typesetter(), language=payslip.person.language, made_at=payslip.made_at
        )
    return content(make_payslip_document(payslip.pk, at=at))
