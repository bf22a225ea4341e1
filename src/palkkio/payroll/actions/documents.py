"""Payslips as PDF: all of a run in the job, one on demand where it is missing (PAY-1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from palkkio.documents import actions as documents
from palkkio.formats.pdf import Ask, payslip_pdf
from palkkio.organisations import queries as organisations
from palkkio.payroll.models import Payslip, Run
from palkkio.payroll.queries.payslips import payslip_values
from palkkio.payroll.typesetting import typesetter

if TYPE_CHECKING:
    from palkkio.documents.models import Document

DOCUMENTS_AT_ONCE = 100
PDF = "application/pdf"


def make_payslip_documents(run_id: int, *, at: datetime) -> int:
    """PDFs of a run's payslips that have none. Returns how many were made; started again it makes the rest."""
    made = 0
    while count := _make_chunk(run_id, at):
        made += count
    return made


@transaction.atomic
def _make_chunk(run_id: int, at: datetime) -> int:
    run = Run.objects.select_for_update().get(pk=run_id)
    if run.state == Run.State.CANCELLED:
        return 0
    missing = Payslip.objects.filter(run=run, document__isnull=True).select_related("contract", "person", "tax_card")
    slips = list(missing.order_by("number")[:DOCUMENTS_AT_ONCE])
    _make(slips, at)
    return len(slips)


@transaction.atomic
def make_payslip_document(payslip_id: int, *, at: datetime) -> Document:
    """The PDF of one payslip, made now if it is missing. The caller has fetched the payslip through `access`."""
    slip = (
        Payslip.objects.select_for_update(of=("self",))
        .select_related("contract", "person", "tax_card", "document")
        .get(pk=payslip_id)
    )
    if slip.document is None:
        _make([slip], at)
    made: Document = slip.document  # type: ignore[assignment]  # set above
    return made


def _make(slips: Sequence[Payslip], at: datetime) -> None:
    if not slips:
        return
    payer = organisations.payer(slips[0].organisation_id)
    ask = Ask(payer.payroll_contact_name, payer.payroll_phone, payer.payroll_email)
    for slip, value in zip(slips, payslip_values(slips), strict=True):
        content = payslip_pdf(
            value, typesetter=typesetter(), language=slip.person.language, made_at=slip.made_at, ask=ask
        )
        slip.document = documents.issue(
            content,
            organisation_id=slip.organisation_id,
            kind="payslip",
            file_name=f"palkkalaskelma-{slip.number}.pdf",
            content_type=PDF,
            person_id=slip.person_id,
            at=at,
        )
    Payslip.objects.bulk_update(slips, ["document"], batch_size=DOCUMENTS_AT_ONCE)
