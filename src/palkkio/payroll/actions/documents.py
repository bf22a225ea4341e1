"""Payslips as PDF: set and kept when first opened, those of letters in a job (PAY-1)."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from palkkio.core.payslip import Payslip as PayslipValue
from palkkio.documents import actions as documents
from palkkio.documents.typesetting import typesetter
from palkkio.formats.pdf import Ask, DocumentError, Typesetter, payslip_pdf, set_many
from palkkio.organisations import queries as organisations
from palkkio.payroll.models import Payslip, Run
from palkkio.payroll.queries.payslips import payslip_values

if TYPE_CHECKING:
    from palkkio.documents.models import Document

logger = logging.getLogger(__name__)

DOCUMENTS_AT_ONCE = 100
MOST_THREADS = 4
PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One payslip to be set, without its row: threads touch no database."""

    payslip_id: int
    person_id: int
    language: str
    made_at: datetime
    value: PayslipValue
    ask: Ask


def make_payslip_documents(run_id: int, *, at: datetime, only_letters: bool = False) -> int:
    """PDFs of a run's payslips that have none. Returns how many were made; started again it makes the rest.

    only_letters  those of payees without electronic services, who get them by post

    Set by as many threads as there are processors, kept in chunks, each in a transaction of its own. One that cannot be
    set is logged and left: its page makes it on demand.
    """
    missing = Payslip.objects.filter(run=run_id, document__isnull=True, is_cancelled=False).order_by("number")
    if only_letters:
        missing = missing.filter(person__uses_paper=True)
    ids = list(missing.values_list("pk", flat=True))
    threads = min(os.cpu_count() or 1, MOST_THREADS)
    pages = set_many(settings.PALKKIO_FONTS, _set, _sheets(ids), threads=threads)
    made = 0
    while chunk := list(islice(pages, DOCUMENTS_AT_ONCE)):
        kept = _keep(run_id, [(sheet, content) for sheet, content in chunk if content is not None], at)
        if kept is None:
            break
        made += kept
    return made


def make_payslip_document(payslip_id: int, *, at: datetime) -> Document:
    """The PDF of one payslip, made now if it is missing. The caller has fetched the payslip through `access`."""
    slip = _with_people([payslip_id])[0]
    if slip.document is None:
        (sheet,) = _sheets([payslip_id])
        _keep(slip.run_id, [(sheet, payslip_pdf_of(sheet, typesetter()))], at)
        slip = _with_people([payslip_id])[0]
    if slip.document is None:
        raise ValueError("A payslip of a cancelled run gets no document")
    return slip.document


def payslip_pdf_of(sheet: _Sheet, by: Typesetter) -> bytes:
    """One payslip set; in the language of its payee."""
    return payslip_pdf(sheet.value, typesetter=by, language=sheet.language, made_at=sheet.made_at, ask=sheet.ask)


def _set(by: Typesetter, sheet: _Sheet) -> tuple[_Sheet, bytes | None]:
    """One payslip set. One that cannot be set does not keep the others, or anybody's money, waiting."""
    try:
        return sheet, payslip_pdf_of(sheet, by)
    except (DocumentError, KeyError):
        logger.exception("Payslip %s could not be set as PDF", sheet.value.number)
        return sheet, None


def _with_people(ids: Sequence[int]) -> list[Payslip]:
    found = Payslip.objects.filter(pk__in=ids).select_related("contract", "person", "document")
    return list(found.order_by("number"))


def _sheets(ids: Sequence[int]) -> Iterator[_Sheet]:
    """Payslips as values, read some at a time."""
    for start in range(0, len(ids), DOCUMENTS_AT_ONCE):
        slips = _with_people(ids[start : start + DOCUMENTS_AT_ONCE])
        payer = organisations.payer(slips[0].organisation_id)
        ask = Ask(payer.payroll_contact_name, payer.payroll_phone, payer.payroll_email)
        for slip, value in zip(slips, payslip_values(slips), strict=True):
            yield _Sheet(slip.pk, slip.person_id, slip.person.language, slip.made_at, value, ask)


@transaction.atomic
def _keep(run_id: int, pages: Sequence[tuple[_Sheet, bytes]], at: datetime) -> int | None:
    """Store what was set, but for payslips that have a document by now; None when the run is cancelled."""
    run = Run.objects.select_for_update().get(pk=run_id)
    if run.state == Run.State.CANCELLED:
        return None
    waiting = {
        slip.pk: slip
        for slip in Payslip.objects.filter(pk__in=[sheet.payslip_id for sheet, _ in pages], document__isnull=True).only(
            "pk", "number", "document"
        )
    }
    mine = [(waiting[sheet.payslip_id], sheet, content) for sheet, content in pages if sheet.payslip_id in waiting]
    issued = documents.issue_many(
        (
            documents.Issue(content, f"palkkalaskelma-{slip.number}.pdf", sheet.person_id)
            for slip, sheet, content in mine
        ),
        organisation_id=run.organisation_id,
        kind="payslip",
        content_type=PDF,
        at=at,
    )
    for (slip, _sheet, _content), document_id in zip(mine, issued, strict=True):
        slip.document_id = document_id
    Payslip.objects.bulk_update([slip for slip, _sheet, _content in mine], ["document"])
    return len(mine)
